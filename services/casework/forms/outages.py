"""Since when the portal or a service could not be used, until when, and in words for the public."""

from collections.abc import Iterable
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from services.casework.forms.desk import offer, words_field


def moment_field(label: Any, **more: Any) -> forms.DateTimeField:
    """A moment by the browser's own calendar, which needs no JavaScript; in the time of the government."""
    wrong = _("Choose day and time.")
    return forms.DateTimeField(
        label=label,
        widget=forms.DateTimeInput(attrs={"type": "datetime-local"}, format="%Y-%m-%dT%H:%M"),
        error_messages={"required": wrong, "invalid": wrong},
        **more,
    )


class DeclareForm(forms.Form):
    """An outage as it is declared: the whole portal where no service is ticked."""

    begins_at = moment_field(_("Since when?"))
    ends_at = moment_field(
        _("Until when?"),
        required=False,
        help_text=_("Leave it empty while it lasts. You say later when it ended."),
    )
    services = forms.MultipleChoiceField(
        label=_("Which services?"),
        required=False,
        help_text=_("Tick none where the whole portal cannot be used."),
        widget=forms.CheckboxSelectMultiple,
    )
    words_id = words_field(
        _("What people cannot do, in Indonesian"), required=True, rows=2, help_text=_("Everybody reads it.")
    )
    words_en = words_field(_("The same in English"), required=True, rows=2)

    use_required_attribute = False

    def __init__(self, *args: Any, services: Iterable[tuple[str, str]], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        offer(self, "services", list(services))


class EndForm(forms.Form):
    """Since when it works again."""

    ends_at = moment_field(_("Since when does it work again?"))

    use_required_attribute = False


class ReasonForm(forms.Form):
    """Why an outage is taken back, or what was wrong with one that has moved dates."""

    reason = words_field(_("In a sentence"), required=True, rows=2)

    use_required_attribute = False
