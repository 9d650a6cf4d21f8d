"""A bound between two answers: told beside its field while the form is filled in, and once more before it is sent."""

from typing import Any

import pytest
from django.http import QueryDict
from django.utils import translation

from services.applications import rules
from services.applications.forms import GroupForm
from services.applications.kinds import Surroundings
from services.catalogue import rules as catalogue
from services.catalogue.definition import ServiceDefinition
from services.foundation import clock
from tests.factories import applications
from tests.factories import catalogue as catalogue_data
from tests.factories.applications import asked, group
from tests.factories.catalogue import said

FIRST = asked("first_day", "date")
KIND = asked("kind", "choice")
WHEN_SHOP = {"question": "kind", "one_of": ["shop"]}
SHORT = {"days": 30, "since": "first_day", "when": WHEN_SHOP}
LONG = {"years": 1, "since": "first_day"}
IN_MARCH = {"first_day": "2028-03-01"}


def service(*groups: list[dict[str, Any]]) -> ServiceDefinition:
    certificate = catalogue_data.definition()["certificate"] | {"fields": [], "body": said("Diberikan.")}
    return applications.full_definition(
        groups=[
            {"key": f"part_{number}", "title": said("Bagian"), "questions": questions}
            for number, questions in enumerate(groups)
        ],
        documents=[],
        validity={},
        certificate=certificate,
    )


def told(answers: dict[str, Any], *questions: dict[str, Any], language: str = "en") -> list[str]:
    """What is told of these answers to a form that asks each question on a page of its own."""
    with translation.override(language):
        found = rules.gaps(service(*([each] for each in questions)), answers, today=clock.today())
    return [gap.message for gap in found]


def last(**bounds: Any) -> dict[str, Any]:
    return asked("last_day", "date", **bounds)


def test_a_day_may_be_the_one_it_cannot_lie_before() -> None:
    questions = FIRST, last(not_before="first_day")
    assert told(IN_MARCH | {"last_day": "2028-03-01"}, *questions) == []
    (message,) = told(IN_MARCH | {"last_day": "2028-02-29"}, *questions)
    assert message.endswith("This cannot lie before Wednesday, 1 March 2028. Choose that day or a later one.")


def test_of_thirty_days_the_first_is_one() -> None:
    questions = KIND, FIRST, last(lasts_at_most=[SHORT, LONG])
    assert told(IN_MARCH | {"kind": "shop", "last_day": "2028-03-30"}, *questions) == []
    (message,) = told(IN_MARCH | {"kind": "shop", "last_day": "2028-03-31"}, *questions)
    assert message.endswith("This is longer than 30 days. Choose Thursday, 30 March 2028 or an earlier day.")


def test_it_is_told_in_the_readers_language() -> None:
    (message,) = told(
        IN_MARCH | {"kind": "shop", "last_day": "2028-03-31"},
        *(KIND, FIRST, last(lasts_at_most=[SHORT])),
        language="id",
    )
    assert message.endswith("Ini lebih lama dari 30 hari. Pilih Kamis, 30 Maret 2028 atau sebelumnya.")


def test_a_limit_whose_condition_does_not_hold_is_none() -> None:
    answers = IN_MARCH | {"kind": "home", "last_day": "2028-06-30"}
    assert told(answers, KIND, FIRST, last(lasts_at_most=[SHORT, LONG])) == []


@pytest.mark.parametrize(
    ("first", "allowed", "too_late"),
    [
        ("2027-03-01", "2028-02-29", "2028-03-01"),
        ("2027-01-01", "2027-12-31", "2028-01-01"),
        ("2028-02-29", "2029-02-28", "2029-03-01"),
    ],
)
def test_a_year_ends_on_the_day_before_it_begins_again(first: str, allowed: str, too_late: str) -> None:
    questions = FIRST, last(lasts_at_most=[LONG])
    assert told({"first_day": first, "last_day": allowed}, *questions) == []
    (message,) = told({"first_day": first, "last_day": too_late}, *questions)
    assert "longer than 1 year." in message


def test_a_limit_without_a_first_day_begins_today() -> None:
    today = clock.today()
    limit = last(lasts_at_most=[{"days": 1}])
    assert told({"last_day": today.isoformat()}, limit) == []
    assert len(told({"last_day": today.replace(year=today.year + 1).isoformat()}, limit)) == 1


def test_a_part_cannot_be_more_than_the_whole() -> None:
    questions = asked("teachers", "number"), asked("certified", "number", not_more_than="teachers")
    assert told({"teachers": 12, "certified": 12}, *questions) == []
    (message,) = told({"teachers": 12, "certified": 13}, *questions)
    assert "Type 12 or less." in message


def test_an_answer_that_is_not_there_binds_nothing() -> None:
    optional = asked("first_day", "date", required=False)
    bound = last(not_before="first_day", lasts_at_most=[LONG])
    assert told({"last_day": "2028-03-01"}, optional, bound) == []
    whole = asked("teachers", "number", required=False)
    part = asked("certified", "number", not_more_than="teachers")
    assert told({"certified": 2}, whole, part) == []


def test_a_page_whose_bound_another_page_broke_is_not_done() -> None:
    definition = service([FIRST], [last(not_before="first_day")])
    _first, asked_last = catalogue.asked_groups(definition, IN_MARCH | {"last_day": "2028-02-01"})
    assert rules.group_gaps(asked_last, today=clock.today())


def form(known: dict[str, Any], *questions: dict[str, Any], day: str) -> GroupForm:
    year, month, number = day.split("-")
    sent = f"q-last_day_day={number}&q-last_day_month={month}&q-last_day_year={year}"
    return GroupForm(group(*questions), kept={}, known=known, around=Surroundings(), data=QueryDict(sent))


def test_it_is_told_beside_the_field_of_its_page() -> None:
    with translation.override("en"):
        page = form(IN_MARCH, last(lasts_at_most=[LONG]), day="2029-03-01")
        assert page.errors == {
            "last_day": ["This is longer than 1 year. Choose Wednesday, 28 February 2029 or an earlier day."]
        }


def test_a_page_within_its_bounds_is_saved() -> None:
    page = form(IN_MARCH, last(lasts_at_most=[LONG], not_before="first_day"), day="2029-02-28")
    assert page.is_valid()
    assert page.answers == {"last_day": "2029-02-28"}
