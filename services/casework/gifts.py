"""The one question after a case is closed: did anyone ask for money or a gift beyond the tariff? Answered once, by a link."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any, Final

from django.urls import reverse

from services.casework.models import Case
from services.integrity import operations as integrity
from services.integrity import queries, tokens
from services.notifications import operations as notifications

NOTICE: Final = "casework/gift_question"


@dataclass(frozen=True, slots=True)
class Question:
    """The question as it stands on a page: where its answer goes, and whether it was given already."""

    address: str
    is_answered: bool


def is_asked(case: Case) -> bool:
    """Whether this case is one after which the question is put: sent, ended, and nobody's secret."""
    return bool(case.submitted_at and case.closed_at) and not case.is_confidential


def may_be_asked(case: Case) -> bool:
    """Whether the question may be sent: it is put after this case, and was not answered on a page in the meantime."""
    return is_asked(case) and not queries.has_answered(case.reference)


def question(case: Case) -> Question | None:
    """The question about this case; None where it is not put. One query for a case that has ended."""
    if not is_asked(case):
        return None
    return Question(address=address(case), is_answered=queries.has_answered(case.reference))


def address(case: Case) -> str:
    """The signed link: whoever holds it may answer, without a login."""
    return reverse("casework:gift", args=[case.reference, tokens.gift_token(case.reference)])


def case_of(reference: str, token: str) -> Case | None:
    """The case behind a link; None for a wrong one, and for a case after which nothing is asked."""
    if not tokens.is_gift_token(reference, token):
        return None
    found = Case.objects.select_related("agency", "service_version__service").filter(reference=reference)
    case = found.first()
    return case if case and is_asked(case) else None


def answer(case: Case, *, answer: str, at: datetime) -> None:
    """Count the answer. Raises integrity.UnableToAnswer."""
    integrity.answer_gift_question(
        reference=case.reference,
        service=case.service_version.service.slug,
        agency=case.agency.code,
        answer=answer,
        at=at,
    )


def ask(case: Case, *, at: datetime) -> None:
    """Send the applicant the question, unless it was answered in the meantime; nobody else is asked, least of all a helper."""
    if case.applicant is None or not may_be_asked(case):
        return
    notifications.notify(
        case.applicant,
        notice=NOTICE,
        context=facts(case),
        legally_required=False,
        dedupe_key=f"{NOTICE}:{case.reference}",
        at=at,
    )


def facts(case: Case) -> dict[str, Any]:
    """What the letter with the question names."""
    return {
        "reference": case.reference,
        "path": address(case),
        "service": case.topic or case.service_version.parsed.name.model_dump(),
    }
