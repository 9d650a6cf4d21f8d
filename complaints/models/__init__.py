"""What a report about the city has beside its case: categories, the report, what the office said, and the unsent draft."""

from complaints.models.category import Category, ComplaintsOffice, Route
from complaints.models.draft import DraftPhoto, ReportDraft
from complaints.models.integrity import IntegrityReport
from complaints.models.key import ApiKey
from complaints.models.report import Complaint, Reply, TakenHow, Visibility

__all__ = [
    "ApiKey",
    "Category",
    "Complaint",
    "ComplaintsOffice",
    "DraftPhoto",
    "IntegrityReport",
    "Reply",
    "ReportDraft",
    "Route",
    "TakenHow",
    "Visibility",
]
