"""What the reader sees happen after an application moved: notices, and the paper."""

from collections.abc import Callable
from datetime import datetime
from typing import Any, Final

from django.db.models import F, QuerySet
from django.urls import reverse

from services.applications import notices
from services.casework import expired, inspections, letters, looking_again, objecting, outagewords, rulings
from services.casework import operations as casework
from services.casework import workflow as workflows
from services.casework.models import Case, Message, Outage
from services.casework.operations.moving import DATES_MOVED
from services.casework.operations.rulings import ENTERED
from services.casework.workflow import GRANT_BY_LAW, GRANT_BY_MACHINE, SILENT, Transition, Workflow
from services.documents import operations as documents
from services.documents.models import Certificate
from services.foundation import clock
from services.outbox import registry

Order = Callable[..., Any]

#: What each public service does when one of its applications is granted, by the kind of case.
_orders: Final[dict[str, Order]] = {}


def connect() -> None:
    """Subscribe to what happens to the certificates of all applications."""
    registry.subscribe("documents.certificate.signed")(issue_the_certificate)
    registry.subscribe("documents.certificate.revoked")(tell_of_the_revocation)
    registry.subscribe("documents.certificate.suspended")(tell_of_the_suspension)
    registry.subscribe("documents.certificate.reinstated")(tell_of_the_reinstatement)
    registry.subscribe("accounts.person.claimed")(tell_the_helper)
    registry.subscribe("casework.applicant.reminded")(remind_the_applicant)
    registry.subscribe("casework.message.written")(tell_of_the_message)
    registry.subscribe("casework.person.answered")(tell_what_the_person_found)
    registry.subscribe(ENTERED)(call_a_second_person)
    registry.subscribe("casework.inspection.appointed")(tell_of_the_appointment)
    registry.subscribe("documents.certificate.signed")(tell_of_the_minutes)
    registry.subscribe("casework.request.asked")(tell_what_is_asked)
    registry.subscribe("casework.request.withdrawn")(tell_what_is_no_longer_needed)
    registry.subscribe("casework.request.lapsed")(tell_what_was_not_answered)
    registry.subscribe(DATES_MOVED)(tell_of_the_new_date)


def connect_service(flow: Workflow, *, order: Order) -> None:
    """Subscribe to every transition of a public service; `order(case, at=)` is called for a granted application."""
    _orders[flow.kind] = order
    for transition in flow.transitions:
        heard = keep_silent if transition.notice == SILENT else tell_the_applicant
        registry.subscribe(transition.event)(heard)
        if transition.target == "GRANTED":
            registry.subscribe(transition.event)(order_the_certificate)
        if transition.name == GRANT_BY_LAW:
            registry.subscribe(transition.event)(tell_the_office_of_the_grant)
        if transition.reopens:
            registry.subscribe(transition.event)(call_the_superiors)
        if _is_checked_after(flow, transition):
            registry.subscribe(transition.event)(check_the_file)


def connected() -> tuple[Workflow, ...]:
    """The workflows of the public services that people apply for."""
    return tuple(workflows.of_kind(kind) for kind in _orders)


def tell_the_applicant(payload: dict[str, Any], *, secret: str | None, message_id: int) -> None:
    """Tell the applicant (and a helper with a login) what happened."""
    case = _case(payload)
    transition = case.workflow.transition(payload["transition"])
    key = f"{transition.event}:{payload['reference']}:{payload['version']}"
    further = rulings.facts(case) if transition.by_ruling else {}
    notices.tell(case, transition.notice, key=key, at=clock.now(), further=further)


def keep_silent(payload: dict[str, Any], *, secret: str | None, message_id: int) -> None:
    """Tell nobody: the transition table says so."""


def call_the_superiors(payload: dict[str, Any], *, secret: str | None, message_id: int) -> None:
    """Tell whoever may answer the objection that it waits, and until when."""
    case = _case(payload)
    at = clock.now()
    notices.tell(
        case,
        "applications/objection_waits",
        key=f"applications.objection_waits:{payload['reference']}:{payload['version']}",
        at=at,
        further={"path": reverse("admin:casework_case_change", args=[case.reference])},
        to=[(str(user.pk), user) for user in objecting.superiors(case, at=at)],
    )


def call_a_second_person(payload: dict[str, Any], *, secret: str | None, message_id: int) -> None:
    """Tell whoever may confirm it that the ruling of a court was entered."""
    case, at = _case(payload), clock.now()
    ruling = case.rulings.get(pk=payload["ruling"])
    notices.tell(
        case,
        "applications/ruling_waits",
        key=f"applications.ruling_waits:{ruling.pk}",
        at=at,
        further=rulings.letter_facts(ruling)
        | {"path": reverse("admin:casework_case_ruling", args=[ruling.pk])},
        to=[(str(user.pk), user) for user in rulings.second_people(ruling, at=at)],
    )


def tell_the_office_of_the_grant(payload: dict[str, Any], *, secret: str | None, message_id: int) -> None:
    """The head of the office and the inspectorate read that nobody decided in time, and what the law made of it."""
    expired.tell_of_the_grant(_case(payload), at=clock.now())


def check_the_file(payload: dict[str, Any], *, secret: str | None, message_id: int) -> None:
    """The applicant and the office see what the machine has checked; where it decides, the application is granted."""
    casework.check_case(_case(payload), at=clock.now())


def order_the_certificate(payload: dict[str, Any], *, secret: str | None, message_id: int) -> None:
    """Order the paper of a granted application."""
    case = _case(payload)
    _orders[case.kind](case, at=clock.now())


def issue_the_certificate(payload: dict[str, Any], *, secret: str | None, message_id: int) -> None:
    """Close the case once its certificate is signed."""
    case = _cases().filter(reference=payload["reference"], kind__in=_orders).first()
    if case is not None:
        documents.supersede_certificates(
            by=Certificate.objects.get(pk=payload["certificate"]), at=clock.now()
        )
        casework.close_case(case, workflows.of_kind(case.kind).transition("issue"), at=clock.now())


def tell_of_the_revocation(payload: dict[str, Any], *, secret: str | None, message_id: int) -> None:
    """Tell the holder that the certificate is taken back, why, and how to object."""
    _tell_of_the_paper(payload, "revoked")


def tell_of_the_suspension(payload: dict[str, Any], *, secret: str | None, message_id: int) -> None:
    """Tell the holder that the certificate may not be used for now, why, and how to object."""
    _tell_of_the_paper(payload, "suspended")


def tell_of_the_reinstatement(payload: dict[str, Any], *, secret: str | None, message_id: int) -> None:
    """Tell the holder that the certificate may be used again, and why."""
    _tell_of_the_paper(payload, "reinstated")


def remind_the_applicant(payload: dict[str, Any], *, secret: str | None, message_id: int) -> None:
    """Tell whoever applied that the application ends without an answer; whoever has answered meanwhile hears nothing."""
    case = _case(payload)
    if case.applicant_due_at == datetime.fromisoformat(payload["ends_at"]):
        key = f"casework.applicant.reminded:{case.reference}:{payload['ends_at']}:{payload['step']}"
        notices.tell(case, "applications/ends_soon", key=key, at=clock.now())


def tell_of_the_new_date(payload: dict[str, Any], *, secret: str | None, message_id: int) -> None:
    """Tell whoever applied once that an outage gave them more time, by when, and why."""
    case = _cases().filter(reference=payload["reference"], kind__in=_orders).first()
    further = outagewords.facts(case, Outage.objects.get(pk=payload["outage"])) if case else {}
    if case is not None and further:
        key = f"{DATES_MOVED}:{case.reference}:{payload['outage']}"
        notices.tell(case, "applications/date_moved", key=key, at=clock.now(), further=further)


def tell_what_is_asked(payload: dict[str, Any], *, secret: str | None, message_id: int) -> None:
    """Tell the applicant what a review asks, if it still does; for the whole file the transition tells it."""
    _tell_of_requests(payload, "asked", only_open=True)


def tell_what_is_no_longer_needed(payload: dict[str, Any], *, secret: str | None, message_id: int) -> None:
    """Tell the applicant that something need not be answered any longer."""
    _tell_of_requests(payload, "request_withdrawn")


def tell_what_was_not_answered(payload: dict[str, Any], *, secret: str | None, message_id: int) -> None:
    """Tell the applicant that the review goes on without the answer."""
    _tell_of_requests(payload, "request_lapsed")


def _tell_of_requests(payload: dict[str, Any], notice: str, *, only_open: bool = False) -> None:
    case = _case(payload)
    rows = list(case.requests.filter(pk__in=payload["requests"]).order_by("pk"))
    rows = [row for row in rows if row.is_open] if only_open else rows
    if not rows:
        return
    for row in rows:
        row.case = case
    key = f"applications.{notice}:{case.reference}:{rows[0].pk}"
    further = notices.asked_facts(case, rows)
    notices.tell(case, f"applications/{notice}", key=key, at=clock.now(), further=further)


def tell_of_the_message(payload: dict[str, Any], *, secret: str | None, message_id: int) -> None:
    """Tell whoever applied what the office wrote to them; what they write themselves is no news to them."""
    case = _cases().filter(reference=payload["reference"], kind__in=_orders).first()
    if case is None or payload["side"] != Message.Side.OFFICE or not payload["is_announced"]:
        return
    message = case.messages.get(pk=payload["message"])
    key = f"casework.message.written:{message.pk}"
    notices.tell(case, "applications/message", key=key, at=clock.now(), further={"words": message.words})


def tell_what_the_person_found(payload: dict[str, Any], *, secret: str | None, message_id: int) -> None:
    """Whoever asked for a person after a decision of the machine reads whether it was right, and in which words."""
    case = _case(payload)
    look = looking_again.asked_of(case)
    if look is not None and look.result:
        found = {"is_wrong": look.result == "ERROR", "words": look.words}
        path = reverse("casework:person", args=[case.reference])
        key = f"casework.person.answered:{case.reference}"
        further = found | {"path": path}
        notices.tell(case, "applications/person_answered", key=key, at=clock.now(), further=further)


def tell_of_the_appointment(payload: dict[str, Any], *, secret: str | None, message_id: int) -> None:
    """Tell whoever applied when and where the inspector comes; of a time that another has replaced nothing is told."""
    case = _case(payload)
    key = f"casework.inspection.appointed:{payload['appointment']}"
    further = notices.appointment_facts(case, payload["appointment"])
    if further:
        notices.tell(case, "applications/appointment", key=key, at=clock.now(), further=further)


def tell_of_the_minutes(payload: dict[str, Any], *, secret: str | None, message_id: int) -> None:
    """Tell whoever applied that the minutes of the inspection are there."""
    minutes = inspections.minutes_of_paper(payload["reference"])
    if minutes is not None and minutes.review.case.kind in _orders:
        key = f"casework.inspection.minutes:{minutes.pk}"
        notices.tell(minutes.review.case, "applications/minutes", key=key, at=clock.now())


def tell_the_helper(payload: dict[str, Any], *, secret: str | None, message_id: int) -> None:
    """Tell whoever filed for a person that this person has taken the case over."""
    person = payload["person"]
    filed = _cases().filter(applicant=person, kind__in=_orders, submitted_at__isnull=False)
    for case in filed.exclude(helper=F("applicant__user")):
        key = f"accounts.person.claimed:{person}:{case.reference}"
        notices.tell_the_helper(case, "applications/taken_over", key=key, at=clock.now())


def _tell_of_the_paper(payload: dict[str, Any], what: str) -> None:
    """Tell what became of a certificate; the reason is that of the moment, whatever happened to it since."""
    case = _cases().filter(reference=payload["reference"], kind__in=_orders).first()
    if case is None:
        return
    until = letters.objection_until(datetime.fromisoformat(payload["at"]))
    notices.tell(
        case,
        f"applications/{what}",
        key=f"applications.certificate.{what}:{payload['certificate']}:{payload['at']}",
        at=clock.now(),
        further={"reason": payload["reason"], "objection_until": until},
    )


def _case(payload: dict[str, Any]) -> Case:
    return _cases().get(reference=payload["reference"])


def _cases() -> QuerySet[Case]:
    return Case.objects.select_related(
        "applicant__user", "helper", "agency", "service_version__service", "decided_by", "signed_by"
    )


def _is_checked_after(flow: Workflow, transition: Transition) -> bool:
    """Whether a file has just been sent by this transition, to where the machine may grant it."""
    grant = flow.by_name.get(GRANT_BY_MACHINE)
    return grant is not None and not transition.undoes and transition.target in grant.sources
