"""Questions before the form: some need no permit, some another authority, the rest go on."""

import pytest
from django.test import Client

from services.catalogue import triage
from services.catalogue.definition import ServiceDefinition
from tests.factories import government
from tests.factories.catalogue import definition, said

ADDRESS = "/services/izin-reklame/questions/"

QUESTIONS = [
    {
        "key": "where",
        "label": said("di mana"),
        "answers": [
            {
                "value": "home",
                "label": said("rumah"),
                "outcome": {"kind": "no_permit_needed", "message": said("bebas")},
            },
            {"value": "street", "label": said("jalan")},
        ],
    },
    {
        "key": "size",
        "label": said("besar"),
        "answers": [{"value": "big", "label": said("besar")}, {"value": "small", "label": said("kecil")}],
    },
]


def standing(**given: str) -> triage.Standing:
    return triage.after(ServiceDefinition.model_validate(definition(triage=QUESTIONS)), given)


def test_the_first_question_comes_first() -> None:
    assert (standing().question.key, standing().number) == ("where", 1)  # type: ignore[union-attr]


def test_an_answer_that_decides_ends_the_questions() -> None:
    assert standing(where="home").outcome.kind == "no_permit_needed"  # type: ignore[union-attr]
    assert standing(where="home").question is None


def test_an_answer_nobody_offered_counts_as_none() -> None:
    assert standing(where="moon").question.key == "where"  # type: ignore[union-attr]


def test_who_answered_everything_needs_the_permit() -> None:
    end = standing(where="street", size="big")
    assert (end.question, end.outcome, len(end.answered)) == (None, None, 2)


@pytest.fixture(scope="module")
def surabaya(kept: None) -> None:
    government.surabaya()


@pytest.fixture
def english(client: Client, surabaya: None, db: None) -> Client:
    client.defaults["HTTP_ACCEPT_LANGUAGE"] = "en"
    return client


def test_the_page_asks_and_keeps_what_was_answered(english: Client) -> None:
    first = english.get(ADDRESS).content.decode()
    assert "What do you want to put up?" in first
    second = english.get(f"{ADDRESS}?what=advertisement&asked=what").content.decode()
    assert "Does the advertised business have a business number (NIB)?" in second
    assert '<input type="hidden" name="what" value="advertisement"' in second


def test_going_on_without_an_answer_says_so_next_to_the_question(english: Client) -> None:
    text = english.get(f"{ADDRESS}?asked=what").content.decode()
    assert "Choose one of the answers." in text
    assert "Error:" in text


def test_a_small_name_board_needs_no_permit(english: Client) -> None:
    text = english.get(f"{ADDRESS}?what=own_name").content.decode()
    assert "You need no permit" in text
    assert "/permits/apply/" not in text


def test_a_business_without_a_number_is_sent_to_the_national_system(english: Client) -> None:
    text = english.get(f"{ADDRESS}?what=advertisement&business=no_number").content.decode()
    assert "Another authority does this" in text
    assert 'href="https://oss.go.id/"' in text


def test_who_needs_it_may_start(english: Client) -> None:
    text = english.get(f"{ADDRESS}?what=advertisement&business=has_number").content.decode()
    assert "Yes, you need it" in text
    assert 'href="/permits/apply/izin-reklame/"' in text
