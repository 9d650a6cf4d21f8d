"""What a definition must be before anyone may see it."""

from typing import Any

import pytest
from pydantic import ValidationError

from services.catalogue.definition import ServiceDefinition
from tests.factories.catalogue import definition, said


def question(key: str, kind: str = "text", **more: Any) -> dict[str, Any]:
    return {"key": key, "kind": kind, "label": said(key)} | more


def group(key: str, *questions: dict[str, Any], **more: Any) -> dict[str, Any]:
    return {"key": key, "title": said(key), "questions": list(questions)} | more


LAND = question(
    "land", "choice", choices=[{"value": "own", "label": said("a")}, {"value": "other", "label": said("b")}]
)
ENDS = question("ends_on", "date")
SHOWN = question("shown_text")


def refusal(**changes: Any) -> str:
    with pytest.raises(ValidationError) as caught:
        ServiceDefinition.model_validate(definition(**changes))
    return str(caught.value)


def test_steps_that_do_not_sum_to_the_standard_are_refused() -> None:
    assert "their days sum to 5, the standard promises 7" in refusal(time={"amount": 7})


def test_a_refusal_without_an_article_is_refused() -> None:
    reasons = [{"code": "NO", "label": said("tidak"), "letter": said("tidak")}]
    assert "without an article: NO" in refusal(refusal_reasons=reasons)


def test_a_condition_on_a_question_nobody_asks_is_refused() -> None:
    documents = [{"key": "consent", "title": said("x"), "when": {"question": "owner", "one_of": ["other"]}}]
    assert "no such question: owner" in refusal(documents=documents)


def test_a_condition_that_can_never_be_met_is_refused() -> None:
    groups = [
        group("all", SHOWN, ENDS, LAND, question("who", when={"question": "land", "one_of": ["nobody"]}))
    ]
    assert "land is never answered with nobody" in refusal(groups=groups)


def test_a_condition_that_looks_ahead_is_refused() -> None:
    groups = [group("all", SHOWN, ENDS, question("who", when={"question": "land", "one_of": ["own"]}), LAND)]
    assert "land is asked later" in refusal(groups=groups)


def test_a_condition_may_look_at_its_own_repeated_group_but_not_into_another() -> None:
    who = question("who", when={"question": "land", "one_of": ["own"]})
    inside = [group("base", SHOWN, ENDS), group("many", LAND, who, repeated=True)]
    assert ServiceDefinition.model_validate(definition(groups=inside)).questions["who"].when
    outside = [group("base", SHOWN, ENDS), group("many", LAND, repeated=True), group("after", who)]
    assert "land is asked later, or in another repeated group" in refusal(groups=outside)


def test_a_certificate_text_cannot_hold_an_answer_that_is_no_single_text() -> None:
    place = question("shown_text", "point")
    assert "cannot hold the answer to shown_text" in refusal(groups=[group("all", place, ENDS)])


def test_validity_needs_a_date() -> None:
    assert "ends_on does not ask for a date" in refusal(groups=[group("all", SHOWN, question("ends_on"))])


@pytest.mark.parametrize(
    ("changes", "reason"),
    [
        (
            {"groups": [group("all", SHOWN, ENDS), group("all", question("more"))]},
            "group key used twice: all",
        ),
        ({"groups": [group("all", SHOWN, ENDS, SHOWN)]}, "question key used twice: shown_text"),
        ({"documents": [{"key": "ktp", "title": said("x")}] * 2}, "document key used twice: ktp"),
    ],
)
def test_a_key_that_is_used_twice_is_refused(changes: dict[str, Any], reason: str) -> None:
    assert reason in refusal(**changes)


def test_whoever_is_sent_away_is_told_where_to_go() -> None:
    answers = [
        {"value": "yes", "label": said("ya"), "outcome": {"kind": "national", "message": said("OSS")}},
        {"value": "no", "label": said("tidak")},
    ]
    assert "an https address for national" in refusal(
        triage=[{"key": "q", "label": said("q"), "answers": answers}]
    )


def test_a_key_left_at_its_default_does_not_change_the_digest() -> None:
    told = {key: value for key, value in definition().items() if key != "undo_seconds"}
    plain = ServiceDefinition.model_validate(told)
    spelled_out = ServiceDefinition.model_validate(definition(undo_seconds=600, deemed_approval="flag_only"))
    assert plain.digest == spelled_out.digest


def test_a_changed_text_changes_the_digest() -> None:
    changed = ServiceDefinition.model_validate(definition(summary=said("Lain")))
    assert ServiceDefinition.model_validate(definition()).digest != changed.digest
