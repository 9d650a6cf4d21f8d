"""What the pages for citizens and the public show of a case, as plain values for their templates."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any
from zlib import adler32

from django.db.models import prefetch_related_objects
from django.urls import reverse
from django.utils.translation import gettext as _

from services.accounts.models import User
from services.casework import (
    capacity,
    clocks,
    clockwords,
    expired,
    handlers,
    inspections,
    letters,
    looking_again,
    outlook,
    policies,
    queries,
    requested,
    reviews,
    rulings,
    timeline,
    undoing,
    urgent,
    writing,
)
from services.casework import stations as record
from services.casework.models import Case, CaseDocument
from services.casework.operations.dialogue import WRITTEN
from services.casework.views import machine
from services.catalogue import wording
from services.documents import queries as documents
from services.documents.models import Certificate
from services.foundation import texts
from services.foundation.templatetags.bening import day
from services.government import queries as government
from services.government.models import Agency


@dataclass(frozen=True, slots=True)
class Paper:
    """How the certificate stands: `state` running, done, suspended or revoked, what is said, the certificate once it is ordered.

    `reason` is why the office suspended or revoked it, `objection_until` the last moment to object to that, in ISO 8601.
    """

    state: str
    text: str
    certificate: Certificate | None
    is_warning: bool = False
    reason: str = ""
    objection_until: str = ""


def draft(case: Case, *, reader: User) -> dict[str, Any]:
    """A draft in the list: it is gone on with where the service lets people fill in."""
    return {
        "reference": case.reference,
        "service": case.title,
        "href": handlers.filing_link(case) or reverse("casework:case", args=[case.reference]),
        "started_at": case.created_at,
        "kept_until": case.applicant_due_at,
        "applicant": _named_applicant(case, reader),
    }


def sent(case: Case, *, reader: User) -> dict[str, Any]:
    """A sent case in the list, with what it waits for."""
    view = outlook.of(case)
    return {
        "reference": case.reference,
        "service": case.title,
        "href": reverse("casework:case", args=[case.reference]),
        "sent_at": case.submitted_at,
        "outlook": view,
        "applicant": _named_applicant(case, reader),
    }


def page_of(case: Case, *, reader: User, at: datetime) -> dict[str, Any]:
    """Everything the citizen's page of a case shows."""
    steps = record.told_timeline(case)
    now = now_of(case, reader=reader, at=at)
    return now | {
        "service": case.title,
        "stations": stations(case, steps, is_deciding=machine.is_deciding(case, now["checks"])),
        "history": timeline.for_citizen(case, steps)[::-1],
        "openings": timeline.openings(case, steps),
        "defects": _open_defects(case),
        "asked": requested.open_in(case),
        "reviews": reviews.of_case(case),
        "inspections": inspections.shown(case, at=at),
        "told": writing.told_by_office(case) if _has_messages(case, steps) else [],
        "papers": [_paper_of(attached, case) for attached in queries.current_documents(case)],
        "watchers": watchers(),
        "has_objected": any(step.action.endswith(("objection.received", "paper_received")) for step in steps),
        "rulings": rulings.confirmed(case),
        "urgency": urgent.of_case(case),
        "part": handlers.part(case, handlers.Page.CITIZEN),
    }


def _has_messages(case: Case, steps: list[queries.Step]) -> bool:
    """Whether the office wrote to whoever applied; a service with a desk of its own shows its dialogue itself."""
    return not handlers.desk(case) and any(step.action == WRITTEN for step in steps)


def now_of(case: Case, *, reader: User, at: datetime) -> dict[str, Any]:
    """Where the case is now: the part of the page that a machine's work may change while somebody looks at it.

    `seen` names this state: a page that shows it needs no new one.
    """
    prefetch_related_objects([case], undoing.told_pauses(case))
    looked, certificate, view = machine.checked(case, at=at), paper(case), outlook.of(case)
    if machine.is_deciding(case, looked):
        view = machine.foreseen(view)
    states = (looked.text if looked else "", certificate.text if certificate else "")
    return {
        "case": case,
        "outlook": view,
        "applicant": _named_applicant(case, reader),
        "role": timeline.role(view.hat) if view.hat else "",
        "clocks": clocks_of(case, at=at),
        "checks": looked,
        "paper": certificate,
        "signatory": signatory(case),
        "by_mandate": capacity.of_decision(case),
        "machine": letters.machine_decision(case),
        **_person(case, reader=reader, at=at),
        "refusal": refusal(case),
        "expired": expired.shown(case),
        "objection_until": letters.objection_until(case.decided_at, case)
        if case.outcome == "REFUSED" and case.decided_at and policies.decision_is_new(case)
        else "",
        "seen": f"{case.row_version}-{adler32(' '.join(states).encode())}",
        "is_running": "running" in {looked.state if looked else "", certificate.state if certificate else ""},
    }


def _person(case: Case, *, reader: User, at: datetime) -> dict[str, Any]:
    """Whether a person may be asked for after a decision of the system, or was. No query for any other case."""
    if letters.machine_decision(case) is None:
        return {}
    asked = looking_again.asked_of(case)
    return {"can_ask_person": looking_again.may_ask(case, reader, at=at), "asked_person": asked}


def clocks_of(case: Case, *, at: datetime) -> dict[str, Any] | None:
    """The two clocks: days since it was sent, and how much of the office's time has passed. None for a draft."""
    if case.submitted_at is None:
        return None
    office = clocks.office_clock(case, at=at)
    decision = office if office and office.name == "decision" else None
    promised = clocks.by_people(case.service_version.parsed)
    passed = decision.passed if decision else clocks.time_used(case)
    return {
        "sent_days": clocks.days_since_sent(case, at=at),
        "promised": wording.duration(promised),
        "passed": passed,
        "amount": promised.amount,
        "text": ""
        if passed is None
        else wording.passed(passed, of=promised, is_over=case.decided_at is not None),
        "due": case.due_at,
        "explained": clockwords.explain(case, at=at) if office and not office.paused else "",
        "afterwards": clockwords.afterwards(case) if office else "",
        "paused": _("It stands still while the office waits for you.")
        if office and office.paused and decision
        else "",
        "finished": case.decided_at is not None,
    }


def stations(case: Case, steps: list[queries.Step], *, is_deciding: bool = False) -> list[dict[str, Any]]:
    """The stations of the case for the timeline: those behind, the present one, those still to come.

    While the machine is deciding, none is foreseen but the decision.
    """
    places = record.stations_in(case, steps)
    offices = _offices(case, {place.agency for place in places})
    own = texts.local(case.agency.short_name)
    behind: list[dict[str, Any]] = [
        {
            "title": place.status.label,
            "state": "done",
            "at": place.at,
            "office": offices.get(place.agency, own),
        }
        for place in places
    ]
    if behind:
        behind[-1] |= {"title": places[-1].status.station, "state": "done" if case.closed_at else "now"}
    ahead = [case.workflow.destination] if is_deciding else outlook.road_ahead(case)
    return behind + [{"title": words, "state": "next"} for words in ahead]


def _offices(case: Case, codes: set[str]) -> dict[str, str]:
    """Short names of the offices that had the case; one query, and only where another than its present one did."""
    others = codes - {case.agency.code, ""}
    found = government.agencies().filter(code__in=others) if others else ()
    return {agency.code: texts.local(agency.short_name) for agency in found}


def paper(case: Case) -> Paper | None:
    """How far the certificate of a granted case is; None where there will be none."""
    if case.outcome != "GRANTED":
        return None
    found = documents.certificate_of(case.reference)
    if found and found.is_signed:
        return _signed(found, case)
    if found and found.state == Certificate.State.FAILED:
        late = _(
            "Sealing the certificate takes longer than usual. It is tried again by itself; you need do nothing."
        )
        return Paper(state="running", text=late, certificate=found)
    return Paper(state="running", text=_("Your certificate is being made and sealed."), certificate=found)


def _signed(certificate: Certificate, case: Case) -> Paper:
    """A certificate that exists, with what it is worth."""
    if certificate.ruling:
        text = rulings.of_a_certificate(certificate.ruling, is_over=bool(certificate.revoked_at))
        state = "revoked" if certificate.revoked_at else "suspended"
        return Paper(state=state, text=text, certificate=certificate, is_warning=True)
    if certificate.revoked_at:
        text = _("Your certificate was revoked on %(day)s. It is not valid any longer.")
        return Paper(
            state="revoked",
            text=text % {"day": day(certificate.revoked_at)},
            certificate=certificate,
            is_warning=True,
            reason=certificate.revocation_reason,
            objection_until=letters.objection_until(certificate.revoked_at, case),
        )
    if certificate.suspended_at:
        text = _(
            "Your certificate was suspended on %(day)s. It may not be used until the suspension is lifted."
        )
        return Paper(
            state="suspended",
            text=text % {"day": day(certificate.suspended_at)},
            certificate=certificate,
            is_warning=True,
            reason=certificate.suspension_reason,
            objection_until=letters.objection_until(certificate.suspended_at, case),
        )
    if certificate.standing == Certificate.Standing.EXPIRED:
        text = _("Your certificate was valid until %(day)s.") % {"day": day(certificate.valid_until)}
        return Paper(state="done", text=text, certificate=certificate)
    return Paper(state="done", text=_("Your certificate is ready."), certificate=certificate)


def signatory(case: Case) -> str:
    """Who signed, or else decided: the name is public with the decision, never before it."""
    named = case.signed_by or case.decided_by
    return str(named.get_full_name()) if case.decided_at and named else ""


def refusal(case: Case) -> letters.RefusalInWords | None:
    """Why a case was refused, as the letter says it."""
    if case.outcome != "REFUSED":
        return None
    return letters.refusal_in_words(
        case.service_version.parsed, reason_code=case.reason_code, words=case.reason
    )


def watchers() -> list[government.OfficeContact]:
    """Whom to tell when someone asks for more: the inspectorate, and the commission outside the government."""
    roles = [Agency.Role.INSPECTORATE, Agency.Role.COMMISSION]
    found = sorted(
        government.agencies().filter(role__in=roles), key=lambda agency: roles.index(Agency.Role(agency.role))
    )
    return [government.office_contact(agency) for agency in found]


def _named_applicant(case: Case, reader: User) -> str:
    """Whose case it is, where the reader helps somebody else."""
    return case.applicant.name if case.helper_id == reader.pk and case.applicant else ""


def _open_defects(case: Case) -> list[letters.DefectInWords]:
    untold = undoing.untold_at(case)
    known = (defect for defect in case.defects.all() if untold is None or defect.found_at != untold)
    open_ones = [defect for defect in known if defect.mended_at is None]
    return letters.defects_in_words(case.service_version.parsed, open_ones)


def _paper_of(attached: CaseDocument, case: Case) -> dict[str, Any]:
    return {
        "title": letters.title_of(case.service_version.parsed, attached.slot),
        "document": attached.document,
        "pages": list(attached.document.previews.all()),
    }
