"""What the forms share: words of a bounded length, and what a page leaves behind."""

from typing import Any

from django import forms
from django.utils.translation import gettext as _

from services.applications.fields import WordsField


class StepForm(forms.Form):
    """One page. `values` are what the draft keeps."""

    heading_field: str = ""

    def values(self) -> dict[str, Any]:
        """What was typed, as the draft keeps it."""
        return dict(self.cleaned_data)


def words_of(label: Any, *, longest: int, required: bool = False, rows: int = 5, **more: Any) -> WordsField:
    """Some lines of the reporter's own words; what is too long stays in the box."""
    return WordsField(
        lines=True,
        label=label,
        max_length=longest,
        required=required,
        widget=forms.Textarea(attrs={"rows": rows, "autocomplete": "off"}),
        **more,
    )


class MeasuredForm(StepForm):
    """Says of every field with words when it is too long, and how much."""

    def clean(self) -> dict[str, Any]:
        """Measure."""
        for name, field in self.fields.items():
            typed = self.cleaned_data.get(name)
            if isinstance(field, WordsField) and typed and len(typed) > (field.max_length or 0):
                self.add_error(
                    name,
                    _("Shorten it to %(limit)d characters. You have written %(count)d.")
                    % {"limit": field.max_length, "count": len(typed)},
                )
        return self.cleaned_data
