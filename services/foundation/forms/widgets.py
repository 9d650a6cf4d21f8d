"""The controls that Django lacks: a date in three boxes, several files at once."""

from datetime import date
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

PARTS_OF_A_DATE = ("day", "month", "year")


class DateWidget(forms.MultiWidget):
    """Three boxes for day, month and year: quicker and more certain than a calendar for a date one knows."""

    use_fieldset = True
    labels = (_("Day"), _("Month"), _("Year"))

    def __init__(self, *, autocomplete: str = "") -> None:
        boxes: dict[str, forms.Widget | type[forms.Widget]] = {}
        for name in PARTS_OF_A_DATE:
            width = 4 if name == "year" else 2
            attrs = {
                "inputmode": "numeric",
                "class": f"govuk-input govuk-date-input__input govuk-input--width-{width}",
            }
            if autocomplete:
                attrs["autocomplete"] = f"{autocomplete}-{name}"
            boxes[name] = forms.TextInput(attrs=attrs)
        super().__init__(widgets=boxes)

    def decompress(self, value: Any) -> list[Any]:
        """Spread a date over the boxes; what was typed and refused comes back as it was."""
        if isinstance(value, str) and value:
            value = date.fromisoformat(value)
        return [value.day, value.month, value.year] if isinstance(value, date) else ["", "", ""]

    def id_for_label(self, id_: str) -> str:
        """The first box, to which a link to the field leads."""
        return f"{id_}_0"


class ManyFilesInput(forms.ClearableFileInput):
    """One input that takes several files."""

    allow_multiple_selected = True
