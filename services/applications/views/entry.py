"""The door of every page of the journey: who comes in, to which application, and where others are led."""

from collections.abc import Callable, Collection
from functools import wraps
from typing import Any, Concatenate, ParamSpec, TypeVar

from django.contrib.auth.decorators import login_not_required
from django.http import Http404, HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import redirect
from django.urls import reverse
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from services.accounts.models import User
from services.applications import typed
from services.applications.flow import Flow
from services.applications.journey import OPEN, Application, own_application
from services.catalogue import queries as catalogue
from services.catalogue.models import Service, ServiceVersion

Arguments = ParamSpec("Arguments")
View = Callable[..., HttpResponseBase]
Page = Callable[Concatenate[HttpRequest, Application, Arguments], HttpResponseBase]
Decorated = TypeVar("Decorated", bound=View)

METHODS = ["GET", "HEAD", "POST"]
#: Statuses after the first sending in which there is a receipt.
SENT = (
    *("SUBMITTED", "RETURNED", "IN_REVIEW", "WAITING_APPLICANT", "READY_FOR_DECISION"),
    *("GRANTED", "ISSUED", "REFUSED", "OBJECTION", "CONTESTED", "STAYED", "ANNULLED", "REOPENED"),
)


def of_application(
    *, statuses: Collection[str] = OPEN, only_post: bool = False
) -> Callable[[Page[Arguments]], View]:
    """Open a page only to the citizen's side of the application; everybody else gets 404.

    In another status the reader is led to where the application rests. Where `only_post`, a GET (after signing in
    again, or by the address line) leads there too. What an expired session posted is kept (see `typed`).
    """

    def decorate(page: Page[Arguments]) -> View:
        @login_not_required
        @never_cache
        @require_http_methods(METHODS)
        @wraps(page)
        def view(
            request: HttpRequest, *, flow: Flow, slug: str, reference: str, **arguments: Any
        ) -> HttpResponseBase:
            if not isinstance(request.user, User):
                return typed.keep_and_sign_in(request)
            application = own_application(flow, request.user, slug=slug, reference=reference)
            if application is None:
                raise Http404
            is_open = application.case.status in statuses or application.request_at(arguments.get("slot", ""))
            if not is_open or (only_post and request.method != "POST"):
                return redirect(resting_place(application))
            return page(request, application, **arguments)  # type: ignore[call-arg]

        return view

    return decorate


def of_service(page: Callable[[HttpRequest, Flow, Service, User], HttpResponse]) -> View:
    """Open a page of a service that is offered now and belongs to the flow; everything else is 404."""

    @login_not_required
    @never_cache
    @require_http_methods(METHODS)
    @wraps(page)
    def view(request: HttpRequest, *, flow: Flow, slug: str) -> HttpResponseBase:
        service = offered_service(flow, slug)
        if not isinstance(request.user, User):
            return typed.keep_and_sign_in(request)
        return page(request, flow, service, request.user)

    return view


def offered_service(flow: Flow, slug: str) -> Service:
    """The service of this flow at this address; Http404 when there is none, or none is published."""
    try:
        service = catalogue.service_by_slug(slug)
        definition = catalogue.current_version(service).parsed
    except (Service.DoesNotExist, ServiceVersion.DoesNotExist):
        raise Http404 from None
    if service.kind != flow.kind or not definition.is_applied_for:
        raise Http404
    return service


def resting_place(application: Application) -> str:
    """Where an application is found in its present status."""
    if application.case.status in OPEN:
        return application.url("tasks")
    if application.case.status in SENT and not application.requests:
        return application.url("receipt")
    return reverse("casework:case", args=[application.case.reference])
