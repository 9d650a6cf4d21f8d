"""All writes of reports, by who does them."""

from complaints.operations.categories import describe_reports
from complaints.operations.intake import (
    archive_report,
    ask_for_data,
    assign_report,
    hand_over_report,
    mark_duplicate,
    verify_report,
)
from complaints.operations.office import (
    answer_report,
    hand_back,
    plan_work,
    refuse_report,
    stand_by_answer,
    take_up_again,
)
from complaints.operations.receiving import receive_report, visibility_of
from complaints.operations.reporter import reopen_report, solve_report, write
from complaints.operations.upkeep import end_silent_reports
from complaints.operations.values import (
    LONGEST_WORDS,
    MOST_PHOTOS,
    Report,
    UnableToReport,
    UnableToWorkOnReport,
)

__all__ = [
    "LONGEST_WORDS",
    "MOST_PHOTOS",
    "Report",
    "UnableToReport",
    "UnableToWorkOnReport",
    "answer_report",
    "archive_report",
    "ask_for_data",
    "assign_report",
    "describe_reports",
    "end_silent_reports",
    "hand_back",
    "hand_over_report",
    "mark_duplicate",
    "plan_work",
    "receive_report",
    "refuse_report",
    "reopen_report",
    "solve_report",
    "stand_by_answer",
    "take_up_again",
    "verify_report",
    "visibility_of",
    "write",
]
