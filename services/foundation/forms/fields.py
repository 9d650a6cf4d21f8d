"""The fields that public services ask for: read as people type them, with a message that says what to do."""

import re
from abc import ABC, abstractmethod
from collections.abc import Sequence
from datetime import date
from typing import Any, ClassVar

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext_lazy

from services.foundation import identity, references
from services.foundation.errors import UnableTo
from services.foundation.forms.widgets import DateWidget, ManyFilesInput

DAY, MONTH, YEAR = range(3)
MONTHS = {
    name: number
    for number, names in enumerate(
        (
            "jan januari january", "feb februari pebruari february", "mar maret march", "apr april", "mei may",
            "jun juni june", "jul juli july", "agu ags agustus aug august", "sep september", "okt oktober oct october",
            "nov november nopember", "des desember dec december",
        ),
        start=1,
    )
    for name in names.split()
}  # fmt: skip


class WrongBox(ValidationError):
    """A date is wrong in some of its boxes; `boxes` are their places, so that these are marked and no others."""

    def __init__(self, message: Any, boxes: Sequence[int]) -> None:
        super().__init__(message, code="invalid")
        self.boxes = tuple(boxes)


class DateField(forms.Field):
    """A date in three boxes → datetime.date. The month may be typed as a number or as a word in either language."""

    default_error_messages: ClassVar[dict[str, Any]] = {"required": _("Enter the date: day, month and year")}

    def __init__(self, *, autocomplete: str = "", **kwargs: Any) -> None:
        kwargs.setdefault("widget", DateWidget(autocomplete=autocomplete))
        super().__init__(**kwargs)

    def to_python(self, value: Any) -> date | None:
        """Read the boxes; say which one is missing or wrong."""
        if isinstance(value, date):
            return value
        boxes = [str(box or "").strip() for box in value or ()]
        if not any(boxes):
            return None
        missing = [place for place, box in enumerate(boxes) if not box]
        if missing:
            messages = (
                _("Enter the day of the date"),
                _("Enter the month of the date"),
                _("Enter the year of the date"),
            )
            raise WrongBox(messages[missing[0]], missing)
        return self._date(*boxes)

    @staticmethod
    def _date(day: str, month: str, year: str) -> date:
        month_number = MONTHS.get(month.lower()) or (int(month) if month.isdecimal() else 0)
        if month_number not in MONTHS.values():
            raise WrongBox(_("The month is a number from 1 to 12, or its name"), [MONTH])
        if not re.fullmatch(r"[12]\d{3}", year, re.ASCII):
            raise WrongBox(_("The year has four digits, such as 1990"), [YEAR])
        if not (day.isascii() and day.isdigit()):
            raise WrongBox(_("The day is a number from 1 to 31"), [DAY])
        try:
            return date(int(year), month_number, int(day))
        except ValueError:
            raise WrongBox(
                _("This day does not exist in that month. Check the date."), [DAY, MONTH]
            ) from None

    def has_changed(self, initial: Any, data: Any) -> bool:
        """Compare the dates, not the boxes."""
        try:
            return bool(initial != self.to_python(data))
        except ValidationError:
            return True


class MoneyField(forms.IntegerField):
    """Whole rupiah → int. Accepts what people write: 7900000, 7.900.000, Rp7.900.000,00."""

    default_error_messages: ClassVar[dict[str, Any]] = {
        "invalid": _("Enter the amount in whole rupiah, such as 1.500.000")
    }
    prefix = "Rp"
    shown_length = 20
    widget = forms.TextInput

    def __init__(self, **kwargs: Any) -> None:
        kwargs.setdefault("min_value", 0)
        kwargs.setdefault("widget", forms.TextInput(attrs={"inputmode": "numeric", "autocomplete": "off"}))
        super().__init__(**kwargs)

    def to_python(self, value: Any) -> int | None:
        """Take off Rp, points and empty sen before reading the number."""
        if isinstance(value, str):
            value = re.sub(r"^\s*(rp|idr)\.?\s*", "", value.strip(), flags=re.IGNORECASE)
            value = re.sub(r"(?:[.,]0{1,2}|,-)$", "", value)
            if not re.fullmatch(r"\d*|\d{1,3}(?:([., ])\d{3})(?:\1\d{3})*", value):
                raise ValidationError(self.error_messages["invalid"], code="invalid")
            value = re.sub(r"\D", "", value)
        return super().to_python(value)

    def prepare_value(self, value: Any) -> Any:
        """Show an amount with its points."""
        return f"{value:,}".replace(",", ".") if isinstance(value, int) else value


class _ParsedField(forms.CharField, ABC):
    """Text that a function of the foundation reads and refuses in plain words."""

    @abstractmethod
    def parse(self, text: str) -> str:
        """Return the canonical form or raise UnableTo."""

    def clean(self, value: Any) -> str:
        """Read the text; the refusal's own words become the message beside the field."""
        text = super().clean(value)
        if not text:
            return ""
        try:
            return self.parse(text)
        except UnableTo as refusal:
            raise ValidationError(refusal.message, code=refusal.code) from refusal


class PhoneField(_ParsedField):
    """A phone number as people write it (08…, 62…, +62…) → E.164."""

    shown_length = 20

    def __init__(self, **kwargs: Any) -> None:
        attrs = {"type": "tel", "inputmode": "tel", "autocomplete": "tel"}
        kwargs.setdefault("widget", forms.TextInput(attrs=attrs))
        super().__init__(max_length=30, **kwargs)

    def parse(self, text: str) -> str:
        """Read a phone number."""
        return identity.parse_phone(text)


class NikField(_ParsedField):
    """The sixteen digits of an identity card → str."""

    shown_length = 20

    def __init__(self, **kwargs: Any) -> None:
        attrs = {"inputmode": "numeric", "autocomplete": "off", "class": "govuk-input--extra-letter-spacing"}
        kwargs.setdefault("widget", forms.TextInput(attrs=attrs))
        super().__init__(max_length=30, **kwargs)

    def parse(self, text: str) -> str:
        """Read a NIK."""
        return identity.parse_nik(text).number


class ReferenceField(_ParsedField):
    """The reference of a case, forgiving how it is copied → canonical reference."""

    shown_length = 20

    def __init__(self, **kwargs: Any) -> None:
        attrs = {"autocomplete": "off", "autocapitalize": "characters", "spellcheck": "false"}
        kwargs.setdefault("widget", forms.TextInput(attrs=attrs))
        super().__init__(max_length=40, **kwargs)

    def parse(self, text: str) -> str:
        """Read a reference."""
        return references.parse(text)


class CodeField(forms.CharField):
    """A one-time code that may be pasted with spaces or dashes → its digits."""

    def __init__(self, *, digits: int = 6, **kwargs: Any) -> None:
        attrs = {
            "inputmode": "numeric",
            "autocomplete": "one-time-code",
            "class": "govuk-input--width-10 govuk-input--extra-letter-spacing",
        }
        kwargs.setdefault("widget", forms.TextInput(attrs=attrs))
        super().__init__(max_length=30, **kwargs)
        self.digits = digits

    def to_python(self, value: Any) -> str:
        """Take off what is not part of the code, and count."""
        code = re.sub(r"[\s\-.]", "", super().to_python(value) or "")
        if code and not re.fullmatch(rf"\d{{{self.digits}}}", code, re.ASCII):
            message = ngettext_lazy(
                "The code has %(digits)d digit", "The code has %(digits)d digits", "digits"
            )
            raise ValidationError(message % {"digits": self.digits}, code="invalid")
        return code


class YesNoField(forms.TypedChoiceField):
    """A question with two answers → bool; None when it may stay open and does."""

    default_error_messages: ClassVar[dict[str, Any]] = {"required": _("Choose yes or no")}
    is_inline = True

    def __init__(self, **kwargs: Any) -> None:
        kwargs.setdefault("widget", forms.RadioSelect)
        super().__init__(
            choices=[("yes", _("Yes")), ("no", _("No"))],
            coerce=lambda answer: answer == "yes",
            empty_value=None,
            **kwargs,
        )

    def prepare_value(self, value: Any) -> Any:
        """Show a stored boolean as its answer."""
        return {True: "yes", False: "no"}.get(value, value) if isinstance(value, bool) else value


class PhotosField(forms.FileField):
    """One or several files → list of uploads, in the order chosen. `is_paper` asks whether every letter can be read."""

    default_error_messages: ClassVar[dict[str, Any]] = {"required": _("Choose a file or take a photo")}
    widget = ManyFilesInput

    def __init__(self, *, is_paper: bool = True, **kwargs: Any) -> None:
        self.is_paper = is_paper
        attrs = {
            "accept": "image/jpeg,image/png,image/webp,image/heic,application/pdf",
            "data-photos": "true",
        }
        kwargs.setdefault("widget", ManyFilesInput(attrs=attrs))
        super().__init__(**kwargs)

    def clean(self, data: Any, initial: Any = None) -> list[Any]:
        """Check each file as a single one is checked."""
        files = data if isinstance(data, list | tuple) and data else [data or None]
        return [
            upload for upload in (super(PhotosField, self).clean(file, initial) for file in files) if upload
        ]
