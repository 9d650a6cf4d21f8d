"""What an old tab is told: what happened to the case since the version that was on the screen."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from typing import Final, cast

from django import forms
from django.http import QueryDict
from django.utils.translation import gettext as _

from services.accounts.http import with_refusal
from services.casework import queries
from services.casework.models import Case
from services.casework.queries import Step
from services.casework.sentences import OPENED
from services.casework.timeline import Line
from services.foundation.errors import UnableTo
from services.foundation.templatetags.bening import moment

#: The code with which `transitions.lock` refuses a caller who looked at another version.
STALE: Final = "stale"
#: More than these are read on the page itself.
MOST: Final = 5


@dataclass(frozen=True, slots=True)
class Typed:
    """One thing that was typed, under the words that asked for it."""

    label: str
    words: str


History = Callable[[Case, Iterable[Step]], list[Line]]


def refuse(form: forms.Form, refusal: UnableTo, *, case: Case, history: History) -> None:
    """Put a refusal beside its field; an old tab is told what happened since, as this reader's `history` says it.

    What was typed stays. The form then belongs to the version that is shown with it, so that whoever has read what
    changed can send it.
    """
    if refusal.code == STALE:
        since = what_changed(case, since=form.cleaned_data["version"], history=history)
        refusal = UnableTo(f"{refusal.message} {since}".rstrip(), code=STALE)
        sent = cast(QueryDict, form.data).copy()
        sent[form.add_prefix("version")] = str(case.row_version)
        form.data = sent
    with_refusal(form, refusal)


def typed_in(form: forms.Form) -> list[Typed]:
    """What somebody wrote in their own words into a form that the page does not draw any longer, field by field."""
    return [
        Typed(label=str(field.label), words=str(field.value() or "").strip())
        for field in form.visible_fields()
        if isinstance(field.field.widget, (forms.Textarea, forms.TextInput))
        and str(field.value() or "").strip()
    ]


def what_changed(case: Case, *, since: int, history: History) -> str:
    """What has changed the case after this version of it, the last few events in a sentence each; "" for nothing."""
    steps = [step for step in queries.timeline(case) if step.version > since and step.action != OPENED]
    lines = history(case, steps)[-MOST:]
    if not lines:
        return ""
    told = " ".join(f"{moment(line.at)}, {line.by}: {line.sentence}" for line in lines)
    return _("Since you opened this page: %(what)s") % {"what": told}
