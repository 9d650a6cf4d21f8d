"""The four services of Surabaya are whole: both languages, all kinds of question, words of the field."""

from typing import Any

import pytest

from services.catalogue import pack
from services.catalogue.definition import QuestionKind, ServiceDefinition
from tests.factories.government import SURABAYA

SERVICES: list[ServiceDefinition] = [file.value for file in pack.read_section(SURABAYA).services]
each = pytest.mark.parametrize("service", SERVICES, ids=[service.slug for service in SERVICES])


def texts(value: Any) -> list[dict[str, str]]:
    """Every text in both languages inside a definition."""
    if isinstance(value, dict) and set(value) == {"id", "en"}:
        return [value]
    inside = list(value.values()) if isinstance(value, dict) else value if isinstance(value, list) else []
    return [text for one in inside for text in texts(one)]


def test_among_them_every_kind_of_question_is_asked() -> None:
    kinds = {question.kind for service in SERVICES for question in service.questions.values()}
    assert kinds == set(QuestionKind)


def test_conditions_and_repeated_groups_are_used() -> None:
    groups = [group for service in SERVICES for group in service.groups]
    assert any(group.repeated for group in groups)
    assert any(group.when for group in groups)
    assert any(question.when for group in groups for question in group.questions)
    assert any(document.when for service in SERVICES for document in service.documents)


@each
def test_it_asks_two_or_three_questions_first_and_some_need_no_permit(service: ServiceDefinition) -> None:
    outcomes = {answer.outcome.kind for question in service.triage for answer in question.answers}
    assert 2 <= len(service.triage) <= 3
    assert {"no_permit_needed", "national", "continue"} <= outcomes


@each
def test_it_says_where_its_figures_come_from_and_by_which_law(service: ServiceDefinition) -> None:
    assert service.example_from
    assert len(service.certificate.legal_basis) >= 2


@each
def test_long_texts_are_translated_and_not_copied(service: ServiceDefinition) -> None:
    copied = [text["id"] for text in texts(service.model_dump(mode="json")) if text["id"] == text["en"]]
    assert [text for text in copied if len(text) > 20] == []


@each
def test_a_file_that_can_be_read_is_the_first_reason_to_return_one(service: ServiceDefinition) -> None:
    assert {"NOT_READABLE", "WRONG_DOCUMENT", "ANSWER_UNCLEAR"} <= {
        reason.code for reason in service.defect_reasons
    }


@each
def test_letters_are_whole_sentences(service: ServiceDefinition) -> None:
    reasons = [*service.defect_reasons, *service.refusal_reasons]
    assert [reason.code for reason in reasons if not reason.letter.id.endswith(".")] == []
    assert [reason.code for reason in reasons if not reason.letter.en.endswith(".")] == []
