"""All writes of reports, by who does them."""

from collections.abc import Callable, Mapping
from typing import Final

from complaints.operations.categories import describe_reports
from complaints.operations.drafting import (
    DRAFT_KEPT,
    RECEIPT_KEPT,
    add_photos,
    close_receipt,
    drop_draft,
    forget_drafts,
    keep_answers,
    remove_photo,
    send_draft,
    start_draft,
    take_photo,
    taken_photos,
)
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
    answer_with_photos,
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
    Taken,
    UnableToReport,
    UnableToWorkOnReport,
)
from services.casework.models import Case

#: What the shared pages call, by the name of the transition.
BY_TRANSITION: Final[Mapping[str, Callable[..., Case]]] = {
    "verify": verify_report,
    "assign": assign_report,
    "ask_data": ask_for_data,
    "archive": archive_report,
    "not_ours": hand_over_report,
    "duplicate": mark_duplicate,
    "plan": plan_work,
    "respond": answer_with_photos,
    "not_possible": refuse_report,
    "hand_back": hand_back,
    "take_up": take_up_again,
    "uphold": stand_by_answer,
}

__all__ = [
    "BY_TRANSITION",
    "DRAFT_KEPT",
    "LONGEST_WORDS",
    "MOST_PHOTOS",
    "RECEIPT_KEPT",
    "Report",
    "Taken",
    "UnableToReport",
    "UnableToWorkOnReport",
    "add_photos",
    "answer_report",
    "answer_with_photos",
    "archive_report",
    "ask_for_data",
    "assign_report",
    "close_receipt",
    "describe_reports",
    "drop_draft",
    "end_silent_reports",
    "forget_drafts",
    "hand_back",
    "hand_over_report",
    "keep_answers",
    "mark_duplicate",
    "plan_work",
    "receive_report",
    "refuse_report",
    "remove_photo",
    "reopen_report",
    "send_draft",
    "solve_report",
    "stand_by_answer",
    "start_draft",
    "take_photo",
    "take_up_again",
    "taken_photos",
    "verify_report",
    "visibility_of",
    "write",
]
