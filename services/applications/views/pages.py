"""What every page of one application is drawn with."""

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from services.applications.journey import Application
from services.government import queries as government


def draw(
    request: HttpRequest,
    application: Application,
    template: str,
    context: dict[str, Any],
    *,
    status: int = 200,
    folder: str = "applications",
) -> HttpResponse:
    """Render one page of an application with its office's contact at the end; `folder` is a service's own, for its own step."""
    shown = {
        "application": application,
        "case": application.case,
        "service_name": application.definition.name,
        "tasks_url": application.url("tasks"),
        "office": government.office_contact(application.case.agency),
        **context,
    }
    return render(request, f"{folder}/{template}.html", shown, status=status)


def came_from_check(request: HttpRequest) -> bool:
    """Whether the reader came to change one thing and wants to go back to checking."""
    return request.GET.get("from") == "check"
