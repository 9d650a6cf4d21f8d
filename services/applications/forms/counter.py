"""The counter: who stands here, and for which service."""

from collections.abc import Iterable
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from services.applications.forms.fixed import WordedForm


class WhoForm(WordedForm):
    """The phone number or the NIK of whoever stands at the counter."""

    who = forms.CharField(
        label=_("Phone number or NIK"),
        max_length=40,
        help_text=_("The whole number. Each look is on record, and the person sees it."),
        widget=forms.TextInput(attrs={"autocomplete": "off", "inputmode": "tel", "spellcheck": "false"}),
        error_messages={"required": _("Type the whole phone number, or the 16 digits of the NIK.")},
    )


class BeginForm(WordedForm):
    """Which service is applied for; `person` says for whom, sealed for this officer, "" for somebody new."""

    service = forms.ChoiceField(
        label=_("Service"), error_messages={"required": _("Choose the service")}, choices=()
    )
    person = forms.CharField(required=False, widget=forms.HiddenInput)

    def __init__(self, *args: Any, services: Iterable[tuple[str, str]], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["service"].choices = [("", _("Choose a service")), *services]  # type: ignore[attr-defined]
