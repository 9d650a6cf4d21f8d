"""The counter: an officer finds who stands there, fills in the same form, and the person confirms it."""

import re

import pytest
from django.test import Client

from services.accounts import operations as accounts
from services.accounts.models import Hat, Person, User
from services.applications import notices
from services.audit import queries as audit
from services.audit.actors import SYSTEM, Subject
from services.audit.models import Event
from services.casework import operations as casework
from services.casework import queries as cases
from services.casework import timeline
from services.casework.models import Case
from services.casework.operations import UnableToHandle
from services.foundation import clock
from services.outbox import delivery
from services.outbox import queries as outbox
from tests.factories import applications, documents
from tests.factories.accounts import officer, wearing
from tests.factories.applying import Applicant

COUNTER = "/admin/counter/"
START = "/admin/counter/start/"
PHONE = "+6281298765432"
SITI = {"name": "Siti Aminah", "nik": applications.NIK, "phone": "0812 9876 5432"}
TOKEN = re.compile(r'name="person" value="([^"]+)"')


@pytest.fixture
def counter(intake: User) -> Applicant:
    """The officer's browser, with a service to apply for."""
    applications.full_service()
    return Applicant(intake)


@pytest.fixture
def siti(db: None) -> Person:
    """Somebody whom a helper entered once; she has no account."""
    person = Person.objects.create(name="Siti Aminah", phone=PHONE, created_at=clock.now())
    return accounts.keep_nik(person, applications.NIK, actor=SYSTEM, at=clock.now())


def look(counter: Applicant, typed: str) -> str:
    answer = counter.client.post(COUNTER, {"who": typed})
    assert answer.status_code == 200
    return answer.content.decode()


def begin(counter: Applicant, person: str = "") -> Applicant:
    answer = counter.client.post(START, {"service": applications.SLUG, "person": person})
    assert answer.status_code == 302, answer.content
    counter.reference = answer["Location"].split("/")[4]
    return counter


def filled(counter: Applicant) -> Applicant:
    """Everything is there but the person's own yes."""
    counter.answer_everything()
    document = documents.ready_document(owner=None)
    counter.case.documents.create(slot="ktp", document=document, attached_at=clock.now())
    return counter


def confirmed(counter: Applicant) -> Applicant:
    slip = documents.ready_document(owner=None)
    counter.case.documents.create(slot="signed_slip", document=slip, attached_at=clock.now())
    assert counter.send("confirm_slip").status_code == 302
    return counter


def test_the_office_is_named_to_whoever_serves_at_one_counter_only(counter: Applicant, intake: User) -> None:
    lead = re.compile(r'desk-lead">(Dinas|Office) dpmptsp')
    assert lead.search(counter.client.get(COUNTER).content.decode())
    wearing(intake, Hat.INTAKE, agency_code="dishub")
    assert not re.search(r'desk-lead">(Dinas|Office)', counter.client.get(COUNTER).content.decode())


def sent(counter: Applicant, siti: Person) -> Case:
    begin(counter, TOKEN.findall(look(counter, applications.NIK))[0])
    confirmed(filled(counter)).declare_and_send()
    return counter.case


@pytest.mark.parametrize("typed", [applications.NIK, "0812 9876 5432"])
def test_the_officer_finds_a_person_by_the_whole_nik_or_phone(
    counter: Applicant, siti: Person, typed: str
) -> None:
    page = look(counter, typed)
    assert "Siti Aminah" in page
    assert "Has no account yet." in page
    assert applications.NIK not in page.replace(f'value="{typed}"', "")


def test_each_look_is_on_record_whoever_was_found(counter: Applicant, siti: Person, intake: User) -> None:
    look(counter, "0812 9876 5432")
    look(counter, "0812 0000 1111")
    subjects = Event.objects.filter(action="accounts.person.looked_up").values_list("subject_key", flat=True)
    assert set(subjects) == {str(siti.pk), str(intake.pseudonym)}


def test_the_person_sees_who_looked_them_up(counter: Applicant, citizen: User, client: Client) -> None:
    look(counter, citizen.phone or "")
    client.force_login(citizen)
    client.cookies["django_language"] = "en"
    assert "Dicari di loket" in client.get("/account/profile/").content.decode()


def test_half_a_number_and_a_name_find_nobody(counter: Applicant, siti: Person) -> None:
    for typed in ("8129876", "Siti", "357801550290"):
        page = look(counter, typed)
        assert "Type the whole phone number" in page
        assert "Siti Aminah" not in page


def test_looks_are_limited(counter: Applicant, siti: Person) -> None:
    for _time in range(20):
        look(counter, "0812 0000 1111")
    answer = counter.client.post(COUNTER, {"who": applications.NIK})
    assert answer.status_code == 429
    assert "Siti Aminah" not in answer.content.decode()


def test_the_same_form_begins_for_whoever_was_found(counter: Applicant, siti: Person, intake: User) -> None:
    begin(counter, TOKEN.findall(look(counter, applications.NIK))[0])
    assert (counter.case.applicant, counter.case.helper) == (siti, intake)
    assert counter.case.helper_relation == "COUNTER"
    assert counter.open("tasks").status_code == 200


def test_a_double_click_begins_one_form(counter: Applicant, siti: Person) -> None:
    token = TOKEN.findall(look(counter, applications.NIK))[0]
    first, second = begin(counter, token).reference, begin(counter, token).reference
    assert first == second
    assert begin(counter).reference != first


def test_somebody_new_is_entered_and_gets_a_code_to_claim(counter: Applicant, citizen: User) -> None:
    begin(counter).send("identity", SITI)
    answer = confirmed(filled(counter)).declare_and_send()
    page = counter.client.get(answer["Location"]).content.decode()
    code = re.search(r"[0-9A-Z]{4}-[0-9A-Z]{4}-[0-9A-Z]{4}", page)
    assert code
    accounts.claim_person(citizen, code=code[0], at=clock.now())
    applicant = counter.case.applicant
    assert applicant is not None
    assert applicant.user == citizen


def test_a_token_of_another_officer_serves_nobody(counter: Applicant, siti: Person) -> None:
    token = TOKEN.findall(look(counter, applications.NIK))[0]
    colleague = Applicant(officer("Rini Loket", Hat.INTAKE))
    page = colleague.client.post(START, {"service": applications.SLUG, "person": token}).content.decode()
    assert "Look the person up again" in page
    assert not Case.objects.exists()


def test_a_service_is_asked_for(counter: Applicant) -> None:
    assert "Choose the service" in counter.client.post(START, {"service": ""}).content.decode()
    assert not Case.objects.exists()


def test_without_a_confirmation_nothing_is_sent(counter: Applicant, siti: Person) -> None:
    begin(counter, TOKEN.findall(look(counter, applications.NIK))[0])
    answer = filled(counter).declare_and_send()
    assert answer["Location"] == counter.url("tasks") + "?missing"
    assert counter.case.status == "DRAFT"


def test_the_receipt_says_what_it_costs_and_how_to_follow_it(counter: Applicant, siti: Person) -> None:
    case = sent(counter, siti)
    assert case.status == "SUBMITTED"
    page = counter.open("receipt").content.decode()
    for said in (
        case.reference,
        "What it costs",
        "<svg",
        "Nobody may ask you for money",
        "Officer at the counter",
    ):
        assert said in page
    assert "Wulan Intake" not in page.partition("<main")[2]


def test_the_case_says_at_whose_counter_it_was_filed(counter: Applicant, siti: Person) -> None:
    case = sent(counter, siti)
    lines = timeline.for_citizen(case, cases.timeline(case))
    (line,) = [line for line in lines if line.action == casework.AT_COUNTER]
    assert line.by == f"Intake officer, {case.agency.short_name['en']}"


def test_the_office_reads_who_filled_it_in_and_how_it_was_confirmed(counter: Applicant, siti: Person) -> None:
    case = sent(counter, siti)
    colleague = Applicant(officer("Rini Loket", Hat.INTAKE))
    casework.take_case(case, actor=colleague.user, at=clock.now())
    page = colleague.client.get(f"/admin/casework/case/{case.reference}/").content.decode()
    assert "Filled in by Wulan Intake (Officer at the counter)." in page
    assert "Confirmed by the applicant: Signed slip" in page


def test_the_officer_who_filed_it_gets_no_notice_of_it(counter: Applicant, siti: Person) -> None:
    case = sent(counter, siti)
    assert [role for role, _recipient in notices.recipients(case)] == ["applicant"]
    for message in outbox.due(clock.now()).values_list("id", flat=True):
        delivery.deliver(message)


def test_whoever_filed_it_never_handles_it(counter: Applicant, siti: Person, intake: User) -> None:
    case = sent(counter, siti)
    with pytest.raises(UnableToHandle) as refusal:
        casework.take_case(case, actor=intake, at=clock.now())
    assert refusal.value.code == "hat"
    with pytest.raises(UnableToHandle) as refusal:
        casework.take_next_case(actor=intake, agency=case.agency, hat=Hat.INTAKE, at=clock.now())
    assert refusal.value.code == "queue_empty"
    colleague = officer("Rini Loket", Hat.INTAKE)
    assert casework.take_case(case, actor=colleague, at=clock.now()).assignee == colleague


def test_the_telephone_shows_what_everybody_may_see_and_opens_no_file(
    counter: Applicant, siti: Person
) -> None:
    case = sent(counter, siti)
    before = len(audit.events_of(Subject("case", case.reference)))
    assert 'action="/track/"' in counter.client.get(COUNTER).content.decode()
    page = counter.client.get("/track/", {"reference": case.reference}, follow=True).content.decode()
    assert case.reference in page
    assert "Siti Aminah" not in page
    assert len(audit.events_of(Subject("case", case.reference))) == before
