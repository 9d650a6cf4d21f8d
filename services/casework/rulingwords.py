"""What the record of a case says of courts and their rulings, in plain words."""

from collections.abc import Callable, Mapping
from datetime import date
from functools import partial
from typing import Any, Final

from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from services.foundation.templatetags.bening import day

Words = str | Promise
Details = Mapping[str, Any]

SENTENCES: Final[Mapping[str, Words]] = {
    "ruling.stayed": gettext_lazy(
        "A court stayed the decision. The certificate may not be used until the stay ends."
    ),
    "ruling.stay_ended": gettext_lazy("The court's stay ended."),
    "ruling.grant_annulled": gettext_lazy("A court annulled the grant. The certificate is valid no longer."),
    "ruling.refusal_annulled": gettext_lazy("A court annulled the refusal. Somebody else decides anew."),
    "casework.ruling.entered": gettext_lazy(
        "The ruling of a court was entered. A second person looks at it."
    ),
    "casework.ruling.sent_back": gettext_lazy("The entry of a ruling was sent back."),
}


def named(details: Details) -> str:
    """The court, the number and the day, in the reader's language."""
    return _("%(court)s, number %(number)s, %(day)s") % {
        "court": details.get("court", ""),
        "number": details.get("number", ""),
        "day": day(date.fromisoformat(details["date"])) if details.get("date") else "",
    }


def _ruled(key: str, details: Details) -> str:
    return f"{SENTENCES[key]} {named(details)}."


WITH_DETAILS: Final[Mapping[str, Callable[[Details], str]]] = {key: partial(_ruled, key) for key in SENTENCES}
