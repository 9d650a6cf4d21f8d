"""Objections as pages and notices ask about them: whether one may object, what was said, and who may answer."""

from dataclasses import dataclass
from datetime import datetime

from services.accounts import queries as accounts
from services.accounts.models import Hat, User
from services.casework import clocks, hands, operations, policies, queries, undoing
from services.casework.models import Case, Objection
from services.casework.workflow import Transition


@dataclass(frozen=True, slots=True)
class Open:
    """What a reader may object to now, along which road, and until when."""

    what: operations.Decided
    road: Transition
    until: datetime


def open_to(case: Case, user: User, *, at: datetime) -> Open | None:
    """What this reader may object to in this case now. A few queries where the case has ended with a decision."""
    road = case.workflow.reopening(case.status)
    if road is None or case.decided_at is None or not policies.can_act(user, case, road, at):
        return None
    what = operations.decided(case)
    until = clocks.objection_until(case, what.at) if what else None
    return Open(what, road, until) if what and until and not clocks.is_over(case, until, at=at) else None


def objection_of(case: Case) -> Objection | None:
    """The last objection to a decision of this case, with the names of whoever answered it; None where there is none.

    For a case read as it is told, without an answer that may still be taken back.
    """
    rows = case.objections.select_related("answered_by").order_by("-objected_at", "-pk")
    found = rows.annotate(answerer=queries.name_of("answered_by")).first()
    if found is not None and found.answered_at and found.answered_at == undoing.untold_at(case):
        found.result, found.answer, found.answered_by, found.answered_at = "", "", None, None
    return found


def is_about_a_suspension(case: Case) -> bool:
    """Whether what waits for an answer is an objection to a suspension."""
    return case.objections.filter(answered_at=None, about=Objection.About.SUSPENSION).exists()


def superiors(case: Case, *, at: datetime) -> list[User]:
    """Who may answer an objection: signatories and heads of the office who had no hand in the decision and are no party."""
    worn = (Hat.APPROVER, Hat.EXECUTIVE)
    found = {user.pk: user for hat in worn for user in accounts.users_with(hat, case.agency, at)}
    return [
        user
        for user in found.values()
        if not policies.is_own_matter(user, case) and not hands.has_a_hand_in(user, case)
    ]
