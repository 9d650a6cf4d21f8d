"""The citizen's pages of an application for a licence: the shared journey, and for which business it is."""

from collections.abc import Sequence
from typing import Any, Final

from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import redirect
from django.utils.translation import gettext as _

from licensing import operations, policies, queries, workflow
from licensing.forms import NEW, BusinessForm, ChooseBusinessForm
from licensing.models import Business
from services.accounts import actors
from services.applications import tasklist, typed
from services.applications.flow import Flow, Missing, OwnStep
from services.applications.journey import Application
from services.applications.views.entry import of_application
from services.applications.views.pages import came_from_check, draw
from services.casework.models import Case
from services.foundation import clock
from services.foundation.errors import UnableTo

DRAFT: Final = ("DRAFT",)


def own_steps(case: Case) -> Sequence[OwnStep]:
    """For which business it is, where the service is one for businesses. What renews a licence stays with its holder."""
    if case.service_version.parsed.holder != "business":
        return ()
    application = queries.application_of(case)
    may_begin = case.applicant is not None and bool(case.applicant.name) and application.renews_id is None
    step = OwnStep(
        title=_("The business"),
        href=FLOW.case_url("business", case) if may_begin or not case.helper_id else "",
        text=application.business.name if application.business else "",
        missing=_("Say for which business you apply"),
    )
    return (step,)


def obstacles(case: Case) -> Sequence[Missing]:
    """That the holder has as many of these licences as the law allows."""
    refusal = operations.too_many(case, at=clock.now())
    return (Missing(refusal, FLOW.url("licences")),) if refusal else ()


FLOW: Final = Flow(
    kind=workflow.KIND,
    namespace="licensing",
    start=operations.start_application,
    submit=operations.submit_application,
    resubmit=operations.resubmit_application,
    own_steps=own_steps,
    obstacles=obstacles,
)


def filing_link(case: Case) -> str:
    """Where the citizen's side goes on with filling in or mending."""
    return FLOW.case_url("tasks", case)


@of_application(statuses=DRAFT)
def business(request: HttpRequest, application: Application) -> HttpResponseBase:
    """Choose one of the applicant's businesses; without any, a new one is entered at once."""
    if not _is_asked(application):
        return redirect(application.url("tasks"))
    known = _choices(application)
    if not known:
        return new_business(
            request,
            flow=application.flow,
            slug=application.case.service_version.service.slug,
            reference=application.case.reference,
        )
    chosen = queries.application_of(application.case).business
    form = ChooseBusinessForm(
        typed.posted(request), businesses=known, initial={"business": str(chosen.pk) if chosen else ""}
    )
    if request.method == "POST" and form.is_valid():
        if form.cleaned_data["business"] == NEW:
            suffix = "?from=check" if came_from_check(request) else ""
            return redirect(application.url("new_business") + suffix)
        picked = next(each for each in known if str(each.pk) == form.cleaned_data["business"])
        if _tried(
            form, lambda: operations.choose_business(application.case, **_by(application), business=picked)
        ):
            return redirect(_onward(request, application))
    return _draw(request, application, "choose_business", form)


@of_application(statuses=DRAFT)
def new_business(request: HttpRequest, application: Application) -> HttpResponse:
    """Enter the business for which the application is."""
    if not _is_asked(application):
        return redirect(application.url("tasks"))
    case, entered = application.case, _entered_here(application)
    form = BusinessForm(typed.posted(request), business=entered)
    if request.method == "POST" and form.is_valid():

        def keep() -> None:
            actor = actors.acting(application.reader)
            applicant = case.applicant or application.reader.person
            kept = (
                operations.change_business(entered, form.facts, actor=actor, at=clock.now())
                if entered
                else operations.register_business(form.facts, owner=applicant, actor=actor, at=clock.now())
            )
            operations.choose_business(case, **_by(application), business=kept)

        if _tried(form, keep):
            return redirect(_onward(request, application))
    return _draw(request, application, "enter_business", form)


def _is_asked(application: Application) -> bool:
    """Whether there is a business to name here, and a person to name it for."""
    return any(step.href for step in application.own_steps)


def _choices(application: Application) -> list[Business]:
    """The applicant's businesses; a helper is not shown what else the applicant runs."""
    applicant = application.case.applicant
    if application.is_helped or applicant is None:
        return []
    return list(queries.businesses_of_person(applicant, at=clock.now()))


def _entered_here(application: Application) -> Business | None:
    """The business that a helper entered with this draft, to be mended; None to enter another."""
    chosen = queries.application_of(application.case).business
    is_here = chosen is not None and policies.entered_with(application.case, chosen.pk)
    return chosen if application.is_helped and is_here else None


def _by(application: Application) -> dict[str, Any]:
    return {"actor": application.reader, "at": clock.now()}


def _tried(form: BusinessForm | ChooseBusinessForm, step: Any) -> bool:
    try:
        step()
    except UnableTo as refusal:
        form.refuse(refusal.message, field=refusal.field)
        return False
    return True


def _onward(request: HttpRequest, application: Application) -> str:
    """Back to checking, or on to what is not done yet."""
    if came_from_check(request):
        return application.url("check")
    fresh = Application(application.flow, application.case, application.reader)
    following = tasklist.task_list(fresh).next
    return following.href if following else application.url("tasks")


def _draw(request: HttpRequest, application: Application, page: str, form: Any) -> HttpResponse:
    back = application.url("check" if came_from_check(request) else "tasks")
    return draw(request, application, page, {"form": form, "back": back}, folder="licensing")
