"""All writes to a case, by the part of its life in which they happen."""

from services.casework.operations.absences import (
    begin_absences,
    declare_absence,
    end_absence,
    require_word_on_absence,
)
from services.casework.operations.answering import Given, answer_request
from services.casework.operations.appointments import ask_for_another_time, make_appointment
from services.casework.operations.askable import is_second
from services.casework.operations.certificate import (
    reinstate_certificate,
    revoke_certificate,
    suspend_certificate,
)
from services.casework.operations.claims import record_claim
from services.casework.operations.counter import AT_COUNTER, ON_TELEPHONE, record_service, require_counter
from services.casework.operations.decision import decide_case, recommend_case
from services.casework.operations.desk import (
    add_office_note,
    record_opening,
    release_case,
    require_reason,
    take_case,
    take_next_case,
    verify_nik,
)
from services.casework.operations.dialogue import enclose_documents, write_message
from services.casework.operations.escalating_looks import escalate_looks
from services.casework.operations.escalation import escalate_clocks, set_ladders
from services.casework.operations.exclusion import exclude_officer
from services.casework.operations.expiring import expire_clocks, mode_of
from services.casework.operations.filing import (
    SLIP_SLOT,
    attach_document,
    confirm_applicant,
    detach_document,
    remember_answers,
    send_case,
    send_case_again,
    set_applicant,
    start_case,
    withdraw_case,
)
from services.casework.operations.giving_out import give_out_cases
from services.casework.operations.handing_over import hand_over, hand_over_reviews
from services.casework.operations.inspecting import Attendance, note_photo, note_point, sign_minutes
from services.casework.operations.intake import accept_case, allow_late_defects, return_case
from services.casework.operations.machine import check_case
from services.casework.operations.mandates import Letter, confirm_mandate, end_mandate, give_mandate
from services.casework.operations.moving import move_dates
from services.casework.operations.objections import (
    Decided,
    answer_objection,
    decided,
    object_to_decision,
    recompute_objections,
    removed_conditions,
    replacing,
)
from services.casework.operations.outages import (
    confirm_outage,
    correct_outage,
    declare_outage,
    end_outage,
    withdraw_outage,
)
from services.casework.operations.receiving import receive_once
from services.casework.operations.recusal import note_conflict, recuse_officer, recuse_reviewer
from services.casework.operations.releasing import decline_request, release_request
from services.casework.operations.reminding import remind_silent_applicants
from services.casework.operations.requests import (
    ask_applicant,
    ask_for_review,
    lapse_silent_requests,
    withdraw_for_review,
    withdraw_request,
)
from services.casework.operations.review_upkeep import return_untouched_reviews
from services.casework.operations.reviewing import (
    finish_review,
    release_review,
    take_next_review,
    take_review,
)
from services.casework.operations.rulings import Ruled, confirm_ruling, enter_ruling, send_ruling_back
from services.casework.operations.second_looks import ask_for_a_person, look_again, may_be_asked_until
from services.casework.operations.signing import (
    Signed,
    decline_to_sign,
    send_back,
    sign_case,
    sign_papers,
)
from services.casework.operations.silence import accept_silent_cases
from services.casework.operations.taking_back import undo_step
from services.casework.operations.untouched import return_untouched_cases
from services.casework.operations.upkeep import (
    close_case,
    forget_unsent_cases,
    lapse_silent_cases,
    recompute_applicants_dates,
    recompute_open_clocks,
    recompute_reviews,
)
from services.casework.operations.urgency import decide_urgency, propose_urgency
from services.casework.operations.values import FoundDefect, Thing, UnableToFile, UnableToHandle
from services.casework.operations.why import answer_why, ask_why
from services.casework.operations.why import may_answer as may_answer_why
from services.casework.operations.why import may_ask as may_ask_why

__all__ = [
    "AT_COUNTER",
    "ON_TELEPHONE",
    "SLIP_SLOT",
    "Attendance",
    "Decided",
    "FoundDefect",
    "Given",
    "Letter",
    "Ruled",
    "Signed",
    "Thing",
    "UnableToFile",
    "UnableToHandle",
    "accept_case",
    "accept_silent_cases",
    "add_office_note",
    "allow_late_defects",
    "answer_objection",
    "answer_request",
    "answer_why",
    "ask_applicant",
    "ask_for_a_person",
    "ask_for_another_time",
    "ask_for_review",
    "ask_why",
    "attach_document",
    "begin_absences",
    "check_case",
    "close_case",
    "confirm_applicant",
    "confirm_mandate",
    "confirm_outage",
    "confirm_ruling",
    "correct_outage",
    "decide_case",
    "decide_urgency",
    "decided",
    "declare_absence",
    "declare_outage",
    "decline_request",
    "decline_to_sign",
    "detach_document",
    "enclose_documents",
    "end_absence",
    "end_mandate",
    "end_outage",
    "enter_ruling",
    "escalate_clocks",
    "escalate_looks",
    "exclude_officer",
    "expire_clocks",
    "finish_review",
    "forget_unsent_cases",
    "give_mandate",
    "give_out_cases",
    "hand_over",
    "hand_over_reviews",
    "is_second",
    "lapse_silent_cases",
    "lapse_silent_requests",
    "look_again",
    "make_appointment",
    "may_answer_why",
    "may_ask_why",
    "may_be_asked_until",
    "mode_of",
    "move_dates",
    "note_conflict",
    "note_photo",
    "note_point",
    "object_to_decision",
    "propose_urgency",
    "receive_once",
    "recommend_case",
    "recompute_applicants_dates",
    "recompute_objections",
    "recompute_open_clocks",
    "recompute_reviews",
    "record_claim",
    "record_opening",
    "record_service",
    "recuse_officer",
    "recuse_reviewer",
    "reinstate_certificate",
    "release_case",
    "release_request",
    "release_review",
    "remember_answers",
    "remind_silent_applicants",
    "removed_conditions",
    "replacing",
    "require_counter",
    "require_reason",
    "require_word_on_absence",
    "return_case",
    "return_untouched_cases",
    "return_untouched_reviews",
    "revoke_certificate",
    "send_back",
    "send_case",
    "send_case_again",
    "send_ruling_back",
    "set_applicant",
    "set_ladders",
    "sign_case",
    "sign_minutes",
    "sign_papers",
    "start_case",
    "suspend_certificate",
    "take_case",
    "take_next_case",
    "take_next_review",
    "take_review",
    "undo_step",
    "verify_nik",
    "withdraw_case",
    "withdraw_for_review",
    "withdraw_outage",
    "withdraw_request",
    "write_message",
]
