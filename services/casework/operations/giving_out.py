"""The machine gives out the files of a service by lot, where its version says so: to an officer on duty, whom nobody chose."""

import secrets
from collections import Counter
from datetime import datetime
from functools import reduce
from operator import or_
from typing import Final

from django.db import transaction
from django.db.models import Count, Q, QuerySet

from services.accounts import queries as accounts
from services.accounts.models import User
from services.casework import holdings, lots, queries, transitions, undoing, workflow
from services.casework.lots import Below, Lot
from services.casework.models import Case, Holding, Left, Review
from services.foundation import locks
from services.integrity.pact import queries as pact

GIVEN_OUT: Final = "casework.case.given_out"
LOCK: Final = "casework.give_out"
#: How many cases are looked at in one sweep; those promised first come first.
CHUNK: Final = 500
#: Whoever let a file go in one of these ways is not drawn for it again while somebody else can be.
LET_GO: Final = (Left.LAID_BACK, Left.UNTOUCHED, Left.HANDED_OVER)


def give_out_cases(*, at: datetime, below: Below = secrets.randbelow) -> int:
    """Give every case that waits for a lot to an officer who may act on it; returns how many. Any number may run at once.

    Each is a transaction of its own under one lock: one draw after another, so that each sees the desks as the one before left them.
    A case that nobody may take stays in the queue, where its supervisor reads why. `below` draws a number: from the operating
    system's own randomness, unless a test brings another source.
    """
    given = 0
    for case_id in _ids(at):
        with transaction.atomic():
            if not locks.try_transaction_lock(LOCK):
                return given
            given += _give_out(case_id, at=at, below=below)
    return given


def _ids(at: datetime) -> list[int]:
    waiting = _waiting(at).order_by("place_at", "submitted_at", "id")
    return list(waiting.values_list("pk", flat=True)[:CHUNK])


def _waiting(at: datetime) -> QuerySet[Case]:
    """What waits for a hat and is given out by lot: none that is confidential or on a desk, and only what stands."""
    waits = reduce(or_, (queries.waits_for(hat) for hat in sorted(workflow.queued_hats())), Q(pk__in=[]))
    open_ones = Case.objects.filter(closed_at=None, submitted_at__isnull=False, assignee=None)
    return open_ones.filter(
        waits, undoing.settled(at), service_version__is_given_out=True, is_confidential=False
    )


def _give_out(case_id: int, *, at: datetime, below: Below) -> int:
    """Draw for one case, and hand it over once both desk and file are held; what moved meanwhile is left to the next sweep."""
    waiting = _waiting(at).select_related("agency", "service_version__service")
    case = waiting.filter(pk=case_id).first()
    found = _lots(case, at=at) if case else []
    if case is None or not found:
        return 0
    drawn, hat = lots.draw(found, below=below), case.current.queue_hat
    officer = drawn.chosen.officer
    holdings.lock_desk(officer)
    locked = _for(officer, case, at=at).select_for_update(of=("self",), skip_locked=True).first()
    if locked is None or hat not in pact.signed_hats(officer, agency=case.agency, at=at):
        return 0
    locked.assignee = officer
    transitions.touch(locked, fields=("assignee",))
    holdings.begin(locked, officer=officer, hat=hat, at=at)
    transitions.record(locked, GIVEN_OUT, actor=None, hat="", at=at, details={"for": hat, **drawn.details})
    payload = {"reference": locked.reference, "officer": officer.pk, "version": locked.row_version}
    key = f"{locked.reference}:{locked.row_version}"
    transitions.promise(locked, GIVEN_OUT, payload, key=key, at=at)
    return 1


def _lots(case: Case, *, at: datetime) -> list[Lot]:
    """Everybody on duty who might take this case from the queue, by seniority of the row: in the same order whoever asks."""
    worn = accounts.on_duty([case.agency_id], hats=[case.current.queue_hat], at=at)
    worn = worn.annotate(has_signed=pact.signed(at=at), away_until=accounts.away_until(at=at))
    present = {row.user_id: row.user for row in worn if row.has_signed and row.away_until is None}
    able = [user for user in present.values() if _for(user, case, at=at).exists()]
    before = _who_let_it_go(case)
    others = [user for user in able if user.pk != before] or able
    loads = _loads(others)
    return [Lot(officer=user, load=loads[user.pk]) for user in others]


def _for(user: User, case: Case, *, at: datetime) -> QuerySet[Case]:
    """The case, if it waits for this officer: no party, no conflict, four eyes, as when they take it themselves."""
    waiting = queries.waiting_for(agency=case.agency, hat=case.current.queue_hat, user=user, at=at)
    return waiting.filter(pk=case.pk)


def _loads(officers: list[User]) -> Counter[int]:
    """How many files and reviews lie on each desk now, whatever they wait for. Two queries."""
    loads: Counter[int] = Counter()
    for lying in (Case.objects.filter(closed_at=None), Review.objects.all()):
        rows = lying.filter(assignee__in=officers).order_by().values("assignee").annotate(files=Count("pk"))
        loads.update({row["assignee"]: row["files"] for row in rows})
    return loads


def _who_let_it_go(case: Case) -> int | None:
    """Whoever had it last for the same step and let it go undone, by id; None where nobody did."""
    ended = Holding.objects.filter(case=case, review=None, left_at__isnull=False)
    last = ended.order_by("-left_at", "-pk").first()
    let_go = last is not None and last.hat == case.current.queue_hat and last.left_by in LET_GO
    return last.officer_id if last is not None and let_go else None
