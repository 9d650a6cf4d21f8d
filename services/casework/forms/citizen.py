"""What the citizen's side and the public type on the pages of a case."""

from collections.abc import Mapping, Sequence
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from services.foundation import texts
from services.foundation.forms import PhotosField, ReferenceField
from services.integrity.models import GiftAnswer


class VersionedForm(forms.Form):
    """A form that knows which version of the case it was drawn from, so that an old tab is told."""

    version = forms.IntegerField(widget=forms.HiddenInput, required=False)


class ObjectionForm(VersionedForm):
    """Why somebody objects to a decision."""

    words = forms.CharField(
        label=_("Why do you object?"),
        help_text=_(
            "Say what is wrong with the decision and what you ask for. The superior reads it together with your file."
        ),
        widget=forms.Textarea(attrs={"rows": 8}),
        max_length=4000,
        error_messages={"required": _("Write why you object.")},
    )
    upload = PhotosField(
        label=_("Papers that support it"),
        help_text=_("Photos or PDFs, up to 5, 15 MB each at most. After an error they must be chosen again."),
        required=False,
        allow_empty_file=True,
    )
    field_order = ("version", "conditions", "words", "upload")

    def __init__(self, *args: Any, conditions: Sequence[Mapping[str, str]] = (), **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if conditions:
            self.fields["conditions"] = forms.TypedMultipleChoiceField(
                label=_("Which conditions do you object to?"),
                choices=[(number, texts.local(row)) for number, row in enumerate(conditions)],
                coerce=int,
                widget=forms.CheckboxSelectMultiple,
                error_messages={"required": _("Choose the conditions that you object to.")},
            )
            self.order_fields(self.field_order)


class PersonForm(VersionedForm):
    """What a person shall look at, if the applicant wants to say so."""

    words = forms.CharField(
        label=_("What should the person look at?"),
        help_text=_("You do not have to write anything. Do not write passwords or codes here."),
        widget=forms.Textarea(attrs={"rows": 4}),
        max_length=4000,
        required=False,
    )


class WithdrawForm(VersionedForm):
    """Why an application is withdrawn, if the person wants to say so."""

    reason = forms.CharField(
        label=_("Why do you withdraw it?"),
        help_text=_("You do not have to give a reason."),
        widget=forms.Textarea(attrs={"rows": 3}),
        max_length=1000,
        required=False,
    )


class TrackForm(forms.Form):
    """One reference."""

    reference = ReferenceField(
        label=_("Reference"),
        help_text=_("It stands on your receipt and looks like P-7K3F9-QXM2E."),
        error_messages={"required": _("Enter the reference from your receipt")},
    )


class GiftForm(forms.Form):
    """The one question after a case."""

    answer = forms.ChoiceField(
        label=_("Did anyone ask you for money or a gift beyond the tariff?"),
        help_text=_("Your answer is counted. It is not kept with your name or with this case."),
        choices=GiftAnswer.choices,
        widget=forms.RadioSelect,
        error_messages={"required": _("Choose one of the three answers.")},
    )
