"""From a report to "solved", as the operations see it."""

from datetime import timedelta
from typing import Any

import pytest
from django.contrib.auth.hashers import check_password
from django.db import IntegrityError, transaction

from complaints import operations as complaints
from complaints.models import Category, Complaint
from complaints.operations import UnableToReport, UnableToWorkOnReport
from services.accounts.models import User
from services.audit import queries as audit
from services.audit.actors import Subject
from services.casework import operations as casework
from services.casework.models import Case, Message
from services.foundation import clock, sealing
from services.government import calendar
from tests.factories import complaints as reports


def events_of(case: Case) -> list[str]:
    return [event.action for event in audit.events_of(Subject("case", case.reference))]


def test_a_report_is_born_received_with_its_clock() -> None:
    at = clock.now()
    case = reports.received_report(photos=2, at=at)

    assert (case.kind, case.status, case.agency.code) == ("COMPLAINT", "RECEIVED", "dpmptsp")
    assert case.reference.startswith("C-")
    assert case.submitted_at == at
    assert case.due_at == calendar.due_at(at, amount=3, unit="WORKING_DAY")
    assert case.topic == {"id": "Lampu jalan", "en": "Lampu Jalan"}
    assert sorted(case.documents.values_list("slot", flat=True)) == ["photo_1", "photo_2"]
    assert set(case.documents.values_list("document__state", flat=True)) == {"JOINING"}
    assert events_of(case) == ["complaints.report.received"]


def test_without_an_account_nobody_is_known_and_only_a_hash_of_the_passphrase_is_kept() -> None:
    case = reports.received_report(contact_channel="SMS", contact_address="+6281234567890")

    complaint = case.complaint
    assert case.applicant is None
    assert reports.PASSPHRASE not in complaint.passphrase_hash
    assert check_password(reports.PASSPHRASE, complaint.passphrase_hash)
    assert b"81234567890" not in bytes(complaint.contact_sealed or b"")
    opened = sealing.unseal(complaint.contact_sealed or b"", bound_to=complaint.seal_binding)
    assert opened == "+6281234567890"
    [event] = audit.events_of(Subject("case", case.reference))
    assert (event.actor.kind, event.actor.pseudonym, event.actor.hat) == ("ANONYMOUS", None, "APPLICANT")


def test_with_an_account_the_reporter_is_its_person(citizen: User) -> None:
    case = reports.received_report(citizen, shows_name=True)

    assert case.applicant == citizen.person
    assert case.complaint.passphrase_hash == ""
    assert case.complaint.shows_name


def test_an_anonymous_report_has_no_person_even_with_an_account(citizen: User) -> None:
    case = reports.received_report(citizen, visibility="ANONYMOUS", shows_name=True)

    assert case.applicant is None
    assert not case.complaint.shows_name
    opened = sealing.unseal(case.complaint.contact_sealed or b"", bound_to=case.complaint.seal_binding)
    assert opened == citizen.phone
    [event] = audit.events_of(Subject("case", case.reference))
    assert event.actor.pseudonym is None


def test_a_category_that_is_always_confidential_makes_the_report_so(citizen: User) -> None:
    case = reports.received_report(citizen, category="illegal-levy", visibility="PUBLIC", shows_name=True)

    assert case.is_confidential
    assert case.complaint.visibility == "CONFIDENTIAL"
    assert not case.complaint.shows_name


def test_the_same_report_sent_twice_is_received_once() -> None:
    sending = {"submission_key": "k1", "passphrase": reports.PASSPHRASE, "language": "id", "at": clock.now()}

    first = complaints.receive_report(reports.report(), actor=None, **sending)  # type: ignore[arg-type]
    second = complaints.receive_report(reports.report(), actor=None, **sending)  # type: ignore[arg-type]

    assert first == second
    assert Case.objects.count() == 1


@pytest.mark.parametrize(
    ("changes", "code"),
    [
        ({"words": "   "}, "words"),
        ({"words": "x" * 4001}, "words"),
        ({"visibility": "EVERYBODY"}, "visibility"),
        ({"photos": 7}, "photos"),
    ],
)
def test_a_report_that_is_not_whole_is_refused(changes: dict[str, Any], code: str) -> None:
    photos = [reports.photo() for _ in range(changes.pop("photos", 0))]
    with pytest.raises(UnableToReport) as told:
        complaints.receive_report(
            reports.report(**changes),
            actor=None,
            photos=photos,
            submission_key="k",
            passphrase="a b c d e",
            language="id",
            at=clock.now(),
        )
    assert told.value.code == code
    assert not Case.objects.exists()


def test_a_category_that_is_withdrawn_is_refused() -> None:
    report = reports.report()
    report.category.is_listed = False
    with pytest.raises(UnableToReport) as told:
        complaints.receive_report(
            report, actor=None, submission_key="k", passphrase="a", language="id", at=clock.now()
        )
    assert (told.value.code, told.value.field) == ("category", "category")


def test_verified_it_is_published_and_goes_to_the_office_of_its_category(intake: User) -> None:
    at = clock.now()
    case = reports.assigned_report(intake, at=at)

    assert (case.status, case.agency.code, case.assignee) == ("ASSIGNED", "dishub", None)
    assert case.complete_at == at
    assert case.due_at == calendar.due_at(at, amount=5, unit="WORKING_DAY")
    complaint = Complaint.objects.get(case=case)
    assert complaint.published_at == at
    assert complaint.head_due_at == at + timedelta(hours=24)
    assert events_of(case)[-2:] == ["complaints.report.verified", "complaints.report.assigned"]
    assigned = audit.events_of(Subject("case", case.reference))[-1]
    assert (assigned.actor.hat, assigned.actor.agency) == ("INTAKE", "dpmptsp")


def test_a_confidential_report_is_never_published(intake: User) -> None:
    case = reports.assigned_report(intake, visibility="CONFIDENTIAL")

    assert Complaint.objects.get(case=case).published_at is None
    with pytest.raises(IntegrityError), transaction.atomic():
        Complaint.objects.filter(case=case).update(published_at=clock.now())


def test_a_category_corrected_at_intake_may_close_a_report_but_never_opens_one(intake: User) -> None:
    public, hidden = reports.received_report(), reports.received_report(category="illegal-levy")
    levy, lights = (Category.objects.get(code=code) for code in ("illegal-levy", "street-lights"))
    for case, category in ((public, levy), (hidden, lights)):
        casework.take_case(case, actor=intake, reason_code="COUNTER", at=clock.now())
        moved = complaints.verify_report(case, actor=intake, category=category, agency=None, at=clock.now())
        assert moved.is_confidential
        assert Complaint.objects.get(case=case).published_at is None
        assert moved.topic == category.name


def test_what_is_missing_is_asked_for_and_the_clock_stands_still(intake: User) -> None:
    at = clock.now()
    case = reports.asked_report(intake, at=at)

    assert case.status == "NEEDS_DATA"
    assert case.applicant_due_at == calendar.due_at(at, amount=10, unit="CALENDAR_DAY")
    assert case.pauses.get().ended_at is None
    assert case.messages.get().words == "Nomor tiang berapa?"

    later = at + timedelta(days=4)
    given = complaints.write(
        case, actor=reports.bearer(case), words="Tiang 14", photos=[reports.photo()], at=later
    )
    assert given.status == "RECEIVED"
    assert case.due_at is not None
    assert given.due_at is not None
    assert given.due_at > case.due_at
    assert given.applicant_due_at is None
    message = given.messages.get(side=Message.Side.CITIZEN)
    assert given.documents.filter(slot=f"message_{message.pk}_1").exists()


def test_missing_data_that_never_comes_archives_the_report(intake: User) -> None:
    case = reports.asked_report(intake)
    assert complaints.end_silent_reports(at=clock.now() + timedelta(days=9)) == 0
    assert complaints.end_silent_reports(at=clock.now() + timedelta(days=12)) == 1

    case.refresh_from_db()
    assert (case.status, case.outcome) == ("ARCHIVED", "ARCHIVED")
    assert complaints.end_silent_reports(at=clock.now() + timedelta(days=13)) == 0


def test_it_is_archived_with_a_reason_and_taken_back_from_the_public(intake: User) -> None:
    case = reports.verified_report(intake)
    with pytest.raises(UnableToWorkOnReport):
        complaints.archive_report(case, actor=intake, reason_code="BECAUSE", at=clock.now())
    case = casework.take_case(case, actor=intake, at=clock.now())
    case = complaints.archive_report(case, actor=intake, reason_code="SPAM", reason="Iklan", at=clock.now())

    assert (case.status, case.outcome, case.reason_code) == ("ARCHIVED", "ARCHIVED", "SPAM")
    assert case.closed_at is not None
    assert Complaint.objects.get(case=case).published_at is None


def test_what_is_not_ours_ends_with_who_is_responsible(intake: User) -> None:
    case = reports.received_report()
    casework.take_case(case, actor=intake, at=clock.now())
    with pytest.raises(UnableToWorkOnReport):
        complaints.hand_over_report(case, actor=intake, words=" ", at=clock.now())
    case = complaints.hand_over_report(case, actor=intake, words="PLN, telepon 123", at=clock.now())

    assert (case.status, case.outcome) == ("NOT_OURS", "NOT_OURS")
    assert case.complaint.replies.get().words == "PLN, telepon 123"


def test_a_duplicate_names_the_earlier_public_report(intake: User) -> None:
    earlier = reports.assigned_report(intake)
    hidden = reports.assigned_report(intake, visibility="CONFIDENTIAL")
    case = reports.received_report()
    casework.take_case(case, actor=intake, reason_code="COUNTER", at=clock.now())
    for wrong in (case.reference, hidden.reference, "C-00000-00000", "nonsense"):
        with pytest.raises(UnableToWorkOnReport) as told:
            complaints.mark_duplicate(case, actor=intake, reference=wrong, at=clock.now())
        assert told.value.field == "reference"
    case = complaints.mark_duplicate(case, actor=intake, reference=earlier.reference, at=clock.now())

    assert (case.status, case.outcome) == ("DUPLICATE", "DUPLICATE")
    assert Complaint.objects.get(case=case).duplicate_of == earlier
