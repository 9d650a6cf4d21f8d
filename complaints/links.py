"""Short signed links, by which a reporter says from a notice whether it is solved, without signing in.

A link is bound to one answer of one report: the next answer makes the one before worthless, and so does time.
"""

import base64
import hmac
from datetime import datetime, timedelta
from typing import Final

from django.urls import reverse
from django.utils.crypto import salted_hmac

from complaints.models import Reply
from services.casework.models import Case

SALT: Final = "complaints.links"
#: 60 bits: as short as an SMS wants it, and still nothing that is guessed through a page that counts attempts.
LENGTH: Final = 12
GOOD_FOR: Final = timedelta(days=60)


def path_to_say(case: Case, reply: Reply) -> str:
    """The address in the notice of this answer."""
    return reverse("complaints:say", args=[case.reference, _token(case, reply)])


def is_good(token: str, case: Case, reply: Reply | None, *, at: datetime) -> bool:
    """Whether the token is the one of this answer, and not too old."""
    if reply is None or at > reply.written_at + GOOD_FOR:
        return False
    return hmac.compare_digest(token.upper().encode(), _token(case, reply).encode())


def _token(case: Case, reply: Reply) -> str:
    digest = salted_hmac(SALT, f"{case.reference}/{reply.pk}", algorithm="sha256").digest()
    return base64.b32encode(digest).decode()[:LENGTH]
