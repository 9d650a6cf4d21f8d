"""The reporter's own words on a form: some lines of bounded length, of which too many stay in the box."""

from typing import Any

from django import forms
from django.utils.translation import gettext as _

from services.applications.fields import WordsField


def words_of(label: Any, *, longest: int, required: bool = False, rows: int = 5, **more: Any) -> WordsField:
    """Some lines of the reporter's own words, which no browser remembers."""
    return WordsField(
        lines=True,
        label=label,
        max_length=longest,
        required=required,
        widget=forms.Textarea(attrs={"rows": rows, "autocomplete": "off"}),
        **more,
    )


class MeasuredForm(forms.Form):
    """Says of every field with words when it is too long, and how much."""

    def clean(self) -> dict[str, Any]:
        """Measure."""
        for name, field in self.fields.items():
            typed = self.cleaned_data.get(name)
            if isinstance(field, WordsField) and typed and len(typed) > (field.max_length or 0):
                words = _("Shorten it to %(limit)d characters. You have written %(count)d.")
                told = words % {"limit": field.max_length, "count": len(typed)}
                self.add_error(name, forms.ValidationError(told, code="long"))
        return self.cleaned_data
