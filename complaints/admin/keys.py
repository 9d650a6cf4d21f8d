"""Keys of programs at the desk of administrators: a list that nobody edits; one is made, shown once, and revoked."""

from typing import Any, cast

from django import forms
from django.contrib import admin, messages
from django.db.models import QuerySet
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import URLPattern, path
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from unfold.decorators import action, display
from unfold.widgets import UnfoldAdminTextareaWidget, UnfoldAdminTextInputWidget

from complaints.models import ApiKey
from complaints.operations import keys as operations
from complaints.queries import keys as queries
from services.accounts.models import User
from services.foundation import clock
from services.foundation.admin import ShownAdmin, desk_page

PAGE = "admin:complaints_apikey_change"
PERMISSION = "complaints.view_apikey"


class MakeKeyForm(forms.Form):
    """For which program, and who answers for it."""

    name = forms.CharField(
        label=gettext_lazy("Program"),
        max_length=80,
        help_text=gettext_lazy("As people know it, for instance “Warga Peduli (Android)”."),
        widget=UnfoldAdminTextInputWidget,
    )
    contact = forms.CharField(
        label=gettext_lazy("Who answers for it"),
        max_length=120,
        help_text=gettext_lazy(
            "A name with an e-mail address or phone number, for questions about what it sends."
        ),
        widget=UnfoldAdminTextInputWidget,
    )


class RevokeKeyForm(forms.Form):
    """Why nobody may send with it any more."""

    reason = forms.CharField(
        label=gettext_lazy("Reason"), max_length=300, widget=UnfoldAdminTextareaWidget(attrs={"rows": 2})
    )


@admin.register(ApiKey)
class ApiKeyAdmin(ShownAdmin):
    """Which programs may send reports, and when each last did."""

    list_display = ("name", "begins_with", "state", "made_at", "last_used_at", "contact")
    list_display_links = ("name",)
    ordering = ("-id",)
    list_per_page = 50
    actions_list = ("make",)

    def has_make_permission(self, request: HttpRequest) -> bool:
        """Whoever administers the complaints office."""
        return bool(queries.office_administered_by(cast(User, request.user), at=clock.now()))

    def get_queryset(self, request: HttpRequest) -> QuerySet[ApiKey]:
        """What this reader may see."""
        return queries.keys_visible_to(cast(User, request.user), at=clock.now())

    def get_urls(self) -> list[URLPattern]:
        """The list is the admin's, the pages are ours."""
        own = [
            path("<int:pk>/", desk_page(PERMISSION, page), name="complaints_apikey_change"),
            path("<int:pk>/revoke/", desk_page(PERMISSION, revoke), name="complaints_apikey_revoke"),
        ]
        kept = {"complaints_apikey_changelist", "complaints_apikey_make"}
        return own + [url for url in super().get_urls() if url.name in kept]

    @display(description=gettext_lazy("begins with"))
    def begins_with(self, key: ApiKey) -> str:
        """As much of the key as tells it from others."""
        return f"{key.start}…"

    @display(description=gettext_lazy("state"), label={"valid": "success", "revoked": "danger"})
    def state(self, key: ApiKey) -> tuple[str, str]:
        """The state as a word on a colour."""
        return ("revoked", _("Revoked")) if key.revoked_at else ("valid", _("Valid"))

    @action(description=gettext_lazy("Make a key"), url_path="make", permissions=["make"])
    def make(self, request: HttpRequest) -> HttpResponse:
        """Fill in for whom; the answer shows the key, this once."""
        form = MakeKeyForm(request.POST or None)
        if not form.is_valid():
            return _rendered(request, "make", _("Make a key"), form=form)
        try:
            key, secret = operations.make_key(
                **form.cleaned_data, made_by=cast(User, request.user), at=clock.now()
            )
        except operations.UnableToManageKey as refusal:
            form.add_error(refusal.field or None, refusal.message)
            return _rendered(request, "make", _("Make a key"), form=form)
        return _rendered(request, "made", str(key), key=key, secret=secret)


def page(request: HttpRequest, pk: int) -> HttpResponse:
    """One key with its history, and the way to revoke it."""
    return _page(request, _key(request, pk), RevokeKeyForm())


def revoke(request: HttpRequest, pk: int) -> HttpResponse:
    """Let nobody send with it any more."""
    key = _key(request, pk)
    form = RevokeKeyForm(request.POST or None)
    if form.is_valid():
        user, reason = cast(User, request.user), form.cleaned_data["reason"]
        try:
            operations.revoke_key(key, revoked_by=user, reason=reason, at=clock.now())
        except operations.UnableToManageKey as refusal:
            form.add_error(refusal.field or None, refusal.message)
        else:
            messages.success(request, _("The key is revoked."))
            return redirect(PAGE, pk)
    return _page(request, key, form)


def _page(request: HttpRequest, key: ApiKey, form: forms.Form) -> HttpResponse:
    over = queries.office_administered_by(cast(User, request.user), at=clock.now())
    can_revoke = bool(over) and key.revoked_at is None
    return _rendered(request, "page", str(key), key=key, form=form, can_revoke=can_revoke)


def _key(request: HttpRequest, pk: int) -> ApiKey:
    found = queries.keys_visible_to(cast(User, request.user), at=clock.now()).filter(pk=pk).first()
    if found is None:
        raise Http404
    return found


def _rendered(request: HttpRequest, template: str, title: str, **values: Any) -> HttpResponse:
    context = {**admin.site.each_context(request), "title": title, "opts": ApiKey._meta, **values}
    return render(request, f"admin/complaints/apikey/{template}.html", context)
