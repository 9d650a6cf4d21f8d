"""Why: the head of the government asks, the head of the office answers; each once, on record, with a date."""

from datetime import datetime
from zoneinfo import ZoneInfo

import pytest
from django.test import Client

from services.accounts.models import Hat, User
from services.audit.models import Event
from services.casework import operations as casework
from services.casework.models import Case, WhyQuestion
from services.casework.operations import UnableToHandle
from services.casework.policies import UnableToAct
from services.foundation import clock
from services.government.models import Agency
from services.notifications.models import Notice
from services.outbox import delivery
from services.outbox import queries as outbox
from tests.casework.desk import Desk
from tests.factories import accounts
from tests.factories import casework as cases

WIB = ZoneInfo("Asia/Jakarta")
START = datetime(2026, 11, 2, 10, tzinfo=WIB)
LIST = "/admin/casework/case/escalated/"


@pytest.fixture
def mayor(db: None) -> User:
    Agency.objects.update_or_create(
        code="pemkot", defaults={"name": {"id": "Kota"}, "short_name": {"id": "Kota"}, "is_root": True}
    )
    return accounts.officer("Ibu Wali", Hat.EXECUTIVE, agency_code="pemkot")


@pytest.fixture
def case(citizen: User, intake: User) -> Case:
    return cases.accepted_application(citizen, intake, at=START)


def address(case: Case) -> str:
    return f"/admin/casework/case/{case.reference}/why/"


def deliver() -> None:
    for _round in range(3):
        for message in outbox.due(clock.now()).values_list("id", flat=True):
            delivery.deliver(message)


def test_a_question_and_its_answer_are_events_and_notices(case: Case, mayor: User, executive: User) -> None:
    question = casework.ask_why(case, actor=mayor, words="Mengapa belum?", at=clock.now())
    deliver()
    told = Notice.objects.get(notice="casework/why_asked")
    assert told.recipient == executive
    assert "Mengapa belum?" in told.page_html
    assert question.due_at > clock.now()
    casework.answer_why(question, actor=executive, words="Menunggu gambar lokasi.", at=clock.now())
    deliver()
    assert Notice.objects.get(notice="casework/why_answered").recipient == mayor
    events = Event.objects.filter(subject_key=case.reference, action__startswith="casework.why.")
    assert [event.action for event in events.order_by("at")] == [
        "casework.why.asked",
        "casework.why.answered",
    ]


@pytest.mark.parametrize("hat", [hat for hat in Hat.values if hat != Hat.EXECUTIVE])
def test_no_other_hat_asks(case: Case, mayor: User, hat: str) -> None:
    user = accounts.officer("Orang Lain", hat, agency_code="pemkot")
    with pytest.raises(UnableToHandle) as refusal:
        casework.ask_why(case, actor=user, words="Mengapa?", at=clock.now())
    assert refusal.value.code == "hat"


def test_a_head_who_has_not_signed_the_pact_does_not_ask(case: Case, mayor: User) -> None:
    newcomer = accounts.signed_up("Pak Wali")
    accounts.unsigned(newcomer, Hat.EXECUTIVE, agency_code="pemkot")
    with pytest.raises(UnableToAct) as refusal:
        casework.ask_why(case, actor=newcomer, words="Mengapa?", at=clock.now())
    assert refusal.value.code == "pact"


def test_the_head_of_an_office_does_not_ask(case: Case, executive: User, mayor: User) -> None:
    with pytest.raises(UnableToHandle):
        casework.ask_why(case, actor=executive, words="Mengapa?", at=clock.now())


def test_only_the_head_of_that_office_answers_and_once(case: Case, mayor: User, executive: User) -> None:
    question = casework.ask_why(case, actor=mayor, words="Mengapa?", at=clock.now())
    other = accounts.officer("Kepala Lain", Hat.EXECUTIVE, agency_code="dishub")
    for somebody in (other, mayor):
        with pytest.raises(UnableToHandle) as refusal:
            casework.answer_why(question, actor=somebody, words="Begini.", at=clock.now())
        assert refusal.value.code == "hat"
    casework.answer_why(question, actor=executive, words="Begini.", at=clock.now())
    with pytest.raises(UnableToHandle) as refusal:
        casework.answer_why(question, actor=executive, words="Atau begini.", at=clock.now())
    assert refusal.value.code == "answered"


def test_one_question_is_open_at_a_time(case: Case, mayor: User, executive: User) -> None:
    casework.ask_why(case, actor=mayor, words="Mengapa?", at=clock.now())
    with pytest.raises(UnableToHandle) as refusal:
        casework.ask_why(case, actor=mayor, words="Dan?", at=clock.now())
    assert refusal.value.code == "asked"


def test_of_a_confidential_case_nothing_is_asked(case: Case, mayor: User) -> None:
    Case.objects.filter(pk=case.pk).update(is_confidential=True)
    with pytest.raises(UnableToHandle):
        casework.ask_why(case, actor=mayor, words="Mengapa?", at=clock.now())


def test_the_list_leads_to_the_question_and_names_no_applicant(
    case: Case, mayor: User, executive: User, desk: Desk
) -> None:
    page = desk.sit(mayor).read(LIST)
    assert case.reference in page
    assert "Budi" not in page
    answer = desk.client.post(address(case), {"why-words": "Why so late?"})
    assert answer.status_code == 302
    page = desk.read(address(case))
    assert "Why so late?" in page
    assert "Budi" not in page
    assert "Ask the head of the office" not in page
    page = desk.sit(executive).read(address(case))
    assert "Answer the head of the government" in page
    assert desk.client.post(address(case), {"why-words": "Two were ill."}).status_code == 302
    assert "Two were ill." in desk.open(case)
    assert WhyQuestion.objects.get().answered_by == executive


def test_a_question_without_words_is_asked_for_them(case: Case, mayor: User, desk: Desk) -> None:
    desk.sit(mayor)
    page = desk.client.post(address(case), {"why-words": " "})
    assert page.status_code == 200
    assert "Write a few words." in page.content.decode()
    assert not WhyQuestion.objects.exists()


def test_for_others_there_are_no_such_pages(
    case: Case, mayor: User, reviewer: User, supervisor: User, citizen: User, client: Client
) -> None:
    other = accounts.officer("Kepala Lain", Hat.EXECUTIVE, agency_code="dishub")
    for user in (reviewer, supervisor, citizen):
        client.force_login(user)
        assert client.get(LIST).status_code in {302, 404}
        assert client.get(address(case)).status_code in {302, 404}
    client.force_login(other)
    assert case.reference not in client.get(LIST).content.decode()
    assert client.get(address(case)).status_code == 404


def test_a_confidential_case_is_on_no_page_of_a_head(case: Case, mayor: User, desk: Desk) -> None:
    Case.objects.filter(pk=case.pk).update(is_confidential=True)
    assert case.reference not in desk.sit(mayor).read(LIST)
    assert desk.client.get(address(case)).status_code == 404
