"""What the applicant is told, and with which facts. The words stand in `templates/notifications/permits/`."""

from datetime import datetime
from typing import Any

from permits import workflow
from services.accounts.models import Person, User
from services.casework.models import ApplicantRequest, Case
from services.casework.workflow import Transition
from services.documents import queries as documents
from services.notifications import operations as notifications


def tell(case: Case, transition: Transition, *, key: str, at: datetime) -> None:
    """Tell the applicant, and the helper who filed for them, what this transition means for them."""
    context = facts(case)
    for role, recipient in recipients(case):
        notifications.notify(
            recipient,
            notice=transition.notice,
            context=context,
            legally_required=True,
            dedupe_key=f"{transition.event}:{key}:{role}",
            at=at,
        )


def recipients(case: Case) -> list[tuple[str, Person | User]]:
    """The applicant first; the helper as well, unless they are the same login."""
    found: list[tuple[str, Person | User]] = []
    if case.applicant is not None:
        found.append(("applicant", case.applicant))
    if case.helper is not None and (case.applicant is None or case.applicant.user_id != case.helper_id):
        found.append(("helper", case.helper))
    return found


def facts(case: Case) -> dict[str, Any]:
    """Plain values for the templates: texts in both languages, moments in ISO 8601, nothing secret."""
    definition = case.service_version.parsed
    certificate = documents.certificate_of(case.reference)
    return {
        "reference": case.reference,
        "path": f"/cases/{case.reference}/",
        "service": definition.name.model_dump(),
        "agency": case.agency.name,
        "due_at": case.due_at and case.due_at.isoformat(),
        "applicant_due_at": case.applicant_due_at and case.applicant_due_at.isoformat(),
        "defects": _defects(case) if case.status == workflow.RETURNED.code else [],
        "request": _request(case) if case.status == workflow.WAITING_APPLICANT.code else "",
        "refusal": _refusal(case) if case.status == workflow.REFUSED.code else None,
        "certificate": certificate.number if certificate and certificate.is_signed else "",
    }


def _defects(case: Case) -> list[dict[str, Any]]:
    """Each defect of the last return: what it concerns, the letter's words of its code, the officer's own words."""
    definition = case.service_version.parsed
    titles = {document.key: document.title for document in definition.documents}
    titles |= {question.key: question.label for group in definition.groups for question in group.questions}
    letters = {reason.code: reason.letter for reason in definition.defect_reasons}
    return [
        {
            "concerns": titles[defect.key].model_dump(),
            "letter": letters[defect.code].model_dump(),
            "words": defect.words,
        }
        for defect in case.defects.filter(mended_at=None).order_by("id")
    ]


def _request(case: Case) -> str:
    asked = case.requests.filter(state=ApplicantRequest.State.OPEN).order_by("-asked_at").first()
    return asked.words if asked else ""


def _refusal(case: Case) -> dict[str, Any]:
    known = {reason.code: reason for reason in case.service_version.parsed.refusal_reasons}
    reason = known[case.reason_code]
    return {"letter": reason.letter.model_dump(), "article": reason.article, "words": case.reason}
