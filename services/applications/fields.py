"""Form fields for what the shared ones lack: words without stray characters, whole numbers, places on the earth."""

import re
import unicodedata
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.core.validators import MaxLengthValidator
from django.utils.translation import gettext_lazy as _

from services.applications.rules import LARGEST

GROUPED = re.compile(r"-?\d{1,3}(?:([., ])\d{3})(?:\1\d{3})*")
MINUS = "\N{MINUS SIGN}"
COORDINATE = re.compile(rf"[-{MINUS}]?\d{{1,3}}(?:[.,]\d+)?", re.ASCII)


class WordsField(forms.CharField):
    """Words as typed, without control characters. One line has single spaces; several keep their line ends.

    `max_length` only tells the page how much fits; the rule itself, with its message, is in `rules`.
    """

    def __init__(self, *, lines: bool = False, **kwargs: Any) -> None:
        kwargs.setdefault("widget", forms.Textarea(attrs={"rows": 5}) if lines else forms.TextInput())
        super().__init__(**kwargs)
        self.lines = lines
        self.validators = [each for each in self.validators if not isinstance(each, MaxLengthValidator)]

    def to_python(self, value: Any) -> str:
        """Take off what nobody sees."""
        text = str(super().to_python(value) or "")
        if not self.lines:
            return " ".join(without_controls(" ".join(text.split())).split())
        text = text.replace("\r\n", "\n").replace("\r", "\n")
        return "\n".join(without_controls(line) for line in text.split("\n")).strip()


class WholeNumberField(forms.IntegerField):
    """A whole number, with or without points between thousands → int."""

    shown_length = 10
    widget = forms.TextInput

    def __init__(self, **kwargs: Any) -> None:
        kwargs.setdefault("widget", forms.TextInput(attrs={"inputmode": "numeric", "autocomplete": "off"}))
        super().__init__(**kwargs)
        self.error_messages["invalid"] = _("Type a whole number in digits, such as 12")

    def to_python(self, value: Any) -> int | None:
        """Take off the points between thousands; refuse numbers that nobody means."""
        if isinstance(value, str):
            value = value.strip()
            if GROUPED.fullmatch(value):
                value = re.sub(r"[., ]", "", value)
            if value and not re.fullmatch(r"-?\d{1,16}", value, re.ASCII):
                raise ValidationError(self.error_messages["invalid"], code="invalid")
        number = super().to_python(value)
        if number is not None and abs(number) > LARGEST:
            raise ValidationError(self.error_messages["invalid"], code="invalid")
        return number


class CoordinateField(forms.CharField):
    """Degrees north or east as a decimal number, with a point or a comma → float of six places."""

    shown_length = 10

    def __init__(self, *, least: int, most: int, example: str, **kwargs: Any) -> None:
        kwargs.setdefault("widget", forms.TextInput(attrs={"inputmode": "text", "autocomplete": "off"}))
        super().__init__(max_length=30, **kwargs)
        self.least, self.most, self.example = least, most, example

    def clean(self, value: Any) -> float | None:
        """Read the degrees; say what they look like when they do not."""
        text = super().clean(value).replace(" ", "").replace("°", "")
        if not text:
            return None
        if not COORDINATE.fullmatch(text):
            raise ValidationError(
                _("Type it as a decimal number, such as %(example)s") % {"example": self.example}
            )
        degrees = float(text.replace(MINUS, "-").replace(",", "."))
        if not self.least <= degrees <= self.most:
            raise ValidationError(
                _("This place is not in Indonesia. Type it as in %(example)s") % {"example": self.example}
            )
        return round(degrees, 6)

    def prepare_value(self, value: Any) -> Any:
        """Show degrees without an exponent."""
        return f"{value:.6f}" if isinstance(value, float) else value


class DigitsField(forms.CharField):
    """A short run of digits, such as RT, RW or a postcode. `message` says how it looks."""

    def __init__(self, *, pattern: str, message: str, width: int, **kwargs: Any) -> None:
        kwargs.setdefault("widget", forms.TextInput(attrs={"inputmode": "numeric", "autocomplete": "off"}))
        super().__init__(max_length=20, **kwargs)
        self.pattern, self.message, self.shown_length = pattern, message, width

    def clean(self, value: Any) -> str:
        """Check the digits."""
        text = str(super().clean(value))
        if text and not re.fullmatch(self.pattern, text, re.ASCII):
            raise ValidationError(self.message, code="invalid")
        return text


def without_controls(text: str) -> str:
    """The text without control characters, which no keyboard types and no document can print."""
    return "".join(character for character in text if unicodedata.category(character) != "Cc")
