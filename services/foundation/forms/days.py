"""A day, or a day with its hour, by the browser's own calendar, which needs no JavaScript."""

from datetime import timedelta
from typing import Any, Final

from django import forms
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from services.foundation import clock

DAY: Final = "%Y-%m-%d"
HOUR: Final = "%Y-%m-%dT%H:%M"


def day_field(label: Any, **more: Any) -> forms.DateField:
    """A day."""
    said = {"required": _("Choose the day."), "invalid": _("Choose the day.")} | more.pop(
        "error_messages", {}
    )
    widget = forms.DateInput(attrs={"type": "date"}, format=DAY)
    return forms.DateField(label=label, widget=widget, error_messages=said, **more)


def time_field(label: Any, **more: Any) -> forms.DateTimeField:
    """A day and an hour."""
    widget = forms.DateTimeInput(attrs={"type": "datetime-local"}, format=HOUR)
    return forms.DateTimeField(label=label, widget=widget, **more)


def offer_from_tomorrow(form: forms.Form, name: str) -> None:
    """Let the calendar of the browser offer no day that is too early; the operation says so too."""
    form.fields[name].widget.attrs["min"] = f"{clock.today() + timedelta(days=1):{DAY}}"


def offer_from_now(form: forms.Form, name: str) -> None:
    """The same for an hour: none that has passed."""
    form.fields[name].widget.attrs["min"] = f"{timezone.localtime(clock.now()):{HOUR}}"
