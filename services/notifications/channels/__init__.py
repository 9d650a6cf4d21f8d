"""Which channels there are in this installation, and the port behind each."""

from django.conf import settings

from services.notifications.channels.email import EmailPort
from services.notifications.channels.gateway import GatewayPort
from services.notifications.channels.kept import KeptPort
from services.notifications.channels.port import Content, PermanentRefusal, Port, TemporaryFailure
from services.notifications.models import Channel

__all__ = ["Content", "PermanentRefusal", "Port", "TemporaryFailure", "exists", "port"]


def exists(channel: str) -> bool:
    """Say whether this installation has a channel: mail always, the others where a gateway is set or nothing leaves."""
    return channel == Channel.EMAIL or settings.KEEP_SENT_BODIES or bool(_gateway(channel)[0])


def port(channel: str) -> Port:
    """Return what sends through a channel. Without a gateway, demo and tests only keep what would have been sent."""
    if channel == Channel.EMAIL:
        return EmailPort()
    url, token = _gateway(channel)
    if url:
        return GatewayPort(url=url, token=token, channel=channel.lower())
    if settings.KEEP_SENT_BODIES:
        return KeptPort()
    raise PermanentRefusal(f"this installation has no gateway for {channel}")


def _gateway(channel: str) -> tuple[str, str]:
    if channel == Channel.SMS:
        return settings.SMS_GATEWAY_URL, settings.SMS_GATEWAY_TOKEN
    return settings.WHATSAPP_GATEWAY_URL, settings.WHATSAPP_GATEWAY_TOKEN
