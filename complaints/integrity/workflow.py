"""The life of an integrity report on one screen: its statuses, and who takes it from one to the next.

RECEIVED → IN_EXAMINATION ⇄ NEEDS_DATA
IN_EXAMINATION → SUBSTANTIATED | UNSUBSTANTIATED
RECEIVED | IN_EXAMINATION → NOT_OURS, with the other receiver → IN_EXAMINATION
RECEIVED | NOT_OURS | IN_EXAMINATION → ARCHIVED, with a reason
Silence ends nothing: the receiver goes on with what there is.

Whoever is told is told that there is news, and nothing else; only those who receive it wear a hat towards it
(`services/casework/policies.py`).
"""

from functools import partial
from typing import Final

from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from complaints.roads import APP
from complaints.roads import road as lay
from services.accounts.models import Hat
from services.casework.workflow import APPLICANT, BIRTH, SYSTEM, Status, Workflow

KIND: Final = "INTEGRITY"
#: Says that there is news, and nothing else.
NEWS: Final = "casework/news"

RECEIVED = Status(
    code="RECEIVED",
    label=_("Received"),
    station=_("Received"),
    next=_("Somebody who may read it reads your report and begins to examine it."),
    queue_hat=Hat.INTAKE,
    colour="blue",
)
IN_EXAMINATION = Status(
    code="IN_EXAMINATION",
    label=_("Being examined"),
    station=_("Being examined"),
    next=_("The receiver examines what you told. You may be asked for more."),
    queue_hat=Hat.REVIEWER,
    colour="blue",
)
NEEDS_DATA = Status(
    code="NEEDS_DATA",
    label=_("A question to the reporter"),
    station=_("A question to the reporter"),
    next=_("You answer, if you can and want to. If you do not, the examination goes on with what there is."),
    with_citizen=True,
    colour="yellow",
)
NOT_OURS = Status(
    code="NOT_OURS",
    label=_("Handed to the other receiver"),
    station=_("Handed to the other receiver"),
    next=_("The other receiver reads your report. Whoever handed it over cannot read it any longer."),
    queue_hat=Hat.INTAKE,
    colour="blue",
)
SUBSTANTIATED = Status(
    code="SUBSTANTIATED",
    label=_("Found true"),
    station=_("Found true"),
    next=_("The receiver has told you what follows. You can still write and read here."),
    final=True,
    colour="green",
)
UNSUBSTANTIATED = Status(
    code="UNSUBSTANTIATED",
    label=_("Not proved"),
    station=_("Not proved"),
    next=_("The receiver has told you why. If you learn more, report it again."),
    final=True,
)
ARCHIVED = Status(
    code="ARCHIVED",
    label=_("Put aside"),
    station=_("Put aside with a reason"),
    next=_("The receiver has told you why. You can report it again at any time."),
    final=True,
)


WITH_RECEIVER: Final = ("RECEIVED", "NOT_OURS", "IN_EXAMINATION")
RECEIVERS: Final = (Hat.INTAKE, Hat.REVIEWER)
road = partial(lay, about="integrity", news=NEWS)

SEND = road(
    "send",
    _("Report in confidence"),
    (BIRTH,),
    "RECEIVED",
    {APPLICANT},
    happened="received",
    milestone="submitted_at",
)
EXAMINE = road(
    "examine",
    _("Begin the examination"),
    ("RECEIVED", "NOT_OURS"),
    "IN_EXAMINATION",
    {Hat.INTAKE},
    happened="taken_up",
    is_told=True,
    milestone="complete_at",
)
ASK = road(
    "ask_reporter",
    _("Ask the reporter"),
    ("IN_EXAMINATION",),
    "NEEDS_DATA",
    {Hat.REVIEWER},
    happened="asked",
    is_told=True,
)
ANSWER = road(
    "answer_receiver",
    _("Answer the receiver"),
    ("NEEDS_DATA",),
    "IN_EXAMINATION",
    {APPLICANT},
    happened="answered",
)
GO_ON = road(
    "go_on",
    _("Go on without an answer"),
    ("NEEDS_DATA",),
    "IN_EXAMINATION",
    {SYSTEM},
    happened="gone_on",
)
HAND_OVER = road(
    "hand_over",
    _("Hand to the other receiver"),
    ("RECEIVED", "IN_EXAMINATION"),
    "NOT_OURS",
    RECEIVERS,
    happened="handed_over",
    is_told=True,
)
SUBSTANTIATE = road(
    "substantiate",
    _("Found true"),
    ("IN_EXAMINATION",),
    "SUBSTANTIATED",
    {Hat.REVIEWER},
    happened="substantiated",
    is_told=True,
)
LEAVE_UNPROVED = road(
    "leave_unproved",
    _("Not proved"),
    ("IN_EXAMINATION",),
    "UNSUBSTANTIATED",
    {Hat.REVIEWER},
    happened="left_unproved",
    is_told=True,
)
ARCHIVE = road(
    "archive_report",
    pgettext_lazy("verb", "Put aside"),
    WITH_RECEIVER,
    "ARCHIVED",
    RECEIVERS,
    happened="archived",
    is_told=True,
    needs_reason=True,
)

INTEGRITY: Final = Workflow(
    kind=KIND,
    letter="C",
    app=APP,
    source="complaints/integrity/workflow.py",
    statuses=(
        RECEIVED,
        IN_EXAMINATION,
        NEEDS_DATA,
        NOT_OURS,
        SUBSTANTIATED,
        UNSUBSTANTIATED,
        ARCHIVED,
    ),
    transitions=(
        SEND,
        EXAMINE,
        ASK,
        ANSWER,
        GO_ON,
        HAND_OVER,
        SUBSTANTIATE,
        LEAVE_UNPROVED,
        ARCHIVE,
    ),
    main_road=("RECEIVED", "IN_EXAMINATION"),
    destination=_("Finding"),
)
