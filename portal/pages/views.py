"""The first page of the portal."""

from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from portal.pages import home as first_page
from services.foundation import clock


@login_not_required
@require_safe
def home(request: HttpRequest) -> HttpResponse:
    """One big search, what people need most, the doors, and what the city did this month."""
    context = {
        "needs": first_page.needs(),
        "month": first_page.month_in_numbers(at=clock.now()),
    }
    return render(request, "pages/home.html", context)
