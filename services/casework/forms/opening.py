"""What somebody says who opens a file without having a task in it."""

from django import forms
from django.utils.translation import gettext_lazy as _

from services.casework.openings import Reason, Why


class OpeningForm(forms.Form):
    """The reason; a number and words belong to one reason each, and are not kept with another."""

    use_required_attribute = False

    reason_code = forms.ChoiceField(
        label=_("Why do you open this file?"),
        choices=Reason.choices,
        widget=forms.RadioSelect,
        error_messages={"required": _("Choose why you open this file.")},
    )
    number = forms.CharField(
        label=_("Number of the letter"),
        help_text=_("If the inspectorate or a court asks for it."),
        required=False,
        max_length=80,
    )
    words = forms.CharField(
        label=_("In a few words"),
        help_text=_("If it is something else. Whoever the file belongs to reads them."),
        required=False,
        max_length=300,
    )

    def why(self) -> Why:
        """The reason with what belongs to it."""
        said = self.cleaned_data
        code = said["reason_code"]
        return Why(
            code=code,
            number=said["number"].strip() if code == Reason.AUTHORITY else "",
            words=said["words"].strip() if code == Reason.OTHER else "",
        )
