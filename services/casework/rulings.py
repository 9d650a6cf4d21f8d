"""Rulings of courts as pages and notices ask about them: what is known of a case, what waits, and who may confirm it."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from django.db.models import QuerySet
from django.utils.translation import gettext as _

from services.accounts import queries as accounts
from services.accounts.models import User
from services.casework import policies, queries, rulingwords
from services.casework.models import Case, Ruling

State = Ruling.State


def is_for(user: User) -> bool:
    """Whether this user wears a hat under which rulings are entered or confirmed."""
    return bool(user.hats_today & policies.RULING_HATS)


def of_offices(user: User, *, at: datetime) -> QuerySet[Ruling]:
    """The rulings on cases of the offices in which this user enters or confirms them, the latest first."""
    rows = Ruling.objects.select_related("case__agency", "case__service_version__service", "document")
    barred = Case.objects.filter(queries.kept_from(user, at=at), rulings__isnull=False)
    found = rows.filter(case__agency__in=_agencies(user, at=at)).exclude(case__in=barred)
    return found.annotate(
        enterer=queries.name_of("entered_by"), checker=queries.name_of("checked_by")
    ).order_by("-entered_at", "-pk")


def case_to_rule(user: User, reference: str, *, at: datetime) -> Case | None:
    """The decided case with this reference in an office where this user enters rulings; None for any other."""
    found = queries.full().filter(
        reference=reference,
        agency__in=_agencies(user, at=at),
        is_confidential=False,
        decided_at__isnull=False,
    )
    return found.exclude(queries.kept_from(user, at=at)).first()


def of_case(case: Case) -> list[Ruling]:
    """Every ruling that was entered for a case and not sent back, oldest first; no query before its decision."""
    if case.decided_at is None and case.reopened_at is None:
        return []
    rows = case.rulings.exclude(state=State.SENT_BACK).order_by("entered_at", "pk")
    return list(rows.annotate(enterer=queries.name_of("entered_by"), checker=queries.name_of("checked_by")))


def confirmed(case: Case) -> list[Ruling]:
    """What courts have ruled on a case, oldest first: the citizen's side reads it too."""
    return [ruling for ruling in of_case(case) if ruling.state == State.CONFIRMED]


def facts(case: Case) -> dict[str, Any]:
    """The last ruling that had its effect, as plain values for a letter."""
    last = case.rulings.filter(state=State.CONFIRMED).order_by("-checked_at", "-pk").first()
    return letter_facts(last) if last else {}


def letter_facts(ruling: Ruling) -> dict[str, Any]:
    """A ruling as plain values for a letter: the court, the number, the day in ISO 8601."""
    return {"court": ruling.court, "number": ruling.number, "ruled_on": ruling.ruled_on.isoformat()}


def of_a_certificate(ruling: Mapping[str, Any], *, is_over: bool) -> str:
    """What a ruling makes of a certificate, for its holder."""
    words = (
        _("A court annulled your certificate (%(ruling)s). It is not valid any longer.")
        if is_over
        else _("A court stayed your certificate (%(ruling)s). It may not be used until the stay ends.")
    )
    return words % {"ruling": rulingwords.named(ruling)}


def second_people(ruling: Ruling, *, at: datetime) -> list[User]:
    """Who may confirm what somebody entered: signatories and heads of the office who did not enter it and are no party."""
    found = {
        user.pk: user
        for hat in sorted(policies.COURT_HATS)
        for user in accounts.users_with(hat, ruling.case.agency, at)
    }
    return [
        user
        for user in found.values()
        if user.pk != ruling.entered_by_id and not policies.is_own_matter(user, ruling.case)
    ]


def _agencies(user: User, *, at: datetime) -> set[int]:
    worn = accounts.memberships_of(user, at=at).filter(hat__in=policies.RULING_HATS)
    return set(worn.values_list("agency_id", flat=True))
