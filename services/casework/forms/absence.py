"""On which days an officer is away, and what kind of reason that has."""

from django import forms
from django.utils.translation import gettext_lazy as _

from services.accounts.models import Absence
from services.casework.forms.desk import EMPTY
from services.foundation import clock
from services.foundation.forms.days import day_field


class AbsenceForm(forms.Form):
    """First and last day, both included. No words: nobody's illness is written down here."""

    first_date = day_field(_("First day away"), initial=clock.today)
    last_date = day_field(_("Last day away"))
    kind = forms.ChoiceField(
        label=_("Reason"),
        help_text=_("The kind is enough. Nothing about anybody's health is kept."),
        choices=[EMPTY, *Absence.Kind.choices],
        error_messages={"required": _("Choose the reason.")},
    )

    use_required_attribute = False
