"""The life of a licence's application on one screen: its statuses, and who takes it from one to the next.

DRAFT → SUBMITTED ⇄ RETURNED
SUBMITTED → IN_REVIEW ⇄ WAITING_APPLICANT
IN_REVIEW → READY_FOR_DECISION → GRANTED → ISSUED
READY_FOR_DECISION ⇄ TO_SIGN → GRANTED, where the version of the service has its paper signed by a person, who may send it back
READY_FOR_DECISION → REFUSED ⇄ OBJECTION → GRANTED: the applicant objects, a superior confirms or replaces the decision
SUBMITTED → IN_REVIEW by the system, where nobody checked in time and the version counts that as complete
SUBMITTED → GRANTED by the system, where the version of the service lets it and every check has passed
IN_REVIEW | READY_FOR_DECISION | TO_SIGN → GRANTED by the system, where nobody decided in time and the version counts that as a grant
ISSUED ⇄ CONTESTED → GRANTED: the holder objects to a revocation, a suspension or a condition; a superior confirms it or replaces the paper
ISSUED ⇄ STAYED → ANNULLED and REFUSED → REOPENED by the ruling of a court, which two people enter; another signatory decides anew
WITHDRAWN by the applicant before the decision; LAPSED by the system when the applicant stays silent.

What each road says, asks for and tells is the same for all applications: `services/applications/roads.py`.
What becomes of the licence afterwards (suspended, revoked, expired) is its certificate's standing.
"""

from functools import partial
from typing import Final

from services.accounts.models import Hat
from services.applications import lifecycle, roads
from services.casework.workflow import APPLICANT, BIRTH, CITIZEN_SIDE, HELPER, SYSTEM, Workflow

KIND: Final = "LICENCE"
APP: Final = "licensing"
BEFORE_DECISION: Final = (
    "DRAFT",
    "SUBMITTED",
    "RETURNED",
    "IN_REVIEW",
    "WAITING_APPLICANT",
    "READY_FOR_DECISION",
    "REOPENED",
    "TO_SIGN",
)
TO_DECIDE: Final = ("READY_FOR_DECISION", "REOPENED")
SUPERIORS: Final = frozenset({Hat.APPROVER, Hat.EXECUTIVE})
road = partial(roads.road, APP)

START = road("start", (BIRTH,), "DRAFT", CITIZEN_SIDE)
SUBMIT = road("submit", ("DRAFT",), "SUBMITTED", CITIZEN_SIDE)
RETURN = road("return", ("SUBMITTED",), "RETURNED", {Hat.INTAKE})
RESUBMIT = road("resubmit", ("RETURNED",), "SUBMITTED", CITIZEN_SIDE)
ACCEPT = road("accept", ("SUBMITTED",), "IN_REVIEW", {Hat.INTAKE})
ACCEPT_BY_SILENCE = road("accept_by_silence", ("SUBMITTED",), "IN_REVIEW", {SYSTEM})
ASK = road("ask", ("IN_REVIEW",), "WAITING_APPLICANT", {Hat.REVIEWER})
ASK_AGAIN = road("ask_again", ("IN_REVIEW",), "WAITING_APPLICANT", {Hat.SUPERVISOR})
ANSWER = road("answer", ("WAITING_APPLICANT",), "IN_REVIEW", CITIZEN_SIDE)
UNASK = road("unask", ("WAITING_APPLICANT",), "IN_REVIEW", {Hat.REVIEWER})
RECOMMEND = road("recommend", ("IN_REVIEW",), "READY_FOR_DECISION", {Hat.REVIEWER})
GRANT = road("grant", TO_DECIDE, "GRANTED", {Hat.APPROVER})
GRANT_FOR_SIGNATURE = road("grant_for_signature", TO_DECIDE, "TO_SIGN", {Hat.APPROVER})
SIGN = road("sign", ("TO_SIGN",), "GRANTED", {Hat.APPROVER, Hat.EXECUTIVE})
DECLINE_TO_SIGN = road("decline_to_sign", ("TO_SIGN",), "READY_FOR_DECISION", {Hat.APPROVER, Hat.EXECUTIVE})
GRANT_BY_MACHINE = road("grant_by_machine", ("SUBMITTED",), "GRANTED", {SYSTEM})
GRANT_BY_LAW = road("grant_by_law", ("IN_REVIEW", "READY_FOR_DECISION", "TO_SIGN"), "GRANTED", {SYSTEM})
REFUSE = road("refuse", TO_DECIDE, "REFUSED", {Hat.APPROVER})
ISSUE = road("issue", ("GRANTED",), "ISSUED", {SYSTEM})
OBJECT = road("object", ("REFUSED",), "OBJECTION", CITIZEN_SIDE)
CONFIRM = road("confirm_decision", ("OBJECTION",), "REFUSED", {Hat.APPROVER, Hat.EXECUTIVE})
REPLACE = road("replace_decision", ("OBJECTION",), "GRANTED", {Hat.APPROVER, Hat.EXECUTIVE})
CONTEST = road("contest", ("ISSUED",), "CONTESTED", CITIZEN_SIDE)
CONFIRM_PAPER = road("confirm_paper", ("CONTESTED",), "ISSUED", SUPERIORS)
LIFT_SUSPENSION = road("lift_suspension", ("CONTESTED",), "ISSUED", SUPERIORS)
REPLACE_PAPER = road("replace_paper", ("CONTESTED",), "GRANTED", SUPERIORS)
STAY = road("stay", ("ISSUED",), "STAYED", SUPERIORS)
END_STAY = road("end_stay", ("STAYED",), "ISSUED", SUPERIORS)
ANNUL_GRANT = road("annul_grant", ("ISSUED", "STAYED"), "ANNULLED", SUPERIORS)
ANNUL_REFUSAL = road("annul_refusal", ("REFUSED",), "REOPENED", SUPERIORS)
WITHDRAW = road("withdraw", BEFORE_DECISION, "WITHDRAWN", {APPLICANT, HELPER})
LAPSE = road("lapse", ("DRAFT", "RETURNED", "WAITING_APPLICANT"), "LAPSED", {SYSTEM})

LICENCES: Final = Workflow(
    kind=KIND,
    letter="L",
    app=APP,
    statuses=lifecycle.STATUSES,
    transitions=(
        START,
        SUBMIT,
        RETURN,
        RESUBMIT,
        ACCEPT,
        ACCEPT_BY_SILENCE,
        ASK,
        ASK_AGAIN,
        ANSWER,
        UNASK,
        RECOMMEND,
        GRANT,
        GRANT_FOR_SIGNATURE,
        SIGN,
        DECLINE_TO_SIGN,
        GRANT_BY_MACHINE,
        GRANT_BY_LAW,
        REFUSE,
        ISSUE,
        OBJECT,
        CONFIRM,
        REPLACE,
        CONTEST,
        CONFIRM_PAPER,
        LIFT_SUSPENSION,
        REPLACE_PAPER,
        STAY,
        END_STAY,
        ANNUL_GRANT,
        ANNUL_REFUSAL,
        WITHDRAW,
        LAPSE,
    ),
    main_road=lifecycle.MAIN_ROAD,
    destination=lifecycle.DESTINATION,
)
