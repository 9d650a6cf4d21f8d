"""The reader's notices, and how they want to be told."""

from typing import cast

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.http import urlencode
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from services.accounts.models import User
from services.foundation import clock
from services.foundation.pages import keyset_page
from services.notifications import operations, queries
from services.notifications.forms import ChannelsForm

PAGE_SIZE = 20


@require_GET
def notices(request: HttpRequest) -> HttpResponse:
    """Show the reader's notices, newest first."""
    user, after = cast(User, request.user), request.GET.get("after", "")
    page = keyset_page(queries.notices_of(user), by=queries.ORDER, after=after, size=PAGE_SIZE)
    first = reverse("notifications:notices")
    context = {
        "notices": page.items,
        "next_url": f"{first}?{urlencode({'after': page.next_token})}" if page.next_token else "",
        "first_url": first if after else "",
    }
    return render(request, "notifications/notices.html", context)


@require_GET
def notice(request: HttpRequest, notice_id: int) -> HttpResponse:
    """Show one notice, which is read by being opened."""
    found = queries.notice_of(cast(User, request.user), notice_id)
    if found is None:
        raise Http404
    operations.read_notice(found, at=clock.now())
    return render(request, "notifications/notice.html", {"notice": found})


@require_POST
def read_all(request: HttpRequest) -> HttpResponse:
    """Mark every notice as read."""
    operations.read_all_notices(cast(User, request.user), at=clock.now())
    return redirect("notifications:notices")


@require_http_methods(["GET", "POST"])
def channels(request: HttpRequest) -> HttpResponse:
    """Let the reader choose the channels that carry their notices."""
    user = cast(User, request.user)
    wanted = [channel for channel, is_wanted in queries.wanted_channels(user).items() if is_wanted]
    form = ChannelsForm(request.POST if request.method == "POST" else None, initial={"channels": wanted})
    if form.is_valid():
        operations.choose_channels(user, wanted=form.cleaned_data["channels"])
        messages.success(request, _("Your choice is saved"))
        return redirect("notifications:notices")
    return render(request, "notifications/channels.html", {"form": form})
