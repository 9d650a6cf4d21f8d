"""One's businesses: the list, the page of one, its facts, who else may act for it, and joining one by a code."""

from collections.abc import Callable
from typing import Any, Final
from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_safe

from licensing import operations, queries
from licensing.forms import BusinessForm, InviteForm, JoinForm
from licensing.models import Business
from licensing.views import pages
from services.accounts import actors
from services.accounts.http import CitizenRequest
from services.foundation import clock, limits
from services.foundation.errors import UnableTo

METHODS: Final = ["GET", "HEAD", "POST"]
#: Codes have 60 random bits; this only keeps somebody from trying for fun.
JOIN_RATE: Final = "10/h/user"


def own_business(request: CitizenRequest, business_id: UUID) -> Business:
    """The business with this id, if the reader may act for it; 404 for everybody else."""
    found = queries.business_for(request.user, business_id, at=clock.now())
    if found is None:
        raise Http404
    return found


@require_safe
@never_cache
def businesses(request: CitizenRequest) -> HttpResponse:
    """The businesses for which the reader may act."""
    found = list(queries.businesses_of(request.user, at=clock.now()))
    return render(request, "licensing/businesses.html", {"businesses": found})


@require_http_methods(METHODS)
@never_cache
def new(request: CitizenRequest) -> HttpResponse:
    """Enter a business."""
    form = BusinessForm(request.POST or None)
    if form.is_valid():
        kept = _tried(
            form,
            lambda: operations.register_business(
                form.facts, owner=request.user.person, actor=actors.acting(request.user), at=clock.now()
            ),
        )
        if kept is not None:
            messages.success(request, _("The business is entered. You can apply for licences in its name."))
            return redirect("licensing:business_page", kept.pk)
    return render(request, "licensing/business_form.html", {"form": form, "business": None})


@require_safe
@never_cache
def page(request: CitizenRequest, business_id: UUID) -> HttpResponse:
    """One business: what is known of it, its licences; who acts for it only where that is more than the reader."""
    business, now = own_business(request, business_id), clock.now()
    members = queries.members_of(business, at=now)
    context = {
        "business": business,
        "facts": pages.facts_of(business),
        "rows": [pages.licence_row(each, at=now) for each in queries.licences_of_business(business)],
        "members": members if len(members) > 1 else [],
    }
    return render(request, "licensing/business.html", context)


@require_http_methods(METHODS)
@never_cache
def change(request: CitizenRequest, business_id: UUID) -> HttpResponse:
    """Change what is known of a business."""
    business = own_business(request, business_id)
    form = BusinessForm(request.POST or None, business=business)
    if form.is_valid():
        actor = actors.acting(request.user)
        kept = _tried(
            form,
            lambda: operations.change_business(business, form.facts, actor=actor, at=clock.now()),
        )
        if kept is not None:
            messages.success(
                request, _("The change is saved. Certificates that were issued keep what they say.")
            )
            return redirect("licensing:business_page", business.pk)
    return render(request, "licensing/business_form.html", {"form": form, "business": business})


@require_http_methods(METHODS)
@never_cache
def people(request: CitizenRequest, business_id: UUID) -> HttpResponse:
    """Who may act for a business; somebody else is invited by a code."""
    business, now = own_business(request, business_id), clock.now()
    form = InviteForm(request.POST or None)
    if form.is_valid():
        contact = form.cleaned_data["contact"]
        sent = _tried(
            form,
            lambda: operations.invite_member(
                business, actor=request.user, phone=contact.phone, email=contact.email, at=now
            ),
        )
        if sent is not None:
            messages.success(request, _("The code was sent. It works once, for seven days."))
            return redirect("licensing:people", business.pk)
    members = queries.members_of(business, at=now)
    context = {
        "business": business,
        "form": form,
        "members": [(member, member.person.user_id == request.user.pk) for member in members],
        "can_end": len(members) > 1,
        "invitations": queries.open_invitations(business, at=now),
    }
    return render(request, "licensing/people.html", context)


@require_http_methods(METHODS)
@never_cache
def end(request: CitizenRequest, business_id: UUID, number: int) -> HttpResponse:
    """Ask before somebody's right to act for a business is ended, then end it."""
    business = own_business(request, business_id)
    members = queries.members_of(business, at=clock.now())
    member = next((each for each in members if each.pk == number), None)
    if member is None:
        raise Http404
    if request.method != "POST":
        return render(request, "licensing/end_member.html", {"business": business, "member": member})
    try:
        operations.end_membership(member, actor=request.user, at=clock.now())
    except UnableTo as refusal:
        messages.error(request, refusal.message)
        return redirect("licensing:people", business.pk)
    is_oneself = member.person.user_id == request.user.pk
    messages.success(request, _("%(name)s no longer acts for this business.") % {"name": member.person.name})
    return redirect("licensing:businesses") if is_oneself else redirect("licensing:people", business.pk)


@require_http_methods(METHODS)
@never_cache
def withdraw(request: CitizenRequest, business_id: UUID, invitation_id: UUID) -> HttpResponse:
    """Make a code that was sent void."""
    business = own_business(request, business_id)
    found = next(
        (each for each in queries.open_invitations(business, at=clock.now()) if each.pk == invitation_id),
        None,
    )
    if request.method == "POST" and found is not None:
        operations.withdraw_invitation(found, actor=request.user, at=clock.now())
        messages.success(request, _("The code no longer works."))
    return redirect("licensing:people", business.pk)


@require_http_methods(METHODS)
@never_cache
def join(request: CitizenRequest) -> HttpResponse:
    """Type the code by which one was invited to act for a business."""
    form = JoinForm(request.POST or None)
    if form.is_valid():
        if not limits.is_within(request, action="join_business", rate=JOIN_RATE):
            form.refuse(_("Too many codes were tried. Wait an hour, then try again."), field="code")
            return render(request, "licensing/join.html", {"form": form}, status=429)
        joined = _tried(
            form,
            lambda: operations.join_business(request.user, code=form.cleaned_data["code"], at=clock.now()),
        )
        if joined is not None:
            messages.success(request, _("You may act for %(name)s from now on.") % {"name": joined.name})
            return redirect("licensing:business_page", joined.pk)
    return render(request, "licensing/join.html", {"form": form})


def _tried(form: Any, step: Callable[[], Any]) -> Any:
    """What the step gives; None where it refuses, which is then said in the form."""
    try:
        return step()
    except UnableTo as refusal:
        form.refuse(refusal.message, field=refusal.field)
        return None
