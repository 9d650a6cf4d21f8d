"""The counter: an officer finds who stands there, and fills in the same form for them; and looks up a reference."""

from typing import Any, Final

from django.contrib import admin
from django.core import signing
from django.http import HttpResponse
from django.shortcuts import redirect
from django.template.response import TemplateResponse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from services.accounts import operations as accounts
from services.accounts import queries as people
from services.accounts.http import CitizenRequest
from services.accounts.models import Hat, Person, User
from services.applications import flow, operations
from services.applications.forms.counter import BeginForm, WhoForm
from services.casework import operations as casework
from services.casework.forms.citizen import TrackForm
from services.casework.models import Case, HelperRelation
from services.catalogue import queries as catalogue
from services.catalogue.models import Service
from services.foundation import clock, limits, texts
from services.foundation.errors import UnableTo
from services.government.models import Agency

PERMISSION: Final = "casework.use_counter"
RATE: Final = "20/m/key"
#: How long somebody who was found may be served, in seconds.
SERVED_WITHIN: Final = 3600
TOO_MANY_REQUESTS: Final = 429


@require_http_methods(["GET", "HEAD", "POST"])
def page(request: CitizenRequest) -> HttpResponse:
    """Find a person by the whole phone number or NIK."""
    form = WhoForm(request.POST if request.method == "POST" else None)
    found: list[Person] | None = None
    status = 200
    if request.method == "POST" and form.is_valid():
        if limits.is_within(request, action="counter.look", rate=RATE, key=str(request.user.pseudonym)):
            found = _found(form, request.user)
        else:
            form.refuse(_("You have looked up many people in a short time. Try again in a minute."))
            status = TOO_MANY_REQUESTS
    return _draw(request, form, found=found, status=status)


@require_http_methods(["GET", "HEAD", "POST"])
def start(request: CitizenRequest) -> HttpResponse:
    """Begin the form for whoever was found, or for somebody new, and lead into it."""
    if request.method != "POST":
        return redirect("applications:counter")
    form = BeginForm(request.POST, services=_choices())
    if form.is_valid():
        try:
            case = _begun(form, request.user)
        except UnableTo as refusal:
            form.refuse(refusal.message, field=refusal.field)
        else:
            own = flow.of_kind(case.kind)
            return redirect(own.first_page(case) if own else "applications:counter")
    return _draw(request, WhoForm(), begun=form)


def _post(officer: User) -> tuple[Agency | None, str]:
    """At whose counter this officer serves; None, and why, for whoever may only look up references."""
    try:
        return casework.require_counter(officer, clock.now()), ""
    except UnableTo as refusal:
        return None, str(refusal.message)


def _is_the_only_one(officer: User) -> bool:
    """Whether the officer serves at one counter: of several none is named before it is known what for."""
    return people.agencies_of(officer, hat=Hat.INTAKE, at=clock.now()).count() == 1


def _found(form: WhoForm, officer: User) -> list[Person] | None:
    now = clock.now()
    try:
        agency = casework.require_counter(officer, now)
        return accounts.look_up_persons(form.cleaned_data["who"], viewer=officer, agency=agency, at=now)
    except UnableTo as refusal:
        form.refuse(refusal.message, field=refusal.field)
        return None


def _begun(form: BeginForm, officer: User) -> Case:
    service = next(row for row in _services() if row.slug == form.cleaned_data["service"])
    own = flow.of_kind(service.kind)
    assert own is not None  # noqa: S101 (_services lists no other)
    return operations.start_application(
        own,
        service=service,
        actor=officer,
        helper_relation=HelperRelation.COUNTER,
        found=_opened(form.cleaned_data["person"], officer),
        at=clock.now(),
    )


def _services() -> list[Service]:
    """What is applied for here, those most needed first."""
    offered = [row for row in catalogue.published_services() if flow.of_kind(row.kind)]
    definitions = catalogue.current_definitions(offered)
    return [row for row in offered if row.pk in definitions and definitions[row.pk].is_applied_for]


def _choices() -> list[tuple[str, str]]:
    return [(row.slug, texts.local(row.name)) for row in _services()]


def _salt(officer: User) -> str:
    return f"applications.counter:{officer.pseudonym}"


def _opened(token: str, officer: User) -> Person | None:
    """Whom this officer found within the hour; None for somebody new. Raises UnableTo for anything else."""
    if not token:
        return None
    try:
        key = signing.loads(token, salt=_salt(officer), max_age=SERVED_WITHIN)
    except signing.BadSignature:
        raise UnableTo(_("Look the person up again; the last look was too long ago."), code="old") from None
    return Person.objects.select_related("user").get(pk=key)


def _draw(
    request: CitizenRequest,
    form: WhoForm,
    *,
    found: list[Person] | None = None,
    begun: BeginForm | None = None,
    status: int = 200,
) -> HttpResponse:
    services = _choices()
    agency, why_not = _post(request.user)
    rows = [
        {
            "person": person,
            "form": BeginForm(
                services=services,
                initial={"person": signing.dumps(str(person.pk), salt=_salt(request.user))},
                auto_id=f"id_{place}_%s",
            ),
        }
        for place, person in enumerate(found or ())
    ]
    context: dict[str, Any] = {
        **admin.site.each_context(request),
        "title": _("Counter"),
        "is_fullwidth": "1",
        "agency": agency,
        "named": agency if agency and _is_the_only_one(request.user) else None,
        "why_not": why_not,
        "form": form,
        "looked": found is not None,
        "rows": rows,
        "begin": begun or BeginForm(services=services, auto_id="id_new_%s"),
        "parts": flow.counter_parts(),
        "track": TrackForm(auto_id="id_track_%s"),
        "refused": [each for each in (form, begun) if each is not None and each.errors],
    }
    return TemplateResponse(request, "applications/counter.html", context, status=status)
