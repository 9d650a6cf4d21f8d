"""Who somebody is, and in which language they read."""

from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from services.accounts.models import Language, Person
from services.foundation.forms import NikField
from services.government import queries as government
from services.government.models import District


class DetailsForm(forms.Form):
    """Name, district and NIK. The NIK may wait until an application asks for it."""

    name = forms.CharField(
        label=_("Full name"),
        help_text=_("As on your identity card (KTP)."),
        max_length=150,
        widget=forms.TextInput(attrs={"autocomplete": "name", "spellcheck": "false"}),
        error_messages={"required": _("Enter your full name")},
    )
    district = forms.ModelChoiceField(
        label=_("District where you live"),
        queryset=District.objects.none(),
        required=False,
        to_field_name="code",
    )
    nik = NikField(
        label=_("NIK"),
        help_text=_(
            "16 digits. An application may ask for it later. We keep it encrypted, and you see who looked at it."
        ),
        required=False,
    )

    def __init__(self, *args: Any, person: Person, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        district: Any = self.fields["district"]
        district.queryset = government.smallest_districts()
        choices = government.district_choices()
        district.choices = [("", _("Choose a district")), *choices]
        if any(not isinstance(inside, str) for _name, inside in choices):
            district.label = _("Regency or city, and district, where you live")
        if person.nik_verified_at:
            del self.fields["nik"]

    def clean_name(self) -> str:
        """A name has a letter in it."""
        name: str = self.cleaned_data["name"]
        if not any(map(str.isalpha, name)):
            raise ValidationError(_("Enter your full name, with letters"), code="name")
        return name


class LanguageForm(forms.Form):
    """The language of pages, mails and short messages."""

    language = forms.ChoiceField(label=_("Language"), choices=Language.choices, widget=forms.RadioSelect)


class ClaimForm(forms.Form):
    """The code on the receipt of whoever filled in an application for this person."""

    code = forms.CharField(
        label=_("Code on the receipt"),
        help_text=_("12 letters and digits, such as 7K3F-9QXM-2E4T. It works once."),
        max_length=30,
        widget=forms.TextInput(
            attrs={"autocomplete": "off", "autocapitalize": "characters", "spellcheck": "false"}
        ),
        error_messages={"required": _("Enter the code on the receipt")},
    )
