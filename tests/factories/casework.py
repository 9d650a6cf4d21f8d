"""Permit applications at every point of their life, made by the operations that people use."""

from datetime import datetime, timedelta
from typing import Any
from uuid import uuid4

from permits import operations as permits
from services.accounts.models import User
from services.casework import operations as casework
from services.casework.models import ApplicantRequest, Case
from services.casework.operations import FoundDefect, Given, Thing
from services.catalogue.models import ServiceVersion
from services.documents import operations as sealing
from services.documents.models import Document
from services.foundation import clock
from tests.factories import catalogue, documents

ANSWERS: dict[str, Any] = {"shown_text": "Warung Bu Sri", "ends_on": "2027-06-30"}
UNREADABLE_DRAWING = FoundDefect(target="DOCUMENT", key="drawing", code="UNREADABLE")
WRONG_TEXT = FoundDefect(target="ANSWER", key="shown_text", code="INCOMPLETE", words="Tulis teks lengkapnya.")


def draft_application(
    applicant: User, *, version: ServiceVersion | None = None, at: datetime | None = None
) -> Case:
    """A draft without answers."""
    return permits.start_application(
        version=version or catalogue.published_version(),
        actor=applicant,
        applicant=applicant.person,
        at=at or clock.now(),
    )


def filled_application(
    applicant: User, *, version: ServiceVersion | None = None, at: datetime | None = None
) -> Case:
    """A draft with every answer and document."""
    at = at or clock.now()
    case = draft_application(applicant, version=version, at=at)
    case = casework.remember_answers(case, actor=applicant, answers=ANSWERS, at=at)
    for slot in ("ktp", "drawing"):
        casework.attach_document(case, actor=applicant, slot=slot, document=document_of(applicant), at=at)
    case.refresh_from_db()
    return case


def document_of(owner: User) -> Document:
    """A READY document of this owner."""
    return documents.ready_document(owner=owner)


def submitted_application(
    applicant: User, *, version: ServiceVersion | None = None, at: datetime | None = None
) -> Case:
    """Sent, waiting for intake."""
    at = at or clock.now()
    case = filled_application(applicant, version=version, at=at)
    return permits.submit_application(case, actor=applicant, submission_key=uuid4().hex, at=at)


def returned_application(applicant: User, intake: User, *, at: datetime | None = None, **wanted: Any) -> Case:
    """Returned once with two defects."""
    at = at or clock.now()
    case = submitted_application(applicant, at=at, **wanted)
    casework.take_case(case, actor=intake, reason_code="COUNTER", at=at)
    return permits.return_application(case, actor=intake, defects=[UNREADABLE_DRAWING, WRONG_TEXT], at=at)


def mended_application(applicant: User, intake: User, *, at: datetime | None = None, **wanted: Any) -> Case:
    """Returned, mended and sent again."""
    at = at or clock.now()
    case = returned_application(applicant, intake, at=at, **wanted)
    mended = {"shown_text": "Warung Bu Sri, Rungkut"}
    casework.remember_answers(case, actor=applicant, answers=mended, at=at + timedelta(hours=1))
    casework.attach_document(case, actor=applicant, slot="drawing", document=document_of(applicant), at=at)
    return permits.resubmit_application(case, actor=applicant, at=at + timedelta(hours=2))


def accepted_application(applicant: User, intake: User, *, at: datetime | None = None, **wanted: Any) -> Case:
    """Accepted as complete, in review."""
    at = at or clock.now()
    case = submitted_application(applicant, at=at, **wanted)
    casework.take_case(case, actor=intake, reason_code="COUNTER", at=at)
    return permits.accept_application(case, actor=intake, at=at)


def recommended_application(
    applicant: User, intake: User, reviewer: User, *, at: datetime | None = None, **wanted: Any
) -> Case:
    """Recommended to be granted, waiting for the decision."""
    at = at or clock.now()
    case = accepted_application(applicant, intake, at=at, **wanted)
    casework.take_case(case, actor=reviewer, reason_code="COUNTER", at=at)
    return permits.recommend_application(case, actor=reviewer, recommendation="GRANT", at=at)


def granted_application(
    applicant: User,
    intake: User,
    reviewer: User,
    approver: User,
    *,
    at: datetime | None = None,
    **wanted: Any,
) -> Case:
    """Granted, its certificate not yet made."""
    at = at or clock.now()
    case = recommended_application(applicant, intake, reviewer, at=at, **wanted)
    casework.take_case(case, actor=approver, reason_code="COUNTER", at=at)
    return permits.grant_application(case, actor=approver, at=at)


def issued_application(applicant: User, intake: User, reviewer: User, approver: User, **wanted: Any) -> Case:
    """Granted, its certificate sealed, the case ended."""
    case = granted_application(applicant, intake, reviewer, approver, **wanted)
    certificate = permits.order_certificate(case, at=clock.now())
    sealing.sign_certificate(certificate.id, at=clock.now())
    return permits.issue_certificate(case, at=clock.now())


def waiting_application(
    applicant: User, intake: User, reviewer: User, *, at: datetime | None = None, **wanted: Any
) -> Case:
    """Accepted, then asked for a fact that the applicant owes."""
    at = at or clock.now()
    case = accepted_application(applicant, intake, at=at, **wanted)
    casework.take_case(case, actor=reviewer, reason_code="COUNTER", at=at)
    return permits.ask_applicant(case, actor=reviewer, things=a_fact("Berapa tinggi tiangnya?"), at=at)


def a_fact(words: str = "Berapa tinggi tiangnya?") -> list[Thing]:
    """A fact that the form does not ask for, with the reason why it is needed."""
    return [Thing(kind="FACT", words=words, reason="Tiangnya terlihat lebih tinggi di foto.")]


def put_together(case: Case, citizen: User, row: ApplicantRequest, *, at: datetime | None = None) -> Document:
    """The paper that was asked for, ready to be given."""
    paper, at = document_of(citizen), at or clock.now()
    casework.attach_document(case, actor=citizen, slot=row.held_slot, document=paper, at=at)
    return paper


def answered(case: Case, citizen: User, words: str = "Tiga meter.", *, at: datetime | None = None) -> Case:
    """Every open request answered, one after the other: in words, and where a paper is asked for with one."""
    for row in case.requests.filter(state="OPEN").order_by("pk"):
        if row.is_paper:
            put_together(case, citizen, row, at=at)
        case = permits.answer_request(
            case, actor=citizen, number=row.pk, given=Given(words=words), at=at or clock.now()
        )
    return case


def refused_application(
    applicant: User,
    intake: User,
    reviewer: User,
    approver: User,
    *,
    at: datetime | None = None,
    **wanted: Any,
) -> Case:
    """Recommended to be granted, and refused."""
    at = at or clock.now()
    case = recommended_application(applicant, intake, reviewer, at=at, **wanted)
    casework.take_case(case, actor=approver, reason_code="COUNTER", at=at)
    return permits.refuse_application(
        case, actor=approver, reason_code="FORBIDDEN_PLACE", reason="Terlalu dekat.", at=at
    )
