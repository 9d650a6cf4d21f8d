"""Filing for somebody else: who they are, their own yes, and the code with which they take the case over."""

import json
import re
from collections.abc import Callable

import pytest

from services.accounts import actors
from services.accounts import operations as accounts
from services.accounts.models import User
from services.applications import claims
from services.audit import queries as audit
from services.audit.actors import Subject
from services.foundation import clock, sealing
from services.notifications.models import Notice
from services.outbox.models import Message
from tests.factories import applications, documents
from tests.factories.applying import Applicant

SITI = {"name": "Siti Aminah", "nik": applications.NIK, "phone": "0812 9876 5432"}


@pytest.fixture
def helper(citizen: User) -> Applicant:
    applications.full_service()
    return Applicant(citizen).begin("FAMILY")


def sent_code() -> str:
    """The code in the newest SMS that was promised."""
    message = Message.objects.filter(topic="accounts.code_requested").order_by("-pk").first()
    assert message is not None
    assert message.secret_sealed is not None
    secret = sealing.unseal(message.secret_sealed, bound_to=message.place)
    found = re.search(r"\d{3} ?\d{3}", json.loads(secret)["text"])
    assert found
    return found[0]


def fill_in(helper: Applicant) -> None:
    helper.answer_everything()
    document = documents.ready_document(owner=None)
    helper.case.documents.create(slot="ktp", document=document, attached_at=clock.now())


def test_the_relation_is_recorded_from_the_start(helper: Applicant, citizen: User) -> None:
    case = helper.case
    assert (case.helper, case.helper_relation, case.applicant) == (citizen, "FAMILY", None)


def test_the_person_who_is_helped_is_entered(helper: Applicant) -> None:
    helper.send("identity", SITI)
    person = helper.case.applicant
    assert person is not None
    assert (person.name, person.user, person.phone) == ("Siti Aminah", None, "+6281298765432")


def test_a_wrong_nik_or_phone_is_told(helper: Applicant) -> None:
    text = helper.send("identity", {"name": "Siti", "nik": "123", "phone": "12"}).content.decode()
    assert "16 digits" in text
    assert "cannot be reached" in text


def test_without_a_confirmation_nothing_is_sent(helper: Applicant) -> None:
    helper.send("identity", SITI)
    fill_in(helper)
    answer = helper.declare_and_send()
    assert answer["Location"] == helper.url("tasks") + "?missing"
    assert "Let the applicant confirm" in helper.client.get(answer["Location"]).content.decode()


def test_the_applicant_confirms_by_a_code_on_their_own_phone(helper: Applicant) -> None:
    helper.send("identity", SITI)
    assert helper.send("send_code")["Location"] == helper.url("confirmation") + "?sent"
    assert "+62" in helper.open("confirmation").content.decode()
    assert helper.send("confirmation", {"code": sent_code()}).status_code == 302
    assert (helper.case.confirmed_by, helper.case.confirmed_at is not None) == ("CODE", True)


def test_a_wrong_code_is_told_and_confirms_nothing(helper: Applicant) -> None:
    helper.send("identity", SITI)
    helper.send("send_code")
    wrong = "000000" if sent_code().replace(" ", "") != "000000" else "000001"
    assert "not the code we sent" in helper.send("confirmation", {"code": wrong}).content.decode()
    assert helper.case.confirmed_at is None


def test_a_second_code_within_half_a_minute_is_refused_in_words(helper: Applicant) -> None:
    helper.send("identity", SITI)
    helper.send("send_code")
    answer = helper.send("send_code")
    assert "Wait half a minute" in helper.client.get(answer["Location"]).content.decode()


def test_the_applicant_confirms_by_a_signed_slip(helper: Applicant) -> None:
    helper.send("identity", SITI | {"phone": ""})
    assert "Siti Aminah" in helper.open("slip").content.decode()
    helper.send("confirm_slip")
    assert helper.case.confirmed_at is None
    slip = documents.ready_document(owner=None)
    helper.case.documents.create(slot="signed_slip", document=slip, attached_at=clock.now())
    assert helper.send("confirm_slip").status_code == 302
    assert helper.case.confirmed_by == "SLIP"


def test_the_slip_is_photographed_like_any_document(helper: Applicant) -> None:
    helper.send("identity", SITI)
    assert helper.send("document", {"upload": documents.upload()}, slot="signed_slip").status_code == 302
    assert helper.case.documents.get().slot == "signed_slip"


def test_naming_somebody_else_takes_the_confirmation_back(helper: Applicant) -> None:
    helper.send("identity", SITI)
    helper.send("send_code")
    helper.send("confirmation", {"code": sent_code()})
    helper.send("identity", SITI | {"name": "Sri Wahyuni"})
    assert helper.case.confirmed_at is None


def test_papers_of_the_person_who_is_helped_are_not_collected_by_the_helper(helper: Applicant) -> None:
    helper.send("document", {"upload": documents.upload()}, slot="ktp")
    assert helper.case.documents.get().document.owner is None
    documents.ready_document(owner=helper.user, title="KTP penolong")
    assert "KTP penolong" not in helper.open("document", slot="letter").content.decode()


def test_the_receipt_carries_a_code_with_which_the_applicant_takes_the_case_over(
    helper: Applicant, citizen2: User, django_assert_max_num_queries: object
) -> None:
    helper.send("identity", SITI)
    helper.send("send_code")
    helper.send("confirmation", {"code": sent_code()})
    fill_in(helper)
    helper.open("check")
    # The sending takes as many as anybody's; the rest makes the code.
    with django_assert_max_num_queries(20):  # type: ignore[operator]
        assert helper.declare_and_send()["Location"] == helper.url("receipt")
    text = helper.open("receipt").content.decode()
    code = re.search(r"[0-9A-Z]{4}-[0-9A-Z]{4}-[0-9A-Z]{4}", text)
    assert code
    accounts.claim_person(citizen2, code=code[0], at=clock.now())
    assert Applicant(citizen2, reference=helper.reference).open("receipt").status_code == 200
    assert "Make a new code" not in helper.open("receipt").content.decode()


def test_every_case_of_the_person_remembers_who_took_it_over(
    helper: Applicant, citizen2: User, deliver_outbox: Callable[[], int]
) -> None:
    helper.send("identity", SITI)
    helper.send("send_code")
    helper.send("confirmation", {"code": sent_code()})
    fill_in(helper)
    helper.open("check")
    helper.declare_and_send()
    person = helper.case.applicant
    assert person
    code = accounts.issue_claim_code(person, actor=actors.acting(helper.user), at=clock.now())
    accounts.claim_person(citizen2, code=code, at=clock.now())
    deliver_outbox()
    claimed = [
        event
        for event in audit.events_of(Subject("case", helper.reference))
        if event.action == "casework.case.claimed"
    ]
    assert [(event.actor.pseudonym, event.actor.hat) for event in claimed] == [
        (citizen2.pseudonym, "APPLICANT")
    ]


def test_the_code_is_shown_in_the_browser_in_which_it_was_made_and_nowhere_else(helper: Applicant) -> None:
    helper.send("identity", SITI)
    helper.send("send_code")
    helper.send("confirmation", {"code": sent_code()})
    fill_in(helper)
    answer = helper.declare_and_send()
    cookie = answer.cookies[claims.COOKIE]
    assert (cookie["path"], cookie["httponly"], cookie["samesite"]) == (helper.url("receipt"), True, "Strict")
    elsewhere = Applicant(helper.user, reference=helper.reference)
    assert "Make a new code" in elsewhere.open("receipt").content.decode()
    elsewhere.client.cookies[claims.COOKIE] = cookie.value
    page = elsewhere.open("receipt").content.decode()
    assert not re.search(r"[0-9A-Z]{4}-[0-9A-Z]{4}-[0-9A-Z]{4}", page)


def test_the_helper_is_told_that_the_applicant_took_the_case_over(
    helper: Applicant, citizen2: User, deliver_outbox: Callable[[], int]
) -> None:
    helper.send("identity", SITI)
    helper.send("send_code")
    helper.send("confirmation", {"code": sent_code()})
    fill_in(helper)
    helper.declare_and_send()
    person = helper.case.applicant
    assert person
    code = accounts.issue_claim_code(person, actor=actors.acting(helper.user), at=clock.now())
    accounts.claim_person(citizen2, code=code, at=clock.now())
    deliver_outbox()
    told = Notice.objects.get(notice="applications/taken_over")
    assert (told.recipient, told.reference) == (helper.user, helper.reference)
    assert told.deliveries.exists()


def test_a_new_code_makes_the_earlier_one_worthless(helper: Applicant) -> None:
    helper.send("identity", SITI)
    helper.send("send_code")
    helper.send("confirmation", {"code": sent_code()})
    fill_in(helper)
    helper.declare_and_send()
    before = re.findall(r"[0-9A-Z]{4}-[0-9A-Z]{4}-[0-9A-Z]{4}", helper.open("receipt").content.decode())
    helper.send("claim")
    after = re.findall(r"[0-9A-Z]{4}-[0-9A-Z]{4}-[0-9A-Z]{4}", helper.open("receipt").content.decode())
    assert len(before) == len(after) == 1
    assert before != after
