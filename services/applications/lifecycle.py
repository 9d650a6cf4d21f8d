"""What the lives of all applications have in common: the statuses, and what each named road says, asks for and tells.

A public service lays its own roads between these statuses (`permits/workflow.py`); the words stand here once.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Final

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from services.accounts.models import Hat
from services.casework import workflow
from services.casework.workflow import SILENT, Status, Transition

DRAFT = Status(
    code="DRAFT",
    label=_("Draft"),
    station=_("Being filled in"),
    next=_("You finish filling in and send it. Nothing happens at the office before that."),
    with_citizen=True,
)
SUBMITTED = Status(
    code="SUBMITTED",
    label=_("Sent"),
    station=_("The file is being checked for completeness"),
    next=_(
        "The office checks whether your file is complete. If something is missing, you are told everything at once."
    ),
    queue_hat=Hat.INTAKE,
    colour="blue",
)
RETURNED = Status(
    code="RETURNED",
    label=_("Returned"),
    station=_("Returned for mending"),
    next=_("You mend what is listed and send it again. Your place in the queue is kept."),
    with_citizen=True,
    colour="yellow",
)
IN_REVIEW = Status(
    code="IN_REVIEW",
    label=_("In review"),
    station=_("The file is complete and being reviewed"),
    next=_("The office checks your file against the rules and recommends a decision. Somebody else decides."),
    queue_hat=Hat.REVIEWER,
    colour="blue",
)
WAITING_APPLICANT = Status(
    code="WAITING_APPLICANT",
    label=_("Waiting for the applicant"),
    station=_("The office asked the applicant for something"),
    next=_("You answer the office. Its clock stands still until you do."),
    with_citizen=True,
    colour="yellow",
)
READY_FOR_DECISION = Status(
    code="READY_FOR_DECISION",
    label=_("Ready for decision"),
    station=_("Waiting for the decision"),
    next=_("The signatory of the office decides. You are told at once."),
    queue_hat=Hat.APPROVER,
    colour="blue",
)
GRANTED = Status(
    code="GRANTED",
    label=_("Granted"),
    station=_("Granted, the certificate is being made"),
    next=_("The certificate is made and sealed. This takes a few minutes."),
    colour="green",
)
ISSUED = Status(
    code="ISSUED",
    label=_("Issued"),
    station=_("Granted, the certificate is issued"),
    next=_("Nothing more to do. Keep the certificate; anybody can check that it is real."),
    final=True,
    colour="green",
)
REFUSED = Status(
    code="REFUSED",
    label=_("Refused"),
    station=_("Refused"),
    next=_("You may object to the decision, or apply again when the reason no longer holds."),
    final=True,
    colour="red",
)
OBJECTION = Status(
    code=workflow.OBJECTION,
    label=_("Objection"),
    station=_("The applicant objected, a superior looks at the decision again"),
    next=_(
        "Another official of the office, who had no hand in the decision, looks at it again and answers. You are told at once."
    ),
    queue_hat=Hat.APPROVER,
    colour="blue",
)
WITHDRAWN = Status(
    code="WITHDRAWN",
    label=_("Withdrawn"),
    station=_("Withdrawn by the applicant"),
    next=_("Nothing more happens. You can apply again at any time."),
    final=True,
)
LAPSED = Status(
    code="LAPSED",
    label=_("Lapsed"),
    station=_("Ended without an answer from the applicant"),
    next=_("Nothing more happens. You can apply again at any time."),
    final=True,
)

STATUSES: Final = (
    DRAFT,
    SUBMITTED,
    RETURNED,
    IN_REVIEW,
    WAITING_APPLICANT,
    READY_FOR_DECISION,
    GRANTED,
    ISSUED,
    REFUSED,
    OBJECTION,
    WITHDRAWN,
    LAPSED,
)
MAIN_ROAD: Final = (SUBMITTED.code, IN_REVIEW.code, READY_FOR_DECISION.code)
DESTINATION: Final = _("Decision")


@dataclass(frozen=True, slots=True)
class _Road:
    """What a road of this name is in every service: its words, its event (after the app's name), and what it asks for."""

    label: str | Promise
    event: str
    notice: str = SILENT
    milestone: str = ""
    needs_reason: bool = False
    needs_assignment: bool = False
    reopens: bool = False
    reviews_decision: bool = False
    can_be_undone: bool = False


_ROADS: Final = {
    "start": _Road(_("Start an application"), "application.started"),
    "submit": _Road(
        pgettext_lazy("application", "Send"),
        "application.submitted",
        notice="applications/submitted",
        milestone="submitted_at",
    ),
    "return": _Road(
        _("Return with all defects"),
        "application.returned",
        notice="applications/returned",
        needs_assignment=True,
        can_be_undone=True,
    ),
    "resubmit": _Road(_("Send again"), "application.resubmitted", notice="applications/resubmitted"),
    "accept": _Road(
        _("Accept as complete"),
        "application.accepted",
        notice="applications/accepted",
        milestone="complete_at",
        needs_assignment=True,
        can_be_undone=True,
    ),
    "ask": _Road(
        _("Ask the applicant"),
        "request.asked",
        notice="applications/asked",
        needs_assignment=True,
        can_be_undone=True,
    ),
    "answer": _Road(_("Answer the office"), "request.answered"),
    "recommend": _Road(
        _("Recommend"),
        "application.recommended",
        milestone="recommended_at",
        needs_assignment=True,
        can_be_undone=True,
    ),
    "grant": _Road(
        pgettext_lazy("decision", "Grant"),
        "application.granted",
        notice="applications/granted",
        milestone="decided_at",
        needs_assignment=True,
        can_be_undone=True,
    ),
    "grant_by_machine": _Road(
        _("Grant by the system"),
        "application.granted_by_machine",
        notice="applications/granted_by_machine",
        milestone="decided_at",
    ),
    "grant_by_law": _Road(
        _("Grant by operation of law"),
        "application.granted_by_law",
        notice="applications/granted_by_law",
        milestone="decided_at",
    ),
    "refuse": _Road(
        pgettext_lazy("decision", "Refuse"),
        "application.refused",
        notice="applications/refused",
        milestone="decided_at",
        needs_reason=True,
        needs_assignment=True,
        can_be_undone=True,
    ),
    "object": _Road(
        _("Object to the decision"),
        "objection.received",
        notice="applications/objection_received",
        reopens=True,
    ),
    "confirm_decision": _Road(
        _("Confirm the decision"),
        "objection.confirmed",
        notice="applications/objection_confirmed",
        reviews_decision=True,
    ),
    "replace_decision": _Road(
        _("Replace the decision: grant"),
        "objection.granted",
        notice="applications/objection_granted",
        reviews_decision=True,
    ),
    "issue": _Road(_("Issue the certificate"), "certificate.issued", notice="applications/issued"),
    "withdraw": _Road(
        _("Withdraw the application"), "application.withdrawn", notice="applications/withdrawn"
    ),
    "lapse": _Road(_("Let the application lapse"), "application.lapsed", notice="applications/lapsed"),
}


def road(app: str, name: str, sources: tuple[str, ...], target: str, hats: Iterable[str]) -> Transition:
    """The transition of this name in this app, between the given statuses, for those who wear one of the hats."""
    known = _ROADS[name]
    return Transition(
        name=name,
        label=known.label,
        sources=sources,
        target=target,
        hats=frozenset(hats),
        event=f"{app}.{known.event}",
        notice=known.notice,
        milestone=known.milestone,
        needs_reason=known.needs_reason,
        needs_assignment=known.needs_assignment,
        reopens=known.reopens,
        reviews_decision=known.reviews_decision,
        can_be_undone=known.can_be_undone,
    )
