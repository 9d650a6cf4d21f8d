"""What the office asks, one thing a page: a paper, the question of the form again, a fact in words, a time to come."""

from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext as _

from services.applications import operations, queries, typed
from services.applications.forms import AppointmentForm, FactForm, GroupForm
from services.applications.journey import Application
from services.applications.views.entry import SENT, of_application
from services.applications.views.pages import draw
from services.applications.views.questions import map_for
from services.casework import requested
from services.casework.models import ApplicantRequest
from services.casework.operations import Given
from services.casework.views.gone import gone
from services.catalogue import rules as catalogue
from services.foundation import clock
from services.foundation.errors import UnableTo

Kind = ApplicantRequest.Kind


@of_application(statuses=SENT)
def asked(request: HttpRequest, application: Application, number: int) -> HttpResponse:
    """One thing that the office asks, with what it is answered by; whoever asked goes on when it is sent."""
    found = application.request(number)
    if found is None:
        form = FactForm(request.POST) if request.method == "POST" else None
        if (
            form is not None
            and form.is_valid()
            and _is_given(application, number, form.cleaned_data["answer"])
        ):
            return _thanks(request, application)
        return gone(request, application.case, form)
    if found.is_paper:
        return _paper(request, application, found)
    if found.kind == Kind.CORRECTION:
        return _correction(request, application, found)
    return _words(request, application, found)


def _is_given(application: Application, number: int, words: str) -> bool:
    """Whether these very words are the answer already: the second half of a double click."""
    given = application.case.requests.filter(pk=number, state=ApplicantRequest.State.ANSWERED, answer=words)
    return given.exists()


def _paper(request: HttpRequest, application: Application, found: ApplicantRequest) -> HttpResponse:
    """The paper is put together on its own page, and given from there."""
    page = redirect(application.url("document", slot=found.held_slot))
    if request.method != "POST":
        return page
    try:
        operations.give(application, found, Given(), at=clock.now())
    except UnableTo as refusal:
        messages.error(request, refusal.message)
        return page
    return _thanks(request, application)


def _words(request: HttpRequest, application: Application, found: ApplicantRequest) -> HttpResponse:
    data = typed.posted(request)
    visits = found.kind == Kind.APPOINTMENT
    appointment = AppointmentForm(data, times=found.times, at=clock.now()) if visits else None
    form = appointment or FactForm(data)
    if request.method == "POST" and form.is_valid():
        agreed_at = appointment.agreed_at if appointment else None
        given = Given(words=form.cleaned_data["answer"], agreed_at=agreed_at)
        try:
            operations.give(application, found, given, at=clock.now())
        except UnableTo as refusal:
            form.refuse(refusal.message, field=refusal.field)
        else:
            return _thanks(request, application)
    return draw(request, application, "asked", {"form": form, "is_plain": True, **_told(found)})


def _correction(request: HttpRequest, application: Application, found: ApplicantRequest) -> HttpResponse:
    forms = _question_forms(request, application, found)
    if forms and request.method == "POST" and not any(form.errors for form in forms):
        values = [form.answers[found.key] for form in forms]
        repeated = forms[0].group.repeated
        try:
            operations.correct(application, found, values if repeated else values[0], at=clock.now())
        except UnableTo as refusal:
            forms[0].add_error(None, refusal.message)
        else:
            return _thanks(request, application)
    form = next((form for form in forms if form.errors), forms[0] if forms else None)
    context: dict[str, Any] = {"asked_forms": forms, "form": form, "is_plain": False, **_told(found)}
    for each in forms:
        context |= map_for(each)
    return draw(request, application, "asked", context)


def _question_forms(
    request: HttpRequest, application: Application, found: ApplicantRequest
) -> list[GroupForm]:
    """The question alone, filled in as it stands: once, or once for each item of a repeated group."""
    group = application.group_of(found.key)
    if group is None:
        return []
    only = group.model_copy(update={"questions": [q for q in group.questions if q.key == found.key]})
    answers, data = application.case.answers, typed.posted(request)
    times = catalogue.times_answered(group, answers) if group.repeated else 1
    forms = []
    for number in range(1, times + 1):
        item = catalogue.stored_item(group, answers, number) if group.repeated else answers
        form = GroupForm(
            only, kept=item, known={**answers, **item}, around=queries.surroundings(only), data=data
        )
        form.prefix = form.prefix if number == 1 else f"{form.prefix}{number}"
        forms.append(form)
    return forms


def _told(found: ApplicantRequest) -> dict[str, Any]:
    return {"asked": requested.asked(found)}


def _thanks(request: HttpRequest, application: Application) -> HttpResponse:
    """Back to the case: the next thing to answer stands there, or how it goes on."""
    messages.success(request, _("Your answer was sent. Whoever asked goes on with your file."))
    return redirect(_case(application))


def _case(application: Application) -> str:
    return reverse("casework:case", args=[application.case.reference])
