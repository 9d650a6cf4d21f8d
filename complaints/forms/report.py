"""The pages on which somebody reports: what, which subject, where, photos, who reads it, where to tell them."""

from collections.abc import Sequence
from typing import Any, Final

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, pgettext_lazy

from complaints.forms.reach import ReachForm
from complaints.forms.words import MeasuredForm
from complaints.models import Category, Visibility
from complaints.operations import LONGEST_WORDS
from services.applications.fields import CoordinateField, WordsField
from services.foundation import texts
from services.foundation.forms import Option, PhoneField, PhotosField
from services.government.queries import DistrictChoice

LONGEST_PLACE: Final = 300
NO_DISTRICT: Final = "outside"
ACCOUNT, PHONE, EMAIL, NOBODY = "account", "phone", "email", "none"


class WhatForm(MeasuredForm):
    """What is wrong, in the reporter's own words."""

    heading_field = "words"
    words = WordsField(
        lines=True,
        max_length=LONGEST_WORDS,
        label=pgettext_lazy("report", "What is wrong?"),
        help_text=gettext_lazy("Say what you see and since when, as you would tell a neighbour."),
        error_messages={"required": gettext_lazy("Say in a few words what is wrong")},
    )


class SubjectForm(forms.Form):
    """Which subject fits: those that the words suggest, or all of them by group."""

    heading_field = "category"
    category = forms.ChoiceField(
        label=gettext_lazy("Which subject fits best?"),
        widget=forms.RadioSelect,
        error_messages={
            "required": gettext_lazy("Choose the subject that fits best"),
            "invalid_choice": gettext_lazy(
                "This subject is not offered any more. Choose the one that fits best."
            ),
        },
    )

    def __init__(self, *args: Any, categories: Sequence[Category], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.categories = categories
        self.fields["category"].choices = [  # type: ignore[attr-defined]
            (category.code, texts.local(category.name)) for category in categories
        ]

    @property
    def by_group(self) -> list[tuple[str, list[Any]]]:
        """The radio buttons under the names of their groups, in the order of the pack."""
        groups: dict[str, list[Any]] = {}
        for category, button in zip(self.categories, self["category"].subwidgets, strict=True):
            groups.setdefault(texts.local(category.group_name), []).append(button)
        return list(groups.items())


class WhereForm(forms.Form):
    """Where it is: in words, with the district; or by a point on the map. Some matters have no place."""

    place = WordsField(
        max_length=LONGEST_PLACE,
        required=False,
        label=gettext_lazy("Street and number, or what is nearby"),
        help_text=gettext_lazy("For example: Jalan Kenanga, in front of the school"),
    )
    district = forms.ChoiceField(required=False)
    latitude = CoordinateField(
        label=gettext_lazy("Latitude"), least=-11, most=6, example="-7.2575", required=False
    )
    longitude = CoordinateField(
        label=gettext_lazy("Longitude"), least=95, most=141, example="112.7521", required=False
    )
    has_no_place = forms.BooleanField(required=False, label=gettext_lazy("It is not about a place"))

    def __init__(self, *args: Any, districts: Sequence[DistrictChoice], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for name in ("place", "district"):
            self.fields[name].says_optional = False  # type: ignore[attr-defined]
        two_levels = any(not isinstance(inside, str) for _name, inside in districts)
        self.fields["district"].label = (
            _("Regency or city, and district") if two_levels else _("District (kecamatan)")
        )
        self.fields["district"].choices = [  # type: ignore[attr-defined]
            ("", _("Choose from the list")),
            *districts,
            (NO_DISTRICT, _("Outside, or I do not know")),
        ]

    def clean(self) -> dict[str, Any]:
        """A place, or that there is none; an address with its district; both halves of a point."""
        said = self.cleaned_data
        if said.get("has_no_place"):
            return said
        place, district = said.get("place"), said.get("district")
        degrees = [name for name in ("latitude", "longitude") if said.get(name) is not None]
        if place and len(place) > LONGEST_PLACE:
            self.add_error("place", _("Shorten it to %(limit)d characters") % {"limit": LONGEST_PLACE})
        if place and not district:
            self.add_error("district", _("Choose the district, so that the right office gets it"))
        if len(degrees) == 1 and not self.errors:
            missing = "longitude" if degrees == ["latitude"] else "latitude"
            self.add_error(missing, _("A point needs both numbers"))
        if not place and not degrees and not self.errors:
            self.add_error("place", _("Say where it is, or tick that it is not about a place"))
        return said


class OddPlaceForm(forms.Form):
    """What is asked when a point lies outside: never refused, since borders are drawn roughly and people know best."""

    heading_field = "point"
    point = forms.ChoiceField(
        label=gettext_lazy("The point lies outside our area, or in the water. Is it right?"),
        widget=forms.RadioSelect,
        error_messages={"required": gettext_lazy("Say whether the point is right")},
        choices=[
            ("keep", Option(gettext_lazy("Yes, it is there"), gettext_lazy("We look at it all the same."))),
            ("drop", Option(gettext_lazy("No, leave the point out"), gettext_lazy("The words are enough."))),
        ],
    )


class PhotosForm(forms.Form):
    """Photos of what is wrong."""

    upload = PhotosField(
        is_paper=False,
        allow_empty_file=True,
        label=gettext_lazy("Photos"),
        help_text=gettext_lazy(
            "JPG, PNG or WebP, up to 15 MB each. Where and when it was taken is removed from the photo."
        ),
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["upload"].widget.attrs["accept"] = "image/jpeg,image/png,image/webp"


class ReadersForm(forms.Form):
    """Who may read it."""

    heading_field = "visibility"
    visibility = forms.ChoiceField(
        label=gettext_lazy("Who may read your report?"),
        widget=forms.RadioSelect,
        error_messages={"required": gettext_lazy("Choose who may read your report")},
        choices=[
            (
                Visibility.PUBLIC.value,
                Option(
                    gettext_lazy("Everybody"),
                    gettext_lazy(
                        "Text, photos and place are on this site once the office has checked them. Your name is not."
                    ),
                ),
            ),
            (
                Visibility.ANONYMOUS.value,
                Option(
                    gettext_lazy("Everybody, and nobody knows who I am"),
                    gettext_lazy("As above, and the office does not learn who you are either."),
                ),
            ),
            (
                Visibility.CONFIDENTIAL.value,
                Option(
                    gettext_lazy("Only the office that receives it"),
                    gettext_lazy(
                        "It appears nowhere on this site. Only the officers who work on it read it."
                    ),
                ),
            ),
        ],
    )
    shows_name = forms.BooleanField(
        required=False, label=gettext_lazy("Show my name with it, if everybody may read it")
    )

    def __init__(self, *args: Any, is_signed_in: bool, is_taken_down: bool = False, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if is_taken_down:
            self.fields["visibility"].choices = [  # type: ignore[attr-defined]
                (code, self._as_taken_down(code, said))
                for code, said in self.fields["visibility"].choices  # type: ignore[attr-defined]
            ]
        if not is_signed_in:
            del self.fields["shows_name"]

    @staticmethod
    def _as_taken_down(code: str, said: Option) -> Option:
        """To an officer who takes it down, nobody is anonymous; what is kept says nothing of them all the same."""
        if code != Visibility.ANONYMOUS:
            return said
        hint = _(
            "As above, and nothing about you is kept. Only whoever takes this down knows that you reported."
        )
        return Option(said.label, hint)


class ContactForm(ReachForm):
    """Where to tell the reporter what happens, if anywhere."""

    heading_field = "contact"
    missing = {
        PHONE: gettext_lazy("Type the number to which we send the SMS"),
        EMAIL: gettext_lazy("Type the address to which we write"),
    }
    contact = forms.ChoiceField(
        label=gettext_lazy("Where shall we tell you what happens?"),
        widget=forms.RadioSelect,
        error_messages={"required": gettext_lazy("Choose where we tell you, or that you do not want it")},
    )
    phone = PhoneField(label=gettext_lazy("Phone number"), required=False)
    email = forms.EmailField(
        label=gettext_lazy("E-mail address"),
        required=False,
        max_length=254,
        widget=forms.EmailInput(attrs={"autocomplete": "email", "spellcheck": "false"}),
        error_messages={"invalid": gettext_lazy("Type an e-mail address such as name@example.com")},
    )

    def __init__(self, *args: Any, is_anonymous: bool, is_taken_down: bool = False, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for name in ("phone", "email"):
            self.fields[name].says_optional = False  # type: ignore[attr-defined]
        account_hint = (
            _("The report is not tied to your account; only the notices go to your phone or e-mail.")
            if is_anonymous
            else _("You follow it under “My cases”. The office sees your name.")
        )
        sealed = _("It is kept sealed. No officer sees it.")
        if is_taken_down:
            sealed = _("It is kept sealed. Besides whoever types it here, no officer sees it.")
        own = [] if is_taken_down else [(ACCOUNT, Option(_("On my account here"), account_hint))]
        self.fields["contact"].choices = [  # type: ignore[attr-defined]
            *own,
            (PHONE, Option(_("By SMS"), sealed)),
            (EMAIL, Option(_("By e-mail"), sealed)),
            (NOBODY, Option(_("Nowhere"), _("You look yourself, with the reference and a passphrase."))),
        ]
