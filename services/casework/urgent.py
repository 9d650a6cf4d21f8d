"""Urgent cases as pages and notices ask about them: which classes there are, what was proposed, and who decides."""

from dataclasses import dataclass
from datetime import datetime
from typing import Final

from django.urls import reverse

from services.accounts import queries as accounts
from services.accounts.models import Hat
from services.casework import policies, queries
from services.casework.models import Case, Urgency
from services.casework.operations.urgency import PROPOSED, PROPOSING_HATS
from services.catalogue.definition import UrgentClass
from services.foundation import texts
from services.notifications import operations as notifications

NOTICE: Final = "casework/urgency_proposed"


@dataclass(frozen=True, slots=True)
class Shown:
    """What was proposed for a case, in words: the class and what shows it, and the row itself."""

    label: str
    evidence: str
    row: Urgency


def classes(case: Case) -> list[UrgentClass]:
    """The urgent classes of the version that the case cites. No query."""
    return case.service_version.parsed.urgent


def of_case(case: Case) -> Shown | None:
    """The last proposal for a case; None where there was none. No query where its version has no urgent class."""
    known = {row.code: row for row in classes(case)}
    if not known:
        return None
    rows = case.urgencies.order_by("-proposed_at", "-pk").annotate(
        proposer=queries.name_of("proposed_by"), decider=queries.name_of("decided_by")
    )
    row = rows.first()
    if row is None or row.code not in known:
        return None
    said = known[row.code]
    return Shown(label=texts.local(said.label), evidence=texts.local(said.evidence), row=row)


def may_propose(case: Case, hats: frozenset[str], shown: Shown | None) -> bool:
    """Whether whoever wears these hats may propose the case now. No query."""
    is_open = shown is None or shown.row.state == Urgency.State.DECLINED
    return bool(classes(case) and case.current.queue_hat and hats & PROPOSING_HATS) and is_open


def may_decide(case: Case, hats: frozenset[str], shown: Shown | None) -> bool:
    """Whether whoever wears these hats decides what was proposed. No query."""
    waits = shown is not None and shown.row.state == Urgency.State.PROPOSED
    return waits and Hat.SUPERVISOR in hats and not case.closed_at


def tell_supervisors(urgency: Urgency, *, at: datetime) -> None:
    """Whoever supervises the office reads on their page that a proposal waits; not whoever made it."""
    case = urgency.case
    context = {
        "reference": case.reference,
        "service": case.service_version.service.name,
        "path": reverse("admin:casework_case_change", args=[case.reference]),
    }
    for user in accounts.users_with(Hat.SUPERVISOR, case.agency, at):
        if user.pk != urgency.proposed_by_id and not policies.is_own_matter(user, case):
            key = f"{PROPOSED}:{urgency.pk}:{user.pk}"
            notifications.put_on_page(user, notice=NOTICE, context=context, dedupe_key=key, at=at)
