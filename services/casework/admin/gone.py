"""What an old tab is told that tries what cannot be done any longer: why, what has happened since, and what was typed."""

from dataclasses import replace

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _

from services.accounts.http import CitizenRequest
from services.casework import policies, queries, stale, timeline
from services.casework.admin import door
from services.casework.admin.actions import action, desk_of
from services.casework.admin.file import shown
from services.casework.admin.opened import Opened
from services.casework.admin.queue import FILE
from services.casework.models import Case


def answer(request: CitizenRequest, opened: Opened, name: str) -> HttpResponse:
    """An action of an old tab that is not offered any longer: why, and what was typed for it, so that nothing is lost."""
    case = opened.case
    road = case.workflow.by_name.get(name)
    typed: list[stale.Typed] = []
    if road is not None and name in desk_of(case).forms:
        papers = queries.current_documents(case)
        typed = stale.typed_in(action(case, road, attached=papers, changed=[], data=request.POST).form)
    door.require(request, case, opened.role, at=opened.at, typed=typed)
    said = _kept_away(opened.role) or _not_now(request, case, name)
    if typed:
        return shown(request, replace(opened, gone=said, typed=typed))
    messages.warning(request, said)
    return redirect(FILE, case.reference)


def _not_now(request: CitizenRequest, case: Case, name: str) -> str:
    """Why an action of an old tab is not offered any longer: what happened since it was drawn."""
    seen = request.POST.get(f"{name}-version", "")
    words = _("This cannot be done with the case now. Here is where it stands.")
    if not seen.isdecimal():
        return words
    since = stale.what_changed(case, since=int(seen), history=timeline.for_office)
    return f"{words} {since}".rstrip()


def _kept_away(role: queries.Role) -> str:
    """What keeps whoever reads the file from doing anything with it: an absence, or the missing pact; "" for neither."""
    if role.away_until:
        return policies.is_away(role.away_until)
    return policies.pact_is_missing() if role.lacks_pact else ""
