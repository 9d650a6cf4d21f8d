"""Before a licence ends its holder is reminded: ninety, thirty and seven days before, each once."""

from datetime import datetime, timedelta
from itertools import pairwise
from typing import Final

from django.db import transaction
from django.db.models import Q, QuerySet

from licensing import queries
from licensing.models import Licence
from services.documents.models import Certificate
from services.foundation import clock
from services.outbox import operations as outbox

ENDS_SOON: Final = "licensing.licence.ends_soon"
#: How many days before the last day. The holder of a licence that is renewed hears nothing.
REMINDERS: Final = (7, 30, 90)


def remind_holders(*, at: datetime, batch: int = 500) -> int:
    """Promise the reminders that are due; returns how many. A reminder that a stopped beat has missed is given once, late.

    Somebody who is told late is told only the nearest one: not at once that ninety, thirty and seven days are left.
    """
    told = 0
    for nearer, days in pairwise((-1, *REMINDERS)):
        with transaction.atomic():
            due = _due(at=at, after=nearer, days=days).select_for_update(skip_locked=True, of=("self",))
            for licence in due.select_related("certificate")[:batch]:
                licence.reminded_days = days
                licence.save(update_fields=["reminded_days"])
                key = f"{ENDS_SOON}:{licence.pk}:{days}"
                outbox.publish(ENDS_SOON, {"licence": licence.pk, "days": days}, dedupe_key=key, at=at)
                told += 1
    return told


def _due(*, at: datetime, after: int, days: int) -> QuerySet[Licence]:
    """Licences in force that end in more than `after` and at most `days` days, and whose holder was not told so."""
    today = clock.local_date(at)
    on_its_way = Q(case__submitted_at__isnull=False) & (Q(case__closed_at=None) | Q(case__outcome="GRANTED"))
    renewed = queries.renewals().filter(on_its_way)
    return (
        Licence.objects.filter(
            Q(reminded_days=None) | Q(reminded_days__gt=days),
            certificate__standing__in=Certificate.IN_FORCE,
            certificate__valid_until__gt=today + timedelta(days=after),
            certificate__valid_until__lte=today + timedelta(days=days),
        )
        .exclude(pk__in=renewed.values("renews"))
        .order_by("certificate__valid_until", "pk")
    )
