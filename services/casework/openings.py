"""Who opens the file of a case without being asked why: whoever has a task in it. Everybody else says why."""

from dataclasses import dataclass
from datetime import datetime

from django.db import models
from django.db.models import Exists, OuterRef, Q
from django.utils.translation import gettext_lazy

from services.accounts.models import Hat, User
from services.casework import handlers, hands, lots, policies, queries, undoing
from services.casework.models import ApplicantRequest, Case, Review, Ruling, SecondLook, Urgency, WhyQuestion
from services.casework.workflow import OBJECTED, TO_SIGN


class Reason(models.TextChoices):
    """Why a file is opened by somebody who has no task in it."""

    CITIZEN = "CITIZEN", gettext_lazy("Whoever it belongs to asks about it")
    SAMPLE = "SAMPLE", gettext_lazy("A check of quality, or a sample")
    SUPERVISION = "SUPERVISION", gettext_lazy("Supervision of a colleague's work")
    ANSWER = "ANSWER", gettext_lazy("To prepare the answer to a complaint or an objection")
    AUTHORITY = "AUTHORITY", gettext_lazy("Asked for by the inspectorate or a court")
    OTHER = "OTHER", gettext_lazy("Something else")


@dataclass(frozen=True, slots=True)
class Why:
    """The reason somebody has given: its code, the number of what the inspectorate or a court sent, words for something else."""

    code: str
    number: str = ""
    words: str = ""

    def details(self) -> dict[str, str]:
        """What the record keeps of it."""
        told = {"reason_code": self.code, "number": self.number, "words": self.words}
        return {name: value for name, value in told.items() if value}


def has_task(user: User, case: Case, *, hats: frozenset[str], at: datetime) -> bool:
    """Whether something in this case is this officer's to do now, under hats that they wear in its agency.

    A conflict of interest leaves them only what lies on their desk. No query for whoever has the file or may take it from
    the queue, one or two for everybody else.
    """
    has_it = case.assignee_id == user.pk and case.closed_at is None
    if has_it or undoing.can_undo(case, user, at=at):
        return True
    if not lots.is_given_out(case) and waits_for(user, case, hats=hats, at=at):
        return True
    if getattr(case, "is_in_conflict", False):
        hats = frozenset()
    return _asks_for(user, case, hats=hats) or _has_a_say(user, case, hats=hats, at=at)


def waits_for(user: User, case: Case, *, hats: frozenset[str], at: datetime) -> bool:
    """Whether the file lies on no desk, waits for one of these hats, and nothing keeps this officer from it."""
    hat = case.current.queue_hat
    if not hat or hat not in hats or case.assignee_id is not None or undoing.is_open(case, at=at):
        return False
    if getattr(case, "is_in_conflict", False) or hands.decided_before(user, case):
        return False
    if case.status in OBJECTED and hands.has_a_hand_in(user, case):
        return False
    advised = case.recommended_by_id == user.pk
    return hat != Hat.APPROVER or not (advised or hands.has_prepared(user, case))


def _asks_for(user: User, case: Case, *, hats: frozenset[str]) -> bool:
    """Whether a row that hangs on the case waits for this officer. One query."""
    here = OuterRef("pk")
    reviewing = Review.objects.filter(case=here, assignee=user, state__in=Review.UNFINISHED)
    asked = ApplicantRequest.objects.filter(case=here, asked_by=user, state=ApplicantRequest.State.OPEN)
    condition = Q(Exists(reviewing)) | Q(Exists(asked))
    if Hat.SUPERVISOR in hats:
        condition |= _for_a_supervisor(user)
    if hats & policies.COURT_HATS:
        entered = Ruling.objects.filter(case=here, state=Ruling.State.ENTERED).exclude(entered_by=user)
        condition |= Q(Exists(entered)) | (Q(status=TO_SIGN, signer_hat__in=hats) & ~hands.worked_on(user))
    if Hat.EXECUTIVE in hats:
        condition |= Q(Exists(WhyQuestion.objects.filter(case=here, answered_at=None)))
    if hats & hands.LOOKING_HATS:
        looks = SecondLook.objects.filter(case=here, result="")
        condition |= Q(Exists(looks)) & ~hands.hand_in(user)
    return Case.objects.filter(condition, pk=case.pk).exists()


def _for_a_supervisor(user: User) -> Q:
    """The condition under which somebody has proposed something that a supervisor decides, and it was not this one."""
    proposed = ApplicantRequest.objects.filter(case=OuterRef("pk"), state=ApplicantRequest.State.PROPOSED)
    urgent = Urgency.objects.filter(case=OuterRef("pk"), state=Urgency.State.PROPOSED)
    return Q(Exists(proposed.exclude(asked_by=user))) | Q(Exists(urgent.exclude(proposed_by=user)))


def _has_a_say(user: User, case: Case, *, hats: frozenset[str], at: datetime) -> bool:
    """Whether the service offers this officer an action for which nobody needs the file, as a head's on a second protest."""
    desk = handlers.desk(case)
    if desk is None:
        return False
    found = queries.allowed_transitions(case, user, at=at, hats=hats)
    return any(not row.needs_assignment and desk.offers(case, row.name) for row in found)
