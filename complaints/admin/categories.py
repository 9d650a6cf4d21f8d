"""Categories at the desk: to be read. They are the pack's, so nothing of them is edited here."""

from django.contrib import admin
from django.urls import URLPattern, path
from django.utils.translation import gettext_lazy
from unfold.decorators import display

from complaints.admin import head
from complaints.models import Category
from services.foundation import texts
from services.foundation.admin import ShownAdmin, desk_page


@admin.register(Category)
class CategoryAdmin(ShownAdmin):
    """What can be reported, and where it goes."""

    list_display = ("subject", "group_label", "agency", "settlement", "is_confidential", "is_listed")
    list_display_links = None
    list_select_related = ("agency",)
    ordering = ("-is_listed", "rank")
    list_per_page = 100

    @display(description=gettext_lazy("subject"), ordering="rank")
    def subject(self, row: Category) -> str:
        """Its name in the reader's language."""
        return texts.local(row.name)

    @display(description=gettext_lazy("group"))
    def group_label(self, row: Category) -> str:
        """The group it stands in."""
        return texts.local(row.group_name)

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
