"""All writes of reports."""

from complaints.operations.categories import describe_reports

__all__ = ["describe_reports"]
