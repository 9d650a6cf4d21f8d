"""One field for a phone number or an e-mail address, since either suffices."""

from dataclasses import dataclass
from typing import Any

from allauth.account import forms as allauth
from django import forms
from django.core.exceptions import ValidationError
from django.core.validators import validate_email
from django.utils.translation import gettext_lazy as _

from services.foundation import identity
from services.foundation.forms import PhoneField


@dataclass(frozen=True, slots=True)
class Contact:
    """How somebody is reached: exactly one of the two is not empty. `phone` is E.164, `email` in small letters."""

    phone: str = ""
    email: str = ""

    @property
    def value(self) -> str:
        """Whichever it is."""
        return self.phone or self.email


def read_contact(text: str) -> Contact:
    """Tell a number from an address; raises ValidationError in plain words."""
    typed = text.strip()
    if "@" in typed:
        try:
            validate_email(typed)
        except ValidationError:
            message = _("This e-mail address is not complete. It looks like name@example.com.")
            raise ValidationError(message, code="email") from None
        return Contact(email=typed.lower())
    try:
        return Contact(phone=identity.parse_phone(typed))
    except identity.NotAPhone:
        message = _(
            "Type a phone number such as 0812 3456 7890, or an e-mail address such as name@example.com."
        )
        raise ValidationError(message, code="contact") from None


class ContactField(forms.CharField):
    """A phone number or an e-mail address → Contact."""

    shown_length = 30

    def __init__(self, **kwargs: Any) -> None:
        attrs = {"autocomplete": "username", "autocapitalize": "none", "spellcheck": "false"}
        kwargs.setdefault("label", _("Phone number or e-mail"))
        kwargs.setdefault("widget", forms.TextInput(attrs=attrs))
        super().__init__(max_length=254, **kwargs)
        self.error_messages["required"] = _("Enter your phone number or e-mail address")

    def clean(self, value: Any) -> Contact | None:
        """Read what was typed."""
        text = super().clean(value)
        return read_contact(text) if text else None


class AddEmailForm(allauth.AddEmailForm):
    """The e-mail address that the account shall have. Whether somebody else has it is told to nobody."""

    email = forms.EmailField(
        label=_("E-mail"),
        widget=forms.EmailInput(attrs={"autocomplete": "email", "spellcheck": "false"}),
        error_messages={
            "required": _("Enter your e-mail address"),
            "invalid": _("This e-mail address is not complete. It looks like name@example.com."),
        },
    )


class ChangePhoneForm(allauth.ChangePhoneForm):
    """The new number, to which a code is sent."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["phone"] = PhoneField(
            label=_("New phone number"),
            help_text=_("We send a code to this number. The old one stays until you have typed it."),
            error_messages={"required": _("Enter a phone number")},
        )
