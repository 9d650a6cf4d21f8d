"""What the services of Surabaya show of all that a pack can say."""

import pytest

from services.catalogue import pack
from services.catalogue.definition import QuestionKind, ServiceDefinition
from tests.factories.government import SURABAYA

SERVICES: list[ServiceDefinition] = [file.value for file in pack.read_section(SURABAYA).services]
PERMITS = [service for service in SERVICES if service.kind == "PERMIT" and service.triage]
each = pytest.mark.parametrize("service", PERMITS, ids=[service.slug for service in PERMITS])


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
