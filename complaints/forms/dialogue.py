"""What the reporter types after sending: the passphrase, messages, solved or not."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from complaints.forms.words import MeasuredForm, words_of
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


class MessageForm(MeasuredForm):
    """A message to the office, with photos."""

    words = words_of(
        _("Your message"),
        longest=LONGEST_MESSAGE,
        rows=4,
        required=True,
        error_messages={"required": _("Write your message")},
    )
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


class SolvedForm(MeasuredForm):
    """That it is solved, with a word if one likes."""

    words = words_of(_("A word to the office"), longest=LONGEST_MESSAGE, rows=4)


class NotSolvedForm(MeasuredForm):
    """That it is not solved, and what is still wrong."""

    words = words_of(
        _("What is still wrong?"),
        longest=LONGEST_MESSAGE,
        rows=4,
        required=True,
        error_messages={"required": _("Say in a few words what is still wrong")},
    )
