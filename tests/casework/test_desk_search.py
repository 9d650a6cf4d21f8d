"""The search and the filters of the queue: by anything that a caller can say, and never past what an officer may see."""

from typing import Any

import pytest

from services.accounts.models import Hat, Person, User
from services.casework.models import Case
from services.foundation import clock
from services.government.models import Government
from tests.casework.desk import QUEUE, Desk
from tests.factories import accounts, machine
from tests.factories import casework as cases

NIK = machine.NIK
PHONE = "+628123450678"


@pytest.fixture
def case(citizen: User) -> Case:
    """A case of somebody whose NIK and phone are on file, at Warung Bu Sri."""
    machine.known(citizen)
    Person.objects.filter(pk=citizen.person.pk).update(phone=PHONE)
    return cases.submitted_application(citizen)


def found(desk: Desk, words: str) -> str:
    """The page to which the search leads."""
    answer = desk.client.post(f"{QUEUE}find/", {"q": words})
    assert words.replace(" ", "+") not in answer["Location"]
    return desk.read(answer["Location"])


@pytest.mark.parametrize("words", [NIK, "0812-345-0678", PHONE, "warung bu sri", "budi"])
def test_a_case_is_found_by_what_a_caller_says(desk: Desk, case: Case, intake: User, words: str) -> None:
    assert case.reference in found(desk.sit(intake), words)


@pytest.mark.parametrize("words", ["3578012345670009", "08129999999", "warung bu tut", "$.** ? (true)", '"'])
def test_what_nobody_said_finds_nothing(desk: Desk, case: Case, intake: User, words: str) -> None:
    assert "Nothing found" in found(desk.sit(intake), words)


@pytest.mark.parametrize("words", [NIK, PHONE, "warung bu sri", "budi"])
def test_a_head_finds_nobody_by_what_is_theirs(
    desk: Desk, case: Case, executive: User, foreign_intake: User, words: str
) -> None:
    for reader in (executive, foreign_intake):
        assert case.reference not in found(desk.sit(reader), words)
    assert case.reference in found(desk.sit(executive), case.reference)


@pytest.mark.parametrize("words", [NIK, PHONE, "warung bu sri", "budi"])
def test_a_supervisor_finds_no_confidential_case(
    desk: Desk, case: Case, supervisor: User, words: str
) -> None:
    Case.objects.filter(pk=case.pk).update(is_confidential=True)
    assert case.reference not in found(desk.sit(supervisor), words)


def test_an_address_with_words_in_it_is_of_no_use_to_another(
    desk: Desk, case: Case, intake: User, reviewer: User
) -> None:
    address = desk.sit(intake).client.post(f"{QUEUE}find/", {"q": "budi"})["Location"]
    assert case.reference in desk.read(address)
    assert "Nothing found" not in desk.sit(reviewer).read(address)
    assert 'value="budi"' not in desk.read(address)
    assert desk.client.post(f"{QUEUE}find/", {"q": ""})["Location"] == QUEUE


def test_the_queue_is_narrowed_by_district_step_and_flag(
    desk: Desk, case: Case, citizen2: User, supervisor: User, intake: User
) -> None:
    mended = cases.mended_application(citizen2, intake)
    desk.sit(supervisor)
    only = desk.read(f"{QUEUE}?show=open&flag=mended")
    assert mended.reference in only
    assert case.reference not in only
    assert case.reference in desk.read(f"{QUEUE}?show=open&step=SUBMITTED")
    assert case.reference not in desk.read(f"{QUEUE}?show=open&step=IN_REVIEW")
    assert case.reference not in desk.read(f"{QUEUE}?show=open&district=35.78.01")


def test_no_filter_costs_a_query_and_the_queue_stays_within_eight(
    desk: Desk, case: Case, intake: User, government: Government, django_assert_num_queries: Any
) -> None:
    desk.sit(intake).read(QUEUE)
    for query in (
        "",
        "?due=late",
        "?service=izin-uji&step=SUBMITTED&flag=helper&district=35.78.01",
        "?show=mine",
    ):
        with django_assert_num_queries(QUERIES):
            desk.client.get(f"{QUEUE}{query}")


def test_the_list_goes_back_page_by_page(
    desk: Desk, citizen: User, intake: User, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("services.casework.admin.queue.PAGE_SIZE", 2)
    for _number in range(5):
        cases.submitted_application(citizen, at=clock.now())
    pages = [desk.sit(intake).read(QUEUE)]
    for rel in ("next", "next", "prev", "prev"):
        pages.append(desk.read(QUEUE + _link(pages[-1], rel)))
    listed = [_references(page) for page in pages]
    assert listed[3] == listed[1]
    assert listed[4] == listed[0]
    assert 'rel="prev"' not in pages[4]
    assert len({*listed[0], *listed[1], *listed[2]}) == 5


def test_an_officer_of_two_agencies_searches_where_they_read_names(
    desk: Desk, case: Case, executive: User
) -> None:
    accounts.wearing(executive, Hat.SUPERVISOR)
    assert case.reference in found(desk.sit(executive), "budi")


QUERIES = 8


def _link(page: str, rel: str) -> str:
    return (
        page.split(f'rel="{rel}"', maxsplit=1)[0]
        .rsplit('href="', 1)[1]
        .split('"', maxsplit=1)[0]
        .replace("&amp;", "&")
    )


def _references(page: str) -> list[str]:
    return [part.split("<")[0] for part in page.split('scope="row"><a class="desk-link" href="')[1:]]
