"""All writes of notifications: telling somebody something, sending it, reading it, choosing channels."""

from services.notifications.operations.deliver import (
    UnableToSendAgain,
    order_delivery,
    send_again,
    send_delivery,
)
from services.notifications.operations.notify import notify, put_on_page, tell_address
from services.notifications.operations.read import choose_channels, read_all_notices, read_notice

__all__ = [
    "UnableToSendAgain",
    "choose_channels",
    "notify",
    "order_delivery",
    "put_on_page",
    "read_all_notices",
    "read_notice",
    "send_again",
    "send_delivery",
    "tell_address",
]
