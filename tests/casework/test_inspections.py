"""An inspection by appointment: each point and photo is kept once as it is noted, and signed minutes end it."""

from datetime import datetime, time, timedelta
from typing import Any
from uuid import uuid4

import pytest
from django.db import DatabaseError, transaction
from PIL import Image

from services.accounts.models import User
from services.audit import queries as audit
from services.audit.actors import Subject
from services.casework import inspections
from services.casework import operations as casework
from services.casework.models import Case, Noted, Review
from services.casework.operations import UnableToFile, UnableToHandle
from services.documents import operations as documents
from services.documents import queries as papers
from services.documents import rendering, verification
from services.documents.models import Certificate
from services.foundation import clock
from services.government.calendar import add_working_days, working_days_between
from tests.factories import casework as cases
from tests.factories import inspections as visits
from tests.factories.documents import picture, upload


@pytest.fixture
def case(citizen: User, intake: User) -> Case:
    return cases.accepted_application(citizen, intake, version=visits.inspected_service())


@pytest.fixture
def there(case: Case, inspector: User) -> tuple[Review, datetime]:
    """The inspection and the moment at which its inspector stands at the place."""
    return visits.at_the_place(inspector, case)


def events(case: Case) -> list[str]:
    return [event.action for event in audit.events_of(Subject("case", case.reference), since=case.created_at)]


def test_an_inspection_is_taken_from_the_queue_of_its_hat(case: Case, inspector: User) -> None:
    assert visits.taken(inspector, case).is_inspection


def test_an_appointment_is_on_a_working_day_after_today(case: Case, inspector: User) -> None:
    review = visits.taken(inspector, case)
    saturday = visits.next_day()
    while saturday.weekday() != 5:
        saturday += timedelta(days=1)
    for slot, code in (
        ({"day": clock.today()}, "day"),
        ({"day": saturday}, "day"),
        ({"begins": time(11), "ends": time(9)}, "hours"),
        ({"place": " "}, "place"),
    ):
        with pytest.raises(UnableToHandle) as refused:
            visits.appointed(inspector, review, **slot)
        assert refused.value.code == code


def test_nobody_is_awaited_in_two_places_at_once(
    case: Case, citizen2: User, intake: User, inspector: User
) -> None:
    other = cases.accepted_application(citizen2, intake, version=case.service_version)
    visits.appointed(inspector, visits.taken(inspector, case))
    second = visits.taken(inspector, other)
    with pytest.raises(UnableToHandle) as refused:
        visits.appointed(inspector, second, begins=time(10), ends=time(12))
    assert (refused.value.code, refused.value.field) == ("busy", "begins")
    assert case.reference in refused.value.message
    assert visits.appointed(inspector, second, begins=time(11), ends=time(12)).begins == time(11)


def test_the_same_appointment_made_twice_is_one(case: Case, inspector: User) -> None:
    review = visits.taken(inspector, case)
    assert visits.appointed(inspector, review) == visits.appointed(inspector, review)
    assert events(case).count("casework.inspection.appointed") == 1


def test_whoever_applied_asks_once_for_another_time(case: Case, citizen: User, inspector: User) -> None:
    review = visits.taken(inspector, case)
    first = visits.appointed(inspector, review)
    wish = add_working_days(first.day, 2)
    asked: dict[str, Any] = {"actor": citizen, "key": "visit", "wish": wish, "reason": "Toko tutup."}
    case.refresh_from_db()
    casework.ask_for_another_time(case, at=clock.now(), **asked)
    assert inspections.of_review(case, "visit").latest == first  # type: ignore[union-attr]
    with pytest.raises(UnableToFile) as refused:
        casework.ask_for_another_time(case, at=clock.now(), **asked)
    assert refused.value.code == "asked"
    assert events(case).count("casework.inspection.another_time_asked") == 1


@pytest.mark.parametrize(
    ("days", "reason", "code"), [(0, "Toko tutup.", "wish"), (40, "Toko tutup.", "wish"), (2, " ", "reason")]
)
def test_another_time_is_a_working_day_before_the_decision_with_a_reason(
    case: Case, citizen: User, inspector: User, days: int, reason: str, code: str
) -> None:
    first = visits.appointed(inspector, visits.taken(inspector, case))
    wish = add_working_days(first.day, days)
    with pytest.raises(UnableToFile) as refused:
        casework.ask_for_another_time(
            case, actor=citizen, key="visit", wish=wish, reason=reason, at=clock.now()
        )
    assert refused.value.code == code


def test_once_the_inspector_is_awaited_no_other_time_is_asked_for(
    case: Case, citizen: User, there: tuple[Review, datetime]
) -> None:
    wish = add_working_days(clock.local_date(there[1]), 1)
    with pytest.raises(UnableToFile) as refused:
        casework.ask_for_another_time(
            case, actor=citizen, key="visit", wish=wish, reason="Toko tutup.", at=there[1]
        )
    assert refused.value.code == "closed"


@pytest.mark.parametrize(("named", "moved"), [(1, 1), (2, 2), (3, 2)])
def test_the_date_moves_by_the_days_wished_for_and_by_no_delay_of_the_office(
    case: Case, citizen: User, inspector: User, named: int, moved: int
) -> None:
    review = visits.taken(inspector, case)
    before, promised = review.due_at, case.due_at
    first = visits.appointed(inspector, review)
    wish = add_working_days(first.day, 2)
    casework.ask_for_another_time(
        case, actor=citizen, key="visit", wish=wish, reason="Toko tutup.", at=clock.now()
    )
    assert visits.of(case).due_at == before
    visits.appointed(inspector, review, day=add_working_days(first.day, named))
    after = visits.of(case).due_at
    assert working_days_between(clock.local_date(before), clock.local_date(after)) == moved
    case.refresh_from_db()
    assert case.due_at == promised


def test_nothing_is_noted_before_the_day_of_the_appointment(case: Case, inspector: User) -> None:
    review = visits.taken(inspector, case)
    for _ in range(2):
        with pytest.raises(UnableToHandle) as refused:
            visits.noted(inspector, review, "size")
        assert refused.value.code == "appointment"
        visits.appointed(inspector, review)


def test_what_the_phone_sends_again_is_noted_once_and_the_last_word_holds(
    case: Case, inspector: User, there: tuple[Review, datetime]
) -> None:
    review, at = there
    key = uuid4()
    first = visits.noted(inspector, review, "size", "NO", key=key, words="Terlalu lebar.", at=at)
    visits.noted(inspector, review, "size", "YES", at=at)
    assert visits.noted(inspector, review, "size", "NO", key=key, at=at) == first
    held = inspections.of_review(case, "visit")
    assert held is not None
    assert held.noted["size"].answer == "YES"
    assert events(case).count("casework.inspection.noted") == 2


@pytest.mark.parametrize(
    ("item", "answer", "code"), [("made-up", "YES", "item"), ("size", "MAYBE", "answer")]
)
def test_only_points_of_the_checklist_are_answered(
    inspector: User, there: tuple[Review, datetime], item: str, answer: str, code: str
) -> None:
    with pytest.raises(UnableToHandle) as refused:
        visits.noted(inspector, there[0], item, answer, at=there[1])
    assert refused.value.code == code


def test_a_photo_is_kept_once_and_without_what_the_camera_knows(
    inspector: User, there: tuple[Review, datetime]
) -> None:
    (review, at), key, exif = there, uuid4(), Image.Exif()
    exif[0x010F] = "Kamera Rahasia"
    for _ in range(2):
        kept = casework.note_photo(
            review, actor=inspector, key=key, upload=upload(picture(exif=exif)), words="Depan", at=at
        )
    assert Noted.objects.get().photo == kept.photo
    assert kept.photo is not None
    with kept.photo.file.open() as file:
        assert b"Kamera Rahasia" not in file.read()
    assert kept.photo.document.owner is None


def test_a_pdf_is_no_photo(inspector: User, there: tuple[Review, datetime]) -> None:
    with pytest.raises(documents.UnableToAcceptFile) as refused:
        casework.note_photo(
            there[0], actor=inspector, key=uuid4(), upload=upload(b"%PDF-1.7", name="a.pdf"), at=there[1]
        )
    assert refused.value.code == "NOT_A_PHOTO"


def test_an_inspection_ends_with_its_minutes_and_not_otherwise(
    inspector: User, there: tuple[Review, datetime]
) -> None:
    review, at = there
    with pytest.raises(UnableToHandle) as refused:
        casework.finish_review(
            review, actor=inspector, answers={"size": True, "safe": True}, outcome="FAVOURABLE", at=at
        )
    assert refused.value.code == "minutes"


@pytest.mark.parametrize(
    ("told", "code"),
    [
        ({}, "answers"),
        ({"attendance": casework.Attendance(presence="SOMEBODY")}, "presence"),
        ({"attendance": casework.Attendance(presence="REPRESENTATIVE")}, "name"),
    ],
)
def test_minutes_are_signed_whole(
    inspector: User, there: tuple[Review, datetime], told: dict[str, Any], code: str
) -> None:
    review, at = there
    visits.noted(inspector, review, "size", at=at)
    with pytest.raises(UnableToHandle) as refused:
        visits.signed(inspector, review, at=at, **told)
    assert refused.value.code == code


def test_the_minutes_are_a_sealed_paper_beside_the_certificate(
    case: Case, inspector: User, there: tuple[Review, datetime]
) -> None:
    review, at = there
    visits.noted(inspector, review, "size", "NO", words="Lebar 4 m.", at=at)
    visits.noted(inspector, review, "safe", "NOT_APPLICABLE", at=at)
    casework.note_photo(review, actor=inspector, key=uuid4(), upload=upload(), words="Depan", at=at)
    attendance = casework.Attendance(presence="REPRESENTATIVE", name="Bu Tutik", others="Ketua RT 3")
    minutes = visits.signed(
        inspector, review, at=at, outcome="CONDITIONAL", findings="Kecilkan.", attendance=attendance
    )
    done = visits.of(case)
    assert (done.state, done.reviewer, done.answers) == ("DONE", inspector, {"size": False, "safe": None})
    paper = Certificate.objects.get(code=minutes.code)
    assert papers.certificate_of(case.reference) is None
    assert inspections.minutes_of_paper(paper.reference) == minutes
    said = str(paper.content)
    for told in (
        "Lebar 4 m.",
        "Kecilkan.",
        "Bu Tutik",
        "Ketua RT 3",
        "Depan",
        "Tono Pemeriksa",
        visits.PLACE,
    ):
        assert told in said
    assert "In favour" not in said
    assert rendering.pdf_of(paper).startswith(b"%PDF-")
    assert documents.sign_certificate(paper.pk, at=at).is_signed
    paper.refresh_from_db()
    assert verification.standing_of(paper, today=clock.local_date(at)) == "valid"


def test_what_was_noted_and_signed_stays_as_it_is(
    case: Case, inspector: User, there: tuple[Review, datetime]
) -> None:
    review, at = there
    kept = visits.noted(inspector, review, "size", at=at)
    with pytest.raises(DatabaseError), transaction.atomic():
        Noted.objects.filter(pk=kept.pk).update(answer="NO")
    visits.noted(inspector, review, "safe", at=at)
    visits.signed(inspector, review, at=at)
    with pytest.raises(DatabaseError, match="only its inspector notes"), transaction.atomic():
        Noted.objects.create(review=review, key=uuid4(), item="size", noted_by=inspector, noted_at=at)
    with pytest.raises(UnableToHandle):
        visits.signed(inspector, visits.of(case), at=at)
