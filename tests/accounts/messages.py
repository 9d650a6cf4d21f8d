"""What the outbox was given to send, read as the receiver would."""

import json
import re

from services.foundation import sealing
from services.outbox.models import Message


def sent() -> list[dict[str, str]]:
    """What was promised to phones and mailboxes, the last one last."""
    messages = Message.objects.filter(topic__startswith="accounts.").order_by("id")
    return [
        json.loads(sealing.unseal(m.secret_sealed, bound_to=m.place)) for m in messages if m.secret_sealed
    ]


def last_code() -> str:
    """The six digits of the last message, with their space."""
    found = re.search(r"\b(\d{3} ?\d{3})\b", sent()[-1]["text"])
    assert found, sent()[-1]
    return found[1]
