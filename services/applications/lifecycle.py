"""The statuses that the lives of all applications have in common; the roads between them stand in `roads`."""

from typing import Final

from django.utils.translation import gettext_lazy as _

from services.accounts.models import Hat
from services.casework import workflow
from services.casework.workflow import Status

DRAFT = Status(
    code="DRAFT",
    label=_("Draft"),
    station=_("Being filled in"),
    next=_("You finish filling in and send it. Nothing happens at the office before that."),
    with_citizen=True,
)
SUBMITTED = Status(
    code="SUBMITTED",
    label=_("Sent"),
    station=_("The file is being checked for completeness"),
    next=_(
        "The office checks whether your file is complete. If something is missing, you are told everything at once."
    ),
    queue_hat=Hat.INTAKE,
    colour="blue",
)
RETURNED = Status(
    code="RETURNED",
    label=_("Returned"),
    station=_("Returned for mending"),
    next=_("You mend what is listed and send it again. Your place in the queue is kept."),
    with_citizen=True,
    colour="yellow",
)
IN_REVIEW = Status(
    code="IN_REVIEW",
    label=_("In review"),
    station=_("The file is complete and being reviewed"),
    next=_("The office checks your file against the rules and recommends a decision. Somebody else decides."),
    queue_hat=Hat.REVIEWER,
    colour="blue",
)
WAITING_APPLICANT = Status(
    code="WAITING_APPLICANT",
    label=_("Waiting for the applicant"),
    station=_("The office asked the applicant for something"),
    next=_("You answer the office. Its clock stands still until you do."),
    with_citizen=True,
    colour="yellow",
)
READY_FOR_DECISION = Status(
    code="READY_FOR_DECISION",
    label=_("Ready for decision"),
    station=_("Waiting for the decision"),
    next=_("The signatory of the office decides. You are told at once."),
    queue_hat=Hat.APPROVER,
    colour="blue",
)
TO_SIGN = Status(
    code=workflow.TO_SIGN,
    label=_("To be signed"),
    station=_("Waiting for the signature"),
    next=_("The official who signs reads the paper, and signs it or sends it back. You are told at once."),
    colour="blue",
)
GRANTED = Status(
    code="GRANTED",
    label=_("Granted"),
    station=_("Granted, the certificate is being made"),
    next=_("The certificate is made and sealed. This takes a few minutes."),
    colour="green",
)
ISSUED = Status(
    code="ISSUED",
    label=_("Issued"),
    station=_("Granted, the certificate is issued"),
    next=_("Nothing more to do. Keep the certificate; anybody can check that it is real."),
    final=True,
    colour="green",
)
REFUSED = Status(
    code="REFUSED",
    label=_("Refused"),
    station=_("Refused"),
    next=_("You may object to the decision, or apply again when the reason no longer holds."),
    final=True,
    colour="red",
)
OBJECTION = Status(
    code=workflow.OBJECTION,
    label=_("Objection"),
    station=_("The applicant objected, a superior looks at the decision again"),
    next=_(
        "Another official of the office, who had no hand in the decision, looks at it again and answers. You are told at once."
    ),
    queue_hat=Hat.APPROVER,
    colour="blue",
)
CONTESTED = Status(
    code=workflow.CONTESTED,
    label=_("Objection to the certificate"),
    station=_("The holder objected to what was decided about the certificate, a superior looks at it again"),
    next=_(
        "Another official of the office, who had no hand in it, looks at it again and answers. Until then the certificate is worth what it was."
    ),
    queue_hat=Hat.APPROVER,
    colour="blue",
)
STAYED = Status(
    code=workflow.STAYED,
    label=_("Stayed by a court"),
    station=_("Granted, and stayed by a court"),
    next=_("The certificate may not be used until the court's stay ends. You are told at once when it does."),
    final=True,
    colour="yellow",
)
ANNULLED = Status(
    code=workflow.ANNULLED,
    label=_("Annulled by a court"),
    station=_("Granted, and annulled by a court"),
    next=_("A court annulled the grant. Nobody may rely on the certificate any longer."),
    final=True,
    colour="red",
)
REOPENED = Status(
    code=workflow.REOPENED,
    label=_("To be decided anew"),
    station=_("A court annulled the refusal, somebody else decides anew"),
    next=_(
        "Another signatory, who had no part in the annulled decision, decides anew. You are told at once."
    ),
    queue_hat=Hat.APPROVER,
    colour="blue",
)
WITHDRAWN = Status(
    code="WITHDRAWN",
    label=_("Withdrawn"),
    station=_("Withdrawn by the applicant"),
    next=_("Nothing more happens. You can apply again at any time."),
    final=True,
)
LAPSED = Status(
    code="LAPSED",
    label=_("Lapsed"),
    station=_("Ended without an answer from the applicant"),
    next=_("Nothing more happens. You can apply again at any time."),
    final=True,
)

STATUSES: Final = (
    DRAFT,
    SUBMITTED,
    RETURNED,
    IN_REVIEW,
    WAITING_APPLICANT,
    READY_FOR_DECISION,
    TO_SIGN,
    GRANTED,
    ISSUED,
    REFUSED,
    OBJECTION,
    CONTESTED,
    STAYED,
    ANNULLED,
    REOPENED,
    WITHDRAWN,
    LAPSED,
)
MAIN_ROAD: Final = (SUBMITTED.code, IN_REVIEW.code, READY_FOR_DECISION.code, TO_SIGN.code)
DESTINATION: Final = _("Decision")
