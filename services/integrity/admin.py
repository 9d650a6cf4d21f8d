"""At the desk: an officer's own register of interests; for administrators, which rule kept whom away, without the case."""

from typing import Any, cast

from django.contrib import admin, messages
from django.db.models import QuerySet
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.template.response import TemplateResponse
from django.urls import URLPattern, path
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from unfold.decorators import display

from services.accounts.http import with_refusal
from services.accounts.models import User
from services.foundation import clock
from services.foundation.admin import ShownAdmin, desk_page
from services.foundation.errors import UnableTo
from services.integrity.conflicts import operations, queries
from services.integrity.forms import DeclareForm
from services.integrity.models import Interest, Refusal

PAGE = "admin:integrity_interest_changelist"
PERMISSION = "integrity.view_interest"


@admin.register(Interest)
class InterestAdmin(ShownAdmin):
    """The register of whoever is signed in. Nobody reads another's here."""

    def get_urls(self) -> list[URLPattern]:
        """Our own pages, in place of the admin's."""
        return [
            path("", desk_page(PERMISSION, register), name="integrity_interest_changelist"),
            path("<int:pk>/end/", desk_page(PERMISSION, end), name="integrity_interest_end"),
        ]


@admin.register(Refusal)
class RefusalAdmin(ShownAdmin):
    """Which rule kept which officer away, and when. The case is not shown."""

    list_display = ("officer", "rule", "at")
    list_display_links = None
    ordering = ("-at", "-id")
    list_per_page = 50

    def get_urls(self) -> list[URLPattern]:
        """The list alone."""
        return [url for url in super().get_urls() if url.name == "integrity_refusal_changelist"]

    def get_queryset(self, request: HttpRequest) -> QuerySet[Refusal]:
        """Those of the agencies that the reader administers."""
        return queries.refusals_seen_by(cast(User, request.user), at=clock.now())

    @display(description=gettext_lazy("officer"))
    def officer(self, refusal: Any) -> str:
        """Who was kept away."""
        return str(refusal.officer or "")


def register(request: HttpRequest) -> HttpResponse:
    """The reader's own lines, and the form for one more."""
    form = DeclareForm(request.POST if request.method == "POST" else None)
    if form.is_valid():
        try:
            operations.declare_interest(user=cast(User, request.user), at=clock.now(), **form.cleaned_data)
        except UnableTo as refusal:
            with_refusal(form, refusal)
        else:
            messages.success(request, _("It stands in your register. Cases that match are kept from you."))
            return redirect(PAGE)
    context = {
        **admin.site.each_context(request),
        "title": _("My interests"),
        "form": form,
        "rows": queries.declared(cast(User, request.user)),
        "today": clock.local_date(clock.now()),
    }
    return TemplateResponse(request, "integrity/interests.html", context)


def end(request: HttpRequest, pk: int) -> HttpResponse:
    """Let a line of one's own end."""
    user = cast(User, request.user)
    interest = Interest.objects.filter(pk=pk, user=user).first()
    if interest is None:
        raise Http404
    if request.method == "POST":
        try:
            operations.end_interest(interest, user=user, at=clock.now())
        except UnableTo as refusal:
            messages.error(request, str(refusal.message))
        else:
            messages.success(request, _("The line ends today."))
    return redirect(PAGE)
