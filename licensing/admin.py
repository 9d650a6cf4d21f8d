"""Licences at the desk: a list to look at. What changes one is done on its file, by the operations of casework."""

from typing import Any, cast

from django.contrib import admin
from django.db.models import QuerySet
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import URLPattern
from django.utils.translation import gettext_lazy as _
from unfold.decorators import display

from licensing import queries
from licensing.models import Licence
from services.accounts.models import User
from services.documents.models import Certificate
from services.foundation import clock
from services.foundation.admin import ShownAdmin
from services.foundation.pages import BoundedPaginator


@admin.register(Licence)
class LicenceAdmin(ShownAdmin):
    """The licences of the reader's offices, the latest first; each opens its file, where it is suspended or revoked."""

    list_display = ("number", "service_name", "holder", "valid_until", "standing")
    list_display_links = ("number",)
    list_filter = ("certificate__standing",)
    list_filter_submit = False
    search_fields = ("=certificate__number", "=case__reference")
    search_help_text = _("The whole number of the licence, or the whole reference of its case")
    ordering = ("-granted_at", "-id")
    paginator = BoundedPaginator
    list_per_page = 50

    def get_queryset(self, request: HttpRequest) -> QuerySet[Licence]:
        """Those of the agencies in which the reader wears a hat that reads files; an auditor sees all."""
        return queries.licences_at_desk(cast(User, request.user), at=clock.now())

    def get_urls(self) -> list[URLPattern]:
        """The list, and the way to a file; there is nothing else to do here."""
        return [
            each for each in super().get_urls() if str(each.name or "").endswith(("_changelist", "_change"))
        ]

    def change_view(
        self,
        request: HttpRequest,
        object_id: str,
        form_url: str = "",
        extra_context: dict[str, Any] | None = None,
    ) -> HttpResponse:
        """Open the file of the licence; 404 for one of another office, as for one that never was."""
        found = self.get_object(request, object_id)
        if found is None or not self.has_view_permission(request, found):
            raise Http404
        return redirect("admin:casework_case_change", found.case.reference)

    @display(description=_("number"))
    def number(self, licence: Licence) -> str:
        """The number on the paper."""
        return licence.certificate.number

    @display(description=_("service"))
    def service_name(self, licence: Licence) -> str:
        """What it is a licence for."""
        return str(licence.service)

    @display(description=_("holder"))
    def holder(self, licence: Licence) -> str:
        """The name on the paper."""
        return licence.certificate.holder_name

    @display(description=_("valid until"))
    def valid_until(self, licence: Licence) -> Any:
        """The last day, if there is one."""
        return licence.certificate.valid_until

    @display(
        description=_("standing"),
        label={
            Certificate.Standing.ACTIVE: "success",
            Certificate.Standing.SUSPENDED: "warning",
            Certificate.Standing.EXPIRED: "info",
            Certificate.Standing.REVOKED: "danger",
        },
    )
    def standing(self, licence: Licence) -> tuple[str, str]:
        """What it is worth, as a word on a colour."""
        return licence.certificate.standing, licence.certificate.get_standing_display()
