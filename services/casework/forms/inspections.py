"""What is filled in for an inspection: the appointment, the wish for another one, and the end of the minutes."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from services.accounts.forms import ReauthenticateForm
from services.casework.forms.desk import WORDS_LENGTH, words_field
from services.casework.models import Minutes, Review
from services.casework.operations import Attendance
from services.foundation import texts
from services.foundation.forms.days import day_field, offer_from_tomorrow


def _hour(label: Any) -> forms.TimeField:
    return forms.TimeField(
        label=label,
        widget=forms.TimeInput(attrs={"type": "time"}, format="%H:%M"),
        error_messages={"required": _("Choose the hour."), "invalid": _("Choose the hour.")},
    )


class AppointmentForm(forms.Form):
    """When and where the inspector comes."""

    day = day_field(_("Day"), help_text=_("A working day after today."))
    begins = _hour(_("From what time?"))
    ends = _hour(_("Until what time?"))
    place = forms.CharField(
        label=_("Place"),
        help_text=_("The applicant reads it as you write it."),
        max_length=300,
        error_messages={"required": _("Say where you come.")},
    )
    use_required_attribute = False

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        offer_from_tomorrow(self, "day")


class WishForm(forms.Form):
    """Another day, and why."""

    wish = day_field(_("Which day suits you?"), help_text=_("A working day. The office tries to come then."))
    reason = forms.CharField(
        label=_("Why does the time not suit you?"),
        widget=forms.Textarea(attrs={"rows": 3}),
        max_length=1000,
        error_messages={"required": _("Say why this time does not suit you.")},
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        offer_from_tomorrow(self, "wish")


class MinutesForm(ReauthenticateForm):
    """What was found, who was there, and the signature: the password once more."""

    found = forms.MultipleChoiceField(
        label=_("What was found"), required=False, widget=forms.CheckboxSelectMultiple
    )
    outcome = forms.ChoiceField(
        label=_("Outcome of the review"),
        help_text=_("It is advice to whoever decides and does not stand in the minutes."),
        choices=Review.Outcome.choices,
        widget=forms.RadioSelect,
        error_messages={"required": _("Say the outcome of the review.")},
    )
    findings = words_field(
        _("Findings in words"),
        help_text=_("They stand in the minutes. Needed unless the outcome is in favour."),
    )
    presence = forms.ChoiceField(
        label=_("Who was there for the applicant?"),
        choices=Minutes.Presence.choices,
        widget=forms.RadioSelect,
        error_messages={"required": _("Say who was there for the applicant.")},
    )
    name = forms.CharField(
        label=_("Name of whoever was there for the applicant"),
        help_text=_("Only where it was not the applicant."),
        required=False,
        max_length=200,
    )
    others = forms.CharField(label=_("Others who were there"), required=False, max_length=500)
    field_order = ("found", "outcome", "findings", "presence", "name", "others", "password")
    use_required_attribute = False

    def __init__(self, *args: Any, review: Review, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["password"].help_text = _("It stands for your signature.")
        choices = [(finding.code, texts.local(finding.label)) for finding in review.definition.findings]
        if choices:
            self.fields["found"].choices = choices
        else:
            del self.fields["found"]

    def values(self) -> dict[str, Any]:
        """What the operation is called with, beside review, actor and time."""
        got = self.cleaned_data
        attendance = Attendance(presence=got["presence"], name=got["name"], others=got["others"])
        said = {name: got[name] for name in ("outcome", "findings")}
        return said | {"found": got.get("found", []), "attendance": attendance}


class NoteForm(forms.Form):
    """One point or one photo, as the phone sends it under a key of its own."""

    key = forms.UUIDField()
    item = forms.CharField(required=False, max_length=60)
    answer = forms.CharField(required=False, max_length=20)
    words = forms.CharField(required=False, max_length=WORDS_LENGTH)
    upload = forms.FileField(required=False, allow_empty_file=True)
