"""The channel of demo and tests: nothing leaves the machine, what would have been sent is read in the delivery."""

from services.notifications.channels.port import Content


class KeptPort:
    """Take everything and send nothing."""

    def send(self, *, address: str, content: Content, key: str) -> str:
        """Say that it was sent."""
        return f"kept-{key}"
