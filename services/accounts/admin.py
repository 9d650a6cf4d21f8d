"""Hats at the desk of administrators: a list that nobody edits, and the three acts, each an operation."""

from typing import Any, cast

from django.contrib import admin, messages
from django.db.models import QuerySet
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import URLPattern, path
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from unfold.decorators import action, display

from services.accounts import operations, policies, queries
from services.accounts.forms import EndHatForm, GiveHatForm
from services.accounts.http import with_refusal
from services.accounts.models import Hat, Membership, User
from services.foundation import clock
from services.foundation.admin import ShownAdmin, desk_page

LIST = "admin:accounts_membership_changelist"
PAGE = "admin:accounts_membership_change"
PERMISSION = "accounts.view_membership"


def visible_to(user: User) -> QuerySet[Membership]:
    """The memberships that this user may see: auditors all of them, administrators those they may change."""
    memberships = Membership.objects.select_related(
        "user", "agency", "granted_by", "confirmed_by", "ended_by"
    )
    if Hat.AUDITOR in user.hats_today:
        return memberships
    return memberships.filter(agency__in=queries.agencies_administered_by(user, at=clock.now()))


@admin.register(Membership)
class MembershipAdmin(ShownAdmin):
    """Who wears which hat. Nothing is edited here: a hat is given, confirmed or ended."""

    list_display = ("wearer", "hat", "agency", "state_label", "valid_from", "valid_until", "origin")
    list_filter = ("state", "hat", "origin")
    search_fields = ("user__persons__name",)
    ordering = ("state", "-id")
    list_per_page = 50
    actions_list = ("give",)

    def has_give_permission(self, request: HttpRequest) -> bool:
        """Whoever administers some agency."""
        return Hat.ADMINISTRATOR in cast(User, request.user).hats_today

    def get_queryset(self, request: HttpRequest) -> QuerySet[Membership]:
        """What this reader may see, with names and agencies in a fixed number of queries."""
        return visible_to(cast(User, request.user)).prefetch_related("user__persons")

    def get_urls(self) -> list[URLPattern]:
        """The list is the admin's, the pages are ours."""
        own = [
            path("<int:pk>/", desk_page(PERMISSION, page), name="accounts_membership_change"),
            path("<int:pk>/confirm/", desk_page(PERMISSION, confirm), name="accounts_membership_confirm"),
            path("<int:pk>/end/", desk_page(PERMISSION, end), name="accounts_membership_end"),
        ]
        kept = {"accounts_membership_changelist", "accounts_membership_give"}
        return own + [url for url in super().get_urls() if url.name in kept]

    @display(description=gettext_lazy("person"))
    def wearer(self, membership: Membership) -> str:
        """The person by name, and the login as far as it identifies them."""
        own = next((person for person in membership.user.persons.all() if person.is_own), None)
        return f"{own.name} ({membership.user})" if own and own.name else str(membership.user)

    @display(
        description=gettext_lazy("state"),
        label={
            Membership.State.PROPOSED: "warning",
            Membership.State.ACTIVE: "success",
            Membership.State.ENDED: "info",
        },
    )
    def state_label(self, membership: Membership) -> tuple[str, str]:
        """The state as a word on a colour."""
        return membership.state, membership.get_state_display()

    @action(description=gettext_lazy("Give a hat"), url_path="give", permissions=["give"])
    def give(self, request: HttpRequest) -> HttpResponse:
        """Fill in whom, where, which hat and how long."""
        administrator = cast(User, request.user)
        form = GiveHatForm(request.POST or None, administrator=administrator)
        if form.is_valid():
            values = {
                name: form.cleaned_data[name]
                for name in ("agency", "hat", "valid_from", "valid_until", "reason")
            }
            try:
                given = operations.grant_hat(
                    user=form.cleaned_data["contact"], granted_by=administrator, at=clock.now(), **values
                )
            except operations.UnableToChangeHats as refusal:
                with_refusal(form, refusal)
            else:
                messages.success(request, _given(given))
                return redirect(LIST)
        return render(
            request, "admin/accounts/membership/give.html", _context(request, _("Give a hat"), form=form)
        )


def page(request: HttpRequest, pk: int) -> HttpResponse:
    """One hat with its history, and the acts that are this reader's."""
    return _page(request, _membership(request, pk), EndHatForm())


def confirm(request: HttpRequest, pk: int) -> HttpResponse:
    """Be the second person."""
    membership = _membership(request, pk)
    if request.method == "POST":
        try:
            operations.confirm_hat(membership, confirmed_by=cast(User, request.user), at=clock.now())
        except operations.UnableToChangeHats as refusal:
            messages.error(request, str(refusal))
        else:
            messages.success(request, _("The hat counts from now on."))
    return redirect(PAGE, pk)


def end(request: HttpRequest, pk: int) -> HttpResponse:
    """Take a hat away, or refuse one that waits."""
    membership = _membership(request, pk)
    form = EndHatForm(request.POST or None)
    if form.is_valid():
        administrator = cast(User, request.user)
        try:
            operations.end_hat(
                membership, ended_by=administrator, reason=form.cleaned_data["reason"], at=clock.now()
            )
        except operations.UnableToChangeHats as refusal:
            with_refusal(form, refusal)
        else:
            messages.success(request, _("The hat has ended."))
            return redirect(PAGE, pk)
    return _page(request, membership, form)


def _page(request: HttpRequest, membership: Membership, form: EndHatForm) -> HttpResponse:
    reader, at = cast(User, request.user), clock.now()
    can_change = policies.can_change_hats_of(reader, membership.user, membership.agency, at=at)
    waits = membership.state == Membership.State.PROPOSED
    context = _context(
        request,
        f"{membership.get_hat_display()}: {membership.user.get_full_name()}",
        membership=membership,
        form=form,
        can_end=can_change and membership.state != Membership.State.ENDED,
        can_confirm=waits and policies.can_confirm(reader, membership, at=at),
        waits_for_another=waits and can_change and membership.granted_by_id == reader.pk,
    )
    return render(request, "admin/accounts/membership/page.html", context)


def _membership(request: HttpRequest, pk: int) -> Membership:
    found = visible_to(cast(User, request.user)).filter(pk=pk).first()
    if found is None:
        raise Http404
    return found


def _context(request: HttpRequest, title: str, **values: Any) -> dict[str, Any]:
    return {**admin.site.each_context(request), "title": title, "opts": Membership._meta, **values}


def _given(membership: Membership) -> str:
    if membership.state == Membership.State.PROPOSED:
        return _("The hat waits for another administrator's confirmation.")
    return _("The hat is given.")
