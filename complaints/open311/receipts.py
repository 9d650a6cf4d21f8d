"""What is said to a program that has sent a report: its number, and a notice that it shows to the person."""

from collections.abc import Iterator
from typing import Any

from django.conf import settings
from django.urls import reverse
from django.utils.translation import gettext as _

from complaints import queries
from complaints.open311.filing import Filing
from services.casework.models import Case
from services.foundation.templatetags.bening import day


def receipt(case: Case, filing: Filing) -> dict[str, Any]:
    """The answer to a new request. Of a confidential report it says no more, and nobody hears of it again here."""
    return {"service_request_id": case.reference, "service_notice": "\n".join(_notice(case, filing))}


def _notice(case: Case, filing: Filing) -> Iterator[str]:
    number = queries.danger_number(filing.report.words)
    if number:
        yield _("Is a life in danger? Call %(number)s now; nobody reads this at once.") % {"number": number}
    yield _("The complaints office reads it by %(day)s at the latest.") % {"day": day(case.due_at)}
    if case.is_confidential:
        yield _("It is confidential and is listed nowhere.")
    else:
        yield _("After that everybody can read it.")
    if filing.report.is_outside:
        yield _("The point lies outside our region, so somebody else may be responsible.")
    yield _(
        "Keep the number and this passphrase: %(passphrase)s. With both you read the answer and write to the office: %(address)s"
    ) % {
        "passphrase": filing.passphrase,
        "address": settings.SITE_URL + reverse("complaints:dialogue", args=[case.reference]),
    }
    if filing.not_kept:
        yield _("Not kept: %(fields)s.") % {"fields": ", ".join(filing.not_kept)}
