"""Keys of programs: which row a key belongs to, and who may see and manage them."""

from datetime import datetime

from django.db.models import QuerySet

from complaints.models import ApiKey, ComplaintsOffice
from services.accounts import policies
from services.accounts.models import Hat, User
from services.foundation import sealing


def digest_of(secret: str) -> bytes:
    """What stands in the table in place of a key."""
    return sealing.blind_index(secret, purpose="complaints.api_key")


def key_of(secret: str) -> ApiKey | None:
    """The row of a key that may be used."""
    return ApiKey.objects.filter(digest=digest_of(secret), revoked_at=None).first()


def office_administered_by(user: User, *, at: datetime) -> str:
    """The agency in which this user is administrator over the complaints office: itself or the root; "" if neither."""
    office = ComplaintsOffice.objects.select_related("agency").first()
    return policies.administers(user, office.agency, at=at) if office else ""


def keys_visible_to(user: User, *, at: datetime) -> QuerySet[ApiKey]:
    """The keys that this user may see: auditors and the administrators over the complaints office all, others none."""
    rows = ApiKey.objects.select_related("made_by", "revoked_by")
    is_reader = Hat.AUDITOR in user.hats_today or bool(office_administered_by(user, at=at))
    return rows if is_reader else rows.none()
