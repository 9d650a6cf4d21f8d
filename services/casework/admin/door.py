"""The door of a file: whoever has no task in it says why first. The reason holds for that officer and case, for this session."""

from collections.abc import Callable, Sequence
from datetime import datetime, timedelta
from functools import wraps
from http import HTTPStatus
from typing import Any, Final
from urllib.parse import urlencode

from django.contrib import admin
from django.http import HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import redirect
from django.template.response import TemplateResponse
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from services.accounts.http import CitizenRequest, following, with_refusal
from services.casework import openings, operations
from services.casework.admin.access import contents_of
from services.casework.admin.queue import FILE
from services.casework.forms.opening import OpeningForm
from services.casework.models import Case
from services.casework.openings import Why
from services.casework.queries import Role
from services.casework.stale import Typed
from services.foundation import clock, texts
from services.foundation.errors import UnableTo

View = Callable[..., HttpResponseBase]

PAGE: Final = "admin:casework_case_opening"
#: Where the session keeps the reasons that were given, by reference.
KEY: Final = "casework.openings"
#: A reason holds for a working day, as the pass for the pictures of a file does.
HOLDS_FOR: Final = timedelta(hours=8)


class Unexplained(Exception):
    """Somebody without a task in a case has not yet said why they open it; `typed` is what they wrote for an act that is refused."""

    def __init__(self, case: Case, typed: Sequence[Typed] = ()) -> None:
        super().__init__(case.reference)
        self.case, self.typed = case, typed


def asks(view: View) -> View:
    """The view, before which whoever has no task in the case is led to the page that asks why, and gets back what they typed."""

    @wraps(view)
    def asking(request: CitizenRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        try:
            return view(request, *args, **kwargs)
        except Unexplained as closed:
            if closed.typed:
                return _given_back(request, closed)
            back = request.get_full_path() if request.method in {"GET", "HEAD"} else ""
            page = reverse(PAGE, args=[closed.case.reference])
            return redirect(f"{page}?{urlencode({'next': back})}" if back else page)

    return asking


def record(request: CitizenRequest, case: Case, role: Role, *, at: datetime, what: str = "case") -> None:
    """Put the opening on record before anything is shown. Raises Unexplained."""
    try:
        operations.record_opening(
            case,
            viewer=request.user,
            hat=role.hat,
            hats=role.hats,
            agency_code=role.agency,
            at=at,
            what=what,
            why=_given(request, case, at=at),
        )
    except operations.UnableToHandle as refusal:
        raise Unexplained(case) from refusal


def require(
    request: CitizenRequest, case: Case, role: Role, *, at: datetime, typed: Sequence[Typed] = ()
) -> None:
    """Raise Unexplained where the file may not be shown again to this officer as it was, after an act that was refused."""
    if _given(request, case, at=at) is None and not _has_task(request, case, role, at=at):
        raise Unexplained(case, typed)


@require_http_methods(["GET", "HEAD", "POST"])
def page(request: CitizenRequest, reference: str) -> HttpResponse:
    """Reference, service, and why. Nobody's name, and nothing of what the file holds."""
    case, role = contents_of(request, reference)
    at = clock.now()
    onward = following(request, default=reverse(FILE, args=[case.reference]))
    if _has_task(request, case, role, at=at):
        return redirect(onward)
    form = OpeningForm(request.POST if request.method == "POST" else None)
    if request.method == "POST" and form.is_valid():
        try:
            _keep(request, case, form.why(), at=at)
        except UnableTo as refusal:
            with_refusal(form, refusal)
        else:
            return redirect(onward)
    return _drawn(request, case, form, onward)


def _given_back(request: CitizenRequest, closed: Unexplained) -> HttpResponse:
    """The page that asks why, with what was typed for an act that is refused: it is kept nowhere else."""
    onward = reverse(FILE, args=[closed.case.reference])
    answer = _drawn(request, closed.case, OpeningForm(), onward, typed=closed.typed)
    answer.status_code = HTTPStatus.CONFLICT
    return answer


def _drawn(
    request: CitizenRequest, case: Case, form: OpeningForm, onward: str, *, typed: Sequence[Typed] = ()
) -> HttpResponse:
    context: dict[str, Any] = {
        **admin.site.each_context(request),
        "title": _("Why do you open %(reference)s?") % {"reference": case.reference},
        "reference": case.reference,
        "service": texts.local(case.service_version.service.name),
        "office": texts.local(case.agency.name),
        "following": onward,
        "hours": HOLDS_FOR // timedelta(hours=1),
        "form": form,
        "typed": typed,
        "gone": _("What you tried was not done: nothing in this file waits for you now.") if typed else "",
        "refused": [form] if form.errors else [],
    }
    return TemplateResponse(request, "casework/desk/opening.html", context)


def _has_task(request: CitizenRequest, case: Case, role: Role, *, at: datetime) -> bool:
    return openings.has_task(request.user, case, hats=role.hats | {role.hat}, at=at)


def _keep(request: CitizenRequest, case: Case, why: Why, *, at: datetime) -> None:
    """Keep the reason in the session, and forget those that hold no longer. Raises UnableToHandle (why)."""
    operations.require_reason(why)
    kept: dict[str, dict[str, str]] = request.session.get(KEY, {})
    still = {key: row for key, row in kept.items() if _holds(row, at=at)}
    request.session[KEY] = still | {case.reference: {**why.details(), "at": at.isoformat()}}


def _given(request: CitizenRequest, case: Case, *, at: datetime) -> Why | None:
    """The reason that this officer has given for this case, while it holds."""
    row = request.session.get(KEY, {}).get(case.reference)
    if row is None or not _holds(row, at=at):
        return None
    return Why(code=row["reason_code"], number=row.get("number", ""), words=row.get("words", ""))


def _holds(row: dict[str, str], *, at: datetime) -> bool:
    return at < datetime.fromisoformat(row["at"]) + HOLDS_FOR
