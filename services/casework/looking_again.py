"""Decisions of the machine that wait for a person's second look; who is told of them, and where the machine was wrong."""

from datetime import datetime
from typing import Final

from django.db.models import Exists, OuterRef, QuerySet
from django.urls import reverse

from services.accounts import queries as accounts
from services.accounts.models import Hat, User
from services.casework import clocks, hands, policies, queries
from services.casework.models import Case, EscalationHop, SecondLook, Told
from services.casework.operations import second_looks
from services.casework.operations.second_looks import ERRED
from services.government.models import Agency
from services.integrity.pact import queries as pact
from services.notifications import operations as notifications

NOTICE: Final = "casework/machine_erred"
ASKED_NOTICE: Final = "casework/person_asked"
LATE_NOTICE: Final = "casework/look_waits"


def is_for(user: User) -> bool:
    """Whether this user wears a hat under which decisions of the machine are looked at again."""
    return bool(user.hats_today & hands.LOOKING_HATS)


def awaited(user: User, *, at: datetime) -> QuerySet[SecondLook]:
    """The looks that this officer may take: at decisions of their office, without any part in them, and the first one of theirs.

    What an applicant asked for stands first, then the oldest. Two queries.
    """
    worn = pact.memberships_of(user, at=at).filter(hat__in=hands.LOOKING_HATS)
    agencies = {row.agency_id for row in worn}
    barred = queries.kept_from(user, at=at) | hands.hand_in(user)
    theirs = Case.objects.filter(agency__in=agencies, is_confidential=False).exclude(barred)
    looked = SecondLook.objects.filter(case=OuterRef("case"), looked_by=user)
    waiting = SecondLook.objects.select_related("case__agency", "case__service_version__service")
    waiting = waiting.filter(~Exists(looked), result="", case__in=theirs)
    return waiting.order_by("origin", "drawn_at", "pk")


def asked_of(case: Case) -> SecondLook | None:
    """The look that the applicant asked for; None where they did not. One query."""
    return case.second_looks.filter(origin=SecondLook.Origin.ASKED).first()


def answer_by(look: SecondLook) -> datetime:
    """By when somebody has looked: where it was asked for, the time that a superior has for an objection. One query."""
    return clocks.LookClocks().due_at(look)


def may_ask(case: Case, user: User, *, at: datetime) -> bool:
    """Whether this reader may ask for a person now. Three queries at most, none where no machine decided."""
    until = second_looks.may_be_asked_until(case)
    if until is None or clocks.is_over(case, until, at=at) or not policies.citizen_side(user, case):
        return False
    return asked_of(case) is None


def tell_who_may_look(case: Case, *, at: datetime) -> None:
    """Whoever may take the look that an applicant asked for reads on their page that it waits, and until when."""
    look = asked_of(case)
    if look is None or look.result:
        return
    page = reverse("admin:casework_case_look_again", args=[case.reference])
    context = {
        "reference": case.reference,
        "service": case.service_version.service.name,
        "due_at": answer_by(look).isoformat(),
        "path": page,
    }
    for user in _who_may_look(case, at=at):
        key = f"{second_looks.ASKED}:{case.reference}:{user.pk}"
        notifications.put_on_page(user, notice=ASKED_NOTICE, context=context, dedupe_key=key, at=at)


def tell_of_the_clock(hop: EscalationHop, *, at: datetime) -> None:
    """Give notice of a rung that a waiting look has passed, to who may look or who supervises; nobody once somebody has looked."""
    case = hop.case
    look = case.second_looks.filter(drawn_at=hop.clock_started_at, result="").first()
    if look is None or hop.tells not in {Told.OFFICER, Told.SUPERVISOR}:
        return
    to_look = hop.tells == Told.OFFICER
    page = "admin:casework_case_look_again" if to_look else "admin:casework_case_change"
    context = {
        "reference": case.reference,
        "service": case.service_version.service.name,
        "percent": hop.percent,
        "due_at": answer_by(look).isoformat(),
        "path": reverse(page, args=[case.reference]),
    }
    for user in _who_may_look(case, at=at) if to_look else _supervisors(case, at=at):
        notifications.notify(
            user,
            notice=LATE_NOTICE,
            context=context,
            legally_required=False,
            dedupe_key=f"{LATE_NOTICE}:{hop.pk}:{user.pk}",
            at=at,
        )


def _who_may_look(case: Case, *, at: datetime) -> list[User]:
    """Whoever wears a hat that looks, in the office of the case, and has no part in it."""
    worn = {user.pk: user for hat in hands.LOOKING_HATS for user in accounts.users_with(hat, case.agency, at)}
    return [
        user
        for user in worn.values()
        if not policies.is_own_matter(user, case) and not hands.has_a_hand_in(user, case)
    ]


def _supervisors(case: Case, *, at: datetime) -> list[User]:
    found = accounts.users_with(Hat.SUPERVISOR, case.agency, at)
    return [user for user in found if not policies.is_own_matter(user, case)]


def tell_of_the_error(case: Case, *, at: datetime) -> None:
    """Whoever supervises the office or may take the paper back reads of it, and the head of the inspectorate; each once."""
    page = reverse("admin:casework_case_change", args=[case.reference])
    told = {
        user.pk: (user, page)
        for hat in (Hat.SUPERVISOR, Hat.APPROVER)
        for user in accounts.users_with(hat, case.agency, at)
        if not policies.is_own_matter(user, case)
    }
    inspectorates = Agency.objects.filter(role=Agency.Role.INSPECTORATE).values_list("pk", flat=True)
    for head in accounts.on_duty(inspectorates, hats=[Hat.EXECUTIVE], at=at):
        told.setdefault(head.user_id, (head.user, reverse("admin:index")))
    context = {"reference": case.reference, "service": case.service_version.service.name}
    for user, path in told.values():
        key = f"{ERRED}:{case.reference}:{user.pk}"
        notifications.put_on_page(
            user, notice=NOTICE, context=context | {"path": path}, dedupe_key=key, at=at
        )
