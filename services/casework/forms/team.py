"""What a supervisor fills in to move files of the team."""

from collections.abc import Iterable
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from services.casework.forms.desk import EMPTY, offer, words_field
from services.casework.operations.handing_over import Why

QUEUE = "queue"


class HandOverForm(forms.Form):
    """Which files go where, and why. The boxes stand in the table of the files."""

    chosen = forms.MultipleChoiceField(
        error_messages={
            "required": _("Choose at least one file."),
            "invalid_choice": _("One of these files is on no desk of this office any longer. Choose again."),
        }
    )
    to = forms.ChoiceField(
        label=_("Where do they go?"), error_messages={"required": _("Choose where the files go.")}
    )
    reason_code = forms.ChoiceField(
        label=_("Reason"),
        choices=[EMPTY, *Why.choices],
        error_messages={"required": _("Choose the reason.")},
    )
    words = words_field(_("In your own words"), rows=2, help_text=_("It goes on record with each file."))

    use_required_attribute = False

    def __init__(
        self, *args: Any, files: Iterable[str], officers: Iterable[tuple[str, str]], **kwargs: Any
    ) -> None:
        super().__init__(*args, **kwargs)
        offer(self, "chosen", [(reference, reference) for reference in files])
        back: tuple[str, Any] = (QUEUE, _("Back to the queue"))
        offer(self, "to", [EMPTY, back, *officers])
