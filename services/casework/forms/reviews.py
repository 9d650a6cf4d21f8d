"""What whoever reviews fills in: the checklist, what was found, and the outcome."""

from typing import Any, Final

from django import forms
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from services.casework.forms.desk import words_field
from services.casework.models import Review
from services.foundation import texts

ITEM: Final = "item-"
YES_NO: Final = (("yes", pgettext_lazy("checklist", "Yes")), ("no", pgettext_lazy("checklist", "No")))


class ReviewForm(forms.Form):
    """One review, with its checklist as the version of the service declares it."""

    found = forms.MultipleChoiceField(
        label=_("What was found"), required=False, widget=forms.CheckboxSelectMultiple
    )
    outcome = forms.ChoiceField(
        label=_("Outcome of the review"),
        choices=Review.Outcome.choices,
        widget=forms.RadioSelect,
        error_messages={"required": _("Say the outcome of the review.")},
    )
    findings = words_field(
        _("Findings in words"),
        help_text=_("Needed unless the outcome is in favour. Others on the file read it."),
    )
    use_required_attribute = False

    def __init__(self, *args: Any, review: Review, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        declared = review.definition
        items = {
            f"{ITEM}{item.key}": forms.ChoiceField(
                label=texts.local(item.label),
                choices=YES_NO,
                widget=forms.RadioSelect,
                error_messages={"required": _("Answer every item of the checklist.")},
            )
            for item in declared.checklist
        }
        self.fields = {**items, **self.fields}
        choices = [(finding.code, texts.local(finding.label)) for finding in declared.findings]
        if choices:
            self.fields["found"].choices = choices  # type: ignore[attr-defined]
        else:
            del self.fields["found"]

    def values(self) -> dict[str, Any]:
        """What the operation is called with, beside review, actor and time."""
        got = self.cleaned_data
        items = {name.removeprefix(ITEM): got[name] == "yes" for name in got if name.startswith(ITEM)}
        return {
            "answers": items,
            "found": got.get("found", []),
            "outcome": got["outcome"],
            "findings": got["findings"],
        }
