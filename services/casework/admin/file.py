"""The page of one case on the desk: answers beside pictures, what changed, the clock, the history, what can be done."""

from typing import Any, cast

from django import forms
from django.contrib import admin
from django.db.models import prefetch_related_objects
from django.http import HttpResponse, QueryDict
from django.template.response import TemplateResponse
from django.views.decorators.http import require_safe

from services.accounts.http import CitizenRequest
from services.accounts.models import Hat
from services.casework import (
    capacity,
    clocks,
    handlers,
    letters,
    lots,
    objecting,
    openings,
    outlook,
    policies,
    queries,
    reviews,
    rulings,
    stale,
    timeline,
    undoing,
    urgent,
    writing,
)
from services.casework.admin import contents, door, passes, requests, standing, undo, words
from services.casework.admin.access import file_of
from services.casework.admin.actions import action, allowed, desk_of, form_id
from services.casework.admin.opened import Opened
from services.casework.forms.defects import ReturnForm
from services.casework.forms.desk import (
    DecideUrgencyForm,
    DialogueForm,
    LateDefectsForm,
    NoteForm,
    ProposeUrgencyForm,
    RecuseForm,
    TakeForm,
)
from services.casework.models import Case
from services.catalogue import wording
from services.documents import queries as documents
from services.foundation import clock, texts
from services.integrity.conflicts import queries as integrity

#: The events by which somebody objects.
OBJECTIONS = frozenset({"objection.received", "objection.paper_received"})


@require_safe
def page(request: CitizenRequest, reference: str) -> HttpResponse:
    """Open a file. The opening goes on record before anything is shown."""
    case, role = file_of(request, reference)
    now = clock.now()
    door.record(request, case, role, at=now)
    return shown(request, Opened(case=case, role=role, reader=request.user, at=now))


def shown(request: CitizenRequest, opened: Opened) -> HttpResponse:
    """The page of an opened file."""
    drawn = _context(opened)
    context = {
        **admin.site.each_context(request),
        "title": opened.case.reference,
        "is_fullwidth": "1",
        "gone": opened.gone,
        "typed": [*opened.typed, *_typed_into_what_is_gone(opened, drawn)],
    }
    return TemplateResponse(request, "casework/desk/file.html", context | drawn)


def _typed_into_what_is_gone(opened: Opened, drawn: dict[str, Any]) -> list[stale.Typed]:
    """What was written into a small form that was refused and stands nowhere on the page now."""
    there = [*drawn.values(), *(way.form for way in drawn["ways"])]
    lost = [form for form in opened.refused.values() if not any(form is one for one in there)]
    return [typed for form in lost for typed in stale.typed_in(form)]


def _context(opened: Opened) -> dict[str, Any]:
    case, at = opened.case, opened.at
    reads = opened.role.reads_contents(case)
    if not case.decided_at:
        prefetch_related_objects([case], "pauses")
    steps = queries.timeline(case)
    happened = {step.action.partition(".")[2] for step in steps}
    changed = contents.changed_in(steps) if _is_later_intake(case) else []
    attached = queries.current_documents(case)
    in_conflict = bool(getattr(case, "is_in_conflict", False))
    actions = [
        opened.chosen
        if opened.chosen and opened.chosen.name == row.name
        else action(case, row, attached=attached, changed=changed, data=_marked_with(opened, row.name))
        for row in ([] if in_conflict else allowed(case, opened.role, opened.reader))
    ]
    marking = next((row.form for row in actions if isinstance(row.form, ReturnForm)), None)
    marks = marking.marks if marking else {}
    defects = queries.defects_of(case) if "application.returned" in happened else []
    asked_rows = (
        requests.rows_of(case, reader=opened.reader, role=opened.role, at=at)
        if any(action.startswith("request.") for action in happened)
        else []
    )
    answered = [row["key"] for row in asked_rows if row["is_changed"]]
    told: dict[str, Any] = {"changed": [*changed, *answered], "defects": defects, "marks": marks}
    definition = case.service_version.parsed
    proposed = urgent.of_case(case)
    objected = objecting.objection_of(case) if reads and happened & OBJECTIONS else None
    certificate = documents.certificate_of(case.reference) if case.outcome == "GRANTED" else None
    running = clocks.office_clock(case, at=at)
    return {
        "case": case,
        "role": timeline.role(opened.role.hat),
        "lacks_pact": opened.role.lacks_pact,
        "away_until": opened.role.away_until,
        "service": case.title,
        "applicant": case.applicant if opened.role.names_people else None,
        "nik": opened.nik,
        "outlook": outlook.of(case),
        "left": words.time_left(case, at=at),
        "age": words.age(case, at=at),
        "clock": running,
        "passed": wording.passed(running.passed, of=running.of) if running else "",
        "pauses": [] if case.decided_at else list(case.pauses.all()),
        "is_mine": case.assignee_id == opened.reader.pk,
        "changed": [letters.title_of(definition, key) for key in changed],
        "withheld": not reads,
        "groups": contents.groups(case, **told) if reads else [],
        "papers": contents.papers(case, attached, **told) if reads else [],
        "checks": contents.looked_at(case, attached, at=at) if reads else [],
        "pass": passes.issue(opened.reader, case),
        "requests": asked_rows if reads else [],
        "objection": objected,
        "answered_by_mandate": capacity.of_answer(objected),
        "rulings": rulings.of_case(case),
        "urgency": proposed,
        **_urgency_forms(opened, proposed),
        "told": writing.told_by_office(case)
        if "message.written" in happened and not handlers.desk(case)
        else [],
        "notes": queries.notes_of(case) if "note.written" in happened else [],
        "history": timeline.for_office(case, steps)[::-1],
        "part": handlers.part(case, handlers.Page.DESK) if reads else None,
        "asides": handlers.asides(case, opened.reader),
        "recusals": integrity.recusals_of(case.reference)
        if Hat.SUPERVISOR in opened.role.hats and "officer.recused" in happened
        else [],
        "reviews": reviews.of_case(case),
        "actions": actions,
        "marking": form_id("return") if marking else "",
        "undo": undo.offered(case, reader=opened.reader, at=at),
        "is_settling": undoing.is_open(case, at=at),
        "advice": _advice(case),
        "weighs": case.recommended_at is not None and any(row.declares for row in actions),
        "certificate": certificate,
        "ways": standing.drawn(opened, certificate),
        "refused": [*([opened.chosen.form] if opened.chosen else []), *opened.refused.values()],
        "unsigned": _sent_back_unsigned(case, steps),
        **_side_forms(opened),
    }


def _sent_back_unsigned(case: Case, steps: list[queries.Step]) -> dict[str, Any] | None:
    """Why whoever signs sent the case back, before the one who decides anew; None where nobody did."""
    sent = [step for step in steps if step.action.endswith(".application.sent_back_unsigned")]
    if not sent or case.current.queue_hat != Hat.APPROVER:
        return None
    return {
        "by": timeline.role(sent[-1].hat),
        "at": sent[-1].at,
        "reason": sent[-1].details.get("reason", ""),
    }


def _marked_with(opened: Opened, name: str) -> QueryDict | None:
    """What was marked where a file was to be accepted nevertheless, so that no mark is lost; None for all else."""
    if name != "return" or opened.chosen is None or opened.chosen.name != "accept":
        return None
    return cast(QueryDict, opened.chosen.form.data)


def _side_forms(opened: Opened) -> dict[str, Any]:
    """The forms beside the transitions, each only for whom its operation would let through."""
    case, hats = opened.case, opened.role.signed
    in_conflict = bool(getattr(case, "is_in_conflict", False))
    can_take = openings.waits_for(opened.reader, case, hats=hats, at=opened.at)
    by_lot = lots.is_given_out(case)
    may_step_back = (
        bool(hats) and not case.closed_at and (not in_conflict or case.assignee_id == opened.reader.pk)
    )
    may_allow = Hat.SUPERVISOR in hats and _is_later_intake(case) and not case.late_defects_allowed_by_id
    return {
        "in_conflict": in_conflict,
        "recuse_form": (opened.refused.get("recuse") or RecuseForm(prefix="recuse"))
        if may_step_back
        else None,
        "take_form": (opened.refused.get("take") or TakeForm(prefix="take"))
        if can_take and not by_lot
        else None,
        "waits_for_lot": by_lot and bool(case.current.queue_hat) and case.assignee_id is None,
        "note_form": (opened.refused.get("note") or NoteForm(prefix="note")) if hats else None,
        "message_form": _message_form(opened),
        "late_form": (opened.refused.get("late") or LateDefectsForm(prefix="late")) if may_allow else None,
        "unchanged_locked": _is_later_intake(case) and not case.late_defects_allowed_by_id,
    }


def _urgency_forms(opened: Opened, proposed: urgent.Shown | None) -> dict[str, Any]:
    """The form to propose the case as urgent, or to decide that, each only for whom its operation would let through."""
    case, hats, refused = opened.case, opened.role.signed, opened.refused
    if getattr(case, "is_in_conflict", False):
        return {}
    if urgent.may_propose(case, hats, proposed):
        form = refused.get("urgent") or ProposeUrgencyForm(prefix="urgent", classes=urgent.classes(case))
        return {"propose_form": form}
    if urgent.may_decide(case, hats, proposed):
        return {"urgency_form": refused.get("urgency") or DecideUrgencyForm(prefix="urgency")}
    return {}


def _message_form(opened: Opened) -> forms.Form | None:
    """The form of a message to the citizen's side, where the service has a dialogue and the reader takes part in it."""
    case, desk = opened.case, desk_of(opened.case)
    may_write = not case.closed_at and desk.has_dialogue and opened.role.signed & policies.RECEIVING_HATS
    form = opened.refused.get("message") or (DialogueForm(prefix="message") if may_write else None)
    if form is None:
        return None
    if desk.message_hint:
        form.fields["words"].help_text = str(desk.message_hint)
    return form


def _is_later_intake(case: Case) -> bool:
    """Whether the file lies at intake again after it was returned: only what changed may be returned now."""
    return case.rounds > 1 and any(row.name == "return" for row in case.workflow.leaving(case.status))


def _advice(case: Case) -> dict[str, Any] | None:
    """What was recommended to the one who decides."""
    if not case.recommendation:
        return None
    labels = {reason.code: reason.label for reason in case.service_version.parsed.refusal_reasons}
    label = labels.get(case.recommendation_code)
    return {
        "what": case.get_recommendation_display(),
        "is_refusal": case.recommendation == "REFUSE",
        "by": getattr(case, "recommender", None) or "",
        "at": case.recommended_at,
        "reason": texts.local(label) if label else "",
        "words": case.recommendation_reason,
    }
