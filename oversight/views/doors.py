"""Who gets as far as a page of oversight: for everybody else there is no such page. The anonymous are asked to sign in."""

from collections.abc import Callable
from functools import wraps
from typing import Any

from django.http import Http404, HttpRequest, HttpResponseBase
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from oversight.queries import people
from oversight.queries.people import Reader
from services.accounts.http import CitizenRequest
from services.foundation import clock

View = Callable[..., HttpResponseBase]


class OversightRequest(CitizenRequest):
    """A request of somebody who may look, with what they may see."""

    reader: Reader


def dashboard_page(view: View) -> View:
    """A page for heads and supervisors."""
    return _page(view, lambda reader: reader.scope is not None)


def register_page(view: View) -> View:
    """A page for auditors."""
    return _page(view, lambda reader: bool(reader.audits_for))


def _page(view: View, may_look: Callable[[Reader], bool]) -> View:
    @require_safe
    @never_cache
    @wraps(view)
    def guarded(request: OversightRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        request.reader = people.reader(request.user, at=clock.now())
        if not may_look(request.reader):
            raise Http404
        return view(request, *args, **kwargs)

    return guarded


def month_asked(request: HttpRequest) -> str:
    """The month that the address names, as it stands there."""
    return request.GET.get("month", "")[:7]
