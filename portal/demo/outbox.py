"""What the demo would have sent: its mails and SMS, to be read in the browser instead of on a phone."""

from urllib.parse import urlencode
from uuid import UUID

from django.contrib.auth.decorators import login_not_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.views.decorators.http import require_safe

from services.foundation.pages import keyset_page
from services.notifications import queries
from services.notifications.models import Delivery

PAGE_SIZE = 30
# A mail carries its style with it, as mail programs want; it may do nothing else here.
MAIL_POLICY = "default-src 'none'; style-src 'unsafe-inline'; img-src data:; sandbox allow-popups"


@require_safe
@login_not_required
def messages(request: HttpRequest) -> HttpResponse:
    """Show all messages, newest first."""
    token = request.GET.get("after", "")
    page = keyset_page(queries.newest_deliveries(), by=("-created_at", "-id"), after=token, size=PAGE_SIZE)
    context = {
        "deliveries": page.items,
        "next_url": f"?{urlencode({'after': page.next_token})}" if page.next_token else "",
        "first_url": request.path if token else "",
    }
    return render(request, "demo/outbox.html", context)


@require_safe
@login_not_required
def mail(request: HttpRequest, delivery_id: UUID) -> HttpResponse:
    """Show a mail as a mail program would."""
    body = get_object_or_404(Delivery, id=delivery_id).body or {}
    if not body.get("html"):
        raise Http404
    return HttpResponse(body["html"], headers={"Content-Security-Policy": MAIL_POLICY})
