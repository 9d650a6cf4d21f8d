"""What officers fill in about a court's ruling: the entry, and what is wrong with an entry."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from services.casework.forms.desk import words_field
from services.casework.models import Ruling
from services.casework.operations import Ruled
from services.foundation.clock import today
from services.foundation.forms.days import day_field
from services.foundation.forms.fields import ReferenceField


class RulingForm(forms.Form):
    """A ruling as it lies before the officer."""

    reference = ReferenceField(
        label=_("Reference of the case"),
        error_messages={"required": _("Enter the reference of the case.")},
    )
    kind = forms.ChoiceField(
        label=_("What did the court rule?"),
        choices=Ruling.Kind.choices,
        widget=forms.RadioSelect,
        error_messages={"required": _("Choose what the court ruled.")},
    )
    court = forms.CharField(
        label=_("Court"), max_length=120, error_messages={"required": _("Name the court.")}
    )
    number = forms.CharField(
        label=_("Number of the ruling"),
        max_length=80,
        error_messages={"required": _("Enter the number of the ruling.")},
    )
    ruled_on = day_field(
        _("Day of the ruling"),
        error_messages={"required": _("Enter the day of the ruling."), "invalid": _("Enter a day.")},
    )
    upload = forms.FileField(
        label=_("The ruling itself"),
        help_text=_("A PDF or a photo, 15 MB at most."),
        widget=forms.FileInput(attrs={"accept": "image/jpeg,image/png,image/webp,application/pdf"}),
        error_messages={"required": _("Add the ruling itself.")},
    )
    use_required_attribute = False

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["ruled_on"].widget.attrs["max"] = today().isoformat()

    def ruled(self) -> Ruled:
        """What stands on the ruling, as the operation takes it."""
        said = self.cleaned_data
        return Ruled(kind=said["kind"], court=said["court"], number=said["number"], ruled_on=said["ruled_on"])


class SendBackForm(forms.Form):
    """What is wrong with an entry."""

    words = words_field(_("What is wrong with the entry?"), required=True)
    use_required_attribute = False
