"""Filling in: start, task list, questions saved page by page, taken up again, changed in two windows."""

from datetime import timedelta

import pytest

from services.accounts.models import User
from services.casework.models import Case
from services.catalogue.answers import unseal_nik
from services.foundation import clock
from tests.factories import applications
from tests.factories.applications import EVENT, MEMBER, PLACE
from tests.factories.applying import Applicant


@pytest.fixture
def applicant(citizen: User) -> Applicant:
    applications.full_service()
    return Applicant(citizen)


def test_beginning_opens_a_draft_and_leads_to_the_task_list(applicant: Applicant) -> None:
    applicant.begin()
    page = applicant.open("tasks")
    assert applicant.case.status == "DRAFT"
    assert "0 of 5 steps done" in page.content.decode()


def test_one_must_say_for_whom_the_application_is(applicant: Applicant) -> None:
    page = applicant.client.post(applicant.url("start"), {})
    assert "Choose who this application is for" in page.content.decode()
    assert not Case.objects.exists()


def test_a_double_click_on_begin_opens_one_draft(applicant: Applicant) -> None:
    first = applicant.begin().reference
    assert applicant.begin().reference == first
    assert Case.objects.count() == 1


def test_the_first_page_offers_what_was_begun_before(applicant: Applicant) -> None:
    applicant.begin()
    assert applicant.reference in applicant.client.get(applicant.url("start")).content.decode()


def test_name_and_nik_are_asked_once_and_kept(applicant: Applicant) -> None:
    applicant.begin()
    assert applicant.send("identity", {"name": "Budi Santoso", "nik": ""}).status_code == 200
    answer = applicant.send("identity", {"name": "Budi  Santoso", "nik": "3578 0155 0290 0000"})
    assert answer.status_code == 302
    person = applicant.case.applicant
    assert person is not None
    assert (person.name, person.nik_mask) == ("Budi Santoso", "3578••••••••••00")
    assert applicant.send("identity", {"name": "Budi Santoso", "nik": ""}).status_code == 302


def test_a_group_is_saved_and_leads_to_the_next_one(applicant: Applicant) -> None:
    applicant.begin()
    answer = applicant.fill("questions", EVENT, group="event")
    assert answer["Location"] == applicant.url("questions", group="place")
    answers = applicant.case.answers
    assert answers["story"] == "Dua hari.\nTiga panggung."
    assert (answers["guests"], answers["cost"], answers["starts_on"]) == (250, 1_500_000, "2099-03-27")
    assert (answers["has_music"], answers["goods"], answers["contact"]) == (
        "yes",
        ["shop", "home"],
        "+6281234567890",
    )


def test_a_nik_among_the_answers_stands_sealed(applicant: Applicant) -> None:
    applicant.begin()
    applicant.fill("questions", EVENT, group="event")
    sealed = applicant.case.answers["owner_nik"]
    assert applications.NIK not in str(applicant.case.answers)
    assert unseal_nik(sealed, reference=applicant.reference, key="owner_nik") == applications.NIK


def test_the_same_nik_typed_again_counts_as_unchanged(applicant: Applicant) -> None:
    applicant.begin()
    applicant.fill("questions", EVENT, group="event")
    before = applicant.case.answers["owner_nik"]
    applicant.fill("questions", EVENT, group="event")
    assert applicant.case.answers["owner_nik"] == before


def test_an_address_tells_where_the_case_lies(applicant: Applicant) -> None:
    applicant.begin()
    applicant.fill("questions", PLACE, group="place")
    district = applicant.case.district
    assert district is not None
    assert district.code == applications.GENTENG
    assert applicant.case.answers["site"]["district_name"] == "Genteng"
    assert applicant.case.answers["spot"] == {"latitude": -7.2575, "longitude": 112.7521}


def test_it_is_taken_up_again_on_another_day_and_device(applicant: Applicant, citizen: User) -> None:
    applicant.begin()
    applicant.fill("questions", EVENT, group="event")
    clock.move(timedelta(days=20))
    later = Applicant(citizen, reference=applicant.reference)
    assert 'value="Pasar Malam"' in later.open("questions", group="event").content.decode()


def test_a_group_with_errors_saves_nothing_and_keeps_what_was_typed(applicant: Applicant) -> None:
    applicant.begin()
    page = applicant.fill("questions", EVENT | {"q-guests": "many", "q-title": "Pasar Raya"}, group="event")
    text = page.content.decode()
    assert page.status_code == 200
    assert "Error:" in text
    assert 'value="Pasar Raya"' in text
    assert 'value="many"' in text
    assert applicant.case.answers == {}


def test_a_question_that_is_not_called_for_is_stored_empty(applicant: Applicant) -> None:
    applicant.begin()
    applicant.fill("questions", EVENT | {"q-has_music": "no"}, group="event")
    assert applicant.case.answers["music_kind"] is None


def test_a_group_that_is_not_asked_has_no_page(applicant: Applicant) -> None:
    applicant.begin()
    assert applicant.open("questions", group="shop").status_code == 404
    applicant.fill("questions", EVENT | {"q-place_kind": "shop"}, group="event")
    assert applicant.open("questions", group="shop").status_code == 200


def test_an_old_copy_in_a_second_tab_is_told_and_overwrites_nothing(applicant: Applicant) -> None:
    applicant.begin()
    old = applicant.open("questions", group="event").content.decode()
    applicant.fill("questions", EVENT, group="event")
    seen = old.split('name="seen" value="')[1].split('"')[0]
    page = applicant.send("questions", EVENT | {"q-title": "Pasar Pagi", "seen": seen}, group="event")
    text = page.content.decode()
    assert page.status_code == 409
    assert "changed in another window" in text
    assert 'value="Pasar Pagi"' in text
    assert "Pasar Malam" in text
    assert applicant.case.answers["title"] == "Pasar Malam"


def test_after_comparing_the_second_tab_can_save(applicant: Applicant) -> None:
    applicant.begin()
    applicant.fill("questions", EVENT, group="event")
    page = applicant.send("questions", EVENT | {"q-title": "Pasar Pagi", "seen": "old"}, group="event")
    seen = page.content.decode().split('name="seen" value="')[1].split('"')[0]
    answer = applicant.send("questions", EVENT | {"q-title": "Pasar Pagi", "seen": seen}, group="event")
    assert answer.status_code == 302
    assert applicant.case.answers["title"] == "Pasar Pagi"


def test_two_tabs_on_different_groups_do_not_disturb_each_other(applicant: Applicant) -> None:
    applicant.begin()
    old = applicant.open("questions", group="place").content.decode()
    applicant.fill("questions", EVENT, group="event")
    seen = old.split('name="seen" value="')[1].split('"')[0]
    assert applicant.send("questions", PLACE | {"seen": seen}, group="place").status_code == 302
    assert applicant.case.answers["title"] == "Pasar Malam"


def test_items_of_a_repeated_group_are_added_changed_and_removed(applicant: Applicant) -> None:
    applicant.begin()
    applicant.fill("item", MEMBER, group="team", number=1)
    applicant.fill(
        "item", MEMBER | {"q-member": "Budi", "q-member_nik": applications.NIK}, group="team", number=2
    )
    applicant.fill("item", MEMBER | {"q-member": "Siti Nurhaliza"}, group="team", number=1)
    assert applicant.case.answers["member"] == ["Siti Nurhaliza", "Budi"]
    assert "Siti Nurhaliza" in applicant.open("questions", group="team").content.decode()
    applicant.fill("remove_item", {}, group="team", number=1)
    assert applicant.case.answers["member"] == ["Budi"]
    sealed = applicant.case.answers["member_nik"][0]
    assert unseal_nik(sealed, reference=applicant.reference, key="member_nik") == applications.NIK


def test_no_more_items_than_there_is_room_for(applicant: Applicant) -> None:
    applicant.begin()
    for number in (1, 2, 3):
        applicant.fill("item", MEMBER, group="team", number=number)
    assert "There is room for 3" in applicant.open("questions", group="team").content.decode()
    assert applicant.open("item", group="team", number=4).status_code == 404
    assert applicant.open("item", group="team", number=9).status_code == 404


def test_an_item_removed_in_another_window_is_not_removed_twice(applicant: Applicant) -> None:
    applicant.begin()
    for number, name in ((1, "Siti"), (2, "Budi")):
        applicant.fill("item", MEMBER | {"q-member": name}, group="team", number=number)
    seen = (
        applicant.open("remove_item", group="team", number=1)
        .content.decode()
        .split('"seen" value="')[1]
        .split('"')[0]
    )
    applicant.send("remove_item", {"seen": seen}, group="team", number=1)
    answer = applicant.send("remove_item", {"seen": seen}, group="team", number=1)
    assert answer.status_code == 409
    assert applicant.case.answers["member"] == ["Budi"]


def test_a_point_page_offers_the_map_and_the_numbers(applicant: Applicant) -> None:
    applicant.begin()
    text = applicant.open("questions", group="place").content.decode()
    assert "data-map" in text
    assert "Sambikerep" in text
    assert "Latitude" in text


def test_a_page_of_questions_asks_the_database_little(
    applicant: Applicant, django_assert_max_num_queries: object
) -> None:
    applicant.begin()
    applicant.open("questions", group="event")
    with django_assert_max_num_queries(6):  # type: ignore[operator]
        applicant.open("questions", group="event")
