"""Applying for a licence: the business is asked for before the form, and its name stands on the paper."""

from typing import Any
from uuid import uuid4

import pytest
from django.test import Client

from licensing import operations, queries
from licensing.models import BusinessMember, Licence, LicenceApplication
from services.accounts.models import User
from services.casework import operations as casework
from services.foundation import clock
from tests.factories import applications, licensing
from tests.factories.applying import Applicant
from tests.licensing.test_businesses import FIELDS


@pytest.fixture
def applicant(citizen: User) -> Applicant:
    """A browser at work on a licence of a business."""
    licensing.registration()
    applications.districts()
    return Applicant(citizen, slug=licensing.STALL, namespace="licensing")


def chosen(applicant: Applicant) -> str:
    business = queries.application_of(applicant.case).business
    return business.name if business else ""


def test_the_business_is_asked_for_before_the_form(applicant: Applicant) -> None:
    answer = applicant.client.post(applicant.url("start"), {"helper_relation": "SELF"})
    assert answer["Location"].endswith("/business/")


def test_without_any_a_new_one_is_entered_at_once(applicant: Applicant) -> None:
    applicant.begin()
    page = applicant.open("business").content.decode()
    assert "Name of the business" in page
    assert "Another business" not in page
    answer = applicant.send("business", FIELDS)
    assert answer.status_code == 302
    assert chosen(applicant) == "Bakso Pak Slamet"


def test_one_of_mine_or_another_is_chosen(applicant: Applicant, citizen: User) -> None:
    business = licensing.business(citizen, name="Soto Slamet")
    applicant.begin()
    page = applicant.open("business").content.decode()
    assert "Soto Slamet" in page
    assert applicant.send("business", {"business": "NEW"})["Location"].endswith("/business/new/")
    applicant.send("business", {"business": str(business.pk)})
    assert chosen(applicant) == "Soto Slamet"


def test_somebody_else_s_business_cannot_be_chosen(
    applicant: Applicant, citizen: User, citizen2: User
) -> None:
    licensing.business(citizen)
    foreign = licensing.business(citizen2, name="PT Lain")
    applicant.begin()
    page = applicant.send("business", {"business": str(foreign.pk)}).content.decode()
    assert "Choose one of your businesses, or a new one" in page
    assert chosen(applicant) == ""
    with pytest.raises(operations.UnableToApply) as told:
        operations.choose_business(applicant.case, actor=citizen, business=foreign, at=clock.now())
    assert (told.value.code, told.value.field) == ("business", "business")


def test_it_is_missing_until_it_is_named_and_stands_on_the_check_page(
    applicant: Applicant, citizen: User
) -> None:
    applicant.begin()
    assert "The business" in applicant.open("tasks").content.decode()
    assert (
        "Say for which business you apply"
        in applicant.client.get(applicant.url("tasks") + "?missing").content.decode()
    )
    applicant.send("business", FIELDS)
    applicant.name_oneself()
    answers = {
        "q-shown_text": "Warung",
        "q-ends_on_day": "1",
        "q-ends_on_month": "1",
        "q-ends_on_year": "2099",
    }
    applicant.fill("questions", answers, group="advert")
    for slot in ("ktp", "drawing"):
        applicant.add_ready_document(slot)
    page = applicant.open("check").content.decode()
    assert "Bakso Pak Slamet" in page
    assert applicant.declare_and_send().status_code == 302
    assert applicant.case.status == "SUBMITTED"


def test_a_helper_enters_the_business_of_whom_they_help(citizen: User, citizen2: User) -> None:
    licensing.registration()
    applications.districts()
    mine = licensing.business(citizen, name="Usaha Penolong")
    helper = Applicant(citizen, slug=licensing.STALL, namespace="licensing").begin("FAMILY")
    assert helper.open("business").status_code == 302, "nobody is named yet"
    helper.send("identity", {"name": "Mbah Slamet", "nik": applications.NIK, "phone": ""})
    page = helper.open("business").content.decode()
    assert "Usaha Penolong" not in page
    helper.send("new_business", FIELDS)
    assert chosen(helper) == "Bakso Pak Slamet"
    helper.send("new_business", FIELDS | {"name": "Bakso Mbah Slamet"})
    assert chosen(helper) == "Bakso Mbah Slamet"
    business = queries.application_of(helper.case).business
    assert business
    assert business != mine
    assert [member.person.name for member in business.members.all()] == ["Mbah Slamet"]


def test_the_paper_names_the_business_and_who_answers_for_it(
    citizen: User, officers: tuple[User, User, User]
) -> None:
    business = licensing.business(citizen, nib=licensing.NIB, kbli_code="56104", kbli_scheme="2020")
    licence = licensing.issued(citizen, *officers, of=business)
    assert licence.certificate.holder_name == "Bakso Pak Slamet"
    said = {field["label"]["en"]: field["value"]["en"] for field in licence.certificate.content["fields"]}
    assert said["Person in charge"] == "Budi Santoso"
    assert said["Business number (NIB)"] == licensing.NIB
    assert said["Line of business"] == "56104 (KBLI 2020)"
    assert (licence.business, licence.person) == (business, None)


def test_a_stall_s_paper_shows_no_number(citizen: User, officers: tuple[User, User, User]) -> None:
    licence = licensing.issued(citizen, *officers, of=licensing.business(citizen))
    labels = [field["label"]["en"] for field in licence.certificate.content["fields"]]
    assert "Business number (NIB)" not in labels
    assert "Line of business" not in labels


def test_a_person_s_licence_is_the_person_s(citizen: User, officers: tuple[User, User, User]) -> None:
    licence = licensing.issued(citizen, *officers)
    assert (licence.person, licence.business) == (citizen.person, None)
    assert licence.certificate.holder_name == "Budi Santoso"


def test_ordering_twice_enters_one_licence(citizen: User, officers: tuple[User, User, User]) -> None:
    licence = licensing.issued(citizen, *officers)
    operations.order_certificate(licence.case, at=clock.now())
    assert Licence.objects.count() == 1


def test_who_may_no_longer_act_for_the_business_does_not_send(citizen: User, citizen2: User) -> None:
    business = licensing.business(citizen)
    case = licensing.filled(citizen, of=business)
    BusinessMember.objects.create(business=business, person=citizen2.person, valid_from=clock.today())
    mine = BusinessMember.objects.get(person=citizen.person)
    operations.end_membership(mine, actor=citizen2, at=clock.now())
    with pytest.raises(operations.UnableToApply) as told:
        operations.submit_application(case, actor=citizen, submission_key=uuid4().hex, at=clock.now())
    assert told.value.code == "business"


def places(citizen: User, officers: tuple[User, User, User], number: int) -> list[Licence]:
    return [licensing.issued(citizen, *officers) for _ in range(number)]


def test_three_places_are_the_most(citizen: User, officers: tuple[User, User, User]) -> None:
    places(citizen, officers, 3)
    case = licensing.filled(citizen)
    with pytest.raises(operations.UnableToApply) as told:
        operations.submit_application(case, actor=citizen, submission_key=uuid4().hex, at=clock.now())
    assert told.value.code == "held_at_most"


def test_what_was_asked_for_counts_too_and_a_double_click_once(
    citizen: User, officers: tuple[User, User, User]
) -> None:
    places(citizen, officers, 1)
    first, second, third = (licensing.filled(citizen) for _ in range(3))
    for case in (first, first, second):
        operations.submit_application(case, actor=citizen, submission_key=case.reference, at=clock.now())
    with pytest.raises(operations.UnableToApply):
        operations.submit_application(third, actor=citizen, submission_key="third", at=clock.now())


def test_a_place_that_was_given_up_or_taken_back_is_free_again(
    citizen: User, officers: tuple[User, User, User]
) -> None:
    held = places(citizen, officers, 2)
    waiting = licensing.sent(citizen)
    operations.BY_TRANSITION["withdraw"](waiting, actor=citizen, at=clock.now())
    casework.revoke_certificate(held[0].case, actor=officers[2], reason="Tutup.", at=clock.now())
    licensing.sent(citizen)
    assert licensing.sent(citizen).status == "SUBMITTED"


def test_the_page_says_why_before_and_when_it_is_sent(
    citizen: User, officers: tuple[User, User, User]
) -> None:
    places(citizen, officers, 3)
    case = licensing.filled(citizen)
    browser = Applicant(citizen, slug=licensing.SLUG, namespace="licensing", reference=case.reference)
    browser.name_oneself()
    page = browser.client.get(browser.url("tasks") + "?missing").content.decode()
    assert "You may hold 3 licences of this kind at a time" in page
    answer = browser.declare_and_send()
    assert answer.status_code == 302
    assert browser.case.status == "DRAFT"


def test_another_kind_of_licence_is_not_counted(citizen: User, officers: tuple[User, User, User]) -> None:
    places(citizen, officers, 3)
    other = licensing.practice(slug="sip-lain", certificate=_certificate())
    assert licensing.sent(citizen, version=other).status == "SUBMITTED"


def test_a_second_person_with_the_same_nik_is_the_same_holder(
    citizen: User, citizen2: User, officers: tuple[User, User, User]
) -> None:
    from services.accounts import actors  # noqa: PLC0415 (only here)
    from services.accounts import operations as accounts  # noqa: PLC0415 (only here)

    for user in (citizen, citizen2):
        accounts.keep_nik(user.person, applications.NIK, actor=actors.acting(user), at=clock.now())
        user.person.refresh_from_db()
    places(citizen, officers, 3)
    citizen2 = User.objects.get(pk=citizen2.pk)
    with pytest.raises(operations.UnableToApply):
        licensing.sent(citizen2)


def test_an_application_s_row_is_born_with_it(citizen: User) -> None:
    assert LicenceApplication.objects.filter(case=licensing.draft(citizen)).exists()


def test_there_is_no_way_into_another_service_s_flow(client: Client, citizen: User) -> None:
    licensing.practice()
    client.force_login(citizen)
    assert client.get(f"/permits/apply/{licensing.SLUG}/").status_code == 404
    assert client.get(f"/licensing/apply/{licensing.SLUG}/").status_code == 200


def _certificate() -> dict[str, Any]:
    certificate: dict[str, Any] = licensing.practice().definition["certificate"]
    return certificate | {"number_prefix": "LAIN"}
