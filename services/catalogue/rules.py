"""What a form asks, given the answers so far: conditions of questions, groups and documents.

Answers are a mapping from question key to the stored value; a question of a repeated group holds a list with one value for
each time the group was answered (None where it was left empty). The answer to a question that is not asked does not count.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from services.catalogue.definition import (
    Condition,
    Question,
    QuestionGroup,
    QuestionKind,
    RequiredDocument,
    ServiceDefinition,
)

Answers = Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class AskedItem:
    """One time a group is asked: its questions in order, with their answers. `number` counts from 1, 0 when not repeated.

    `known` are the answers of earlier groups to which its conditions and bounds may look.
    """

    number: int
    questions: list[Question]
    answers: dict[str, Any]
    known: Answers = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class AskedGroup:
    """A group that is asked. A repeated one has as many items as were added, perhaps none."""

    group: QuestionGroup
    items: list[AskedItem]


def holds(condition: Condition | None, answers: Answers) -> bool:
    """Whether a condition is met; no condition always is."""
    if condition is None:
        return True
    given = answers.get(condition.question)
    chosen = given if isinstance(given, list) else [given]
    return any(value in condition.one_of for value in chosen)


def asked_groups(definition: ServiceDefinition, answers: Answers) -> list[AskedGroup]:
    """The groups that are asked, in order, each with the questions that are asked in it."""
    asked, _known = _walk(definition, answers)
    return asked


def asked_documents(definition: ServiceDefinition, answers: Answers) -> list[RequiredDocument]:
    """The documents that are asked for, required or not, in order."""
    _asked, known = _walk(definition, answers)
    return [document for document in definition.documents if holds(document.when, known)]


def asked_answers(definition: ServiceDefinition, answers: Answers) -> dict[str, Any]:
    """The answers without those to questions that are not asked (any more)."""
    kept: dict[str, Any] = {}
    for asked in asked_groups(definition, answers):
        if not asked.group.repeated:
            kept |= {key: value for key, value in asked.items[0].answers.items() if key in answers}
            continue
        for question in asked.group.questions:
            if question.key in answers:
                kept[question.key] = [item.answers.get(question.key) for item in asked.items]
    return kept


def known_before(definition: ServiceDefinition, group: QuestionGroup, answers: Answers) -> dict[str, Any]:
    """The answers to which the conditions inside a group may look: those of the groups asked before it."""
    known: dict[str, Any] = {}
    for earlier in definition.groups:
        if earlier.key == group.key:
            break
        if not earlier.repeated and holds(earlier.when, known):
            known |= asked_item(earlier, _plain(earlier, answers), known=known).answers
    return known


def placing_group(definition: ServiceDefinition, answers: Answers) -> QuestionGroup | None:
    """The group whose address says where the matter lies: the one beside a point on the map, else the first that asks one."""
    kinds = [
        (asked.group, {question.kind for question in asked.group.questions})
        for asked in asked_groups(definition, answers)
    ]
    with_address = [(group, found) for group, found in kinds if QuestionKind.ADDRESS in found]
    with_point = [group for group, found in with_address if QuestionKind.POINT in found]
    return next(iter(with_point or [group for group, _found in with_address]), None)


def placing_address(definition: ServiceDefinition, answers: Answers) -> Mapping[str, Any] | None:
    """The address that says where the matter lies; None where the form asks none, or it was left out or repeated."""
    group = placing_group(definition, answers)
    if group is None or group.repeated:
        return None
    keys = [question.key for question in group.questions if question.kind is QuestionKind.ADDRESS]
    return next((answers[key] for key in keys if answers.get(key)), None)


def times_answered(group: QuestionGroup, answers: Answers) -> int:
    """How many items of a repeated group are stored."""
    return max((len(_column(answers, question.key)) for question in group.questions), default=0)


def stored_item(group: QuestionGroup, answers: Answers, number: int) -> dict[str, Any]:
    """The stored answers of one item of a repeated group (counted from 1), whether asked or not."""
    columns = {question.key: _column(answers, question.key) for question in group.questions}
    return {key: column[number - 1] if number <= len(column) else None for key, column in columns.items()}


def asked_item(
    group: QuestionGroup, given: Mapping[str, Any], *, known: Mapping[str, Any], number: int = 0
) -> AskedItem:
    """Which questions of a group are asked, given the answers in it and the `known` ones before it."""
    questions: list[Question] = []
    answers: dict[str, Any] = {}
    for question in group.questions:
        if holds(question.when, {**known, **answers}):
            questions.append(question)
            answers[question.key] = given.get(question.key)
    return AskedItem(number=number, questions=questions, answers=answers, known=dict(known))


def _walk(definition: ServiceDefinition, answers: Answers) -> tuple[list[AskedGroup], dict[str, Any]]:
    """The asked groups, and the answers that a condition after them may look at."""
    known: dict[str, Any] = {}
    asked: list[AskedGroup] = []
    for group in definition.groups:
        if not holds(group.when, known):
            continue
        if group.repeated:
            numbers = range(1, times_answered(group, answers) + 1)
            items = [
                asked_item(group, stored_item(group, answers, number), known=known, number=number)
                for number in numbers
            ]
        else:
            items = [asked_item(group, _plain(group, answers), known=known)]
            known |= items[0].answers
        asked.append(AskedGroup(group=group, items=items))
    return asked, known


def _plain(group: QuestionGroup, answers: Answers) -> dict[str, Any]:
    return {question.key: answers.get(question.key) for question in group.questions}


def _column(answers: Answers, key: str) -> list[Any]:
    column = answers.get(key)
    return column if isinstance(column, list) else []
