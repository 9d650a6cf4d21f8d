"""Reports at every point of their life, made by the operations that people use.

The complaints office is the cast's own agency (dpmptsp: intake, reviewer), lights are dishub's (foreign_reviewer).
"""

from datetime import date, datetime, timedelta
from typing import Any
from uuid import uuid4

from complaints import operations as complaints
from complaints import queries
from complaints.definition import ComplaintsDefinition
from complaints.models import Category
from complaints.operations import Report
from services.accounts.models import User
from services.casework import operations as casework
from services.casework.models import Case
from services.casework.policies import Bearer
from services.catalogue.models import Deadline
from services.documents import operations as documents
from services.documents.models import Document
from services.foundation import clock
from services.government.models import Agency, District
from tests.factories import accounts, catalogue
from tests.factories import documents as files

PASSPHRASE = "gajah makan pisang sore tadi"
WORDS = "Lampu jalan di depan rumah nomor 12 mati sejak Senin."
TIMES = {
    "complaint-verification": (3, "WORKING_DAY"),
    "complaint-needs-data": (10, "CALENDAR_DAY"),
    "complaint-answer": (5, "WORKING_DAY"),
    "complaint-head-of-government": (24, "HOUR"),
    "complaint-settlement": (14, "WORKING_DAY"),
    "complaint-silence": (10, "WORKING_DAY"),
}


def category(code: str, name: str, agency: str, words: list[str], **more: Any) -> dict[str, Any]:
    """A category as a pack says it."""
    return {
        "code": code,
        "name": catalogue.said(name, name.title()),
        "search_words": words,
        "agency": agency,
        "settlement": "complaint-settlement",
        **more,
    }


DEFINITION: dict[str, Any] = {
    "office": "dpmptsp",
    "service": "pengaduan",
    "danger": {"number": "112", "words": ["kebakaran", "kabel putus"]},
    "groups": [
        {
            "code": "city",
            "name": catalogue.said("Kota", "City"),
            "categories": [
                category("street-lights", "Lampu jalan", "dishub", ["lampu jalan", "street light"]),
                category("waste", "Sampah", "dpmptsp", ["sampah", "waste"]),
            ],
        },
        {
            "code": "conduct",
            "name": catalogue.said("Petugas", "Staff"),
            "categories": [
                category("illegal-levy", "Pungutan liar", "dpmptsp", ["pungli"], confidential=True),
            ],
        },
    ],
}


def ready() -> None:
    """All that reports need: the service, the times, the categories, the complaints office. Doing it twice is harmless."""
    accounts.agency("dishub")
    catalogue.published_version(
        slug="pengaduan",
        kind="COMPLAINT",
        groups=[],
        documents=[],
        defect_reasons=[],
        refusal_reasons=[],
        certificate=None,
        validity={},
    )
    for code, (amount, unit) in TIMES.items():
        said = {
            "label": catalogue.said(code),
            "amount": amount,
            "unit": unit,
            "starts_with": "test",
            "legal_basis": "PermenPANRB 5/2025",
        }
        Deadline.objects.get_or_create(code=code, valid_from=date(2014, 1, 1), defaults=said)
    definition = ComplaintsDefinition.model_validate(DEFINITION)
    complaints.describe_reports(definition=definition, at=clock.now())


def district(code: str = "35.78.08", name: str = "Gubeng") -> District:
    """A district, made if it is not there."""
    found, _made = District.objects.get_or_create(
        code=code, defaults={"name": name, "latitude": -7.27, "longitude": 112.75}
    )
    return found


def photo() -> Document:
    """A photo as it waits to be sent."""
    document = documents.start_document(owner=None, title="Foto", at=clock.now())
    documents.add_sheet(document, upload=files.upload(), at=clock.now())
    return document


def report(category: str = "street-lights", **changes: Any) -> Report:
    """What somebody reports: in public, without an account, unless told otherwise."""
    ready()
    said: dict[str, Any] = {
        "category": Category.objects.get(code=category),
        "words": WORDS,
        "place": "Jalan Mawar 12",
        "district": district(),
        "visibility": "PUBLIC",
    }
    return Report(**(said | changes))


def received_report(
    reporter: User | None = None, *, photos: int = 0, at: datetime | None = None, **changes: Any
) -> Case:
    """Received; `reporter` sends it with their account, otherwise nobody is known and PASSPHRASE opens it."""
    return complaints.receive_report(
        report(with_account=reporter is not None, **changes),
        actor=reporter,
        photos=[photo() for _ in range(photos)],
        submission_key=uuid4().hex,
        passphrase=PASSPHRASE,
        language="id",
        at=at or clock.now(),
    )


def bearer(case: Case) -> Bearer:
    """Whoever holds the passphrase of this report."""
    return Bearer(case.reference)


def agency_of(case: Case) -> Agency:
    """The office that the report goes to."""
    complaint = queries.complaint_of(case)
    return queries.agency_for(complaint.category, case.district)


def asked_report(
    intake: User, reporter: User | None = None, *, at: datetime | None = None, **changes: Any
) -> Case:
    """The complaints office asked for more."""
    at = at or clock.now()
    case = received_report(reporter, at=at, **changes)
    casework.take_case(case, actor=intake, reason_code="COUNTER", at=at)
    return complaints.ask_for_data(case, actor=intake, words="Nomor tiang berapa?", at=at)


def verified_report(
    intake: User, reporter: User | None = None, *, at: datetime | None = None, **changes: Any
) -> Case:
    """Verified, still at the complaints office."""
    return _verified(intake, reporter, at=at or clock.now(), is_assigned=False, **changes)


def assigned_report(
    intake: User, reporter: User | None = None, *, at: datetime | None = None, **changes: Any
) -> Case:
    """Verified and handed to its office."""
    return _verified(intake, reporter, at=at or clock.now(), is_assigned=True, **changes)


def _verified(
    intake: User, reporter: User | None, *, at: datetime, is_assigned: bool, **changes: Any
) -> Case:
    case = received_report(reporter, at=at, **changes)
    casework.take_case(case, actor=intake, reason_code="COUNTER", at=at)
    return complaints.verify_report(
        case,
        actor=intake,
        category=queries.complaint_of(case).category,
        agency=agency_of(case) if is_assigned else None,
        at=at,
    )


def taken_report(
    intake: User, officer: User, reporter: User | None = None, *, at: datetime | None = None, **changes: Any
) -> Case:
    """On the desk of an officer of its office."""
    at = at or clock.now()
    case = assigned_report(intake, reporter, at=at, **changes)
    return casework.take_case(case, actor=officer, reason_code="COUNTER", at=at)


def planned_report(
    intake: User, officer: User, reporter: User | None = None, *, at: datetime | None = None, **changes: Any
) -> Case:
    """Work is planned."""
    at = at or clock.now()
    case = taken_report(intake, officer, reporter, at=at, **changes)
    planned = clock.local_date(at) + timedelta(days=3)
    return complaints.plan_work(case, actor=officer, words="Kami ganti.", planned_date=planned, at=at)


def answered_report(
    intake: User,
    officer: User,
    reporter: User | None = None,
    *,
    photos: int = 0,
    at: datetime | None = None,
    **changes: Any,
) -> Case:
    """Answered; the reporter has the word. `photos` go with the answer."""
    at = at or clock.now()
    case = taken_report(intake, officer, reporter, at=at, **changes)
    shown = [photo() for _ in range(photos)]
    return complaints.answer_report(case, actor=officer, words="Sudah diganti.", photos=shown, at=at)


def reopened_report(
    intake: User, officer: User, reporter: User | None = None, *, at: datetime | None = None, **changes: Any
) -> Case:
    """Answered, and not solved."""
    at = at or clock.now()
    case = answered_report(intake, officer, reporter, at=at, **changes)
    return complaints.reopen_report(case, actor=reporter or bearer(case), words="Masih mati.", at=at)


def escalated_report(
    intake: User, officer: User, reporter: User | None = None, *, at: datetime | None = None, **changes: Any
) -> Case:
    """Answered twice, and twice not solved."""
    at = at or clock.now()
    case = reopened_report(intake, officer, reporter, at=at, **changes)
    case = casework.take_case(case, actor=officer, reason_code="COUNTER", at=at)
    case = complaints.answer_report(case, actor=officer, words="Sudah lagi.", at=at)
    return complaints.reopen_report(case, actor=reporter or bearer(case), words="Tetap mati.", at=at)
