"""The case that every public service shares, and what hangs on it."""

from services.casework.models.case import Case, ConfirmationKind, HelperRelation, Outcome, Recommendation
from services.casework.models.dealings import (
    CheckResult,
    ClockPause,
    Defect,
    Message,
    OfficeNote,
)
from services.casework.models.escalation import EscalationHop, EscalationRung, Told, WhyQuestion
from services.casework.models.expiry import Expiry
from services.casework.models.file import CaseDocument, Submission
from services.casework.models.holdings import Holding, Left
from services.casework.models.inspections import Appointment, Minutes, Noted
from services.casework.models.objections import Objection, StandingChange
from services.casework.models.outages import Outage, OutageMove
from services.casework.models.reminders import Reminder
from services.casework.models.requests import ApplicantRequest
from services.casework.models.reviews import Review
from services.casework.models.roads import TransitionRow
from services.casework.models.rulings import Ruling
from services.casework.models.second_looks import SecondLook
from services.casework.models.urgency import Urgency

__all__ = [
    "ApplicantRequest",
    "Appointment",
    "Case",
    "CaseDocument",
    "CheckResult",
    "ClockPause",
    "ConfirmationKind",
    "Defect",
    "EscalationHop",
    "EscalationRung",
    "Expiry",
    "HelperRelation",
    "Holding",
    "Left",
    "Message",
    "Minutes",
    "Noted",
    "Objection",
    "OfficeNote",
    "Outage",
    "OutageMove",
    "Outcome",
    "Recommendation",
    "Reminder",
    "Review",
    "Ruling",
    "SecondLook",
    "StandingChange",
    "Submission",
    "Told",
    "TransitionRow",
    "Urgency",
    "WhyQuestion",
]
