"""What is asked, and what is missing or wrong."""

from datetime import date
from typing import Any

import pytest
from django.utils import translation

from services.applications import rules
from services.catalogue import rules as catalogue
from services.catalogue.answers import seal_nik
from tests.factories import applications
from tests.factories import catalogue as catalogue_data
from tests.factories.applications import question
from tests.factories.catalogue import said

TODAY = date(2026, 3, 30)


def test_a_question_whose_condition_is_not_met_is_not_asked() -> None:
    definition = applications.full_definition()
    asked = catalogue.asked_groups(definition, {"has_music": "no"})[0].items[0]
    assert "music_kind" not in [each.key for each in asked.questions]


def test_an_answer_that_is_not_asked_any_more_does_not_count() -> None:
    definition = applications.full_definition()
    answers = {"has_music": "no", "music_kind": "Keroncong", "place_kind": "home", "shop_name": "Toko Maju"}
    assert catalogue.asked_answers(definition, answers) == {"has_music": "no", "place_kind": "home"}


def test_a_condition_on_a_question_that_is_not_asked_does_not_hold() -> None:
    groups = [
        {
            "key": "one",
            "title": said("Satu"),
            "questions": [
                applications.asked("a", "yes_no"),
                applications.asked("b", "yes_no", when={"question": "a", "one_of": ["yes"]}),
                applications.asked("title", "text", when={"question": "b", "one_of": ["yes"]}),
            ],
        }
    ]
    definition = applications.full_definition(groups=groups, documents=[])
    asked = catalogue.asked_groups(definition, {"a": "no", "b": "yes", "title": "x"})[0].items[0]
    assert [each.key for each in asked.questions] == ["a"]


def test_a_document_is_asked_for_where_its_condition_holds() -> None:
    definition = applications.full_definition()
    asked = [document.key for document in catalogue.asked_documents(definition, {"place_kind": "shop"})]
    assert asked == ["ktp", "lease", "letter"]


def test_each_item_of_a_repeated_group_has_its_own_answers() -> None:
    definition = applications.full_definition()
    team = catalogue.asked_groups(definition, {"member": ["Siti", "Budi"], "member_nik": [None, None]})[2]
    assert [item.answers["member"] for item in team.items] == ["Siti", "Budi"]


def test_every_missing_answer_is_named_with_its_group() -> None:
    found = rules.gaps(applications.full_definition(), {}, today=TODAY)
    assert {gap.group for gap in found} == {"event", "place", "team"}
    assert ("team", "member") in {(gap.group, gap.question) for gap in found}


def test_a_missing_answer_in_the_second_item_says_which() -> None:
    answers = {"member": ["Siti", None], "member_nik": [None, None]}
    found = [
        gap for gap in rules.gaps(applications.full_definition(), answers, today=TODAY) if gap.group == "team"
    ]
    assert [gap.number for gap in found] == [2]


@pytest.mark.parametrize(
    ("kind", "settings", "value"),
    [
        ("text", {"max_length": 3}, "lebih"),
        ("long_text", {}, "x" * 4001),
        ("text", {"pattern": r"\d+", "pattern_message": said("Hanya angka")}, "abc"),
        ("number", {}, -1),
        ("number", {"minimum": 5}, 4),
        ("number", {"maximum": 5}, 6),
        ("money", {"maximum": 1000}, 1001),
        ("date", {"latest": "yesterday"}, "2026-03-30"),
        ("date", {"latest": "today"}, "2026-03-31"),
        ("date", {"earliest": "tomorrow"}, "2026-03-30"),
        ("date", {"earliest": "today"}, "2026-03-29"),
        ("date", {}, "1899-12-31"),
        ("choice", {}, "castle"),
        ("many", {}, ["shop", "castle"]),
    ],
)
def test_a_wrong_answer_is_told_in_words(kind: str, settings: dict[str, Any], value: object) -> None:
    assert rules.problem(question("thing", kind, **settings), value, today=TODAY)


@pytest.mark.parametrize(
    ("kind", "settings", "value"),
    [
        ("text", {"max_length": 5}, "lebih"),
        ("text", {"pattern": r"\d+", "pattern_message": said("Hanya angka")}, "123"),
        ("number", {"minimum": -3}, -3),
        ("number", {"minimum": 5, "maximum": 5}, 5),
        ("date", {"latest": "today"}, "2026-03-30"),
        ("date", {"earliest": "tomorrow"}, "2026-03-31"),
        ("many", {}, ["shop", "home"]),
        ("nik", {}, seal_nik(applications.NIK, reference="P-1", key="thing")),
        ("text", {}, None),
    ],
)
def test_a_right_answer_has_no_problem(kind: str, settings: dict[str, Any], value: object) -> None:
    assert not rules.problem(question("thing", kind, **settings), value, today=TODAY)


def test_the_last_day_may_not_lie_before_the_first() -> None:
    days = [applications.asked("first_day", "date"), applications.asked("last_day", "date")]
    groups = [{"key": "days", "title": said("Hari"), "questions": days}]
    validity = {"from_answer": "first_day", "until_answer": "last_day"}
    certificate = catalogue_data.definition()["certificate"] | {"fields": [], "body": said("Diberikan.")}
    definition = applications.full_definition(
        groups=groups, documents=[], validity=validity, certificate=certificate
    )
    one_day = {"first_day": "2026-04-02", "last_day": "2026-04-02"}
    assert not rules.gaps(definition, one_day, today=TODAY)
    backwards = one_day | {"last_day": "2026-04-01"}
    found = rules.gaps(definition, backwards, today=TODAY)
    assert [gap.question for gap in found] == ["last_day"]


def test_a_day_that_comes_too_soon_is_not_called_past() -> None:
    starts = question("starts_on", "date", earliest="tomorrow")
    with translation.override("en"):
        assert "too soon" in rules.problem(starts, "2026-03-30", today=TODAY)
        assert "has passed" in rules.problem(starts, "2026-03-29", today=TODAY)


def test_a_date_that_was_right_when_typed_can_be_wrong_when_sent() -> None:
    starts = question("starts_on", "date", earliest="tomorrow")
    assert not rules.problem(starts, "2026-03-31", today=TODAY)
    with translation.override("id"):
        assert "Selasa, 31 Maret 2026" in rules.problem(starts, "2026-03-30", today=TODAY)
