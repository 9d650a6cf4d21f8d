"""What people fill in about their business, and to let somebody else act for it."""

import re
from typing import Any, Final

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from licensing.models import Business, KbliScheme, LegalForm
from licensing.operations.businesses import Facts
from services.accounts.forms.contacts import ContactField
from services.applications.fields import WordsField
from services.applications.forms import WordedForm
from services.foundation.forms import Option
from services.government import queries as government
from services.government.models import District

NEW: Final = "NEW"
NAME_LENGTH: Final = 150
ADDRESS_LENGTH: Final = 300
NIB_DIGITS: Final = 13
KBLI_DIGITS: Final = 5
_SEPARATORS: Final = re.compile(r"[\s.\-]+")


class BusinessForm(WordedForm):
    """The facts of a business; the numbers are for those that have them."""

    name = WordsField(
        label=_("Name of the business"),
        max_length=NAME_LENGTH,
        help_text=_("As people know it, for example “Warung Bakso Pak Slamet”. The certificate carries it."),
        error_messages={"required": _("Type the name of the business")},
    )
    legal_form = forms.ChoiceField(
        label=_("What kind of business is it?"),
        choices=LegalForm.choices,
        widget=forms.RadioSelect,
        initial=LegalForm.SOLE,
        error_messages={
            "required": _("Choose what kind of business it is"),
            "invalid_choice": _("Choose what kind of business it is"),
        },
    )
    address = WordsField(
        label=_("Address of the business"),
        max_length=ADDRESS_LENGTH,
        help_text=_("Where letters reach it. For a stall, your own address."),
        error_messages={"required": _("Type the address of the business")},
    )
    district = forms.ModelChoiceField(
        label=_("District (kecamatan)"),
        queryset=District.objects.none(),
        to_field_name="code",
        error_messages={
            "required": _("Choose the district from the list"),
            "invalid_choice": _("Choose the district from the list"),
        },
    )
    nib = forms.CharField(
        label=_("Business number (NIB), if you have one"),
        help_text=_("13 digits, from OSS. A stall needs none."),
        required=False,
        max_length=30,
        widget=forms.TextInput(
            attrs={"inputmode": "numeric", "autocomplete": "off", "class": "govuk-input--width-20"}
        ),
    )
    kbli_code = forms.CharField(
        label=_("KBLI code, if you know it"),
        help_text=_("5 digits for the line of business, on the NIB sheet."),
        required=False,
        max_length=20,
        widget=forms.TextInput(
            attrs={"inputmode": "numeric", "autocomplete": "off", "class": "govuk-input--width-5"}
        ),
    )
    kbli_scheme = forms.ChoiceField(
        label=_("Edition of the KBLI"),
        help_text=_("It stands beside the code."),
        choices=[("", _("I do not know")), *KbliScheme.choices],
        required=False,
        error_messages={"invalid_choice": _("Choose the edition from the list")},
    )

    def __init__(self, *args: Any, business: Business | None = None, **kwargs: Any) -> None:
        """`business` fills the form with what is known."""
        if business is not None:
            known = {name: getattr(business, name) for name in self.base_fields}
            kwargs["initial"] = known | (kwargs.get("initial") or {})
        super().__init__(*args, **kwargs)
        district: Any = self.fields["district"]
        district.queryset = government.smallest_districts()
        district.choices = [("", _("Choose a district")), *government.district_choices()]

    def clean_name(self) -> str:
        """A name fits on a certificate."""
        return self._short(self.cleaned_data["name"], NAME_LENGTH)

    def clean_address(self) -> str:
        """An address fits on a letter."""
        return self._short(self.cleaned_data["address"], ADDRESS_LENGTH)

    def clean_nib(self) -> str:
        """Thirteen digits, or nothing."""
        number = _SEPARATORS.sub("", self.cleaned_data["nib"])
        if number and not re.fullmatch(rf"[0-9]{{{NIB_DIGITS}}}", number):
            raise ValidationError(
                _("An NIB has 13 digits. Check it against the NIB sheet, or leave it empty."), code="nib"
            )
        return number

    def clean_kbli_code(self) -> str:
        """Five digits, or nothing."""
        code = _SEPARATORS.sub("", self.cleaned_data["kbli_code"])
        if code and not re.fullmatch(rf"[0-9]{{{KBLI_DIGITS}}}", code):
            raise ValidationError(
                _("A KBLI code has 5 digits, such as 56104. Leave it empty if you do not know it."),
                code="kbli",
            )
        return code

    def clean(self) -> dict[str, Any]:
        """A code is read by its edition; where that is not known, by the newest."""
        cleaned = super().clean() or {}
        if cleaned.get("kbli_code") and not cleaned.get("kbli_scheme"):
            cleaned["kbli_scheme"] = KbliScheme.KBLI_2025.value
        return cleaned

    @property
    def facts(self) -> Facts:
        """What was filled in."""
        return Facts(**{name: self.cleaned_data[name] for name in self.base_fields})

    @staticmethod
    def _short(words: str, limit: int) -> str:
        if len(words) > limit:
            raise ValidationError(
                _("Shorten this to at most %(limit)d characters") % {"limit": limit}, code="long"
            )
        return words


class ChooseBusinessForm(WordedForm):
    """For which of one's businesses an application is."""

    business = forms.ChoiceField(
        label=_("For which business do you apply?"),
        widget=forms.RadioSelect,
        error_messages={
            "required": _("Choose one of your businesses, or a new one"),
            "invalid_choice": _("Choose one of your businesses, or a new one"),
        },
    )

    def __init__(self, *args: Any, businesses: list[Business], **kwargs: Any) -> None:
        """`businesses` are those that the reader may act for."""
        super().__init__(*args, **kwargs)
        self.heading_field = "business"
        chosen: Any = self.fields["business"]
        chosen.choices = [
            *((str(each.pk), Option(each.name, each.address)) for each in businesses),
            (NEW, _("Another business")),
        ]


class InviteForm(WordedForm):
    """Where the code goes by which somebody else may act for a business."""

    contact = ContactField(
        label=_("Their phone number or e-mail"),
        help_text=_("We send a code there. Whoever types it in their own account may act for this business."),
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["contact"].widget.attrs["autocomplete"] = "off"
        self.fields["contact"].error_messages["required"] = _("Type their phone number or e-mail address")


class JoinForm(WordedForm):
    """The code by which somebody was invited."""

    code = forms.CharField(
        label=_("Code from the message"),
        help_text=_("12 letters and digits, such as 7K3F-9QXM-2E4T. It works once."),
        max_length=30,
        widget=forms.TextInput(
            attrs={"autocomplete": "off", "autocapitalize": "characters", "spellcheck": "false"}
        ),
        error_messages={"required": _("Enter the code from the message")},
    )
