"""What an outage does: each date of a citizen whose period it overlapped moves, once; no clock of the office does."""

from collections.abc import Iterator
from datetime import datetime, timedelta
from typing import Final

from django.db import transaction
from django.db.models import Exists, OuterRef, Q, QuerySet

from services.audit import operations as audit
from services.audit.actors import SYSTEM, Subject
from services.casework import asking, clocks, outages, transitions, undoing
from services.casework.models import ApplicantRequest, Case, Outage, OutageMove, StandingChange
from services.casework.operations import objections, second_looks
from services.casework.transitions import LockedCase
from services.casework.workflow import every
from services.catalogue import queries as catalogue
from services.foundation.clock import local_date

#: Recorded of a case whose dates have moved, and promised where its applicant is to be told.
DATES_MOVED: Final = "casework.outage.dates_moved"
#: How many cases are looked for at once. Each is a transaction of its own.
CHUNK: Final = 200
#: However many holidays lie between them, so many calendar days hold a working day more.
DAYS_OF_A_WORKING_DAY: Final = 2
HOLIDAYS: Final = 60
What = OutageMove.What


def move_dates(*, at: datetime, chunk: int = CHUNK) -> int:
    """Move the dates of every confirmed outage that has not moved all of them; returns how many cases. Any number may run at once.

    Each case is a transaction of its own, and keeps which outage moved which date: who comes second finds it moved. Where
    the last step of a case may still be taken back, the next sweep comes to it.
    """
    return sum(_move_by(outage, at=at, chunk=chunk) for outage in list(Outage.objects.to_move()))


def touched(outage: Outage) -> QuerySet[Case]:
    """Cases in which something of the citizen's side may have run while the outage lasted; each is looked at once it is locked."""
    return Case.objects.filter(outages.of_services(outage)).filter(_owed(outage) | _objectionable(outage))


def _owed(outage: Outage) -> Q:
    still_open = ApplicantRequest.objects.filter(
        case=OuterRef("pk"), state=ApplicantRequest.State.OPEN, due_at__gte=outage.begins_at
    )
    return Q(closed_at=None) & (Q(applicant_due_at__gte=outage.begins_at) | Q(Exists(still_open)))


def _objectionable(outage: Outage) -> Q:
    """What was decided so late that the time to object, however many holidays lie in it, may have run then."""
    lasts = catalogue.deadline(clocks.TIME_TO_OBJECT, on=local_date(outage.begins_at)).amount
    since = outage.begins_at - timedelta(days=DAYS_OF_A_WORKING_DAY * lasts + HOLIDAYS)
    kinds = [flow.kind for flow in every() if any(row.reopens for row in flow.transitions)]
    changed = StandingChange.objects.filter(case=OuterRef("pk"), changed_at__gte=since)
    moved = OutageMove.objects.filter(case=OuterRef("pk"), what=What.OBJECTION, after__gte=outage.begins_at)
    late = Q(decided_at__gte=since) | Q(Exists(changed)) | Q(Exists(moved))
    return Q(kind__in=kinds, decided_at__lt=outage.ends_at) & late


def _move_by(outage: Outage, *, at: datetime, chunk: int) -> int:
    moved, last, is_whole = 0, 0, True
    days = dict[str, int]()
    while True:
        ids = list(touched(outage).filter(pk__gt=last).order_by("pk").values_list("pk", flat=True)[:chunk])
        found = [_move_case(case_id, outage, days, at=at) for case_id in ids]
        moved, is_whole = moved + found.count(True), is_whole and None not in found
        if len(ids) < chunk:
            break
        last = ids[-1]
    if is_whole:
        _finish(outage, at=at)
    return moved


def _move_case(case_id: int, outage: Outage, known: dict[str, int], *, at: datetime) -> bool | None:
    """Whether dates of a case moved; None where that waits until its last step can no longer be taken back."""
    with transaction.atomic():
        case = transitions.lock(Case(pk=case_id))
        if case.outage_moves.filter(outage=outage).exists():
            return False
        slug = case.service_version.service.slug
        if slug not in known:
            known[slug] = outages.days_of(outage, slug)
        moves = list(_moves(case, outage, known[slug], at=at)) if known[slug] else []
        if known[slug] and undoing.is_open(case, at=at):
            before = LockedCase(undoing.as_told(case, at=at))
            return None if moves or any(_moves(before, outage, known[slug], at=at)) else False
        if not moves:
            return False
        OutageMove.objects.bulk_create(moves)
        _write(case, moves)
        _tell(case, outage, moves, at=at)
    return True


def _moves(case: LockedCase, outage: Outage, days: int, *, at: datetime) -> Iterator[OutageMove]:
    """Every date of a locked case whose period the outage overlapped, with its new end; nothing is saved yet."""
    for what, request, since, until in _periods(case):
        if outage.ends_at and since < outage.ends_at and until >= outage.begins_at:
            after = outages.put_off(until, outage, days, at=at)
            yield OutageMove(
                outage=outage,
                case=case,
                what=what,
                request=request,
                since=since,
                before=until,
                after=after,
                moved_at=at,
            )


def _periods(case: LockedCase) -> Iterator[tuple[str, ApplicantRequest | None, datetime, datetime]]:
    """What runs for the citizen's side: which date, since when, until when."""
    if case.closed_at is None:
        rows = list(case.requests.select_for_update(of=("self",)).filter(state=ApplicantRequest.State.OPEN))
        for row in rows:
            yield What.REQUEST, row, row.released_at or row.asked_at, row.due_at
        if not rows and case.applicant_due_at is not None:
            yield What.FILE, None, case.status_at, case.applicant_due_at
    for since in sorted(_decided(case)):
        yield What.OBJECTION, None, since, clocks.objection_until(case, since)


def _decided(case: LockedCase) -> set[datetime]:
    """When something was decided that one may object to, or about which one may ask for a person."""
    found = objections.decided(case)
    asked = case.second_looks.filter(origin="ASKED").exists() if case.decided_at else True
    machine = second_looks.may_be_asked_until(case) is not None and not asked
    return ({found.at} if found else set()) | ({case.decided_at} if machine and case.decided_at else set())


def _write(case: LockedCase, moves: list[OutageMove]) -> None:
    """Write the new dates of what is kept; the time to object is read from the moves themselves. No column of the office's is among them."""
    for move in moves:
        if move.request is not None:
            move.request.due_at = move.after
            move.request.save(update_fields=["due_at"])
        elif move.what == What.FILE:
            case.applicant_due_at = move.after
    if any(move.what == What.REQUEST for move in moves):
        rows = list(case.requests.filter(state=ApplicantRequest.State.OPEN))
        case.applicant_due_at = asking.earliest(rows, whole=any(row.review_id is None for row in rows))
    transitions.touch(case, fields=("applicant_due_at",))


def _tell(case: LockedCase, outage: Outage, moves: list[OutageMove], *, at: datetime) -> None:
    """One event with every date, and one promise. Of a draft its page says so: nobody waits for it."""
    dates = [{"what": move.what, "from": move.before, "to": move.after, "days": move.days} for move in moves]
    details = {"outage": outage.pk, "begins_at": outage.begins_at, "ends_at": outage.ends_at, "dates": dates}
    details["is_all"] = outage.touches_all
    transitions.record(case, DATES_MOVED, actor=None, hat="", at=at, details=details)
    if case.submitted_at is not None:
        told = {"reference": case.reference, "outage": outage.pk}
        transitions.promise(case, DATES_MOVED, told, key=f"{case.reference}:{outage.pk}", at=at)


def _finish(outage: Outage, *, at: datetime) -> None:
    """Note once that every date has moved, and of how many cases."""
    with transaction.atomic():
        locked = Outage.objects.select_for_update().get(pk=outage.pk)
        if locked.moved_at is not None:
            return
        locked.moved_at, locked.moved = at, locked.moves.values("case").distinct().count()
        locked.save(update_fields=["moved_at", "moved"])
        subject = Subject("outage", str(locked.pk))
        details = {"cases": locked.moved}
        audit.record("casework.outage.settled", actor=SYSTEM, subject=subject, at=at, details=details)
