"""What officers write into their own register of interests."""

from collections.abc import Callable
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from services.foundation import identity
from services.foundation.errors import UnableTo
from services.foundation.forms.days import day_field
from services.integrity.models import Interest


def _line(label: Any, *, required: bool = False, longest: int = 150, help_text: Any = "") -> forms.CharField:
    return forms.CharField(
        label=label,
        required=required,
        max_length=longest,
        help_text=help_text,
        widget=forms.TextInput(attrs={"autocomplete": "off"}),
        error_messages={"required": _("Enter the name.")},
    )


class DeclareForm(forms.Form):
    """One relative or one business."""

    use_required_attribute = False
    kind = forms.ChoiceField(
        label=_("Whom does it concern?"),
        choices=Interest.Kind.choices,
        widget=forms.RadioSelect,
        error_messages={"required": _("Choose whom it concerns.")},
    )
    name = _line(_("Name"), required=True)
    relation = _line(_("What are they to you?"), longest=100, help_text=_("Such as: brother, part owner."))
    nik = _line(_("NIK"), longest=30, help_text=_("Kept so that it can be compared and not be read."))
    phone = _line(_("Mobile number"), longest=30)
    nib = _line(_("NIB of the business"), longest=13)
    valid_from = day_field(_("Since"), required=False)
    valid_until = day_field(_("Until, if it ends"), required=False)

    def clean_nik(self) -> str:
        """The sixteen digits, or why they are none."""
        return self._read("nik", lambda typed: identity.parse_nik(typed).number)

    def clean_phone(self) -> str:
        """The number with its country code, or why it is none."""
        return self._read("phone", identity.parse_phone)

    def _read(self, name: str, parse: Callable[[str], str]) -> str:
        typed: str = self.cleaned_data[name]
        try:
            return parse(typed) if typed else ""
        except UnableTo as refusal:
            raise forms.ValidationError(refusal.message, code=refusal.code) from refusal
