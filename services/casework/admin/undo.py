"""Taking one's last step back: the button on the file and on the first page, and what it does."""

from datetime import datetime
from typing import Any, Final

from django.conf import settings
from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from services.accounts.http import CitizenRequest
from services.accounts.models import User
from services.casework import operations, queries, undoing
from services.casework.admin.access import file_of
from services.casework.admin.queue import FILE
from services.casework.models import Case
from services.foundation import clock
from services.foundation.errors import UnableTo

#: The parameter by which the first page is told which step its reader has just taken.
JUST_DONE: Final = "done"
MINUTE: Final = 60


def undo(request: CitizenRequest, reference: str) -> HttpResponse:
    """Take the last step back, and lead to the file as it was before it."""
    case, _role = file_of(request, reference)
    if request.method != "POST":
        return redirect(FILE, case.reference)
    at = clock.now()
    try:
        operations.undo_step(case, actor=request.user, at=at)
    except UnableTo as refusal:
        operations.note_conflict(case, refusal, actor=request.user, doing="undo", at=at)
        messages.error(request, str(refusal.message))
    else:
        words = _("%(reference)s stands as before your last step. Nobody outside the office was told of it.")
        messages.success(request, words % {"reference": case.reference})
    return redirect(FILE, case.reference)


def address_after(case: Case, *, reader: User, at: datetime) -> str:
    """Where an officer goes on after a step: the first page, which offers to undo it where that is possible."""
    home = reverse("admin:index")
    moved = Case.objects.only("undo", "undo_until", "row_version").get(pk=case.pk)
    if not undoing.can_undo(moved, reader, at=at):
        return home
    return f"{home}?{JUST_DONE}={case.reference}"


def offered(case: Case, *, reader: User, at: datetime) -> dict[str, Any] | None:
    """The button with the time that is left for it; None where this reader has nothing to undo here."""
    if case.undo_until is None or not undoing.can_undo(case, reader, at=at):
        return None
    seconds = int((case.undo_until - at).total_seconds())
    whole, most = case.service_version.parsed.undo_seconds, settings.UNDO_SECONDS_AT_MOST
    return {
        "is_cut_short": most is not None and most < whole,
        "whole": _left(whole),
        "reference": case.reference,
        "address": reverse("admin:casework_case_undo", args=[case.reference]),
        "left": _left(seconds),
        "seconds": seconds,
        "until": case.undo_until,
    }


def just_done(request: CitizenRequest, *, at: datetime) -> dict[str, Any] | None:
    """What the first page offers to undo, right after the step. One query, and only then."""
    reference = request.GET.get(JUST_DONE, "")
    found = queries.desk_case(request.user, reference, at=at) if reference else None
    return offered(found[0], reader=request.user, at=at) if found else None


def _left(seconds: int) -> str:
    if seconds < MINUTE:
        return ngettext("%(count)d second", "%(count)d seconds", seconds) % {"count": seconds}
    minutes = seconds // MINUTE
    return ngettext("%(count)d minute", "%(count)d minutes", minutes) % {"count": minutes}
