"""Checking the answers, declaring that they are true, sending, and the receipt."""

from datetime import datetime
from typing import Any
from uuid import uuid4

from django.conf import settings
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _

from services.applications import claims, operations, typed
from services.applications.forms import MACHINE, PERSON, DeclarationForm
from services.applications.journey import Application
from services.applications.views.entry import SENT, of_application
from services.applications.views.pages import draw
from services.casework import clocks
from services.casework.models import Case, HelperRelation
from services.catalogue import answers as stored
from services.catalogue import wording
from services.documents.models import Document
from services.foundation import clock, pictures
from services.foundation.errors import UnableTo
from services.foundation.texts import local

FILLING = ("DRAFT", "RETURNED")


@of_application(statuses=FILLING)
def check(request: HttpRequest, application: Application) -> HttpResponse:
    """Everything once more, each with a way to change it; then the declaration, and the sending."""
    form = _declaration(request, application)
    if request.method == "POST" and form.is_valid():
        try:
            case = operations.send_application(
                application,
                submission_key=form.cleaned_data["submission_key"] or uuid4().hex,
                by_person=form.by_person,
                at=clock.now(),
            )
        except operations.UnableToSend:
            return redirect(application.url("tasks") + "?missing")
        except UnableTo as refusal:
            form.refuse(refusal.message, field=refusal.field)
        else:
            return _sent(request, application, case)
    elif application.missing():
        return redirect(application.url("tasks") + "?missing")
    return draw(request, application, "check", _summary(application) | {"form": form})


@of_application(statuses=SENT)
def receipt(request: HttpRequest, application: Application) -> HttpResponse:
    """That it arrived, under which reference, what happens next and by when; useful as a screenshot."""
    person = application.case.applicant
    context = {
        "claim_code": claims.shown(request, application.case),
        "can_hand_over": application.is_helped and person is not None and not person.user_id,
        "claim_url": application.url("claim"),
        "person": person,
        "cost": wording.cost(application.definition.fee),
        "qr": _track_code(application.case),
        "at_counter": application.is_helped and application.case.helper_relation == HelperRelation.COUNTER,
        "time": wording.duration(clocks.by_people(application.definition)),
        "changed": application.changed if application.is_returned else (),
        "by_machine": application.definition.decided_by == "machine"
        and application.case.person_asked_at is None,
        "sent_again_at": _sent_again_at(application.case),
    }
    return draw(request, application, "receipt", context)


@of_application(statuses=SENT, only_post=True)
def claim(request: HttpRequest, application: Application) -> HttpResponse:
    """Make a new code with which the applicant takes the case over."""
    if not application.is_helped:
        return redirect(application.url("receipt"))
    try:
        return _handed_over(request, application, application.case)
    except UnableTo as refusal:
        messages.error(request, refusal.message)
    return redirect(application.url("receipt"))


def _declaration(request: HttpRequest, application: Application) -> DeclarationForm:
    """The form of the last page; where the machine might decide, it asks who shall."""
    definition = application.definition
    by_machine = definition.decided_by == "machine"
    asked = PERSON if application.case.person_asked_at else MACHINE
    return DeclarationForm(
        typed.posted(request),
        initial={"submission_key": uuid4().hex, "decider": asked},
        time_by_people=wording.duration(clocks.by_people(definition)) if by_machine else "",
    )


def _sent(request: HttpRequest, application: Application, case: Case) -> HttpResponse:
    """Lead to the receipt; a helper's carries the code for the applicant."""
    person = case.applicant
    if application.is_helped and application.is_draft and person is not None and not person.user_id:
        return _handed_over(request, application, case)
    return redirect(application.url("receipt"))


def _handed_over(request: HttpRequest, application: Application, case: Case) -> HttpResponse:
    """Make a code with which the applicant takes the case over, and lead to the receipt that shows it."""
    code, receipt = operations.hand_over_code(application, at=clock.now()), application.url("receipt")
    answer = redirect(receipt)
    claims.keep(request, answer, case, code, receipt=receipt)
    return answer


def _track_code(case: Case) -> SafeString:
    """The address under which anybody follows the case, as a picture for a phone."""
    return pictures.code_of(f"{settings.SITE_URL}{reverse('casework:tracking', args=[case.reference])}")


def _sent_again_at(case: Case) -> datetime | None:
    """When a mended application came back, for as long as the office has not moved it on."""
    return case.status_at if case.status == "SUBMITTED" and case.rounds > 1 else None


def _summary(application: Application) -> dict[str, Any]:
    person = application.case.applicant
    changed = application.changed if application.is_returned else frozenset()
    groups = stored.rendered(application.definition, application.case.answers, changed=changed)
    return {
        "person": person,
        "identity_url": application.url("identity") if application.is_draft else "",
        "steps": application.own_steps,
        "groups": [(group, _change_url(application, group)) for group in groups],
        "papers": [
            _paper(application, wanted.key, local(wanted.title)) for wanted in application.asked_documents
        ],
        "title": _("Check and send again") if application.is_returned else _("Check your answers"),
    }


def _change_url(application: Application, group: stored.RenderedGroup) -> str:
    if group.number:
        return application.url("item", group=group.key, number=group.number) + "?from=check"
    return application.url("questions", group=group.key) + "?from=check"


def _paper(application: Application, slot: str, title: str) -> dict[str, Any]:
    found: Document | None = application.documents.get(slot)
    return {
        "title": title,
        "document": found,
        "url": application.url("document", slot=slot),
        "is_changed": application.is_returned and slot in application.changed,
    }
