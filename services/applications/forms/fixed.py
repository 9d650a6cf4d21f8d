"""The fixed pages of the journey: for whom, who, confirmation by code, sheets, declaration."""

from typing import Any, Final

from django import forms
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from services.applications.fields import WordsField
from services.casework.models import HelperRelation
from services.foundation.forms import CodeField, NikField, Option, PhoneField, PhotosField

SELF: Final = "SELF"
NAME_LENGTH: Final = 150


class WordedForm(forms.Form):
    """A form whose operation may refuse: its message lands beside the field that it names."""

    def refuse(self, message: str, *, field: str = "") -> None:
        """Show why the operation refused."""
        self.add_error(field if field in self.fields else None, message)


class StartForm(WordedForm):
    """For whom the application is, and in which relation somebody else helps."""

    helper_relation = forms.ChoiceField(
        label=_("Who is this application for?"),
        error_messages={"required": _("Choose who this application is for")},
        widget=forms.RadioSelect,
        choices=[
            (SELF, _("For myself")),
            (
                HelperRelation.FAMILY.value,
                Option(
                    _("For a relative, friend or neighbour"),
                    _("You fill it in for them, and they confirm it."),
                ),
            ),
            (
                HelperRelation.VILLAGE_STAFF.value,
                Option(
                    _("For a resident, as kelurahan or kecamatan staff"),
                    _("The resident confirms it on their own phone, or signs a slip."),
                ),
            ),
            (
                HelperRelation.PROXY.value,
                Option(
                    _("For somebody whose proxy or agent I am"),
                    _("That you filed it is always recorded, and shown to them."),
                ),
            ),
        ],
    )

    @property
    def relation(self) -> str:
        """The helper's relation, "" for oneself."""
        chosen: str = self.cleaned_data["helper_relation"]
        return "" if chosen == SELF else chosen


class IdentityForm(WordedForm):
    """Name and NIK of the applicant; with `for_another` also their phone. A NIK on file need not be typed again."""

    name = WordsField(
        label=_("Full name"),
        max_length=NAME_LENGTH,
        help_text=_("As it stands on the identity card (KTP)"),
        error_messages={"required": _("Type the full name as it stands on the identity card")},
    )
    nik = NikField(
        label=_("NIK"),
        help_text=_(
            "The 16 digits on the identity card (KTP). The certificate and the check against it need them."
        ),
        error_messages={"required": _("Type the 16 digits of the NIK on the identity card")},
    )
    phone = PhoneField(
        label=_("Their own phone number"),
        required=False,
        help_text=_(
            "They get a code by SMS with which they confirm. Without a phone they sign a slip instead."
        ),
    )

    def __init__(self, *args: Any, for_another: bool = False, nik_on_file: str = "", **kwargs: Any) -> None:
        """`nik_on_file` is the masked NIK that is kept already."""
        super().__init__(*args, **kwargs)
        self.fields["name"].widget.attrs["autocomplete"] = "off" if for_another else "name"
        if for_another:
            self.fields["phone"].widget.attrs["autocomplete"] = "off"
        else:
            del self.fields["phone"]
        if nik_on_file:
            self.fields["nik"].required = False
            self.fields["nik"].help_text = _(
                "Saved: %(masked)s. Type it again only if you want to change it."
            ) % {"masked": nik_on_file}

    def clean_name(self) -> str:
        """A name fits on a certificate."""
        name: str = self.cleaned_data["name"]
        if len(name) > NAME_LENGTH:
            raise forms.ValidationError(
                _("Shorten the name to at most %(limit)d characters") % {"limit": NAME_LENGTH}, code="long"
            )
        return name


class CodeForm(WordedForm):
    """The code that the applicant got on their own phone."""

    code = CodeField(
        label=_("Code from the SMS"),
        help_text=_("6 digits. The applicant reads it to you if they agree; it may also be pasted."),
        error_messages={"required": _("Type the 6 digits from the SMS")},
    )


class SheetsForm(WordedForm):
    """Photos or PDF files of one document. What is wrong with one of them, an empty one too, is told by `documents`."""

    upload = PhotosField(
        allow_empty_file=True,
        label=_("Photo or PDF"),
        help_text=_("JPG, PNG, WebP or PDF, up to 15 MB each. You can choose several at once."),
    )


MACHINE: Final = "MACHINE"
PERSON: Final = "PERSON"


class DeclarationForm(WordedForm):
    """The declaration of truth, and who decides where the machine might. `submission_key` makes a double click one sending."""

    decider = forms.ChoiceField(
        label=_("Who should decide?"), required=False, initial=MACHINE, widget=forms.RadioSelect
    )
    declared = forms.BooleanField(
        label=_(
            "I declare that what I have filled in is true and that the documents are genuine. I know that a permit"
            " obtained with false statements can be revoked."
        ),
        error_messages={"required": _("Tick the box to declare that everything is true")},
    )
    submission_key = forms.RegexField(regex=r"^[0-9a-f]{32}$", widget=forms.HiddenInput, required=False)

    def __init__(self, *args: Any, time_by_people: str = "", **kwargs: Any) -> None:
        """`time_by_people` is what the office promises where a person decides; without it nothing is to be chosen."""
        super().__init__(*args, **kwargs)
        if not time_by_people:
            del self.fields["decider"]
            return
        asked = gettext("An officer looks at your application, whatever the checks say: within %(time)s.")
        self.fields["decider"].says_optional = False  # type: ignore[attr-defined]
        self.fields["decider"].choices = [  # type: ignore[attr-defined]
            (
                MACHINE,
                Option(_("The system"), _("At once, if every check passes. Otherwise an officer does.")),
            ),
            (PERSON, Option(_("A person at the office"), asked % {"time": time_by_people})),
        ]

    @property
    def by_person(self) -> bool:
        """Whether a person is asked for."""
        return bool(self.cleaned_data.get("decider") == PERSON)
