"""Bounds between two answers of a form: what a question names must be asked before it, and be of its kind."""

from collections.abc import Iterator, Mapping

from services.catalogue.definition.form import Question, QuestionKind
from services.catalogue.definition.service import ServiceDefinition
from services.foundation.packs import Place

DATES = frozenset({QuestionKind.DATE})
AMOUNTS = frozenset({QuestionKind.NUMBER, QuestionKind.MONEY})


def faults(service: ServiceDefinition) -> Iterator[tuple[Place, str]]:
    """Where in the definition a bound cannot hold, and why."""
    asked: dict[str, Question] = {}
    for place, group in enumerate(service.groups):
        inside = dict(asked)
        for number, question in enumerate(group.questions):
            for inner, reason in _faults_of(question, inside, service.questions):
                yield ["groups", place, "questions", number, *inner], reason
            inside[question.key] = question
        if not group.repeated:
            asked = inside


def _faults_of(
    question: Question, earlier: Mapping[str, Question], known: Mapping[str, Question]
) -> Iterator[tuple[Place, str]]:
    for inner, named, kinds in _bounds(question):
        if question.kind not in kinds:
            yield inner, f"for a {' or '.join(sorted(kinds))} only"
        elif named and named not in known:
            yield inner, f"no such question: {named}"
        elif named and named not in earlier:
            yield inner, f"{named} is asked later, or in another repeated group"
        elif named and earlier[named].kind is not question.kind:
            yield inner, f"{named} does not ask for a {question.kind.value}"


def _bounds(question: Question) -> Iterator[tuple[Place, str | None, frozenset[QuestionKind]]]:
    """Each bound of a question: its place, the question it names, and the kinds of questions that can have it."""
    if question.not_before:
        yield ["not_before"], question.not_before, DATES
    if question.not_more_than:
        yield ["not_more_than"], question.not_more_than, AMOUNTS
    for number, limit in enumerate(question.lasts_at_most):
        yield ["lasts_at_most", number, "since"], limit.since, DATES
