"""The life of a permit on one screen: its statuses, and who takes it from one to the next.

DRAFT → SUBMITTED ⇄ RETURNED
SUBMITTED → IN_REVIEW ⇄ WAITING_APPLICANT
IN_REVIEW → READY_FOR_DECISION → GRANTED → ISSUED
READY_FOR_DECISION → REFUSED
WITHDRAWN by the applicant before the decision; LAPSED by the system when the applicant stays silent.
"""

from typing import Final

from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from services.accounts.models import Hat
from services.casework.workflow import (
    APPLICANT,
    BIRTH,
    CITIZEN_SIDE,
    HELPER,
    SILENT,
    SYSTEM,
    Status,
    Transition,
    Workflow,
)

KIND: Final = "PERMIT"

DRAFT = Status(code="DRAFT", label=_("Draft"), station=_("Being filled in"))
SUBMITTED = Status(
    code="SUBMITTED",
    label=_("Sent"),
    station=_("The file is being checked for completeness"),
    queue_hat=Hat.INTAKE,
    colour="blue",
)
RETURNED = Status(code="RETURNED", label=_("Returned"), station=_("Returned for mending"), colour="yellow")
IN_REVIEW = Status(
    code="IN_REVIEW",
    label=_("In review"),
    station=_("The file is complete and being reviewed"),
    queue_hat=Hat.REVIEWER,
    colour="blue",
)
WAITING_APPLICANT = Status(
    code="WAITING_APPLICANT",
    label=_("Waiting for the applicant"),
    station=_("The office asked the applicant for something"),
    colour="yellow",
)
READY_FOR_DECISION = Status(
    code="READY_FOR_DECISION",
    label=_("Ready for decision"),
    station=_("Waiting for the decision"),
    queue_hat=Hat.APPROVER,
    colour="blue",
)
GRANTED = Status(
    code="GRANTED", label=_("Granted"), station=_("Granted, the certificate is being made"), colour="green"
)
ISSUED = Status(
    code="ISSUED",
    label=_("Issued"),
    station=_("Granted, the certificate is issued"),
    final=True,
    colour="green",
)
REFUSED = Status(code="REFUSED", label=_("Refused"), station=_("Refused"), final=True, colour="red")
WITHDRAWN = Status(
    code="WITHDRAWN", label=_("Withdrawn"), station=_("Withdrawn by the applicant"), final=True
)
LAPSED = Status(
    code="LAPSED", label=_("Lapsed"), station=_("Ended without an answer from the applicant"), final=True
)

START = Transition(
    name="start",
    label=_("Start an application"),
    sources=(BIRTH,),
    target="DRAFT",
    hats=CITIZEN_SIDE,
    event="permits.application.started",
    notice=SILENT,
)
SUBMIT = Transition(
    name="submit",
    label=pgettext_lazy("application", "Send"),
    sources=("DRAFT",),
    target="SUBMITTED",
    hats=CITIZEN_SIDE,
    event="permits.application.submitted",
    milestone="submitted_at",
    notice="permits/submitted",
)
RETURN = Transition(
    name="return",
    label=_("Return with all defects"),
    sources=("SUBMITTED",),
    target="RETURNED",
    hats=frozenset({Hat.INTAKE}),
    event="permits.application.returned",
    notice="permits/returned",
    needs_assignment=True,
)
RESUBMIT = Transition(
    name="resubmit",
    label=_("Send again"),
    sources=("RETURNED",),
    target="SUBMITTED",
    hats=CITIZEN_SIDE,
    event="permits.application.resubmitted",
    notice="permits/resubmitted",
)
ACCEPT = Transition(
    name="accept",
    label=_("Accept as complete"),
    sources=("SUBMITTED",),
    target="IN_REVIEW",
    hats=frozenset({Hat.INTAKE}),
    event="permits.application.accepted",
    milestone="complete_at",
    notice="permits/accepted",
    needs_assignment=True,
)
ASK = Transition(
    name="ask",
    label=_("Ask the applicant"),
    sources=("IN_REVIEW",),
    target="WAITING_APPLICANT",
    hats=frozenset({Hat.REVIEWER}),
    event="permits.request.asked",
    notice="permits/asked",
    needs_assignment=True,
)
ANSWER = Transition(
    name="answer",
    label=_("Answer the office"),
    sources=("WAITING_APPLICANT",),
    target="IN_REVIEW",
    hats=CITIZEN_SIDE,
    event="permits.request.answered",
    notice=SILENT,
)
RECOMMEND = Transition(
    name="recommend",
    label=_("Recommend"),
    sources=("IN_REVIEW",),
    target="READY_FOR_DECISION",
    hats=frozenset({Hat.REVIEWER}),
    event="permits.application.recommended",
    milestone="recommended_at",
    notice=SILENT,
    needs_assignment=True,
)
GRANT = Transition(
    name="grant",
    label=pgettext_lazy("decision", "Grant"),
    sources=("READY_FOR_DECISION",),
    target="GRANTED",
    hats=frozenset({Hat.APPROVER}),
    event="permits.application.granted",
    milestone="decided_at",
    notice="permits/granted",
    needs_assignment=True,
)
REFUSE = Transition(
    name="refuse",
    label=pgettext_lazy("decision", "Refuse"),
    sources=("READY_FOR_DECISION",),
    target="REFUSED",
    hats=frozenset({Hat.APPROVER}),
    event="permits.application.refused",
    milestone="decided_at",
    notice="permits/refused",
    needs_reason=True,
    needs_assignment=True,
)
ISSUE = Transition(
    name="issue",
    label=_("Issue the certificate"),
    sources=("GRANTED",),
    target="ISSUED",
    hats=frozenset({SYSTEM}),
    event="permits.certificate.issued",
    notice="permits/issued",
)
WITHDRAW = Transition(
    name="withdraw",
    label=_("Withdraw the application"),
    sources=("DRAFT", "SUBMITTED", "RETURNED", "IN_REVIEW", "WAITING_APPLICANT", "READY_FOR_DECISION"),
    target="WITHDRAWN",
    hats=frozenset({APPLICANT, HELPER}),
    event="permits.application.withdrawn",
    notice="permits/withdrawn",
)
LAPSE = Transition(
    name="lapse",
    label=_("Let the application lapse"),
    sources=("DRAFT", "RETURNED", "WAITING_APPLICANT"),
    target="LAPSED",
    hats=frozenset({SYSTEM}),
    event="permits.application.lapsed",
    notice="permits/lapsed",
)

PERMITS = Workflow(
    kind=KIND,
    letter="P",
    app="permits",
    statuses=(
        DRAFT,
        SUBMITTED,
        RETURNED,
        IN_REVIEW,
        WAITING_APPLICANT,
        READY_FOR_DECISION,
        GRANTED,
        ISSUED,
        REFUSED,
        WITHDRAWN,
        LAPSED,
    ),
    transitions=(
        START,
        SUBMIT,
        RETURN,
        RESUBMIT,
        ACCEPT,
        ASK,
        ANSWER,
        RECOMMEND,
        GRANT,
        REFUSE,
        ISSUE,
        WITHDRAW,
        LAPSE,
    ),
)
