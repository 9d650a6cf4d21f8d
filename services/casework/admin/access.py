"""Who gets as far as a page of the desk: staff with a hat that reads cases; for everybody else there is no such page."""

from collections.abc import Callable
from functools import wraps
from typing import Any

from django.contrib import admin
from django.http import Http404, HttpRequest, HttpResponseBase

from services.accounts.http import CitizenRequest
from services.casework import queries
from services.casework.models import Case
from services.casework.queries import Role
from services.foundation import clock, references

PERMISSION = "casework.view_case"

View = Callable[..., HttpResponseBase]


def desk_view(view: View) -> View:
    """A page of the desk: 404 for whoever wears no hat that reads cases, sign-in for the anonymous."""
    page = admin.site.admin_view(view)

    @wraps(view)
    def guarded(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        if request.user.is_authenticated and not request.user.has_perm(PERMISSION):
            raise Http404
        return page(request, *args, **kwargs)

    return guarded


def file_of(request: CitizenRequest, reference: str) -> tuple[Case, Role]:
    """The case with the role in which this officer reads it; 404 where they may not, as where there is none."""
    try:
        found = queries.desk_case(request.user, references.parse(reference), at=clock.now())
    except references.MangledReference:
        found = None
    if found is None:
        raise Http404
    return found
