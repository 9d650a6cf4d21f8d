"""The sweep over decisions that nobody took in time: noted, or granted by operation of law (UU 30/2014 article 53)."""

from datetime import datetime
from typing import Any, Final

from django.db import transaction
from django.db.models import Exists, F, OuterRef, QuerySet

from services.casework import branches, clocks, evidence, ladder, transitions, undoing
from services.casework.models import Case, Expiry, Outcome
from services.casework.transitions import LockedCase
from services.casework.workflow import GRANT_BY_LAW
from services.catalogue import queries as catalogue
from services.catalogue.models import ServiceVersion
from services.foundation import locks

#: How many cases are looked at before the lock is given back. Each is a transaction of its own.
CHUNK: Final = 200
EXPIRED: Final = "casework.clock.expired"
LOCK: Final = "casework.expire"


def expire_clocks(*, at: datetime, chunk: int = CHUNK) -> int:
    """Note every decision's date that has passed with nobody deciding; returns how many. Any number may run at once.

    Each case is a transaction of its own under one lock: what one sweep has done stays, whatever becomes of it, and where
    another holds the lock this one stops.
    """
    noted, last = 0, 0
    while True:
        ids = list(_passed(at).filter(pk__gt=last).order_by("pk").values_list("pk", flat=True)[:chunk])
        for case_id in ids:
            with transaction.atomic():
                if not locks.try_transaction_lock(LOCK):
                    return noted
                noted += _expire(case_id, at=at)
        if len(ids) < chunk:
            return noted
        last = ids[-1]


def mode_of(case: Case) -> str:
    """What follows when nobody decides this case in time: none, flag_only or auto_issue.

    The version that the case cites says it. That protection which its own version or the one in force today names bars the system's
    grant is asked again here, whatever a pack once said.
    """
    said = case.service_version.parsed
    if said.deemed_approval != "auto_issue":
        return said.deemed_approval
    is_barred = said.bars_deemed_grant or _in_force_bars(case.service_version)
    return "flag_only" if is_barred or GRANT_BY_LAW not in case.workflow.by_name else "auto_issue"


def _in_force_bars(version: ServiceVersion) -> bool:
    """Whether the version in force today protects what no silence may decide; a withdrawn service grants nothing more."""
    try:
        return catalogue.current_version(version.service).parsed.bars_deemed_grant
    except ServiceVersion.DoesNotExist:
        return True


def _passed(at: datetime) -> QuerySet[Case]:
    """Complete cases whose running clock is over, and whose date was not noted yet; none of a confidential one.

    A step that may still be taken back is waited for: until its window is over nobody goes on from it.
    """
    noted = Expiry.objects.filter(case=OuterRef("pk"), due_at=OuterRef("due_at"))
    overdue = ladder.running_cases().filter(
        decided_at=None, complete_at__isnull=False, due_at__lt=at, is_confidential=False
    )
    return overdue.filter(undoing.settled(at), ~Exists(noted), complete_at__lt=F("due_at"))


def _expire(case_id: int, *, at: datetime) -> int:
    """Note one case, looked at again after the lock; a date that a changed calendar has put off is left to the recomputation."""
    found = _passed(at).select_for_update(of=("self",), skip_locked=True)
    row = found.select_related("agency", "service_version__service", "applicant").filter(pk=case_id).first()
    if row is None or row.due_at is None or clocks.office_due_at(row, at=at) >= at:
        return 0
    mode = mode_of(row)
    if mode == "none":
        return 0
    case, grant = LockedCase(row), row.workflow.by_name.get(GRANT_BY_LAW)
    granted = mode == "auto_issue" and grant is not None and row.status in grant.sources
    expiry = _note(case, Expiry.Mode.AUTO_ISSUE if granted else Expiry.Mode.FLAG_ONLY, at=at)
    told = {"due_at": expiry.due_at.isoformat(), "evidence": expiry.digest}
    if granted and grant is not None:
        transitions.move(case, grant, actor=None, at=at, changes=_decision(), details=told)
        branches.drop(case, at=at)
        return 1
    transitions.record(case, EXPIRED, actor=None, hat="", at=at, details=told)
    payload = {"reference": case.reference, "expiry": expiry.pk}
    transitions.promise(case, EXPIRED, payload, key=f"{case.reference}:{told['due_at']}", at=at)
    return 1


def _note(case: Case, mode: Expiry.Mode, *, at: datetime) -> Expiry:
    due_at = case.due_at or at
    clock = evidence.of_clock(case, due_at=due_at, at=at)
    return Expiry.objects.create(
        case=case, mode=mode, due_at=due_at, noted_at=at, evidence=clock, digest=evidence.digest_of(clock)
    )


def _decision() -> dict[str, Any]:
    """Nobody's name stands under what the law grants."""
    return {"outcome": Outcome.GRANTED, "decided_by": None, "signer_hat": "", "assignee": None}
