"""The sweep over decisions of the machine that nobody has looked at again: each rung that one has reached is noted, once."""

from collections.abc import Iterable
from datetime import datetime
from typing import Final

from django.db import transaction

from services.casework import ladder, transitions
from services.casework.clocks import LookClocks
from services.casework.ladder import Days
from services.casework.models import SecondLook
from services.casework.operations.escalation import CHUNK, hop_of, passed_by, tell
from services.foundation import locks

LOCK: Final = "casework.escalate_looks"


def escalate_looks(*, at: datetime, chunk: int = CHUNK) -> int:
    """Note every rung that a waiting look has reached by `at`; returns how many. Any number may run at once.

    The ladder is that of the service. Each chunk is a transaction of its own under one lock.
    """
    noted, last, clocks, days = 0, 0, LookClocks(), Days()
    while True:
        with transaction.atomic():
            if not locks.try_transaction_lock(LOCK):
                return noted
            waiting = SecondLook.objects.filter(result="", pk__gt=last).order_by("pk")
            read = waiting.select_related("case__service_version__service").prefetch_related("case__pauses")
            looks = list(read[:chunk])
            for look in _with_due_rungs(looks, clocks, days, at=at):
                noted += _note(look, clocks, days, at=at)
        if len(looks) < chunk:
            return noted
        last = looks[-1].pk


def _with_due_rungs(
    looks: Iterable[SecondLook], clocks: LookClocks, days: Days, *, at: datetime
) -> list[SecondLook]:
    looks = list(looks)
    passed = passed_by(look.case_id for look in looks)
    return [
        look
        for look in looks
        if ladder.due_of(
            look.case,
            clocks.of(look),
            passed[look.case_id],
            due_at=clocks.due_at(look),
            at=at,
            days=days,
        )
    ]


def _note(look: SecondLook, clocks: LookClocks, days: Days, *, at: datetime) -> int:
    """Note what is due, looked at again after the lock of the case: whoever looks locks it too."""
    case = transitions.lock(look.case)
    if not SecondLook.objects.filter(pk=look.pk, result="").exists():
        return 0
    promise, due_at = clocks.of(look), clocks.due_at(look)
    due = ladder.due_of(case, promise, passed_by([case.pk])[case.pk], due_at=due_at, at=at, days=days)
    for rung in due:
        hop = hop_of(case, promise, rung, at=at)
        hop.save()
        tell(hop, due_at=due_at, at=at)
    return len(due)
