"""The answers to what the office asks that are no papers and no questions of the form: a fact in words, a time to come."""

from collections.abc import Iterable
from datetime import datetime
from typing import Any, Final

from django import forms
from django.utils.translation import gettext_lazy as _

from services.applications.forms.fixed import WordedForm
from services.foundation.templatetags.bening import moment

NONE: Final = "none"


class FactForm(WordedForm):
    """What the office needs to know."""

    answer = forms.CharField(
        label=_("Your answer"),
        help_text=_("Write what the office needs to know. Do not write passwords or codes here."),
        widget=forms.Textarea(attrs={"rows": 6}),
        max_length=4000,
        error_messages={"required": _("Write your answer")},
    )


class AppointmentForm(WordedForm):
    """One of the times that the office offers, or when one could come instead."""

    time = forms.ChoiceField(
        label=_("When do you come?"),
        widget=forms.RadioSelect,
        error_messages={
            "required": _("Choose one of the times, or say that none suits you."),
            "invalid_choice": _("This time has passed. Choose another, or say that none suits you."),
        },
        choices=(),
    )
    answer = forms.CharField(
        label=_("If none of them suits you: when could you come?"),
        widget=forms.Textarea(attrs={"rows": 3}),
        max_length=1000,
        required=False,
    )

    def __init__(self, *args: Any, times: Iterable[datetime], at: datetime, **kwargs: Any) -> None:
        """Offer the `times` that lie ahead; where all have passed, only words are left to say."""
        super().__init__(*args, **kwargs)
        self.times = {time.isoformat(): time for time in times if time > at}
        if not self.times:
            self._ask_in_words()
            return
        offered = [(code, moment(time)) for code, time in self.times.items()]
        self.fields["time"].choices = [*offered, (NONE, _("None of these times"))]  # type: ignore[attr-defined]

    def _ask_in_words(self) -> None:
        del self.fields["time"]
        answer = self.fields["answer"]
        answer.label = _("The times that the office offered have passed. When could you come?")
        answer.required = True
        answer.error_messages["required"] = _("Say when you could come.")

    @property
    def agreed_at(self) -> datetime | None:
        """The time that was chosen; None where none suits."""
        return self.times.get(self.cleaned_data.get("time", ""))
