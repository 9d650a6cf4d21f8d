"""Signing papers: which ones are ticked, and the password once more for all of them; or why one is not signed."""

import re
from typing import Any, Final

from django import forms
from django.utils.translation import gettext_lazy as _

from services.accounts.forms import ReauthenticateForm
from services.casework.forms.desk import words_field

#: A paper on the list: the reference of its case, and the version that was looked at.
CHOSEN: Final = re.compile(r"(?P<reference>[A-Z]-[0-9A-Z]{5}-[0-9A-Z]{5}):(?P<version>\d{1,9})")


class _Papers(forms.MultipleChoiceField):
    """Ticked papers. One that waits no longer is no error of the form: it is said of it alone."""

    def valid_value(self, value: Any) -> bool:
        return CHOSEN.fullmatch(str(value)) is not None


class SigningForm(ReauthenticateForm):
    """The ticks and the password, which stands for the signature under each of them."""

    papers = _Papers(
        label=_("Papers"), error_messages={"required": _("Tick at least one paper that you sign.")}
    )
    field_order = ("papers", "password")

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["password"].help_text = _("Once for all ticked papers. It stands for your signature.")

    def chosen(self) -> dict[str, int]:
        """The version looked at of each ticked paper, by the reference of its case."""
        found = [CHOSEN.fullmatch(value) for value in self.cleaned_data["papers"]]
        return {each["reference"]: int(each["version"]) for each in found if each}


class SendBackForm(forms.Form):
    """Why a paper is not signed."""

    reason = words_field(
        _("Why do you not sign it?"),
        required=True,
        help_text=_(
            "Whoever decided it reads these words. The applicant reads that it is decided anew, not why."
        ),
    )
