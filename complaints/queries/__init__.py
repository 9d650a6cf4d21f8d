"""All reads of reports."""

from complaints.queries.categories import (
    agency_for,
    complaints_office,
    danger_number,
    listed_categories,
    listed_category,
    suggested_categories,
    version_in_force,
)

__all__ = [
    "agency_for",
    "complaints_office",
    "danger_number",
    "listed_categories",
    "listed_category",
    "suggested_categories",
    "version_in_force",
]
