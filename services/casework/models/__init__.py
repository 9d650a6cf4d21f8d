"""The case that every public service shares, and what hangs on it."""

from services.casework.models.case import Case, ConfirmationKind, HelperRelation, Outcome, Recommendation
from services.casework.models.dealings import ApplicantRequest, ClockPause, Defect, OfficeNote
from services.casework.models.file import CaseDocument, Submission
from services.casework.models.roads import TransitionRow

__all__ = [
    "ApplicantRequest",
    "Case",
    "CaseDocument",
    "ClockPause",
    "ConfirmationKind",
    "Defect",
    "HelperRelation",
    "OfficeNote",
    "Outcome",
    "Recommendation",
    "Submission",
    "TransitionRow",
]
