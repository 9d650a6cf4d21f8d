"""Signing the pact: that it was read, and the password once more."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from services.accounts.forms import ReauthenticateForm


class SignForm(ReauthenticateForm):
    """A signature: the number of the text that was read, a tick, the password again."""

    version = forms.IntegerField(widget=forms.HiddenInput)
    read = forms.BooleanField(
        label=_("I have read every point, and I will keep them."),
        error_messages={"required": _("Tick this when you have read every point.")},
    )
    field_order = ("version", "read", "password")

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["password"].help_text = _("It stands for your signature.")
