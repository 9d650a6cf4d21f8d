"""What a reader may narrow a list down by. Everything comes by the address, so that a view can be kept and sent on."""

from collections.abc import Iterable
from datetime import date, timedelta
from typing import Any, Final
from uuid import UUID

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from oversight.queries import register
from oversight.queries.papers import Wanted
from oversight.queries.register import Filters
from services.casework.models import Outcome
from services.foundation.forms.days import day_field

#: How far the register looks back.
YEARS: Final = 3

Choices = Iterable[tuple[str, str]]


_WRONG: Final = {"invalid": gettext_lazy("Give a day such as 2026-03-30.")}


class RegisterForm(forms.Form):
    """The filters of the register. Nothing given means the last three years and everything in them."""

    since = day_field(gettext_lazy("Came in from"), required=False, error_messages=_WRONG)
    until = day_field(gettext_lazy("to"), required=False, error_messages=_WRONG)
    service = forms.ChoiceField(label=gettext_lazy("Service"), required=False)
    agency = forms.ChoiceField(label=gettext_lazy("Agency"), required=False)
    outcome = forms.ChoiceField(label=gettext_lazy("Outcome"), required=False)
    helper = forms.ChoiceField(label=gettext_lazy("Helper"), required=False)

    def __init__(self, data: Any, *, services: Choices, agencies: Choices, today: date) -> None:
        self.today = today
        self.earliest = _years_before(today)
        widest = {"since": self.earliest.isoformat(), "until": today.isoformat()}
        given = {name: data[name] for name in data if data[name]}
        super().__init__(widest | given)
        helper = str(given.get("helper", ""))
        offered: dict[str, list[tuple[str, str]]] = {
            "service": [("", _("Every service")), *services],
            "agency": [("", _("Every agency")), *agencies],
            "outcome": [
                ("", _("Every outcome")),
                (register.STILL_OPEN, _("Not ended yet")),
                *((code, str(label)) for code, label in Outcome.choices),
            ],
            "helper": [
                ("", _("With or without a helper")),
                (register.WITH_HELPER, _("With a helper")),
                (register.WITHOUT_HELPER, _("Without a helper")),
                *([(helper, _("The helper chosen from the list"))] if _is_uuid(helper) else []),
            ],
        }
        for name, choices in offered.items():
            field = self.fields[name]
            if isinstance(field, forms.ChoiceField):
                field.choices = choices

    def clean(self) -> dict[str, Any]:
        """Keep to what lies within the last three years, and in its order."""
        given: dict[str, Any] = super().clean() or {}
        since, until = given.get("since"), given.get("until")
        if since and since < self.earliest:
            self.add_error(
                "since",
                _("The register looks back three years: to %(day)s.") % {"day": self.earliest.isoformat()},
            )
        if since and until and until < since:
            self.add_error("until", _("The last day lies before the first one."))
        return given

    def filters(self) -> Filters:
        """The filters as they were given; what could not be read is left at its widest."""
        self.is_valid()
        given = self.cleaned_data
        return Filters(
            since=given.get("since") or self.earliest,
            until=given.get("until") or self.today,
            **{name: given.get(name, "") for name in ("service", "agency", "outcome", "helper")},
        )


class PapersForm(forms.Form):
    """What narrows the public register down."""

    service = forms.ChoiceField(label=gettext_lazy("Service"), required=False)
    district = forms.ChoiceField(label=gettext_lazy("District"), required=False)

    def __init__(self, data: Any, *, services: Choices, districts: Choices) -> None:
        super().__init__(data)
        offered = {
            "service": [("", _("Every service")), *services],
            "district": [("", _("Every district")), *districts],
        }
        for name, choices in offered.items():
            field = self.fields[name]
            if isinstance(field, forms.ChoiceField):
                field.choices = choices

    def wanted(self) -> Wanted:
        """What was chosen; a choice that is not offered chooses nothing."""
        self.is_valid()
        return Wanted(**{name: self.cleaned_data.get(name, "") for name in ("service", "district")})


def _years_before(day: date) -> date:
    """The same day three years ago; the 28th for a 29th of February."""
    try:
        return day.replace(year=day.year - YEARS)
    except ValueError:
        return (day - timedelta(days=1)).replace(year=day.year - YEARS)


def _is_uuid(text: str) -> bool:
    try:
        return str(UUID(text)) == text
    except ValueError:
        return False
