"""What makes a demo the pattern of a city at work: colleagues, files on desks, and every clock looked at."""

from datetime import datetime

from django.db.models import QuerySet

from portal.bench import staff
from portal.bench.marker import require_mark
from portal.demo.data.office import deliver
from services.accounts.models import Membership, User
from services.casework import operations as casework
from services.casework.models import Case
from services.foundation.errors import UnableTo
from services.government.models import Agency

#: How many files of each queue are taken onto a desk.
TAKEN = 2


def prepare(*, at: datetime) -> None:
    """Hire, take, lay back and look at the clocks, by the operations that people use. A second time does nothing."""
    require_mark()
    if not staff.hire(at=at):
        return
    for post in _posts():
        _take(post.user, post.agency, post.hat, at=at)
    for case in list(_lying().order_by("pk"))[::2]:
        if case.assignee:
            casework.release_case(case, actor=case.assignee, at=at)
    casework.escalate_clocks(at=at)
    casework.expire_clocks(at=at)
    deliver(at)


def _posts() -> QuerySet[Membership]:
    """One hat a queue of the demo's cast; the officers of the bench begin with empty desks."""
    cast = User.objects.filter(
        email__in=[f"{name}@demo.example" for name in ("intake", "reviewer", "approver")]
    )
    return (
        Membership.objects.filter(user__in=cast, hat__in=staff.HATS)
        .select_related("user", "agency")
        .order_by("pk")
    )


def _take(officer: User, agency: Agency, hat: str, *, at: datetime) -> None:
    try:
        for _ in range(TAKEN):
            casework.take_next_case(actor=officer, agency=agency, hat=hat, at=at)
    except UnableTo:
        return  # An office in whose queue nothing waits for this hat.


def _lying() -> QuerySet[Case]:
    """Files on desks that wait for their applicant: half of them are laid back, as of officers who are away."""
    waiting = Case.objects.filter(assignee__isnull=False, closed_at=None, status="WAITING_APPLICANT")
    return waiting.select_related("assignee")
