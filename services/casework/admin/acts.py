"""What officers do with a file: take it, lay it back, decide, note. Each calls one operation and answers."""

from collections.abc import Callable
from typing import Any

from django import forms
from django.contrib import admin, messages
from django.http import HttpResponse
from django.shortcuts import redirect
from django.template.response import TemplateResponse
from django.utils.translation import gettext as _

from services.accounts import operations as accounts
from services.accounts.http import CitizenRequest, with_refusal
from services.accounts.models import Person, User
from services.casework import handlers, letters, operations, queries, stale, timeline
from services.casework.admin import contents, door, gone, standing, undo
from services.casework.admin.access import file_of
from services.casework.admin.actions import Action, action, allowed
from services.casework.admin.file import shown
from services.casework.admin.opened import Opened
from services.casework.admin.queue import FILE
from services.casework.forms.defects import ReturnForm
from services.casework.forms.desk import (
    DialogueForm,
    LateDefectsForm,
    NoteForm,
    RecuseForm,
    TakeForm,
)
from services.casework.models import Case
from services.foundation import clock
from services.foundation.errors import UnableTo
from services.notifications.rendering import Words

Act = Callable[[], Any]


def act(request: CitizenRequest, reference: str, name: str) -> HttpResponse:
    """Take the case along a transition; a letter is shown first where one goes out."""
    case, role = file_of(request, reference)
    transition = next((row for row in allowed(case, role, request.user) if row.name == name), None)
    if request.method != "POST":
        return redirect(FILE, case.reference)
    if transition is None:
        return gone.answer(request, Opened(case=case, role=role, reader=request.user, at=clock.now()), name)
    changed = contents.changed_in(queries.timeline(case)) if name == "return" else []
    chosen = action(
        case,
        transition,
        attached=queries.current_documents(case),
        changed=changed,
        data=request.POST,
        files=request.FILES,
    )
    opened = Opened(case=case, role=role, reader=request.user, at=clock.now(), chosen=chosen)
    door.require(request, case, role, at=opened.at, typed=stale.typed_in(chosen.form))
    step = request.POST.get("step", "")
    if step == "edit" or not chosen.form.is_valid():
        return shown(request, opened)
    if chosen.form.has_letter and step != "do":
        return _letter(request, case, chosen)
    done = chosen.done
    if not _carried_out(request, case, chosen):
        return shown(request, opened)
    messages.success(request, done % {"reference": case.reference})
    return redirect(undo.address_after(case, reader=request.user, at=clock.now()))


def take(request: CitizenRequest, reference: str) -> HttpResponse:
    """Take the case onto one's desk; where others wait longer, with the reason."""
    return side_act(
        request,
        reference,
        name="take",
        form_class=TakeForm,
        do=lambda case, values: operations.take_case(case, actor=request.user, at=clock.now(), **values),
        done=_("The case is on your desk."),
    )


def release(request: CitizenRequest, reference: str) -> HttpResponse:
    """Lay the case back into the queue."""
    return side_act(
        request,
        reference,
        name="release",
        form_class=forms.Form,
        do=lambda case, _values: operations.release_case(case, actor=request.user, at=clock.now()),
        done=_("The case lies in the queue again, where it keeps its place."),
    )


def recuse(request: CitizenRequest, reference: str) -> HttpResponse:
    """Step back from the case: it goes on to somebody else."""
    return side_act(
        request,
        reference,
        name="recuse",
        form_class=RecuseForm,
        do=lambda case, values: operations.recuse_officer(case, actor=request.user, at=clock.now(), **values),
        done=_("You have stepped back. Somebody else goes on with the case, and you cannot take it again."),
    )


def note(request: CitizenRequest, reference: str) -> HttpResponse:
    """Write a note that only the office reads."""
    return side_act(
        request,
        reference,
        name="note",
        form_class=NoteForm,
        do=lambda case, values: operations.add_office_note(
            case, actor=request.user, at=clock.now(), **values
        ),
        done=_("The note was written. Only the office reads it."),
    )


def message(request: CitizenRequest, reference: str) -> HttpResponse:
    """Write to the citizen's side, where the service has a dialogue."""
    return side_act(
        request,
        reference,
        name="message",
        form_class=DialogueForm,
        do=lambda case, values: operations.write_message(case, actor=request.user, at=clock.now(), **values),
        done=_("The message was sent."),
    )


def allow_late_defects(request: CitizenRequest, reference: str) -> HttpResponse:
    """A supervisor allows one return for something that could have been seen the first time."""
    return side_act(
        request,
        reference,
        name="late",
        form_class=LateDefectsForm,
        do=lambda case, values: operations.allow_late_defects(
            case, actor=request.user, at=clock.now(), **values
        ),
        done=_("One more return is allowed. It is on record and counted."),
    )


def change_standing(request: CitizenRequest, reference: str, *, name: str) -> HttpResponse:
    """Suspend or reinstate the certificate of an ended case, or take it back, with the reason."""
    way = standing.WAYS[name]
    return side_act(
        request,
        reference,
        name=name,
        form_class=way.form,
        do=lambda case, values: way.operation(case, actor=request.user, at=clock.now(), **values),
        done=str(way.done),
    )


def reveal_nik(request: CitizenRequest, reference: str) -> HttpResponse:
    """Show the applicant's whole NIK once; its owner sees that it was shown."""
    case, role = file_of(request, reference)
    now = clock.now()
    door.require(request, case, role, at=now)

    def reveal(applicant: Person) -> HttpResponse:
        number = accounts.reveal_nik(
            applicant, viewer=request.user, agency=case.agency, purpose=case.reference, at=now
        )
        return shown(request, Opened(case=case, role=role, reader=request.user, at=now, nik=number))

    return _nik_act(request, case, reveal)


def verify_nik(request: CitizenRequest, reference: str) -> HttpResponse:
    """Note that the officer who has the file compared the NIK with the identity card."""
    case, _role = file_of(request, reference)

    def verify(_applicant: Person) -> HttpResponse:
        operations.verify_nik(case, actor=request.user, at=clock.now())
        messages.success(request, _("It is noted that the NIK is the one on the identity card."))
        return redirect(FILE, case.reference)

    return _nik_act(request, case, verify)


def _nik_act(request: CitizenRequest, case: Case, do: Callable[[Person], HttpResponse]) -> HttpResponse:
    """What is done with the applicant's NIK, or why it is not."""
    if request.method != "POST" or case.applicant is None:
        return redirect(FILE, case.reference)
    try:
        return do(case.applicant)
    except UnableTo as refusal:
        messages.error(request, str(refusal.message))
        return redirect(FILE, case.reference)


def side_act(
    request: CitizenRequest,
    reference: str,
    *,
    name: str,
    form_class: Callable[..., forms.Form],
    do: Callable[[Case, dict[str, Any]], Any],
    done: str,
) -> HttpResponse:
    """One small form: carried out and back to the file, or shown again with what is wrong."""
    case, role = file_of(request, reference)
    if request.method != "POST":
        return redirect(FILE, case.reference)
    form = form_class(request.POST, prefix=name)
    if form.is_valid():
        try:
            do(case, form.cleaned_data)
        except UnableTo as refusal:
            operations.note_conflict(case, refusal, actor=request.user, doing=name, at=clock.now())
            with_refusal(form, refusal)
        else:
            messages.success(request, done)
            return redirect(FILE, case.reference)
    at = clock.now()
    door.require(request, case, role, at=at, typed=stale.typed_in(form))
    return shown(request, Opened(case=case, role=role, reader=request.user, at=at, refused={name: form}))


def _carried_out(request: CitizenRequest, case: Case, chosen: Action) -> bool:
    try:
        handlers.handler(case, chosen.name)(
            case,
            actor=request.user,
            at=clock.now(),
            expected_version=chosen.form.cleaned_data.get("version"),
            **chosen.form.values(),
        )
    except UnableTo as refusal:
        operations.note_conflict(case, refusal, actor=request.user, doing=chosen.name, at=clock.now())
        stale.refuse(chosen.form, refusal, case=case, history=timeline.for_office)
        return False
    return True


def _letter(request: CitizenRequest, case: Case, chosen: Action) -> HttpResponse:
    """The letter as the applicant will read it, with what was filled in carried along unseen."""
    carried = [
        (name, value)
        for name, values in request.POST.lists()
        for value in values
        if name not in {"csrfmiddlewaretoken", "step"}
    ]
    context = {
        **admin.site.each_context(request),
        "title": case.reference,
        "case": case,
        "action": chosen,
        "letter": _words_of(case, chosen, request.user),
        "language": letters.language_of(case),
        "carried": carried,
    }
    return TemplateResponse(request, "casework/desk/letter.html", context)


def _words_of(case: Case, chosen: Action, decider: User) -> Words:
    form = chosen.form
    if isinstance(form, ReturnForm):
        return letters.preview_of_return(case, chosen.transition, found=form.found(), at=clock.now())
    values = form.values()
    return letters.preview_of_refusal(
        case,
        chosen.transition,
        decider=decider,
        reason_code=values["reason_code"],
        words=values["reason"],
        at=clock.now(),
    )
