"""A question group of a service as a Django form."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import Any, Final

from django import forms
from django.forms.boundfield import BoundField
from django.utils.translation import gettext as _

from services.applications import bounds, rules
from services.applications.kinds import KINDS, Surroundings
from services.catalogue import rules as catalogue
from services.catalogue.answers import in_words
from services.catalogue.definition import Condition, Question, QuestionGroup
from services.foundation import clock
from services.foundation.texts import local

#: Stands before every field name, so that no key of a service meets another name that the browser sends.
PREFIX: Final = "q"


@dataclass(frozen=True, slots=True)
class Block:
    """One question as drawn: its fields, and its condition on another question of the same page, in words and as data."""

    key: str
    kind: str
    legend: str
    hint: str
    required: bool
    fields: list[BoundField]
    condition: str = ""
    when_name: str = ""
    when_values: str = ""

    @property
    def wrong(self) -> bool:
        """Whether any field of it has an error."""
        return any(field.errors for field in self.fields)


class GroupForm(forms.Form):
    """The questions of one group (or of one item of a repeated group).

    `kept` are its stored answers, `known` those of earlier groups to which its conditions may look. `span` names the first
    and the last day, which must follow each other. After validation `answers` holds what is to be stored, with a newly
    typed NIK still as its digits.
    """

    def __init__(
        self,
        group: QuestionGroup,
        *,
        kept: Mapping[str, Any],
        known: Mapping[str, Any],
        around: Surroundings,
        span: rules.Span | None = None,
        data: Mapping[str, Any] | None = None,
    ) -> None:
        """Ask the questions whose conditions on earlier groups hold."""
        self.group, self.kept, self.known, self.around = group, kept, known, around
        self.span = span
        self.here = {question.key: question for question in group.questions}
        self.asked = [question for question in group.questions if self._may_be_asked(question)]
        self.names: dict[str, list[str]] = {}
        self.answers: dict[str, Any] = {}
        initial: dict[str, Any] = {}
        for question in self.asked:
            initial |= KINDS[question.kind].initial(question, kept.get(question.key))
        super().__init__(data=data, initial=initial, prefix=PREFIX)
        for question in self.asked:
            fields = KINDS[question.kind].fields(question, around, kept.get(question.key))
            self.fields.update(fields)
            self.names[question.key] = list(fields)

    def clean(self) -> dict[str, Any]:
        """Follow the conditions inside the page, drop what is not asked, and check the rest against the rules."""
        cleaned = super().clean() or {}
        self.answers = dict.fromkeys(self.here)
        for question in self.asked:
            if catalogue.holds(question.when, {**self.known, **self.answers}):
                self.answers[question.key] = self._checked(question, cleaned)
            else:
                self._forget_errors(question)
        self._refuse_backwards()
        return cleaned

    @property
    def blocks(self) -> list[Block]:
        """The questions in order, as they are drawn."""
        return [self._block(question) for question in self.asked]

    def _may_be_asked(self, question: Question) -> bool:
        """A condition on a question of this page is left to the page; one on an earlier group is decided here."""
        condition = question.when
        return condition is None or condition.question in self.here or catalogue.holds(condition, self.known)

    def _checked(self, question: Question, cleaned: Mapping[str, Any]) -> Any:
        names = self.names[question.key]
        if any(name in self.errors for name in names):
            return None
        for name, message in KINDS[question.kind].lacking(question, cleaned).items():
            self.add_error(name, message)
        value = KINDS[question.kind].value(question, cleaned, self.around, self.kept.get(question.key))
        beside, today = {**self.known, **self.answers}, clock.today()
        wrong = rules.problem(question, value, today=today) or bounds.problem(
            question, value, beside, today=today
        )
        if wrong:
            self.add_error(names[0], wrong)
        return value

    def _refuse_backwards(self) -> None:
        """Say it at the last day, where both days are as they should be by themselves."""
        if self.span is None or not self.answers.get(self.span.last):
            return
        (name,) = self.names[self.span.last]
        wrong = rules.span_problem(self.span, {**self.known, **self.answers})
        if wrong and name not in self.errors:
            self.add_error(name, wrong)

    def _forget_errors(self, question: Question) -> None:
        for name in self.names[question.key]:
            self.errors.pop(name, None)

    def _block(self, question: Question) -> Block:
        block = Block(
            key=question.key,
            kind=question.kind.value,
            legend=rules.label_of(question),
            hint=local(question.help),
            required=question.required,
            fields=[self[name] for name in self.names[question.key]],
        )
        if question.when and question.when.question in self.here:
            return self._conditional(block, question.when)
        return block

    def _conditional(self, block: Block, condition: Condition) -> Block:
        other = self.here[condition.question]
        answers = " / ".join(f"“{in_words(other, value)}”" for value in condition.one_of)
        words = _("Only if your answer to “%(question)s” is %(answers)s") % {
            "question": rules.label_of(other),
            "answers": answers,
        }
        return replace(
            block,
            condition=words,
            when_name=self.add_prefix(other.key),
            when_values=" ".join(condition.one_of),
        )
