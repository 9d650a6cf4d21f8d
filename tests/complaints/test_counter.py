"""The counter: an officer takes a report down on the citizens' own pages, and never handles it."""

from typing import Any

import pytest
from django.db import transaction
from django.db.utils import IntegrityError
from django.test import Client

from complaints import operations as complaints
from complaints import queries
from complaints.models import Complaint, ReportDraft
from complaints.operations import Taken
from services.accounts.models import Hat, User
from services.accounts.operations import choose_language
from services.audit.models import Event
from services.casework import operations as casework
from services.casework import queries as cases
from services.casework.models import Case
from services.casework.operations import UnableToHandle
from services.foundation import clock
from tests.factories import accounts
from tests.factories import complaints as reports

BEGIN = "/admin/counter/report/"
STEPS: dict[str, dict[str, Any]] = {
    "": {"words": "Lampu jalan di depan pasar mati."},
    "subject/": {"category": "street-lights"},
    "where/": {"place": "Jalan Mawar 12", "district": "35.78.08"},
    "readers/": {"visibility": "ANONYMOUS"},
    "contact/": {"contact": "none"},
}


@pytest.fixture
def counter(intake: User, client: Client) -> Client:
    """The browser of the officer at the counter."""
    reports.ready()
    reports.district()
    choose_language(intake, language="en")
    client.force_login(intake)
    return client


def begun(counter: Client, how: str = "COUNTER") -> Client:
    assert counter.post(BEGIN, {"how": how})["Location"] == "/complaints/new/"
    return counter


def filled(counter: Client, **changes: dict[str, Any]) -> None:
    for step, said in STEPS.items():
        answer = counter.post(f"/complaints/new/{step}", changes.get(step.rstrip("/"), said))
        assert answer.status_code == 302, answer.content.decode()


def taken_down(counter: Client, how: str = "COUNTER", **changes: dict[str, Any]) -> Case:
    filled(begun(counter, how), **changes)
    assert counter.post("/complaints/new/check/")["Location"] == "/complaints/new/sent/"
    return Case.objects.get()


def page(client: Client, address: str) -> str:
    return client.get(address).content.decode()


def test_an_anonymous_report_keeps_the_officer_the_counter_and_no_person(
    counter: Client, intake: User
) -> None:
    case = taken_down(counter)
    told = Complaint.objects.get(case=case)
    assert (told.taken_by, told.taken_how) == (intake, "COUNTER")
    assert told.taken_at == queries.complaints_office().agency
    assert (case.applicant, case.helper, told.contact_channel) == (None, None, "")
    events = Event.objects.filter(subject_key=case.reference).order_by("case_version", "-action")
    assert [(event.action, event.hat) for event in events] == [
        ("complaints.report.received", "APPLICANT"),
        (casework.AT_COUNTER, Hat.INTAKE),
    ]


def test_what_was_told_on_the_telephone_says_so(counter: Client) -> None:
    case = taken_down(counter, "TELEPHONE")
    assert Event.objects.filter(subject_key=case.reference, action=casework.ON_TELEPHONE).exists()
    assert "Read out the reference" in page(counter, "/complaints/new/sent/")


def test_the_receipt_is_printed_with_the_passphrase_and_then_forgotten(counter: Client) -> None:
    case = taken_down(counter)
    passphrase = ReportDraft.objects.get().passphrase
    receipt = page(counter, "/complaints/new/sent/")
    for said in (case.reference, passphrase, "/complaints/open/", "<svg", "Print this page"):
        assert said in receipt
    assert counter.post("/complaints/new/sent/")["Location"] == "/admin/counter/"
    assert not ReportDraft.objects.exists()
    opened = Client().post("/complaints/open/", {"reference": case.reference, "passphrase": passphrase})
    assert opened["Location"] == f"/complaints/{case.reference}/dialogue/"


def test_the_pages_say_for_whom_they_are_and_offer_no_account_of_the_officer(counter: Client) -> None:
    begun(counter)
    assert "You take this down for somebody else." in page(counter, "/complaints/new/")
    readers = page(counter, "/complaints/new/readers/")
    assert "shows_name" not in readers
    assert "Only whoever takes this down knows that you reported." in readers
    contact = page(counter, "/complaints/new/contact/")
    assert 'value="account"' not in contact
    assert "Besides whoever types it here" in contact
    assert counter.post("/complaints/new/contact/", {"contact": "account"}).status_code == 200


def test_danger_to_life_is_answered_at_once(counter: Client) -> None:
    begun(counter).post("/complaints/new/", {"words": "Ada kebakaran di pasar"})
    assert 'href="tel:112"' in page(counter, "/complaints/new/subject/")


def test_what_is_told_in_confidence_is_not_taken_down_and_leaves_nothing(counter: Client) -> None:
    begun(counter).post("/complaints/new/", {"words": "Saya diminta uang"})
    answer = counter.post("/complaints/new/subject/", {"category": "illegal-levy"}, follow=True)
    assert answer.redirect_chain[-1][0] == "/admin/counter/report/confidential/"
    paper = answer.content.decode()
    assert "/complaints/integrity/" in paper
    assert "<svg" in paper
    assert not ReportDraft.objects.exists()


def test_a_report_that_is_given_up_is_forgotten(counter: Client) -> None:
    begun(counter).post("/complaints/new/", {"words": "Lampu mati"})
    assert counter.post("/admin/counter/report/stop/")["Location"] == "/admin/counter/"
    assert not ReportDraft.objects.exists()


def test_giving_it_up_twice_at_once_is_giving_it_up(counter: Client) -> None:
    begun(counter)
    draft, at = ReportDraft.objects.get(), clock.now()
    complaints.drop_draft(draft, at=at)
    complaints.drop_draft(draft, at=at)
    assert not ReportDraft.objects.exists()


def test_a_report_that_was_sent_meanwhile_keeps_its_receipt(counter: Client) -> None:
    filled(begun(counter))
    draft = ReportDraft.objects.get()
    counter.post("/complaints/new/check/")
    complaints.drop_draft(draft, at=clock.now())
    assert ReportDraft.objects.get().passphrase


def test_the_tab_gives_the_words_of_one_to_nobody_who_comes_after(counter: Client) -> None:
    begun(counter)
    assert f'data-draft="report:{ReportDraft.objects.get().pk}:what"' in page(counter, "/complaints/new/")
    assert 'data-draft="report:what"' in page(Client(), "/complaints/new/")
    for address in ("/admin/counter/", f"{BEGIN}confidential/"):
        assert 'data-draft-clear="report:*"' in page(counter, address)


def test_nobody_else_at_that_browser_sees_what_is_being_taken_down(counter: Client) -> None:
    begun(counter).post("/complaints/new/", {"words": "Lampu mati di gang"})
    cookie = counter.cookies["bening_report"]
    counter.force_login(accounts.officer("Rini Loket", Hat.INTAKE))
    counter.cookies["bening_report"] = cookie.value
    assert "Lampu mati di gang" not in page(counter, "/complaints/new/")


def test_whoever_took_it_down_neither_finds_reads_nor_handles_it(counter: Client, intake: User) -> None:
    case = taken_down(counter)
    colleague = accounts.officer("Rini Loket", Hat.INTAKE)
    at = clock.now()
    with pytest.raises(UnableToHandle):
        casework.take_case(case, actor=intake, at=at)
    assert cases.desk_case(intake, case.reference, at=at) is None
    assert not cases.waiting_for(agency=case.agency, hat=Hat.INTAKE, user=intake, at=at).exists()
    assert counter.get(f"/cases/{case.reference}/").status_code == 404
    assert casework.take_case(case, actor=colleague, at=at).assignee == colleague
    with pytest.raises(IntegrityError, match="does not handle it"), transaction.atomic():
        Case.objects.filter(pk=case.pk).update(assignee=intake)


def test_the_office_sees_who_took_it_down_and_the_public_does_not(counter: Client, client: Client) -> None:
    case = taken_down(counter)
    colleague = accounts.officer("Rini Loket", Hat.INTAKE)
    casework.take_case(case, actor=colleague, at=clock.now())
    choose_language(colleague, language="en")
    desk = Client()
    desk.force_login(colleague)
    file = page(desk, f"/admin/casework/case/{case.reference}/")
    assert "At the counter: Wulan Intake" in file
    complaints.verify_report(
        case,
        actor=colleague,
        category=queries.complaint_of(case).category,
        agency=None,
        at=clock.now(),
    )
    assert "Wulan Intake" not in page(Client(), f"/complaints/{case.reference}/")


def test_it_is_sent_once_however_often_the_officer_sends_it(counter: Client) -> None:
    taken_down(counter)
    assert counter.post("/complaints/new/check/")["Location"] == "/complaints/new/sent/"
    assert Case.objects.count() == 1
    assert Event.objects.filter(action=casework.AT_COUNTER).count() == 1


def test_a_subject_told_in_confidence_is_refused_by_the_operation_too(intake: User) -> None:
    with pytest.raises(complaints.UnableToReport) as refusal:
        complaints.receive_report(
            reports.report("illegal-levy"),
            actor=None,
            submission_key="k" * 32,
            passphrase=reports.PASSPHRASE,
            language="id",
            taken=Taken(intake, "COUNTER"),
            at=clock.now(),
        )
    assert refusal.value.code == "door"
