"""Who acts in which post, by which letter; and why a mandate ends."""

from collections.abc import Iterable
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from services.accounts.models import Mandate
from services.accounts.models.mandate import POSTS
from services.casework.forms.desk import EMPTY, offer, words_field
from services.foundation.forms.days import day_field

Pairs = Iterable[tuple[str, str]]


class MandateForm(forms.Form):
    """A mandate as its letter gives it."""

    officer = forms.ChoiceField(label=_("Who acts?"), error_messages={"required": _("Choose who acts.")})
    hat = forms.ChoiceField(
        label=_("Under which hat?"),
        choices=[EMPTY, *((hat.value, hat.label) for hat in POSTS)],
        error_messages={"required": _("Choose the post.")},
    )
    kind = forms.ChoiceField(
        label=_("Kind of the mandate"),
        choices=Mandate.Kind.choices,
        widget=forms.RadioSelect,
        error_messages={"required": _("Choose the kind of the mandate.")},
    )
    holder = forms.ChoiceField(
        label=_("Who holds the post?"),
        required=False,
        help_text=_("For Plh. only: somebody who is declared away on all of these days."),
    )
    post = forms.CharField(
        label=_("The post, as the letter names it"),
        help_text=_("It is printed in Indonesian: “Plh. Kepala Bidang Perizinan”. Leave out Plh. and Plt."),
        max_length=120,
        error_messages={"required": _("Write the post as the letter names it.")},
    )
    services = forms.MultipleChoiceField(
        label=_("For which services?"),
        required=False,
        help_text=_("For a signatory only. Tick none for all of them."),
        widget=forms.CheckboxSelectMultiple,
    )
    first_date = day_field(_("First day"))
    last_date = day_field(_("Last day"))
    letter_number = forms.CharField(
        label=_("Number of the letter"),
        max_length=60,
        error_messages={"required": _("Write the number of the letter.")},
    )
    letter_date = day_field(_("Date of the letter"))
    upload = forms.FileField(
        label=_("The letter"),
        help_text=_("A PDF or a photo of it."),
        error_messages={"required": _("Choose the file of the letter."), "empty": _("This file is empty.")},
        widget=forms.FileInput(attrs={"accept": "application/pdf,image/*"}),
    )

    use_required_attribute = False

    def __init__(self, *args: Any, officers: Pairs, holders: Pairs, services: Pairs, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        offer(self, "officer", [EMPTY, *officers])
        offer(self, "holder", [("", _("Nobody: the post is vacant")), *holders])
        offer(self, "services", list(services))


class EndForm(forms.Form):
    """Why a mandate ends before its last day."""

    reason = words_field(_("Why does it end?"), required=True, rows=2)

    use_required_attribute = False
