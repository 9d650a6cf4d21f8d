"""Views of the queue that an officer keeps: the list of them beside the filters, and the two buttons."""

from typing import Any, Final

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.http import urlencode
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from services.accounts import operations, queries
from services.accounts.http import CitizenRequest
from services.accounts.models import User
from services.casework import workload
from services.casework.admin.asked import KEPT, Asked, asked
from services.foundation import clock
from services.foundation.errors import UnableTo

QUEUE: Final = "admin:casework_case_changelist"


def kept(user: User, wanted: Asked) -> list[dict[str, Any]]:
    """The views that a person keeps, as they are drawn. One query."""
    return [
        {
            "name": view.name,
            "href": "?" + urlencode({key: view.filters[key] for key in KEPT if key in view.filters}),
            "is_current": view.filters == wanted.filters and not wanted.words,
        }
        for view in queries.views_of(user)
    ]


@require_POST
def save(request: CitizenRequest) -> HttpResponse:
    """Keep the filters of the form under the name that was typed."""
    now = clock.now()
    wanted = asked(request.POST, workload.office_of(request.user, at=now))
    name = request.POST.get("name", "")
    try:
        view = operations.save_view(request.user, name=name, filters=wanted.filters, at=now)
    except UnableTo as refusal:
        messages.error(request, str(refusal.message))
    else:
        messages.success(request, _("The view “%(name)s” is kept.") % {"name": view.name})
    return redirect(f"{reverse(QUEUE)}{wanted.address(find='')}")


@require_POST
def forget(request: CitizenRequest) -> HttpResponse:
    """Forget the view that was named."""
    operations.forget_view(request.user, name=request.POST.get("name", ""))
    messages.success(request, _("The view is forgotten."))
    return redirect(QUEUE)
