"""Categories at the desk: to be read. They are the pack's, so nothing of them is edited here."""

from typing import Any

from django.contrib import admin
from django.db.models import OuterRef, QuerySet
from django.http import HttpRequest
from django.urls import URLPattern, path
from django.utils.translation import gettext_lazy
from unfold.decorators import display

from complaints.admin import head
from complaints.models import Category
from services.catalogue import queries as catalogue
from services.catalogue import wording
from services.catalogue.definition import Duration
from services.foundation import clock, texts
from services.foundation.admin import ShownAdmin, desk_page


@admin.register(Category)
class CategoryAdmin(ShownAdmin):
    """What can be reported, and where it goes."""

    list_display = ("subject", "group_label", "agency", "time", "is_confidential", "is_listed")
    list_display_links = None
    list_select_related = ("agency",)
    ordering = ("-is_listed", "rank")
    list_per_page = 100

    def get_queryset(self, request: HttpRequest) -> QuerySet[Any]:
        """Each with the time in force today in which it is to be settled, without a query for each."""
        code, today = OuterRef("settlement"), clock.today()
        times = {field: catalogue.of_deadline(field, code=code, on=today) for field in ("amount", "unit")}
        found: QuerySet[Any] = super().get_queryset(request).annotate(**times)
        return found

    @display(description=gettext_lazy("subject"), ordering="rank")
    def subject(self, row: Category) -> str:
        """Its name in the reader's language."""
        return texts.local(row.name)

    @display(description=gettext_lazy("group"))
    def group_label(self, row: Category) -> str:
        """The group it stands in."""
        return texts.local(row.group_name)

    @display(description=gettext_lazy("time to settle it"))
    def time(self, row: Any) -> str:
        """In how many days it is to be settled."""
        return wording.duration(Duration(amount=row.amount, unit=row.unit)) if row.amount else ""

    def get_urls(self) -> list[URLPattern]:
        """The list alone, and the head's page beside it."""
        return [
            path("", self.admin_site.admin_view(self.changelist_view), name="complaints_category_changelist"),
            path(
                "unanswered/",
                desk_page("complaints.view_unanswered", head.page),
                name="complaints_category_unanswered",
            ),
        ]
