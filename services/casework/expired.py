"""Decisions that nobody took in time: the mark and the evidence as pages show them, and who at the office hears of it."""

from datetime import datetime
from typing import Any, Final

from django.db.models import F, Q, QuerySet
from django.urls import reverse
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy

from services.accounts import queries as accounts
from services.accounts.models import Hat, User
from services.casework import policies, queries
from services.casework.handlers import Part
from services.casework.models import Case, Expiry
from services.foundation import clock
from services.government.models import Agency
from services.notifications import operations as notifications

NOTICE: Final = "casework/nobody_decided"
#: Who reads at the inspectorate what an office has let pass.
INSPECTING_HATS: Final = (Hat.INTAKE, Hat.REVIEWER, Hat.EXECUTIVE)
#: What the list of the inspectorate can be narrowed to.
SHOWN: Final[dict[str, str | Promise]] = {
    "": gettext_lazy("All of them"),
    "open": gettext_lazy("Still undecided"),
    "law": gettext_lazy("Granted by operation of law"),
}


def expiry_of(case: Case) -> Expiry | None:
    """The date that passed with nobody deciding, where it still counts: not one that a later holiday has put off.

    One query, and none while the date of the case lies ahead.
    """
    if case.complete_at is None or case.due_at is None or case.due_at >= clock.now():
        return None
    found = case.expiries.order_by("-noted_at").first()
    return found if found and (case.decided_at is not None or found.due_at == case.due_at) else None


def may_inspect(user: User) -> bool:
    """Whether the sidebar of this user leads to what nobody decided in time; no query for whoever sent the request."""
    return user.is_at_inspectorate and bool(user.hats_today & set(INSPECTING_HATS))


def inspects(user: User, *, at: datetime) -> bool:
    """Whether this user wears a hat of the inspectorate."""
    worn = accounts.memberships_of(user, at=at)
    return worn.filter(agency__role=Agency.Role.INSPECTORATE, hat__in=INSPECTING_HATS).exists()


def for_inspection(user: User, *, shown: str = "", at: datetime) -> QuerySet[Expiry]:
    """The dates that passed, for somebody of the inspectorate: those that still count, none of their own matters. One query.

    `shown` narrows it (see SHOWN).
    """
    theirs = Case.objects.filter(queries.kept_from(user, at=at))
    found = Expiry.objects.select_related("case__agency", "case__service_version__service")
    found = found.filter(Q(case__decided_at__isnull=False) | Q(case__due_at=F("due_at")))
    if shown == "open":
        found = found.filter(case__decided_at=None, case__closed_at=None)
    elif shown == "law":
        found = found.filter(mode=Expiry.Mode.AUTO_ISSUE)
    return found.filter(case__is_confidential=False).exclude(case__in=theirs)


def may_read_evidence(user: User, reference: str, *, at: datetime) -> bool:
    """Whether somebody of the office may read how this clock ran: who reads the file, or the inspectorate."""
    if queries.desk_case(user, reference, at=at) is not None:
        return True
    case = Case.objects.filter(reference=reference, is_confidential=False).first()
    return case is not None and inspects(user, at=at) and not policies.is_own_matter(user, case)


def tell(expiry: Expiry, *, at: datetime) -> None:
    """Tell the inspectorate, and of a grant by law the head of the office as well; never a party of the case."""
    case = expiry.case
    context = {
        "reference": case.reference,
        "path": reverse("casework:clock_for_the_office", args=[case.reference]),
        "service": case.service_version.service.name,
        "agency": case.agency.name,
        "due_at": expiry.due_at.isoformat(),
        "is_granted": expiry.mode == Expiry.Mode.AUTO_ISSUE,
    }
    for user in recipients(expiry, at=at):
        key = f"casework.clock.expired:{expiry.pk}:{user.pk}"
        notifications.notify(
            user, notice=NOTICE, context=context, legally_required=False, dedupe_key=key, at=at
        )


def tell_of_the_grant(case: Case, *, at: datetime) -> None:
    """Tell whoever must hear of it what the law granted, since nobody decided."""
    for expiry in case.expiries.filter(mode=Expiry.Mode.AUTO_ISSUE):
        tell(expiry, at=at)


def recipients(expiry: Expiry, *, at: datetime) -> list[User]:
    """Whoever must hear of it, each once."""
    case = expiry.case
    offices = Agency.objects.filter(role=Agency.Role.INSPECTORATE).values_list("pk", flat=True)
    told = list(accounts.on_duty(offices, hats=INSPECTING_HATS, at=at))
    if expiry.mode == Expiry.Mode.AUTO_ISSUE:
        told += accounts.on_duty([case.agency_id], hats=[Hat.EXECUTIVE], at=at)
    unique: dict[int, User] = {row.user_id: row.user for row in told}
    return [user for user in unique.values() if not policies.is_own_matter(user, case)]


def aside(case: Case, reader: User) -> Part:
    """The mark on the page of a case at the desk, with its evidence. One query."""
    return Part(template="casework/desk/_expired.html", own=shown(case, desk=True))


def shown(case: Case, *, desk: bool = False) -> dict[str, Any]:
    """What a page shows of it: the row, whether it was granted by law, and the address of the evidence."""
    expiry = expiry_of(case)
    page = "casework:clock_for_the_office" if desk else "casework:clock"
    return {
        "expiry": expiry,
        "by_law": expiry is not None and expiry.mode == Expiry.Mode.AUTO_ISSUE,
        "evidence_url": reverse(page, args=[case.reference]) if expiry else "",
    }
