"""What an officer asks of the applicant: up to three things at once, from the list of the standard, or with a reason."""

from collections.abc import Collection
from datetime import datetime
from typing import Any, ClassVar, Final

from django import forms
from django.utils.translation import gettext_lazy as _

from services.casework import letters, operations
from services.casework.forms.desk import EMPTY, WORDS_LENGTH, DeskForm, offer, words_field
from services.casework.models import ApplicantRequest, Case, Review
from services.casework.operations import Thing
from services.foundation import clock, texts
from services.foundation.forms.days import offer_from_now, time_field

Kind = ApplicantRequest.Kind
#: How many things are asked at once, and how many times are offered for an appointment.
AT_ONCE: Final = (1, 2, 3)
OFFERED: Final = (1, 2, 3)
#: Between the kind and what it concerns, in the value of a choice.
BETWEEN: Final = ":"


def _time_field(number: int) -> forms.DateTimeField:
    return time_field(
        _("Time to choose, %(number)s") % {"number": number} if number > 1 else _("Time to choose"),
        required=False,
        error_messages={"invalid": _("Type day and time, like 2026-03-16 09:30.")},
    )


class AskForm(DeskForm):
    """What is asked of the applicant, for the whole file or for one `review`. `slots` are the papers in the file."""

    template: ClassVar[str] = "casework/desk/_ask.html"

    def __init__(
        self, *args: Any, case: Case, slots: Collection[str] = (), review: Review | None = None, **kwargs: Any
    ) -> None:
        super().__init__(*args, case=case, **kwargs)
        self.review, choices = review, _choices(case, slots)
        for number in AT_ONCE:
            after, first = _after(number), number == 1
            self.fields[f"what{after}"] = forms.ChoiceField(
                label=_("What do you ask for?") if first else _("What else?"),
                required=first,
                error_messages={"required": _("Choose what you ask for.")},
            )
            offer(self, f"what{after}", choices)
            self.fields[f"words{after}"] = words_field(
                _("In words the applicant reads"),
                required=first,
                help_text=_("Say exactly what is needed, and why.") if first else "",
            )
        self.fields["reason"] = forms.CharField(
            label=_("Why, if the standard does not list it"),
            help_text=_("The applicant reads it. It is recorded and counted."),
            required=False,
            max_length=WORDS_LENGTH,
            widget=forms.Textarea(attrs={"rows": 2}),
        )
        for number in OFFERED:
            self.fields[f"time_{number}"] = _time_field(number)
            offer_from_now(self, f"time_{number}")

    def clean(self) -> dict[str, Any]:
        """Each thing needs its words; a time lies ahead."""
        cleaned = super().clean() or {}
        for number in AT_ONCE[1:]:
            if cleaned.get(f"what_{number}") and not cleaned.get(f"words_{number}", "").strip():
                self.add_error(f"words_{number}", _("Write a few words."))
        now = clock.now()
        for number in OFFERED:
            if (cleaned.get(f"time_{number}") or now) < now:
                self.add_error(f"time_{number}", _("This time has passed."))
        return cleaned

    def values(self) -> dict[str, Any]:
        """The things that are asked."""
        return {"things": self.things}

    @property
    def things(self) -> list[Thing]:
        """What was chosen, in the order of the form."""
        times = tuple(self.cleaned_data[f"time_{n}"] for n in OFFERED if self.cleaned_data[f"time_{n}"])
        return [self._thing(_after(n), times) for n in AT_ONCE if self.cleaned_data[f"what{_after(n)}"]]

    def _thing(self, after: str, times: tuple[datetime, ...]) -> Thing:
        kind, _between, key = self.cleaned_data[f"what{after}"].partition(BETWEEN)
        return Thing(
            kind=kind,
            key=key,
            words=self.cleaned_data[f"words{after}"],
            reason=self.cleaned_data["reason"],
            times=times if kind == Kind.APPOINTMENT else (),
        )

    @property
    def done(self) -> str:
        """What is said where a supervisor has to release something first; "" where the desk's own words hold."""
        again = [thing for thing in self.things if operations.is_second(self.case, thing, review=self.review)]
        if not again:
            return ""
        if len(again) == len(self.things):
            return str(
                _("It was asked before: a supervisor has to let it go out. The applicant is not told yet.")
            )
        return str(_("The applicant was asked. What was asked before goes out when a supervisor lets it."))

    @property
    def more(self) -> list[forms.BoundField]:
        """The fields of what else is asked."""
        return [self[f"{name}{_after(n)}"] for n in AT_ONCE[1:] for name in ("what", "words")]

    @property
    def beyond(self) -> list[forms.BoundField]:
        """The fields of what the standard does not list, and of an appointment."""
        return [self["reason"], *(self[f"time_{number}"] for number in OFFERED)]

    @property
    def shows_more(self) -> bool:
        """Whether anything was filled in or is wrong there."""
        return any(field.errors or field.value() for field in self.more)

    @property
    def shows_beyond(self) -> bool:
        """Whether anything was filled in or is wrong there."""
        return any(field.errors or field.value() for field in self.beyond)


def _after(number: int) -> str:
    return "" if number == 1 else f"_{number}"


def _choices(case: Case, slots: Collection[str]) -> list[Any]:
    """What may be asked, by kind: what the standard lists first, then what it does not."""
    definition = case.service_version.parsed
    papers = [(document.key, texts.local(document.title)) for document in definition.documents]
    questions = [(key, texts.local(letters.titles(definition)[key])) for key in definition.questions]
    there = [row for row in papers if row[0] in slots]
    listed = [
        (Kind(kind).label, [(f"{kind}{BETWEEN}{key}", title) for key, title in rows])
        for kind, rows in ((Kind.CLEARER, there), (Kind.DOCUMENT, papers), (Kind.CORRECTION, questions))
        if rows
    ]
    further = [
        (f"{Kind.DOCUMENT}{BETWEEN}", _("A document that the standard does not list")),
        (f"{Kind.FACT}{BETWEEN}", Kind.FACT.label),
        (f"{Kind.APPOINTMENT}{BETWEEN}", Kind.APPOINTMENT.label),
    ]
    return [EMPTY, *listed, (_("Not on the list of the standard: say why"), further)]
