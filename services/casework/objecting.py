"""Objections as pages and notices ask about them: whether one may object, what was said, and who may answer."""

from datetime import datetime

from services.accounts import queries as accounts
from services.accounts.models import Hat, User
from services.casework import clocks, hands, policies, queries
from services.casework.models import Case, Objection


def can_object(case: Case, user: User, *, at: datetime) -> bool:
    """Whether this reader may object to the decision of this case now. One query where there is a decision to object to."""
    road = case.workflow.reopening(case.status)
    if road is None or case.decided_at is None or not policies.decision_is_new(case):
        return False
    if not policies.can_act(user, case, road, at):
        return False
    return at <= clocks.given_until(clocks.TIME_TO_OBJECT, case.decided_at)


def objection_of(case: Case) -> Objection | None:
    """The last objection to a decision of this case, with the names of whoever answered it; None where there is none."""
    found = case.objections.select_related("answered_by").order_by("-objected_at", "-pk")
    return found.annotate(answerer=queries.name_of("answered_by")).first()


def superiors(case: Case, *, at: datetime) -> list[User]:
    """Who may answer an objection: signatories and heads of the office who had no hand in the decision and are no party."""
    worn = (Hat.APPROVER, Hat.EXECUTIVE)
    found = {user.pk: user for hat in worn for user in accounts.users_with(hat, case.agency, at)}
    return [
        user
        for user in found.values()
        if not policies.is_own_matter(user, case) and not hands.has_a_hand_in(user, case)
    ]
