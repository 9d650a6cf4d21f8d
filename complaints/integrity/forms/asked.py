"""What an officer types who was asked to do something with a case; and the reference by which they come back."""

from typing import Any, Final
from uuid import uuid4

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from complaints.forms.words import words_of
from complaints.integrity.forms.pages import ReceiverForm
from complaints.integrity.matters import Concerned, Matter, Pressure
from complaints.integrity.values import LONGEST_LINE, LONGEST_WORDS, Told
from services.foundation import texts
from services.foundation.forms import ReferenceField
from services.government import queries as government

#: Beside the offices: whom the request may come from that is none.
HEAD, OUTSIDE, UNKNOWN = "-head", "-outside", ""
CONCERNED: Final = {HEAD: Concerned.HEAD, OUTSIDE: Concerned.BROKER, UNKNOWN: Concerned.UNKNOWN}


def _new_key() -> str:
    return uuid4().hex


class AskedForm(ReceiverForm):
    """What was asked, by which office, in which words; and who receives it. `key` makes a second sending the same one."""

    heading_field = ""
    key = forms.CharField(widget=forms.HiddenInput, max_length=64, required=False, initial=_new_key)
    asked = forms.ChoiceField(
        label=gettext_lazy("What were you asked to do?"),
        choices=Pressure.choices,
        widget=forms.RadioSelect,
        error_messages={"required": gettext_lazy("Choose what fits best.")},
    )
    office = forms.ChoiceField(label=gettext_lazy("Which office did it come from?"), required=False)
    who = words_of(
        gettext_lazy("Who was it?"),
        longest=LONGEST_LINE,
        rows=2,
        help_text=gettext_lazy("A name or a post. Whoever you name here cannot read your report."),
    )
    what = words_of(
        gettext_lazy("What was said?"),
        longest=LONGEST_WORDS,
        required=True,
        help_text=gettext_lazy(
            "In the words that were used, and when. Leave out what only you can know, if you do not want to be "
            "recognised by it."
        ),
        error_messages={"required": gettext_lazy("Tell in a few words what happened.")},
    )
    field_order = ("asked", "office", "who", "what", "receiver", "may_be_handed_over", "key")

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        offices = [(agency.code, texts.local(agency.name)) for agency in government.agencies()]
        self.fields["office"].choices = [  # type: ignore[attr-defined]
            (UNKNOWN, _("I do not know, or would rather not say")),
            (HEAD, _("The head of government, or somebody who acts for them")),
            (OUTSIDE, _("Nobody of an office: a broker, a business, somebody else")),
            *sorted(offices, key=lambda choice: choice[1]),
        ]
        self.fields["receiver"].help_text = _(
            "What comes from the head of government or the inspectorate goes to the commission alone, whatever you choose."
        )

    def clean_key(self) -> str:
        """Whatever came without one is a report of its own."""
        return self.cleaned_data["key"] or _new_key()

    def told(self, reference: str) -> Told:
        """What is reported, with the reference of the case it was about."""
        typed = self.cleaned_data
        office = typed["office"]
        return Told(
            matter=Matter.PRESSED.value,
            asked=typed["asked"],
            what=typed["what"],
            who=typed["who"],
            office="" if office in CONCERNED else office,
            concerned=CONCERNED.get(office, Concerned.OFFICER).value,
            works_here=True,
            reference=reference,
        )


class FollowForm(forms.Form):
    """The reference of a report that was sent from the desk."""

    reference = ReferenceField(
        label=gettext_lazy("Reference"),
        help_text=gettext_lazy("It stood on the page after sending and looks like C-7K3F9-QXM2E."),
        error_messages={"required": gettext_lazy("Enter the reference of your report")},
    )
