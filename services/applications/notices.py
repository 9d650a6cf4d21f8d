"""What the applicant is told, and with which facts. The words stand in `templates/notifications/applications/`."""

from collections.abc import Iterable, Mapping, Sequence
from datetime import datetime
from typing import Any, Final

from django.urls import reverse

from services.accounts.models import Person, User
from services.applications import lifecycle
from services.casework import asking, capacity, letters, objecting, requested
from services.casework.models import ApplicantRequest, Appointment, Case, HelperRelation
from services.documents import queries as documents
from services.notifications import operations as notifications

#: Where something may be asked of the applicant: by the whole file, or by a review.
_WITH_REQUESTS: Final = {lifecycle.WAITING_APPLICANT.code, lifecycle.IN_REVIEW.code}
#: Where a case may stand after somebody objected to its decision.
_AFTER_AN_OBJECTION: Final = {
    *(lifecycle.OBJECTION.code, lifecycle.REFUSED.code, lifecycle.GRANTED.code),
    *(lifecycle.CONTESTED.code, lifecycle.ISSUED.code),
}


def tell(
    case: Case,
    notice: str,
    *,
    key: str,
    at: datetime,
    further: Mapping[str, Any] | None = None,
    to: Iterable[tuple[str, Person | User]] | None = None,
) -> None:
    """Tell the applicant, and the helper who filed for them, what happened; once for each `key`. `further` are more facts.

    `to` names others, each with a role that keeps their keys apart.
    """
    context = facts(case) | dict(further or {})
    for role, recipient in recipients(case) if to is None else to:
        _notify(recipient, notice, context, key=f"{key}:{role}", at=at)


def tell_the_helper(case: Case, notice: str, *, key: str, at: datetime) -> None:
    """Tell only the helper, once for each `key`: what the applicant did is no news to the applicant."""
    if case.helper is not None and case.helper_relation != HelperRelation.COUNTER:
        _notify(case.helper, notice, facts(case), key=f"{key}:helper", at=at)


def _notify(
    recipient: Person | User, notice: str, context: Mapping[str, Any], *, key: str, at: datetime
) -> None:
    notifications.notify(
        recipient, notice=notice, context=context, legally_required=True, dedupe_key=key, at=at
    )


def recipients(case: Case) -> list[tuple[str, Person | User]]:
    """The applicant first; the helper as well, unless they are the same login, or an officer who served at the counter."""
    found: list[tuple[str, Person | User]] = []
    if case.applicant is not None:
        found.append(("applicant", case.applicant))
    served = case.helper_relation == HelperRelation.COUNTER
    own = case.applicant is not None and case.applicant.user_id == case.helper_id
    if case.helper is not None and not served and not own:
        found.append(("helper", case.helper))
    return found


def facts(case: Case) -> dict[str, Any]:
    """Plain values for the templates, the same that the desk's preview of a letter shows."""
    definition = case.service_version.parsed
    certificate = documents.certificate_of(case.reference)
    known = letters.facts(case)
    if case.status == lifecycle.RETURNED.code:
        known["defects"] = letters.defect_facts(
            definition, case.defects.filter(mended_at=None).order_by("id")
        )
    if case.status in _WITH_REQUESTS:
        known |= asked_facts(case, asking.open_requests(case))
    if case.status == lifecycle.REFUSED.code:
        known["refusal"] = letters.refusal_facts(definition, reason_code=case.reason_code, words=case.reason)
        known["objection_until"] = letters.objection_until(case.decided_at or case.status_at, case)
    known["by_mandate"] = capacity.printed(capacity.of_decision(case))
    if case.status in _AFTER_AN_OBJECTION and (objection := objecting.objection_of(case)):
        known["reason"] = objection.answer
        known["appeal_until"] = letters.appeal_until(objection)
        known["answered_by_mandate"] = capacity.printed(capacity.of_answer(objection))
    if machine := letters.machine_decision(case):
        known |= {"basis": machine.basis, "checks": machine.checks}
    if case.is_granted_by_law:
        known["basis"] = letters.how_the_law_granted(case)
    if certificate and certificate.is_signed:
        known["certificate"] = certificate.number
    return known


def appointment_facts(case: Case, number: int) -> dict[str, Any]:
    """When and where an inspector comes; {} where another time was named since."""
    found = Appointment.objects.select_related("review").get(pk=number)
    if found.review.appointments.filter(pk__gt=number).exists():
        return {}
    return {
        "day": found.day.isoformat(),
        "short": f"{found.day:%d/%m} {found.begins:%H.%M}",
        "hours": f"{found.begins:%H.%M}-{found.ends:%H.%M}",
        "place": found.place,
        "calendar": reverse("casework:calendar", args=[case.reference, found.review.key]),
    }


def asked_facts(case: Case, rows: Sequence[ApplicantRequest]) -> dict[str, Any]:
    """What is asked and by when; `goes_on` says that only a review waits for it, and the application does not end."""
    whole = [row for row in rows if row.review_id is None]
    due_at = min((row.due_at for row in whole or rows), default=case.applicant_due_at)
    return {
        "asked": requested.facts(rows),
        "goes_on": not whole,
        "applicant_due_at": due_at and due_at.isoformat(),
    }
