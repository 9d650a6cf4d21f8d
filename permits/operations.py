"""Everything that can be done to a permit application: the shared operations, along the transitions of permits."""

from collections.abc import Callable, Mapping, Sequence
from datetime import datetime
from typing import Final

from django.db import transaction

from permits import paper, workflow
from permits.models import PermitApplication
from services.accounts.models import Person, User
from services.casework import operations as casework
from services.casework.models import Case, Outcome
from services.catalogue.models import ServiceVersion
from services.documents import operations as documents
from services.documents.models import Certificate


def start_application(
    *, version: ServiceVersion, actor: User, applicant: Person | None, helper_relation: str = "", at: datetime
) -> Case:
    """Open a draft for oneself, or (with a relation) for somebody else."""
    with transaction.atomic():
        case = casework.start_case(
            workflow.PERMITS,
            workflow.START,
            version=version,
            actor=actor,
            applicant=applicant,
            helper_relation=helper_relation,
            at=at,
        )
        PermitApplication.objects.create(case=case)
    return case


def submit_application(
    case: Case, *, actor: User, submission_key: str, at: datetime, expected_version: int | None = None
) -> Case:
    """Send a draft; a repeated send with the same key returns the same case."""
    return casework.send_case(
        case,
        workflow.SUBMIT,
        actor=actor,
        submission_key=submission_key,
        at=at,
        expected_version=expected_version,
    )


def resubmit_application(
    case: Case, *, actor: User, at: datetime, expected_version: int | None = None
) -> Case:
    """Send a mended application again."""
    return casework.send_case_again(
        case, workflow.RESUBMIT, actor=actor, at=at, expected_version=expected_version
    )


def return_application(
    case: Case,
    *,
    actor: User,
    defects: Sequence[casework.FoundDefect],
    at: datetime,
    expected_version: int | None = None,
) -> Case:
    """Return the file with all its defects at once."""
    return casework.return_case(
        case, workflow.RETURN, actor=actor, defects=defects, at=at, expected_version=expected_version
    )


def accept_application(case: Case, *, actor: User, at: datetime, expected_version: int | None = None) -> Case:
    """Accept the file as complete; the decision's clock starts."""
    return casework.accept_case(case, workflow.ACCEPT, actor=actor, at=at, expected_version=expected_version)


def ask_applicant(
    case: Case,
    *,
    actor: User,
    kind: str,
    key: str = "",
    words: str,
    at: datetime,
    expected_version: int | None = None,
) -> Case:
    """Ask the applicant for one thing while the clock stands still."""
    return casework.ask_applicant(
        case,
        workflow.ASK,
        actor=actor,
        kind=kind,
        key=key,
        words=words,
        at=at,
        expected_version=expected_version,
    )


def answer_request(
    case: Case, *, actor: User, answer: str, at: datetime, expected_version: int | None = None
) -> Case:
    """Answer what the office asked."""
    return casework.answer_request(
        case, workflow.ANSWER, actor=actor, answer=answer, at=at, expected_version=expected_version
    )


def recommend_application(
    case: Case,
    *,
    actor: User,
    recommendation: str,
    reason_code: str = "",
    reason: str = "",
    at: datetime,
    expected_version: int | None = None,
) -> Case:
    """Recommend a decision to the approver."""
    return casework.recommend_case(
        case,
        workflow.RECOMMEND,
        actor=actor,
        recommendation=recommendation,
        reason_code=reason_code,
        reason=reason,
        at=at,
        expected_version=expected_version,
    )


def grant_application(
    case: Case, *, actor: User, reason: str = "", at: datetime, expected_version: int | None = None
) -> Case:
    """Grant the permit; the certificate is made in the background."""
    return casework.decide_case(
        case,
        workflow.GRANT,
        actor=actor,
        outcome=Outcome.GRANTED,
        reason=reason,
        at=at,
        expected_version=expected_version,
    )


def refuse_application(
    case: Case,
    *,
    actor: User,
    reason_code: str,
    reason: str = "",
    at: datetime,
    expected_version: int | None = None,
) -> Case:
    """Refuse the permit, with the reason whose article the letter names."""
    return casework.decide_case(
        case,
        workflow.REFUSE,
        actor=actor,
        outcome=Outcome.REFUSED,
        reason_code=reason_code,
        reason=reason,
        at=at,
        expected_version=expected_version,
    )


def withdraw_application(
    case: Case, *, actor: User, reason: str = "", at: datetime, expected_version: int | None = None
) -> Case:
    """End the application at the wish of the citizen's side."""
    return casework.withdraw_case(
        case, workflow.WITHDRAW, actor=actor, reason=reason, at=at, expected_version=expected_version
    )


def order_certificate(case: Case, *, at: datetime) -> Certificate:
    """Order the paper of a granted permit. Ordering twice gives the same certificate."""
    definition = case.service_version.parsed
    valid_from, valid_until = paper.span(
        definition.validity, answers=case.answers, decided_at=case.decided_at or at
    )
    with transaction.atomic():
        certificate = documents.order_certificate(
            reference=case.reference,
            kind=workflow.KIND,
            holder_name=case.applicant.name if case.applicant else "",
            title=definition.certificate.title.model_dump(),
            content=paper.content(case),
            template=definition.certificate.template,
            agency_code=case.agency.code,
            number_prefix=definition.certificate.number_prefix,
            valid_from=valid_from,
            valid_until=valid_until,
            dedupe_key=f"permit:{case.reference}",
            at=at,
        )
        PermitApplication.objects.filter(case=case).update(certificate=certificate)
    return certificate


def issue_certificate(case: Case, *, at: datetime) -> Case:
    """The signed certificate is there: the case is done."""
    return casework.close_case(case, workflow.ISSUE, at=at)


def lapse_applications(*, at: datetime) -> int:
    """Let applications lapse whose applicant stayed silent past the date; returns how many."""
    return casework.lapse_silent_cases(workflow.LAPSE, kind=workflow.KIND, at=at)


#: What the shared pages call, by the name of the transition.
BY_TRANSITION: Final[Mapping[str, Callable[..., Case]]] = {
    "submit": submit_application,
    "resubmit": resubmit_application,
    "return": return_application,
    "accept": accept_application,
    "ask": ask_applicant,
    "answer": answer_request,
    "recommend": recommend_application,
    "grant": grant_application,
    "refuse": refuse_application,
    "withdraw": withdraw_application,
}
