"""Everything that can be done to an integrity report, by its reporter, its receiver and the system."""

from complaints.integrity.operations.examining import (
    BY_TRANSITION,
    archive_report,
    ask_reporter,
    begin_examination,
    find_true,
    hand_over,
    leave_unproved,
)
from complaints.integrity.operations.reporting import (
    EVIDENCE,
    go_on_without_answers,
    send_report,
    write_to_receiver,
)

__all__ = [
    "BY_TRANSITION",
    "EVIDENCE",
    "archive_report",
    "ask_reporter",
    "begin_examination",
    "find_true",
    "go_on_without_answers",
    "hand_over",
    "leave_unproved",
    "send_report",
    "write_to_receiver",
]
