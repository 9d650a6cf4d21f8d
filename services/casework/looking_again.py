"""Decisions of the machine that wait for a person's second look; and who is told where the machine was wrong."""

from datetime import datetime
from typing import Final

from django.db.models import QuerySet
from django.urls import reverse

from services.accounts import queries as accounts
from services.accounts.models import Hat, User
from services.casework import hands, policies, queries
from services.casework.models import Case
from services.casework.operations.second_looks import ERRED, LOOKING_HATS
from services.government.models import Agency
from services.integrity.pact import queries as pact
from services.notifications import operations as notifications

NOTICE: Final = "casework/machine_erred"


def is_for(user: User) -> bool:
    """Whether this user wears a hat under which decisions of the machine are looked at again."""
    return bool(user.hats_today & LOOKING_HATS)


def awaited(user: User, *, at: datetime) -> QuerySet[Case]:
    """The decisions at which this officer may look: of their office, without any part in them. Two queries."""
    worn = pact.memberships_of(user, at=at).filter(hat__in=LOOKING_HATS)
    agencies = {row.agency_id for row in worn}
    barred = queries.kept_from(user, at=at) | hands.hand_in(user)
    waiting = queries.full().select_related("second_look").filter(second_look__result="")
    return waiting.filter(agency__in=agencies, is_confidential=False).exclude(barred)


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
