"""What happens to cases after something below them changed."""

import json
from typing import Any

from services.accounts.models import Absence, Person, User
from services.casework import (
    acting,
    escalation,
    expired,
    gifts,
    handing,
    looking_again,
    operations,
    transitions,
    urgent,
)
from services.casework.models import Appointment, Case, EscalationHop, Expiry, Urgency, WhyQuestion
from services.casework.operations import review_upkeep, second_looks
from services.casework.operations.absences import DECLARED
from services.casework.operations.appointments import ASKED as ANOTHER_TIME
from services.casework.operations.escalation import ESCALATED
from services.casework.operations.expiring import EXPIRED
from services.casework.operations.giving_out import GIVEN_OUT
from services.casework.operations.handing_over import HANDED_OVER
from services.casework.operations.outages import CONFIRMED
from services.casework.operations.second_looks import ERRED
from services.casework.operations.untouched import RETURNED
from services.casework.operations.urgency import PROPOSED
from services.casework.operations.why import ANSWERED, ASKED
from services.foundation import clock
from services.outbox import registry


def connect() -> None:
    """Subscribe to what casework listens to."""
    registry.subscribe("government.calendar.changed", effect=True)(recompute_the_clocks)
    registry.subscribe("accounts.person.claimed")(record_the_claim)
    registry.subscribe("casework.case.closed")(ask_about_gifts)
    registry.subscribe(ESCALATED)(tell_of_the_clock)
    registry.subscribe(EXPIRED)(tell_that_nobody_decided)
    registry.subscribe(ASKED)(tell_who_is_asked_why)
    registry.subscribe(ANSWERED)(tell_who_asked_why)
    registry.subscribe(RETURNED)(tell_who_left_it_untouched)
    registry.subscribe(review_upkeep.RETURNED)(tell_who_left_a_review_untouched)
    registry.subscribe(ERRED)(tell_of_the_machines_error)
    registry.subscribe(second_looks.ASKED)(tell_who_may_look)
    registry.subscribe(HANDED_OVER)(tell_of_the_handing_over)
    registry.subscribe(GIVEN_OUT)(tell_who_was_drawn)
    registry.subscribe(DECLARED)(tell_who_is_declared_away)
    registry.subscribe(ANOTHER_TIME)(tell_of_the_wish)
    registry.subscribe(PROPOSED)(tell_of_the_proposal)
    registry.subscribe(acting.CHANGED)(tell_of_the_mandate)
    registry.subscribe(CONFIRMED, effect=True)(move_the_dates)
    registry.subscribe(transitions.SEALED_TOPIC, traceless=True)(pass_on_what_is_sealed)


def recompute_the_clocks(payload: dict[str, Any], *, secret: str | None, message_id: int) -> None:
    """A holiday came or went: every open clock is computed again, each in a transaction of its own; doing it twice is harmless."""
    operations.recompute_open_clocks(at=clock.now())
    operations.recompute_objections(at=clock.now())
    operations.recompute_reviews(at=clock.now())
    operations.recompute_applicants_dates(at=clock.now())


def move_the_dates(payload: dict[str, Any], *, secret: str | None, message_id: int) -> None:
    """Citizens get the time that an outage took from them, each case in a transaction of its own; doing it twice is harmless."""
    operations.move_dates(at=clock.now())


def record_the_claim(payload: dict[str, Any], *, secret: str | None, message_id: int) -> None:
    """Both sides read in the history of each case that its applicant has taken it over."""
    operations.record_claim(Person.objects.select_related("user").get(pk=payload["person"]), at=clock.now())


def ask_about_gifts(payload: dict[str, Any], *, secret: str | None, message_id: int) -> None:
    """A day after the end of the case its applicant is asked whether anyone wanted more than the tariff."""
    found = Case.objects.select_related("applicant__user", "agency", "service_version__service")
    gifts.ask(found.get(reference=payload["reference"]), at=clock.now())


def tell_of_the_clock(payload: dict[str, Any], *, secret: str | None, message_id: int) -> None:
    """Whoever has the file, or the supervisor, reads that its time runs out; heads read of it in the morning."""
    hops = EscalationHop.objects.select_related(
        "case__agency", "case__assignee", "case__applicant", "case__service_version__service"
    )
    escalation.tell(hops.get(pk=payload["hop"]), at=clock.now())


def tell_that_nobody_decided(payload: dict[str, Any], *, secret: str | None, message_id: int) -> None:
    """The inspectorate reads that the time of a decision ran out, and how its clock ran."""
    found = Expiry.objects.select_related("case__agency", "case__applicant", "case__service_version__service")
    expired.tell(found.get(pk=payload["expiry"]), at=clock.now())


def tell_who_left_it_untouched(payload: dict[str, Any], *, secret: str | None, message_id: int) -> None:
    """Whoever had a file and did not touch it reads on their page that it went back into the queue."""
    handing.tell_who_left_it_untouched(
        Case.objects.select_related("service_version__service").get(reference=payload["reference"]),
        officer=User.objects.get(pk=payload["officer"]),
        version=payload["version"],
        at=clock.now(),
    )


def tell_who_was_drawn(payload: dict[str, Any], *, secret: str | None, message_id: int) -> None:
    """Whoever was drawn for a file reads on their page that it came to the desk."""
    handing.tell_who_was_drawn(
        Case.objects.select_related("service_version__service").get(reference=payload["reference"]),
        officer=User.objects.get(pk=payload["officer"]),
        version=payload["version"],
        at=clock.now(),
    )


def tell_who_left_a_review_untouched(payload: dict[str, Any], *, secret: str | None, message_id: int) -> None:
    """Whoever had a review and did not touch it reads on their page that it went back into the queue."""
    handing.tell_who_left_a_review_untouched(
        payload["reference"],
        officer=User.objects.get(pk=payload["officer"]),
        key=f"{payload['review']}:{payload['times']}",
        at=clock.now(),
    )


def tell_of_the_handing_over(payload: dict[str, Any], *, secret: str | None, message_id: int) -> None:
    """Whoever had files and whoever gets them read which ones on their pages, and why."""
    handing.tell_of_the_handing_over(
        had=payload["had"],
        gets=payload["gets"],
        reason_code=payload["reason_code"],
        key=str(message_id),
        at=clock.now(),
    )


def tell_of_the_machines_error(payload: dict[str, Any], *, secret: str | None, message_id: int) -> None:
    """Whoever supervises, may take the paper back, or heads the inspectorate reads that the machine was wrong."""
    found = Case.objects.select_related("agency", "applicant", "service_version__service")
    looking_again.tell_of_the_error(found.get(reference=payload["reference"]), at=clock.now())


def tell_who_may_look(payload: dict[str, Any], *, secret: str | None, message_id: int) -> None:
    """Whoever looks at decisions of the machine again reads that an applicant asks for it, and by when."""
    found = Case.objects.select_related("agency", "applicant", "service_version__service")
    looking_again.tell_who_may_look(found.get(reference=payload["reference"]), at=clock.now())


def tell_who_is_declared_away(payload: dict[str, Any], *, secret: str | None, message_id: int) -> None:
    """An officer reads on their page that a supervisor declared them away, and from when until when."""
    absence = Absence.objects.select_related("officer").get(pk=payload["absence"])
    handing.tell_who_is_declared_away(absence, at=clock.now())


def tell_of_the_wish(payload: dict[str, Any], *, secret: str | None, message_id: int) -> None:
    """The inspector reads on their page that another time is asked for, and why."""
    dates = Appointment.objects.select_related("review__assignee", "review__case")
    handing.tell_of_the_wish(dates.get(pk=payload["appointment"]), at=clock.now())


def tell_of_the_proposal(payload: dict[str, Any], *, secret: str | None, message_id: int) -> None:
    """Supervisors read on their pages that a case was proposed to go before others."""
    found = Urgency.objects.select_related(
        "case__agency", "case__applicant", "case__service_version__service"
    )
    urgent.tell_supervisors(found.get(pk=payload["urgency"]), at=clock.now())


def tell_of_the_mandate(payload: dict[str, Any], *, secret: str | None, message_id: int) -> None:
    """Whoever acts in a post reads that it counts, or has ended; who may be the second person, that it waits for one."""
    acting.tell(payload["membership"], state=payload["state"], at=clock.now())


def tell_who_is_asked_why(payload: dict[str, Any], *, secret: str | None, message_id: int) -> None:
    """The head of the office reads what the head of the government asks, and by when the answer is owed."""
    escalation.tell_asked(_why(payload), at=clock.now())


def tell_who_asked_why(payload: dict[str, Any], *, secret: str | None, message_id: int) -> None:
    """Whoever asked reads the answer."""
    escalation.tell_answered(_why(payload), at=clock.now())


def _why(payload: dict[str, Any]) -> WhyQuestion:
    questions = WhyQuestion.objects.select_related("agency", "asked_by", "case__service_version__service")
    return questions.get(pk=payload["question"])


def pass_on_what_is_sealed(payload: dict[str, Any], *, secret: str | None, message_id: int) -> None:
    """What happened to a confidential case reaches whoever listens, by way of a message that says nothing and is then gone.

    A listener that speaks to the network has no place here: it orders a delivery, which is promised like any other.
    """
    sealed = json.loads(secret or "{}")
    for subscriber in registry.subscribers_of(sealed["topic"]):
        if subscriber.effect:
            raise RuntimeError(
                f"{subscriber.name} speaks to the network and cannot hear of a confidential case"
            )
        subscriber.handle(sealed["payload"], secret=None, message_id=message_id)
