"""The task list, or what the office asked to mend."""

from typing import Any

from django.http import HttpRequest, HttpResponse

from services.applications import tasklist
from services.applications.journey import Application
from services.applications.views.entry import of_application
from services.applications.views.pages import draw


@of_application()
def tasks(request: HttpRequest, application: Application) -> HttpResponse:
    """What is done and what is left to do; with `?missing` each gap is named on top, where a sending was refused."""
    missing = application.missing()
    context: dict[str, Any] = {
        "missing": missing if "missing" in request.GET else [],
        "is_ready": not missing,
        "check_url": application.url("check"),
    }
    if application.is_returned:
        return draw(request, application, "mending", context | {"mends": tasklist.mends(application)})
    context["list"] = tasklist.task_list(application)
    return draw(request, application, "tasks", context)
