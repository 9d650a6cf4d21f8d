"""Saving the answers of one group, or of one item of a repeated group."""

import hashlib
import json
from collections.abc import Callable, Mapping
from datetime import datetime
from typing import Any

from django.utils.translation import gettext as _

from services.applications.journey import Application
from services.casework import operations as casework
from services.casework.models import Case
from services.casework.transitions import UnableToMove
from services.catalogue import answers as stored
from services.catalogue import rules as catalogue
from services.catalogue.definition import Question, QuestionGroup, QuestionKind
from services.foundation.errors import UnableTo
from services.government import queries as government
from services.government.models import District


class UnableToSave(UnableTo):
    """The answers were not saved. `code`: stale (another tab or device saved this page since), full, gone."""


def digest(group: QuestionGroup, answers: catalogue.Answers) -> str:
    """A short name for what is stored of a group: a page carries the one that it was drawn from."""
    known = {question.key: answers.get(question.key) for question in group.questions}
    return hashlib.sha256(json.dumps(known, sort_keys=True).encode()).hexdigest()[:16]


def answer_group(
    application: Application,
    group: QuestionGroup,
    *,
    answers: Mapping[str, Any],
    seen: str,
    number: int = 0,
    at: datetime,
) -> Case:
    """Save the answers of a group; of item `number` (from 1, one past the last adds one) where it is repeated.

    `seen` is the digest of what the page was drawn from. Raises UnableToSave; what was typed is still the caller's.
    """
    _require_same(application, group, seen)
    typed = {
        key: sealed(application.case, question, answers.get(key)) for key, question in _keyed(group).items()
    }
    if not group.repeated:
        return _remember(application, group, typed, at=at)
    times = catalogue.times_answered(group, application.case.answers)
    if not 1 <= number <= min(times + 1, group.maximum_times):
        raise UnableToSave(
            _("There is no room for more."), code="full" if number > group.maximum_times else "gone"
        )
    return _remember(
        application, group, _columns(application, group, lambda column: _put(column, number, typed)), at=at
    )


def remove_item(
    application: Application, group: QuestionGroup, *, number: int, seen: str, at: datetime
) -> Case:
    """Take one item (from 1) out of a repeated group; those behind it move up. Raises UnableToSave."""
    _require_same(application, group, seen)
    if not 1 <= number <= catalogue.times_answered(group, application.case.answers):
        raise UnableToSave(_("This was removed already."), code="gone")
    columns = _columns(application, group, lambda items: items[: number - 1] + items[number:])
    return _remember(application, group, columns, at=at)


def _require_same(application: Application, group: QuestionGroup, seen: str) -> None:
    if seen != digest(group, application.case.answers):
        raise _stale()


def _stale() -> UnableToSave:
    return UnableToSave(
        _(
            "These answers were changed in another window or on another device. What you typed is still here, and nothing"
            " was overwritten. Compare it with what is saved now, then save again."
        ),
        code="stale",
    )


def _keyed(group: QuestionGroup) -> dict[str, Question]:
    return {question.key: question for question in group.questions}


def sealed(case: Case, question: Question, value: Any) -> Any:
    """A newly typed NIK is sealed for this case; the same number as before keeps its seal, so that it counts as unchanged."""
    if question.kind is not QuestionKind.NIK or not isinstance(value, str):
        return value
    kept = case.answers.get(question.key)
    for before in kept if isinstance(kept, list) else [kept]:
        if before and stored.unseal_nik(before, reference=case.reference, key=question.key) == value:
            return before
    return stored.seal_nik(value, reference=case.reference, key=question.key)


Item = dict[str, Any]


def _columns(
    application: Application, group: QuestionGroup, change: Callable[[list[Item]], list[Item]]
) -> dict[str, list[Any]]:
    """The items of a repeated group after a change, as they are stored: one list for each question."""
    answers = application.case.answers
    items = [
        catalogue.stored_item(group, answers, number + 1)
        for number in range(catalogue.times_answered(group, answers))
    ]
    changed = change(items)
    return {key: [item.get(key) for item in changed] for key in _keyed(group)}


def _put(items: list[Item], number: int, item: Item) -> list[Item]:
    return [*items[: number - 1], item, *items[number:]]


def _remember(
    application: Application, group: QuestionGroup, answers: Mapping[str, Any], *, at: datetime
) -> Case:
    case = application.case
    try:
        return casework.remember_answers(
            case,
            actor=application.reader,
            answers=answers,
            at=at,
            expected_version=case.row_version,
            district=district_of(application, group, answers),
        )
    except UnableToMove as moved:
        if moved.code != "stale":
            raise
        raise _stale() from moved


def district_of(
    application: Application, group: QuestionGroup, answers: Mapping[str, Any]
) -> District | None:
    """Where the matter lies: the address beside a point on the map, else the first address of the form."""
    placing = catalogue.placing_group(application.definition, application.case.answers)
    if group.repeated or placing is None or placing.key != group.key:
        return None
    for question in group.questions:
        address = answers.get(question.key) if question.kind is QuestionKind.ADDRESS else None
        if address and address["district"]:
            return government.district_by_code(address["district"])
    return None
