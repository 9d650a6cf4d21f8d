"""What the reader does: read notices, choose channels."""

from collections.abc import Collection
from datetime import datetime

from django.db import transaction

from services.accounts.models import User
from services.notifications.models import Channel, Notice, Preference


def read_notice(notice: Notice, *, at: datetime) -> Notice:
    """Mark a notice as read; the first time counts."""
    Notice.objects.filter(id=notice.id, read_at__isnull=True).update(read_at=max(at, notice.created_at))
    notice.refresh_from_db(fields=["read_at"])
    return notice


def read_all_notices(user: User, *, at: datetime) -> int:
    """Mark all notices up to now as read; return how many were not."""
    return Notice.objects.filter(recipient=user, read_at__isnull=True, created_at__lte=at).update(read_at=at)


def choose_channels(user: User, *, wanted: Collection[str]) -> None:
    """Keep which channels a person wants; what the law requires reaches them all the same."""
    with transaction.atomic():
        for channel in Channel:
            Preference.objects.update_or_create(
                user=user, channel=channel, defaults={"enabled": channel in wanted}
            )
