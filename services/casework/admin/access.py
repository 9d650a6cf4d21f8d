"""Who gets as far as a page of the desk: staff with a hat that reads cases; for everybody else there is no such page."""

from functools import partial

from django.http import Http404

from services.accounts.http import CitizenRequest
from services.casework import queries, reviews
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


def contents_of(request: CitizenRequest, reference: str) -> tuple[Case, Role]:
    """The same for the documents of a file, which whoever has one of its reviews on the desk reads too, until it is done."""
    found = references.look_up(reference, partial(reviews.on_desk, request.user))
    if found is None:
        return file_of(request, reference)
    hats = frozenset({found.hat})
    return found.case, Role(hat=found.hat, agency=found.agency.code, hats=hats, signed=hats)
