"""Requests to the applicant on the desk: as they stand, asked for a review, withdrawn, released by a supervisor or not."""

from collections.abc import Callable
from datetime import datetime
from typing import Any

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from services.accounts.http import CitizenRequest
from services.accounts.models import Hat, User
from services.casework import asking, handlers, operations, policies, requested, reviews, undoing
from services.casework.admin.access import file_of
from services.casework.admin.queue import FILE
from services.casework.models import ApplicantRequest, Case, Review
from services.casework.queries import Role
from services.foundation import clock
from services.foundation.errors import UnableTo

#: The road by which a question to the whole file is taken back, and that by which a second one goes out.
UNASK, ASK_AGAIN = "unask", "ask_again"


def rows_of(case: Case, *, reader: User, role: Role, at: datetime) -> list[dict[str, Any]]:
    """Everything that was asked, the oldest first, each with what this reader may do with it. One query."""
    found = asking.requests_of(case)
    may_unask = _may_unask(case, reader=reader, role=role, at=at)
    may_release = Hat.SUPERVISOR in role.signed and not undoing.is_open(case, at=at)
    return [
        requested.for_office(row)
        | {
            "withdraw": _address(row, "withdraw") if may_unask and row.is_open and not row.review_id else "",
            "release": _address(row, "release") if may_release and _is_proposed(row, reader) else "",
            "decline": _address(row, "decline") if may_release and _is_proposed(row, reader) else "",
        }
        for row in found
    ]


def rows_of_review(review: Review) -> list[dict[str, Any]]:
    """What was asked for one review, each with the way to withdraw what is open."""
    found = [row for row in asking.requests_of(review.case) if row.review_id == review.pk]
    return [
        requested.for_office(row)
        | {
            "withdraw": reverse(
                "admin:casework_case_review_request_withdraw",
                args=[review.case.reference, review.key, row.pk],
            )
            if row.is_open
            else ""
        }
        for row in found
    ]


@require_POST
def withdraw(request: CitizenRequest, reference: str, number: int) -> HttpResponse:
    """Say that something asked for the whole file is no longer needed."""
    return _done(
        request,
        reference,
        lambda case: handlers.handler(case, UNASK)(case, actor=request.user, number=number, at=clock.now()),
        _("The applicant need not answer this any longer."),
    )


@require_POST
def release(request: CitizenRequest, reference: str, number: int) -> HttpResponse:
    """A supervisor lets a second request go out."""
    return _done(
        request,
        reference,
        lambda case: handlers.handler(case, ASK_AGAIN)(
            case, actor=request.user, number=number, at=clock.now()
        ),
        _("The applicant is asked again."),
    )


@require_POST
def decline(request: CitizenRequest, reference: str, number: int) -> HttpResponse:
    """A supervisor does not let a second request go out."""
    return _done(
        request,
        reference,
        lambda case: operations.decline_request(case, actor=request.user, number=number, at=clock.now()),
        _("The applicant is not asked again."),
    )


@require_POST
def withdraw_for_review(request: CitizenRequest, reference: str, key: str, number: int) -> HttpResponse:
    """Say that something asked for one review is no longer needed."""
    found = reviews.on_desk(request.user, reference, key)
    if found is None:
        raise Http404
    try:
        operations.withdraw_for_review(found, actor=request.user, number=number, at=clock.now())
    except UnableTo as refusal:
        operations.note_conflict(found.case, refusal, actor=request.user, doing="request", at=clock.now())
        messages.error(request, str(refusal.message))
    else:
        messages.success(request, _("The applicant need not answer this any longer."))
    return redirect("admin:casework_case_review", found.case.reference, found.key)


def _done(request: CitizenRequest, reference: str, do: Callable[[Case], Any], said: str) -> HttpResponse:
    case, _role = file_of(request, reference)
    try:
        do(case)
    except UnableTo as refusal:
        operations.note_conflict(case, refusal, actor=request.user, doing="request", at=clock.now())
        messages.error(request, str(refusal.message))
    else:
        messages.success(request, said)
    return redirect(FILE, case.reference)


def _may_unask(case: Case, *, reader: User, role: Role, at: datetime) -> bool:
    road = case.workflow.by_name.get(UNASK)
    if road is None or case.status not in road.sources or undoing.is_open(case, at=at):
        return False
    return policies.can_act(reader, case, road, at, hats=role.signed)


def _is_proposed(row: ApplicantRequest, reader: User) -> bool:
    return row.state == ApplicantRequest.State.PROPOSED and row.asked_by_id != reader.pk


def _address(row: ApplicantRequest, name: str) -> str:
    return reverse(f"admin:casework_case_request_{name}", args=[row.case.reference, row.pk])
