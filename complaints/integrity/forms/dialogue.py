"""What the reporter types after sending: messages."""

from typing import Any

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, pgettext_lazy

from complaints.forms.words import MeasuredForm, words_of
from complaints.integrity.values import LONGEST_WORDS, MOST_FILES
from services.foundation.forms import PhotosField


class MessageForm(MeasuredForm):
    """A message to the receiver, with files."""

    words = words_of(
        pgettext_lazy("to the receiver", "Your message"),
        longest=LONGEST_WORDS,
        required=True,
        error_messages={"required": gettext_lazy("Write your message")},
    )
    upload = PhotosField(
        label=gettext_lazy("Photos or documents"),
        required=False,
        allow_empty_file=True,
        help_text=gettext_lazy("JPG, PNG, WebP or PDF, up to 15 MB each."),
    )

    def clean_upload(self) -> list[Any]:
        """Not more than anybody looks at."""
        files: list[Any] = self.cleaned_data["upload"]
        if len(files) > MOST_FILES:
            raise forms.ValidationError(_("At most %(limit)d files."), params={"limit": MOST_FILES})
        return files
