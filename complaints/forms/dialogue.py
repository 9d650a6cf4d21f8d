"""What the reporter types after sending: the passphrase, messages, solved or not."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from services.applications.fields import WordsField
from services.foundation.forms import PhotosField, ReferenceField

LONGEST_MESSAGE = 2000


class PassphraseForm(forms.Form):
    """The passphrase of one report."""

    passphrase = forms.CharField(
        label=_("Passphrase"),
        help_text=_("The five words from your receipt. Capital letters and commas do not matter."),
        max_length=200,
        widget=forms.TextInput(
            attrs={"autocomplete": "off", "autocapitalize": "none", "spellcheck": "false"}
        ),
        error_messages={"required": _("Type the five words from your receipt")},
    )


class OpenForm(PassphraseForm):
    """Reference and passphrase."""

    reference = ReferenceField(
        label=_("Reference"),
        help_text=_("It stands on your receipt and looks like C-7K3F9-QXM2E."),
        error_messages={"required": _("Enter the reference from your receipt")},
    )
    field_order = ("reference", "passphrase")


def words_of(label: Any, *, required: bool, missing: Any = "") -> WordsField:
    """Some lines of the reporter's own words."""
    return WordsField(
        lines=True,
        max_length=LONGEST_MESSAGE,
        label=label,
        required=required,
        widget=forms.Textarea(attrs={"rows": 4}),
        error_messages={"required": missing},
    )


class _Words(forms.Form):
    """A form with words of a bounded length."""

    def clean_words(self) -> str:
        """Not longer than anybody reads; what was typed stays in the box."""
        words: str = self.cleaned_data["words"]
        if len(words) > LONGEST_MESSAGE:
            raise forms.ValidationError(
                _("Shorten it to %(limit)d characters."), params={"limit": LONGEST_MESSAGE}, code="long"
            )
        return words


class MessageForm(_Words):
    """A message to the office, with photos."""

    words = words_of(_("Your message"), required=True, missing=_("Write your message"))
    upload = PhotosField(
        is_paper=False,
        required=False,
        allow_empty_file=True,
        label=_("Photos"),
        help_text=_("JPG, PNG or WebP, up to 15 MB each."),
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["upload"].widget.attrs["accept"] = "image/jpeg,image/png,image/webp"


class SolvedForm(_Words):
    """That it is solved, with a word if one likes."""

    words = words_of(_("A word to the office"), required=False)


class NotSolvedForm(_Words):
    """That it is not solved, and what is still wrong."""

    words = words_of(
        _("What is still wrong?"), required=True, missing=_("Say in a few words what is still wrong")
    )
