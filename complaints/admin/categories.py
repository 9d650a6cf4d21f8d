"""Categories at the desk: to be read. They are the pack's, so nothing of them is edited here."""

from collections.abc import Callable
from functools import wraps
from typing import Any

from django.contrib import admin
from django.db.models import Model
from django.http import Http404, HttpRequest, HttpResponse
from django.urls import URLPattern, path
from django.utils.translation import gettext_lazy
from unfold.admin import ModelAdmin
from unfold.decorators import display

from complaints.admin import head
from complaints.models import Category
from services.foundation import texts

HEAD_PERMISSION = "complaints.view_unanswered"


def head_view(view: Callable[..., HttpResponse]) -> Callable[..., HttpResponse]:
    """A page for heads: 404 for everybody else, sign-in for the anonymous."""
    page = admin.site.admin_view(view)

    @wraps(view)
    def guarded(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        if request.user.is_authenticated and not request.user.has_perm(HEAD_PERMISSION):
            raise Http404
        return page(request, *args, **kwargs)

    return guarded


@admin.register(Category)
class CategoryAdmin(ModelAdmin):
    """What can be reported, and where it goes."""

    list_display = ("subject", "group_label", "agency", "settlement", "is_confidential", "is_listed")
    list_display_links = None
    list_select_related = ("agency",)
    ordering = ("-is_listed", "rank")
    show_full_result_count = False
    list_per_page = 100

    def has_add_permission(self, request: HttpRequest) -> bool:
        """Nobody: they are the pack's."""
        return False

    def has_change_permission(self, request: HttpRequest, obj: Model | None = None) -> bool:
        """Nobody."""
        return False

    def has_delete_permission(self, request: HttpRequest, obj: Model | None = None) -> bool:
        """Nobody."""
        return False

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
            path("unanswered/", head_view(head.page), name="complaints_category_unanswered"),
        ]
