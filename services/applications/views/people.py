"""Who applies: name and NIK, and the applicant's own yes to what a helper files."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _

from services.accounts.models import Person
from services.applications import operations, typed
from services.applications.forms import CodeForm, IdentityForm
from services.applications.journey import Application
from services.applications.views.entry import of_application
from services.applications.views.pages import came_from_check, draw
from services.casework.operations import SLIP_SLOT
from services.foundation import clock
from services.foundation.errors import UnableTo

DRAFT = ("DRAFT",)


@of_application(statuses=DRAFT)
def identity(request: HttpRequest, application: Application) -> HttpResponse:
    """Name and NIK of whoever applies; for somebody else also their phone."""
    person = application.case.applicant
    form = _identity_form(request, application, person)
    if request.method == "POST" and form.is_valid() and _named(application, form):
        return redirect(application.url("check" if came_from_check(request) else "tasks"))
    return draw(request, application, "identity", {"form": form, "person": person})


@of_application(statuses=DRAFT)
def confirmation(request: HttpRequest, application: Application) -> HttpResponse:
    """The applicant's yes: a code on their own phone, or a slip that they signed."""
    if not application.case.helper_id:
        return redirect(application.url("tasks"))
    if application.case.applicant is None:
        return redirect(application.url("identity"))
    form = CodeForm(typed.posted(request) if request.method == "POST" else None)
    if request.method == "POST" and form.is_valid():
        try:
            operations.confirm_by_code(application, code=form.cleaned_data["code"], at=clock.now())
        except UnableTo as refusal:
            form.refuse(refusal.message, field=refusal.field)
        else:
            messages.success(request, _("The applicant has confirmed."))
            return redirect(application.url("tasks"))
    context = {
        "form": form,
        "person": application.case.applicant,
        "phone": application.case.applicant.contact_phone,
        "code_was_sent": "sent" in request.GET or request.method == "POST",
        "slip": application.documents.get(SLIP_SLOT),
        "urls": {name: application.url(name) for name in ("identity", "send_code", "slip", "confirm_slip")},
        "slip_url": application.url("document", slot=SLIP_SLOT),
    }
    return draw(request, application, "confirmation", context)


@of_application(statuses=DRAFT, only_post=True)
def send_code(request: HttpRequest, application: Application) -> HttpResponse:
    """Send the code to the applicant's phone."""
    try:
        operations.send_code(application, at=clock.now())
    except UnableTo as refusal:
        messages.error(request, refusal.message)
        return redirect(application.url("confirmation") + ("?sent" if refusal.code == "wait" else ""))
    return redirect(application.url("confirmation") + "?sent")


@of_application(statuses=DRAFT, only_post=True)
def confirm_slip(request: HttpRequest, application: Application) -> HttpResponse:
    """Take the uploaded slip as the applicant's yes."""
    try:
        operations.confirm_by_slip(application, at=clock.now())
    except UnableTo as refusal:
        messages.error(request, refusal.message)
        return redirect(application.url("confirmation"))
    messages.success(request, _("The signed slip counts as the applicant's confirmation."))
    return redirect(application.url("tasks"))


@of_application(statuses=DRAFT)
def slip(request: HttpRequest, application: Application) -> HttpResponse:
    """The words of the slip, to be printed or copied by hand."""
    context = {"helper": application.reader.get_full_name(), "back": application.url("confirmation")}
    return draw(request, application, "slip", context)


def _identity_form(request: HttpRequest, application: Application, person: Person | None) -> IdentityForm:
    initial = {"name": person.name, "phone": person.phone} if person else {}
    on_file = person.nik_mask if person and person.has_nik and not application.is_helped else ""
    return IdentityForm(
        typed.posted(request), initial=initial, for_another=application.is_helped, nik_on_file=on_file
    )


def _named(application: Application, form: IdentityForm) -> bool:
    given = form.cleaned_data
    try:
        if application.is_helped:
            operations.name_applicant(
                application, name=given["name"], nik=given["nik"], phone=given["phone"], at=clock.now()
            )
        else:
            operations.name_oneself(application, name=given["name"], nik=given["nik"], at=clock.now())
    except UnableTo as refusal:
        form.refuse(refusal.message, field=refusal.field)
        return False
    return True
