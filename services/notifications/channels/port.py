"""What every channel can do: send some content to an address once, known by a key."""

from dataclasses import dataclass
from typing import Protocol


class TemporaryFailure(Exception):
    """It did not go out, or nobody knows; trying again later may help."""


class PermanentRefusal(Exception):
    """The other side will never take this: the address does not exist, or the request is wrong."""


@dataclass(frozen=True, slots=True)
class Content:
    """What is sent. SMS and WhatsApp have `text` alone."""

    text: str
    subject: str = ""
    html: str = ""


class Port(Protocol):
    """One way out of the house."""

    def send(self, *, address: str, content: Content, key: str) -> str:
        """Send once for each key, however often it is asked; return the provider's number ("" if it gives none)."""
