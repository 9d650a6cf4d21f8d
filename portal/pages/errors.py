"""What a person sees when something is not there, not allowed or broken: what to do, and whom to ask.

Django's own views for 400 and 500 give their templates no context, and so no office to call.
"""

import structlog
from django.db import DatabaseError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.template import loader
from django.views.decorators.csrf import requires_csrf_token

from services.government import queries as government
from services.government.queries import OfficeContact

log = structlog.get_logger(__name__)


def _office() -> OfficeContact | None:
    """Whom to ask; None when even that cannot be read, since an error page must never fail itself."""
    try:
        return government.office_contact()
    except (DatabaseError, OSError):
        log.exception("errors.office_unknown")
        return None


@requires_csrf_token
def bad_request(request: HttpRequest, exception: Exception) -> HttpResponse:
    """400: the browser sent what we cannot read."""
    return render(request, "400.html", status=400)


@requires_csrf_token
def permission_denied(request: HttpRequest, exception: Exception) -> HttpResponse:
    """403: signed in, but not for this."""
    return render(request, "403.html", status=403)


@requires_csrf_token
def page_not_found(request: HttpRequest, exception: Exception) -> HttpResponse:
    """404: nothing here, or nothing for this reader."""
    return render(request, "404.html", status=404)


@requires_csrf_token
def server_error(request: HttpRequest) -> HttpResponse:
    """500: drawn without session, user or context processors, any of which may be what broke."""
    page = loader.render_to_string("500.html", {"office": _office()})
    return HttpResponse(page, status=500)
