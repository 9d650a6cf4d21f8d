"""The pages on which somebody reports in confidence, one thing each."""

from typing import Any, Final

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from complaints.forms.reach import ReachForm
from complaints.forms.words import words_of
from complaints.integrity import queries
from complaints.integrity.forms.shared import StepForm
from complaints.integrity.matters import Concerned, Maladministration, Matter
from complaints.integrity.values import LONGEST_LINE, LONGEST_WORDS
from services.applications.fields import WordsField
from services.foundation import references, texts
from services.foundation.forms import MoneyField, Option, PhoneField, PhotosField, ReferenceField, YesNoField
from services.government import queries as government
from services.government.models import Agency

NOBODY, PASSPHRASE, PHONE, EMAIL = "none", "passphrase", "phone", "email"
LONGEST_PLACE: Final = 300
ELSEWHERE: Final = ""


class MatterForm(StepForm):
    """What it is about."""

    heading_field = "matter"
    matter = forms.ChoiceField(
        label=gettext_lazy("What is it about?"),
        choices=Matter.choices,
        widget=forms.RadioSelect,
        error_messages={"required": gettext_lazy("Choose what fits best.")},
    )


class KindForm(StepForm):
    """Which of the wrongs of the Ombudsman's list it is."""

    heading_field = "axis"
    axis = forms.ChoiceField(
        label=gettext_lazy("What did the office do wrong?"),
        choices=Maladministration.choices,
        widget=forms.RadioSelect,
        error_messages={"required": gettext_lazy("Choose what fits best.")},
    )


class WhatForm(StepForm):
    """What happened."""

    heading_field = "what"
    what = words_of(
        gettext_lazy("What happened?"),
        longest=LONGEST_WORDS,
        required=True,
        rows=8,
        help_text=gettext_lazy(
            "Tell it in your own words: what was said, what was done. Leave out what only you can know, "
            "if you do not want to be recognised by it."
        ),
        error_messages={"required": gettext_lazy("Tell in a few words what happened.")},
    )


class WhereForm(StepForm):
    """Which office, and where; with the reference of a case or a certificate, if it belongs to one."""

    office = forms.ChoiceField(label=gettext_lazy("Which office is it about?"), required=False)
    place = WordsField(
        label=gettext_lazy("Where was it?"),
        max_length=LONGEST_PLACE,
        required=False,
        help_text=gettext_lazy("A counter, a street, a telephone call: as you know it."),
        widget=forms.TextInput(attrs={"autocomplete": "off"}),
    )
    reference = ReferenceField(
        label=gettext_lazy("Reference of a case, or code of a certificate"),
        required=False,
        help_text=gettext_lazy("If it belongs to one. The office that had the case is not told."),
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        offices = [(agency.code, texts.local(agency.name)) for agency in government.agencies()]
        self.fields["office"].choices = [  # type: ignore[attr-defined]
            (ELSEWHERE, _("I do not know, or another one")),
            *sorted(offices, key=lambda choice: choice[1]),
        ]
        self.fields["reference"].parse = self._read  # type: ignore[attr-defined]

    @staticmethod
    def _read(typed: str) -> str:
        try:
            return queries.read_reference(typed)
        except references.MangledReference as mangled:
            mangled.message = _(
                "This is neither a reference (P-7K3F9-QXM2E) nor a code (7K3F-9QXM-2E8H). Check it, or leave it out."
            )
            raise


class WhoForm(StepForm):
    """Who did it, in free words; and whether it is against those of whom the commission alone may hear."""

    concerned = forms.ChoiceField(
        label=gettext_lazy("Whom does it concern?"),
        choices=Concerned.choices,
        widget=forms.RadioSelect,
        error_messages={"required": gettext_lazy("Choose what fits best.")},
    )
    who = words_of(
        gettext_lazy("Who was it?"),
        longest=LONGEST_LINE,
        rows=3,
        help_text=gettext_lazy(
            "A name, a post, what they look like: as far as you know. Whoever you name here cannot read "
            "your report, even if they work where it is received."
        ),
    )


class WhenForm(StepForm):
    """When it was, and how much was asked or given."""

    when = WordsField(
        label=gettext_lazy("When was it?"),
        max_length=LONGEST_PLACE,
        required=False,
        help_text=gettext_lazy("A day, or roughly: last Monday, since August."),
        widget=forms.TextInput(attrs={"autocomplete": "off"}),
    )
    amount = MoneyField(
        label=gettext_lazy("How much money was it about?"),
        required=False,
        help_text=gettext_lazy("In whole rupiah, such as 500.000. Leave it empty if there was none."),
    )


class WorkForm(StepForm):
    """Whether the reporter works there."""

    heading_field = "works_here"
    works_here = YesNoField(
        label=gettext_lazy("Do you work at that office?"),
        help_text=gettext_lazy(
            "Employees who are pressed, or who see what is wrong, are protected by law (UU 31/2014). "
            "The receiver alone reads your answer."
        ),
    )


class EvidenceForm(StepForm):
    """Photos and PDFs, as many as allowed, if there are any."""

    upload = PhotosField(
        label=gettext_lazy("Photos or documents, if you have any"),
        required=False,
        allow_empty_file=True,
        help_text=gettext_lazy(
            "JPG, PNG, WebP or PDF, up to 15 MB each. We draw each of them anew: place, time, camera and names "
            "of authors are not kept."
        ),
    )


class ReceiverForm(StepForm):
    """Who receives it, and whether they may hand it to the other."""

    heading_field = "receiver"
    receiver = forms.ChoiceField(
        label=gettext_lazy("Who shall receive your report?"),
        widget=forms.RadioSelect,
        error_messages={"required": gettext_lazy("Choose who shall receive your report.")},
    )
    may_be_handed_over = forms.BooleanField(
        label=gettext_lazy("They may hand it to the other receiver if that helps"), required=False
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        hints = {
            Agency.Role.INSPECTORATE: _(
                "Inside the government. It can look into files and question officers at once; "
                "it answers to the head of government."
            ),
            Agency.Role.COMMISSION: _(
                "Outside the government. It is independent and can prosecute; it takes up the weightier matters."
            ),
        }
        self.fields["receiver"].choices = [  # type: ignore[attr-defined]
            (role, Option(texts.local(agency.name), hints[Agency.Role(role)]))
            for role, agency in sorted(queries.receivers().items(), reverse=True)
        ]


class ContactForm(ReachForm, StepForm):
    """How the reporter is reached, if at all."""

    missing = {
        PHONE: gettext_lazy("Enter a mobile number."),
        EMAIL: gettext_lazy("Enter an e-mail address."),
    }
    heading_field = "contact"
    contact = forms.ChoiceField(
        label=gettext_lazy("How may we reach you?"),
        choices=[
            (
                PASSPHRASE,
                Option(
                    gettext_lazy("With a passphrase only"),
                    gettext_lazy(
                        "You come back with it and read questions and the answer. We do not know you."
                    ),
                ),
            ),
            (PHONE, Option(gettext_lazy("Passphrase, and an SMS when there is news"))),
            (EMAIL, Option(gettext_lazy("Passphrase, and an e-mail when there is news"))),
            (
                NOBODY,
                Option(
                    gettext_lazy("Not at all"),
                    gettext_lazy("There is no way back: you cannot be asked, and hear nothing more."),
                ),
            ),
        ],
        widget=forms.RadioSelect,
        error_messages={"required": gettext_lazy("Choose how we may reach you.")},
    )
    phone = PhoneField(label=gettext_lazy("Mobile number"), required=False)
    email = forms.EmailField(
        label=gettext_lazy("E-mail address"),
        required=False,
        max_length=254,
        widget=forms.EmailInput(attrs={"autocomplete": "email", "spellcheck": "false"}),
        error_messages={"invalid": gettext_lazy("Enter an e-mail address such as name@example.com.")},
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for name in (PHONE, EMAIL):
            self.fields[name].says_optional = False  # type: ignore[attr-defined]


#: The pages in their order.
FORMS: Final[dict[str, type[StepForm]]] = {
    "matter": MatterForm,
    "kind": KindForm,
    "what": WhatForm,
    "where": WhereForm,
    "who": WhoForm,
    "when": WhenForm,
    "work": WorkForm,
    "evidence": EvidenceForm,
    "receiver": ReceiverForm,
    "contact": ContactForm,
}
