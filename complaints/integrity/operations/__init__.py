"""Everything that can be done to an integrity report, by its reporter, its receiver and the system."""

from complaints.integrity.operations.evidence import (
    discard,
    forget_unsent_evidence,
    take_evidence,
    unsent,
)
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
    "discard",
    "find_true",
    "forget_unsent_evidence",
    "go_on_without_answers",
    "hand_over",
    "leave_unproved",
    "send_report",
    "take_evidence",
    "unsent",
    "write_to_receiver",
]
