"""How a form is drawn: the renderer of the project and the bound field that knows its part of a page."""

from dataclasses import dataclass
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.forms.boundfield import BoundField
from django.forms.renderers import TemplatesSetting
from django.utils.functional import Promise
from django.utils.safestring import SafeString
from django.utils.translation import gettext_lazy as _

from services.foundation.forms.widgets import DateWidget

# The first that fits: a part is a template of components/fields/ with the class of its control and of the erroneous one.
PARTS: tuple[tuple[type[forms.Widget], str, str], ...] = (
    (DateWidget, "date", ""),
    (forms.RadioSelect, "choices", ""),
    (forms.CheckboxInput, "checkbox", "govuk-checkboxes__input"),
    (forms.Textarea, "textarea", "govuk-textarea govuk-js-character-count"),
    (forms.FileInput, "file", "govuk-file-upload"),
    (forms.Select, "select", "govuk-select"),
    (
        forms.PasswordInput,
        "password",
        "govuk-input govuk-password-input__input govuk-js-password-input-input",
    ),
    (forms.Widget, "input", "govuk-input"),
)
# Django says "This field is required" everywhere; a person is told what to do.
WHAT_TO_DO: dict[str, Any] = {
    "choices": _("Choose an answer"),
    "select": _("Choose one from the list"),
    "checkbox": _("Tick this box to go on"),
    "file": _("Choose a file"),
}
FILL_IN = _("Fill this in")
WIDTHS = (2, 3, 4, 5, 10, 20, 30)


@dataclass(frozen=True)
class Option:
    """A choice with a hint under it; give it as the label of a choice."""

    label: str | Promise
    hint: str | Promise = ""

    def __str__(self) -> str:
        return str(self.label)


class GovukBoundField(BoundField):
    """A field of a form that can draw itself in GOV.UK's manner: `part` is its template, `control` its input."""

    @property
    def _drawn_as(self) -> tuple[str, str]:
        widget = self.field.widget
        return next((part, css) for kind, part, css in PARTS if isinstance(widget, kind))

    @property
    def part(self) -> str:
        """The template that draws the control with its surroundings."""
        return f"components/fields/{self._drawn_as[0]}.html"

    @property
    def messages(self) -> list[str]:
        """What is wrong, to stand beside the field."""
        return [self._message(error) for error in self.errors.as_data()]

    @property
    def summary_messages(self) -> list[str]:
        """What is wrong, to stand far from the field: a message that names no field gets its label."""
        return [
            f"{self.label}: {message}" if _is_bare(error) else message
            for error, message in zip(self.errors.as_data(), self.messages, strict=True)
        ]

    def _message(self, error: ValidationError) -> str:
        if _is_bare(error):
            return str(WHAT_TO_DO.get(self._drawn_as[0], FILL_IN))
        return " ".join(error.messages)

    @property
    def control(self) -> SafeString:
        """The input itself, with GOV.UK's classes added to those of the widget.

        It has no `maxlength`: a browser would cut off in silence what was pasted, where we say that it is too long.
        """
        css = self._drawn_as[1]
        classes = [css, str(self.field.widget.attrs.get("class", ""))]
        if self.errors and css:
            classes.append(f"{css.split()[0]}--error")
        if css == "govuk-input" and "govuk-input--width" not in classes[1]:
            classes.append(self._width())
        return self.as_widget(attrs={"class": " ".join(filter(None, classes)), "maxlength": False})

    def _width(self) -> str:
        """A short answer gets a short box, which tells how much to type."""
        length = getattr(self.field, "shown_length", None) or getattr(self.field, "max_length", None) or 0
        fitting = [width for width in WIDTHS if length and width >= length]
        return f"govuk-input--width-{fitting[0]}" if fitting else ""

    @property
    def anchor(self) -> str:
        """The id of the first control, to which the error summary leads."""
        if isinstance(self.field.widget, DateWidget):
            return f"{self.auto_id}_{self._first_wrong_box()}"
        if isinstance(self.field.widget, forms.RadioSelect):
            return f"{self.auto_id}_0"
        return self.id_for_label or self.auto_id

    def _first_wrong_box(self) -> int:
        wrong = [box for error in self.errors.as_data() for box in getattr(error, "boxes", ())]
        return min(wrong, default=0)

    @property
    def is_heading(self) -> bool:
        """Whether the label is the heading of the page (`heading_field` of the form): one thing a page."""
        return bool(getattr(self.form, "heading_field", None) == self.name)

    @property
    def label_size(self) -> str:
        """The size of the label or legend: of the field's `label_size`, "l" as a heading, else plain."""
        return str(getattr(self.field, "label_size", "l" if self.is_heading else ""))

    @property
    def is_optional(self) -> bool:
        """Whether "(optional)" is written beside the label; not where another field decides it (`says_optional` False)."""
        says = getattr(self.field, "says_optional", not isinstance(self.field.widget, forms.CheckboxInput))
        return not self.field.required and bool(says)

    @property
    def boxes(self) -> list[dict[str, Any]]:
        """The three boxes of a date, each with its label and whether it is wrong."""
        wrong = {box for error in self.errors.as_data() for box in getattr(error, "boxes", range(3))}
        context = self.field.widget.get_context(self.html_name, self.value(), {"id": self.auto_id})
        labels = self.field.widget.labels
        return [
            {"widget": box, "label": labels[number], "is_wrong": number in wrong}
            for number, box in enumerate(context["widget"]["subwidgets"])
        ]


def _is_bare(error: ValidationError) -> bool:
    """Whether the message is Django's own for an empty field, which says nothing."""
    return error.code == "required" and error.message == forms.Field.default_error_messages["required"]


class Renderer(TemplatesSetting):
    """Draws every form of the project; Unfold's pages draw their fields themselves and do not notice."""

    form_template_name = "django/forms/form.html"
    field_template_name = "django/forms/field.html"
    bound_field_class = GovukBoundField
