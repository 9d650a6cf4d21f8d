"""Who gets as far as a page of the desk: staff with a hat that reads cases; for everybody else there is no such page."""

from functools import partial

from django.http import Http404

from services.accounts.http import CitizenRequest
from services.casework import queries
from services.casework.models import Case
from services.casework.queries import Role
from services.foundation import clock, references

PERMISSION = "casework.view_case"


def file_of(request: CitizenRequest, reference: str) -> tuple[Case, Role]:
    """The case with the role in which this officer reads it; 404 where they may not, as where there is none."""
    found = references.look_up(reference, partial(queries.desk_case, request.user, at=clock.now()))
    if found is None:
        raise Http404
    return found
