"""All reads of reports."""

from complaints.queries.categories import (
    agency_for,
    complaints_office,
    danger_number,
    emergency_number,
    is_told_in_confidence,
    listed_categories,
    listed_category,
    suggested_categories,
    version_in_force,
)
from complaints.queries.public import published
from complaints.queries.reports import (
    complaint_of,
    last_answer,
    last_message_of_office,
    last_reply,
    replies_of,
    reported_case,
)

__all__ = [
    "agency_for",
    "complaint_of",
    "complaints_office",
    "danger_number",
    "emergency_number",
    "is_told_in_confidence",
    "last_answer",
    "last_message_of_office",
    "last_reply",
    "listed_categories",
    "listed_category",
    "published",
    "replies_of",
    "reported_case",
    "suggested_categories",
    "version_in_force",
]
