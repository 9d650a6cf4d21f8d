"""The one form of a return: a tick, a code and words for every document and answer of the file."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from services.casework import letters
from services.casework.forms.desk import EMPTY, WORDS_LENGTH, DeskForm
from services.casework.models import Defect
from services.casework.operations import FoundDefect
from services.foundation import texts


@dataclass(frozen=True, slots=True)
class Mark:
    """The three fields that mark one document or answer."""

    target: str
    key: str
    title: str
    tick: forms.BoundField
    code: forms.BoundField
    words: forms.BoundField

    @property
    def has_errors(self) -> bool:
        """Whether something is missing at this mark."""
        return bool(self.code.errors or self.words.errors)


class ReturnForm(DeskForm):
    """Every defect at once. The fields stand beside what they mark, and belong to the form by its id."""

    has_letter = True

    def __init__(self, *args: Any, marked: Sequence[tuple[str, str]], form_id: str, **kwargs: Any) -> None:
        """`marked` lists (target, key) of all that may have a defect; `form_id` is the id of the form element."""
        super().__init__(*args, **kwargs)
        self.marked = list(marked)
        self.titles = letters.titles(self.definition)
        for target, key in self.marked:
            self._add_fields(target, key, self._reasons(target), form_id)

    @property
    def marks(self) -> dict[str, Mark]:
        """The marks by key, for the page to put beside document or answer."""
        return {key: self._mark(target, key) for target, key in self.marked}

    def clean(self) -> dict[str, Any]:
        """A tick needs its code, and one tick at least is needed."""
        cleaned: dict[str, Any] = super().clean() or {}
        ticked = [(target, key) for target, key in self.marked if cleaned.get(_name("tick", target, key))]
        if not ticked:
            raise forms.ValidationError(
                _("Mark at least one defect before you return the file."), code="none"
            )
        for target, key in ticked:
            if not cleaned.get(_name("code", target, key)):
                title = texts.local(self.titles[key])
                self.add_error(
                    _name("code", target, key), _("Choose what is wrong: %(title)s") % {"title": title}
                )
        return cleaned

    def values(self) -> dict[str, Any]:
        """The defects found, in the order of the file."""
        return {"defects": self.found()}

    def found(self) -> list[FoundDefect]:
        """Every ticked defect with its code and words."""
        data = self.cleaned_data
        return [
            FoundDefect(
                target=target,
                key=key,
                code=data[_name("code", target, key)],
                words=data[_name("words", target, key)].strip(),
            )
            for target, key in self.marked
            if data.get(_name("tick", target, key))
        ]

    def _reasons(self, target: str) -> list[tuple[str, str]]:
        """What can be wrong with a document, or with an answer."""
        return [
            (reason.code, texts.local(reason.label))
            for reason in self.definition.defect_reasons
            if reason.concerns in {"any", target.lower()}
        ]

    def _add_fields(self, target: str, key: str, reasons: list[tuple[str, str]], form_id: str) -> None:
        belongs = {"form": form_id}
        self.fields[_name("tick", target, key)] = forms.BooleanField(
            label=_("Has a defect"), required=False, widget=forms.CheckboxInput(attrs=belongs)
        )
        self.fields[_name("code", target, key)] = forms.ChoiceField(
            label=_("What is wrong?"),
            choices=[EMPTY, *reasons],
            required=False,
            widget=forms.Select(attrs=belongs),
        )
        self.fields[_name("words", target, key)] = forms.CharField(
            label=_("In words the applicant reads"),
            required=False,
            max_length=WORDS_LENGTH,
            widget=forms.Textarea(attrs=belongs | {"rows": 2}),
        )

    def _mark(self, target: str, key: str) -> Mark:
        return Mark(
            target=target,
            key=key,
            title=texts.local(self.titles[key]),
            tick=self[_name("tick", target, key)],
            code=self[_name("code", target, key)],
            words=self[_name("words", target, key)],
        )


def _name(part: str, target: str, key: str) -> str:
    prefix = "document" if target == Defect.Target.DOCUMENT else "answer"
    return f"{prefix}-{key}-{part}"
