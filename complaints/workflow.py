"""The life of a report about the city on one screen: its statuses, and who takes it from one to the next.

RECEIVED ⇄ NEEDS_DATA
RECEIVED → VERIFIED → ASSIGNED → (PLANNED) → ANSWERED → SOLVED, by the citizen
VERIFIED ← ASSIGNED | PLANNED | REOPENED when the office hands it back
ANSWERED → REOPENED by the citizen, once without anyone's leave → ANSWERED …; a second time it goes to the head
NOT_OURS, ARCHIVED by intake; DUPLICATE, NOT_POSSIBLE by the office; CLOSED and ARCHIVED by the system after silence.
"""

from functools import partial
from typing import Final

from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from complaints.roads import APP
from complaints.roads import road as lay
from services.accounts.models import Hat
from services.casework.workflow import APPLICANT, BIRTH, SYSTEM, Status, Workflow

KIND: Final = "COMPLAINT"

RECEIVED = Status(
    code="RECEIVED",
    label=_("Received"),
    station=_("The report is being read"),
    next=_("The complaints office reads your report and finds the office that can help."),
    queue_hat=Hat.INTAKE,
    colour="blue",
)
NEEDS_DATA = Status(
    code="NEEDS_DATA",
    label=_("Waits for the reporter"),
    station=_("The complaints office asked for more"),
    next=_("You tell us what is missing. Without it nobody can find the place or the matter."),
    with_citizen=True,
    colour="yellow",
)
VERIFIED = Status(
    code="VERIFIED",
    label=_("Verified"),
    station=_("Read, and on its way to the office"),
    next=_("The complaints office hands your report to the office that can help."),
    queue_hat=Hat.INTAKE,
    colour="blue",
)
ASSIGNED = Status(
    code="ASSIGNED",
    label=_("With the office"),
    station=_("The office has the report"),
    next=_("The office looks at it and answers you, or says what it will do and when."),
    queue_hat=Hat.REVIEWER,
    colour="blue",
)
PLANNED = Status(
    code="PLANNED",
    label=_("Work is planned"),
    station=_("The office has planned the work"),
    next=_("The office does what it has planned, then answers you."),
    queue_hat=Hat.REVIEWER,
    rests=True,
    colour="blue",
)
ANSWERED = Status(
    code="ANSWERED",
    label=_("Answered"),
    station=_("The office has answered"),
    next=_("You say whether it is solved. If it is not, the office takes it up again."),
    with_citizen=True,
    colour="green",
)
REOPENED = Status(
    code="REOPENED",
    label=_("Not solved, taken up again"),
    station=_("The reporter said it is not solved"),
    next=_("The office looks at it again and answers you."),
    queue_hat=Hat.REVIEWER,
    colour="yellow",
)
SOLVED = Status(
    code="SOLVED",
    label=_("Solved"),
    station=_("The reporter said it is solved"),
    next=_("Nothing more to do. Thank you for telling us."),
    final=True,
    colour="green",
)
NOT_POSSIBLE = Status(
    code="NOT_POSSIBLE",
    label=_("Not possible"),
    station=_("The office says it cannot be done"),
    next=_("Nothing more happens here. The office has said why it cannot be done."),
    final=True,
    colour="red",
)
NOT_OURS = Status(
    code="NOT_OURS",
    label=_("Not our authority"),
    station=_("Somebody else is responsible"),
    next=_("Somebody else is responsible. The answer says who, and how to reach them."),
    final=True,
)
DUPLICATE = Status(
    code="DUPLICATE",
    label=_("Reported before"),
    station=_("Reported before by somebody else"),
    next=_("The same matter was reported before. Follow that report."),
    final=True,
)
ARCHIVED = Status(
    code="ARCHIVED",
    label=_("Archived"),
    station=_("Put aside with a reason"),
    next=_("Nothing more happens. You can report it again at any time."),
    final=True,
)
CLOSED = Status(
    code="CLOSED",
    label=_("Closed after silence"),
    station=_("Answered, and nobody has said whether it is solved"),
    next=_("Nothing more happens. If it is not solved, report it again."),
    final=True,
)

WITH_THE_OFFICE: Final = ("ASSIGNED", "PLANNED", "REOPENED")
AT_INTAKE: Final = ("RECEIVED", "VERIFIED")


road = partial(lay, about="report")
by_intake = partial(road, hats={Hat.INTAKE})
by_office = partial(road, hats={Hat.REVIEWER})
by_citizen = partial(road, hats={APPLICANT})

RECEIVE = by_citizen(
    "receive",
    _("Report"),
    (BIRTH,),
    "RECEIVED",
    happened="received",
    is_told=True,
    milestone="submitted_at",
)
ASK_DATA = by_intake(
    "ask_data", _("Ask the reporter"), ("RECEIVED",), "NEEDS_DATA", happened="data_asked", is_told=True
)
GIVE_DATA = by_citizen(
    "give_data", _("Add what is missing"), ("NEEDS_DATA",), "RECEIVED", happened="data_given"
)
VERIFY = by_intake(
    "verify", _("Verify"), ("RECEIVED",), "VERIFIED", happened="verified", milestone="complete_at"
)
ASSIGN = by_intake(
    "assign", _("Hand to an office"), ("VERIFIED",), "ASSIGNED", happened="assigned", is_told=True
)
HAND_BACK = by_office(
    "hand_back", _("Hand back: not ours"), WITH_THE_OFFICE, "VERIFIED", happened="handed_back"
)
PLAN = by_office(
    "plan", _("Plan the work"), ("ASSIGNED", "REOPENED"), "PLANNED", happened="planned", is_told=True
)
RESPOND = by_office(
    "respond",
    pgettext_lazy("complaint", "Answer"),
    WITH_THE_OFFICE,
    "ANSWERED",
    happened="answered",
    is_told=True,
)
SOLVE = by_citizen("solve", _("It is solved"), ("ANSWERED",), "SOLVED", happened="solved")
REOPEN = by_citizen("reopen", _("It is not solved"), ("ANSWERED",), "REOPENED", happened="reopened")
TAKE_UP = road(
    "take_up",
    _("Take up again"),
    ("ANSWERED",),
    "REOPENED",
    {Hat.REVIEWER, Hat.SUPERVISOR, Hat.EXECUTIVE},
    happened="taken_up",
    is_told=True,
)
UPHOLD = road(
    "uphold",
    _("Stand by the answer"),
    ("ANSWERED",),
    "NOT_POSSIBLE",
    {Hat.SUPERVISOR, Hat.EXECUTIVE},
    happened="upheld",
    is_told=True,
)
REFUSE = by_office(
    "not_possible",
    _("Say that it is not possible"),
    WITH_THE_OFFICE,
    "NOT_POSSIBLE",
    happened="not_possible",
    is_told=True,
)
HAND_OVER = by_intake(
    "not_ours", _("Not our authority"), AT_INTAKE, "NOT_OURS", happened="not_ours", is_told=True
)
MERGE = road(
    "duplicate",
    _("Reported before"),
    (*AT_INTAKE, *WITH_THE_OFFICE),
    "DUPLICATE",
    {Hat.INTAKE, Hat.REVIEWER},
    happened="duplicate",
    is_told=True,
)
ARCHIVE = by_intake("archive", _("Archive"), AT_INTAKE, "ARCHIVED", happened="archived", is_told=True)
LAPSE = road(
    "lapse",
    _("Archive after silence"),
    ("NEEDS_DATA",),
    "ARCHIVED",
    {SYSTEM},
    happened="lapsed",
    is_told=True,
)
CLOSE = road(
    "close", _("Close after silence"), ("ANSWERED",), "CLOSED", {SYSTEM}, happened="closed", is_told=True
)

COMPLAINTS: Final = Workflow(
    kind=KIND,
    letter="C",
    app=APP,
    statuses=(
        RECEIVED,
        NEEDS_DATA,
        VERIFIED,
        ASSIGNED,
        PLANNED,
        ANSWERED,
        REOPENED,
        SOLVED,
        NOT_POSSIBLE,
        NOT_OURS,
        DUPLICATE,
        ARCHIVED,
        CLOSED,
    ),
    transitions=(
        RECEIVE,
        VERIFY,
        ASSIGN,
        ASK_DATA,
        GIVE_DATA,
        HAND_BACK,
        PLAN,
        RESPOND,
        SOLVE,
        REOPEN,
        TAKE_UP,
        UPHOLD,
        REFUSE,
        HAND_OVER,
        MERGE,
        ARCHIVE,
        LAPSE,
        CLOSE,
    ),
    main_road=("RECEIVED", "VERIFIED", "ASSIGNED", "ANSWERED"),
    destination=_("Solved"),
    applicant=pgettext_lazy("role", "Reporter"),
)
