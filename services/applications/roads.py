"""What each named road of an application says, asks for and tells: the same in every public service.

A service lays its own roads between the statuses of `lifecycle` (`permits/workflow.py`); the words stand here once.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Final

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from services.casework.workflow import DECLINE_TO_SIGN, GRANT_FOR_SIGNATURE, SIGN, SILENT, Transition


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
    decides: bool = False
    signs: bool = False
    can_be_undone: bool = False
    by_ruling: bool = False


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
    "accept_by_silence": _Road(
        _("Accept as complete by silence"),
        "application.accepted_by_silence",
        notice="applications/accepted_by_silence",
        milestone="complete_at",
    ),
    "ask": _Road(
        _("Ask the applicant"),
        "request.asked",
        notice="applications/asked",
        needs_assignment=True,
        can_be_undone=True,
    ),
    "ask_again": _Road(_("Ask the applicant again"), "request.released", notice="applications/asked"),
    "answer": _Road(_("Answer the office"), "request.answered"),
    "unask": _Road(_("No longer ask the applicant"), "request.withdrawn", needs_assignment=True),
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
        decides=True,
        can_be_undone=True,
    ),
    GRANT_FOR_SIGNATURE: _Road(
        _("Grant, and pass on to be signed"),
        "application.granted_for_signature",
        needs_assignment=True,
        decides=True,
        can_be_undone=True,
    ),
    SIGN: _Road(
        _("Sign the paper"),
        "application.signed",
        notice="applications/granted",
        milestone="decided_at",
        signs=True,
    ),
    DECLINE_TO_SIGN: _Road(_("Send back without a signature"), "application.sent_back_unsigned", signs=True),
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
        decides=True,
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
        can_be_undone=True,
    ),
    "replace_decision": _Road(
        _("Replace the decision: grant"),
        "objection.granted",
        notice="applications/objection_granted",
        reviews_decision=True,
        can_be_undone=True,
    ),
    "contest": _Road(
        _("Object to what was decided about the certificate"),
        "objection.paper_received",
        notice="applications/objection_received",
        reopens=True,
    ),
    "confirm_paper": _Road(
        _("Confirm what was decided about the certificate"),
        "objection.paper_confirmed",
        notice="applications/paper_confirmed",
        reviews_decision=True,
        can_be_undone=True,
    ),
    "lift_suspension": _Road(
        _("Lift the suspension"),
        "objection.suspension_lifted",
        reviews_decision=True,
    ),
    "replace_paper": _Road(
        _("Replace the certificate"),
        "objection.paper_replaced",
        notice="applications/paper_replaced",
        reviews_decision=True,
        can_be_undone=True,
    ),
    "stay": _Road(_("Stay by a court"), "ruling.stayed", notice="applications/stayed", by_ruling=True),
    "end_stay": _Road(
        _("End of the court's stay"), "ruling.stay_ended", notice="applications/stay_ended", by_ruling=True
    ),
    "annul_grant": _Road(
        _("Annulment of the grant by a court"),
        "ruling.grant_annulled",
        notice="applications/grant_annulled",
        by_ruling=True,
    ),
    "annul_refusal": _Road(
        _("Annulment of the refusal by a court"),
        "ruling.refusal_annulled",
        notice="applications/refusal_annulled",
        by_ruling=True,
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
        decides=known.decides,
        signs=known.signs,
        can_be_undone=known.can_be_undone,
        by_ruling=known.by_ruling,
    )
