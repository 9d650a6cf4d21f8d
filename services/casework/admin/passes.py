"""A pass for the pictures of a file: given by a page whose opening went on record, good for that reader and file."""

from django.core import signing

from services.accounts.models import User
from services.casework.models import Case

SALT = "casework.admin.passes"
GOOD_FOR_SECONDS = 8 * 60 * 60


def issue(user: User, case: Case) -> str:
    """A pass for this reader and this file."""
    return signing.TimestampSigner(salt=SALT).sign(_bearer(user, case)).split(":", 1)[1]


def is_good(token: str, user: User, case: Case) -> bool:
    """Whether the pass was given to this reader for this file, not long ago."""
    try:
        signing.TimestampSigner(salt=SALT).unsign(f"{_bearer(user, case)}:{token}", max_age=GOOD_FOR_SECONDS)
    except signing.BadSignature:
        return False
    return True


def _bearer(user: User, case: Case) -> str:
    return f"{user.pk}/{case.pk}"
