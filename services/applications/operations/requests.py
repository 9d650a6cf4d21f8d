"""Answering what the office asked, one thing at a time, through the operation of the public service."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from django.utils.translation import gettext as _

from services.applications import rules
from services.applications.journey import Application
from services.applications.operations.answering import district_of, sealed
from services.casework import handlers
from services.casework.models import ApplicantRequest, Case
from services.casework.operations import Given, UnableToFile
from services.foundation import clock


def give(application: Application, asked: ApplicantRequest, given: Given, *, at: datetime) -> Case:
    """Give words, a time, or the paper that lies ready. Raises UnableToFile, transitions.UnableToMove."""
    answer = handlers.handler(application.case, "answer")
    return answer(application.case, actor=application.reader, number=asked.pk, given=given, at=at)


def correct(application: Application, asked: ApplicantRequest, value: Any, *, at: datetime) -> Case:
    """Give the new answer to a question of the form, for a repeated one the answers of all its items.

    Refused where it makes another answer wrong that was right. Raises UnableToFile, transitions.UnableToMove.
    """
    question = application.definition.questions[asked.key]
    group, case = application.group_of(asked.key), application.case
    if group is None:
        raise UnableToFile(code="answer", message=_("This question is not asked any longer."))
    kept = [sealed(case, question, one) for one in value] if group.repeated else sealed(case, question, value)
    answers = {asked.key: kept}
    wrong = _new_gap(application, {**case.answers, **answers})
    if wrong:
        raise UnableToFile(code="answer", message=wrong)
    district = district_of(application, group, answers)
    return give(application, asked, Given(answers=answers, district=district), at=at)


def _new_gap(application: Application, answers: Mapping[str, Any]) -> str:
    """What is wrong with the form after this and was right before, in words; "" for nothing."""
    today, definition = clock.today(), application.definition
    before = {
        (gap.question, gap.number) for gap in rules.gaps(definition, application.case.answers, today=today)
    }
    after = rules.gaps(definition, answers, today=today)
    return next((gap.message for gap in after if (gap.question, gap.number) not in before), "")
