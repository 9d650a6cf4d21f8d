"""What every app's pages at the desk share: lists that are only looked at, and who gets as far as a page."""

from collections.abc import Callable
from functools import wraps
from typing import Any

from django.contrib import admin
from django.db.models import Model
from django.http import Http404, HttpRequest, HttpResponseBase
from unfold.admin import ModelAdmin

View = Callable[..., HttpResponseBase]


class ShownAdmin(ModelAdmin):
    """Rows to look at: nobody adds, edits or deletes one in the admin, since whatever changes it is an operation."""

    show_full_result_count = False

    def has_add_permission(self, request: HttpRequest) -> bool:
        """Nobody."""
        return False

    def has_change_permission(self, request: HttpRequest, obj: Model | None = None) -> bool:
        """Nobody."""
        return False

    def has_delete_permission(self, request: HttpRequest, obj: Model | None = None) -> bool:
        """Nobody: what was is on record."""
        return False


def desk_page(permission: str, view: View) -> View:
    """The view as a page of the desk: 404 for whoever lacks the permission, sign-in for the anonymous, in no cache."""
    page = admin.site.admin_view(view)

    @wraps(view)
    def guarded(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        if request.user.is_authenticated and not request.user.has_perm(permission):
            raise Http404
        return page(request, *args, **kwargs)

    return guarded
