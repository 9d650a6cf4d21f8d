"""What each event of a case says to whoever reads its history, in one plain sentence."""

from collections.abc import Mapping
from typing import Final

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy

from services.casework import requestwords, reviewwords, rulingwords

Words = str | Promise

OPENED: Final = "casework.file.opened"

#: What each event says. Events of a public service are named without its app, since all of them mean the same.
SENTENCES: Final[Mapping[str, Words]] = {
    "application.started": gettext_lazy("The application was started."),
    "application.submitted": gettext_lazy("The application was sent."),
    "application.returned": gettext_lazy("The file was returned for mending."),
    "application.resubmitted": gettext_lazy("The mended file was sent again."),
    "application.accepted": gettext_lazy("The file was accepted as complete. The decision's clock started."),
    "application.accepted_by_silence": gettext_lazy(
        "Nobody checked the file in time. It counts as complete, and the decision's clock started."
    ),
    "application.recommended": gettext_lazy("The review was finished. The file went to the one who decides."),
    "application.granted": gettext_lazy("The application was granted."),
    "application.granted_for_signature": gettext_lazy(
        "The office has decided. The paper waits for its signature."
    ),
    "application.signed": gettext_lazy("The paper was signed. The application is granted."),
    "application.sent_back_unsigned": gettext_lazy(
        "The paper was not signed. The file is again with the one who decides."
    ),
    "application.granted_by_machine": gettext_lazy(
        "The system granted the application, since every check has passed."
    ),
    "application.granted_by_law": gettext_lazy(
        "Nobody decided in time. The application counts as granted by operation of law."
    ),
    "application.refused": gettext_lazy("The application was refused."),
    "objection.received": gettext_lazy(
        "The applicant objected to the decision. A superior looks at it again."
    ),
    "objection.confirmed": gettext_lazy("The superior answered the objection: the decision stands."),
    "objection.granted": gettext_lazy("The superior answered the objection: the application was granted."),
    "objection.paper_received": gettext_lazy(
        "The holder objected to what was decided about the certificate. A superior looks at it again."
    ),
    "objection.paper_confirmed": gettext_lazy(
        "The superior answered the objection: what was decided about the certificate stands."
    ),
    "objection.suspension_lifted": gettext_lazy(
        "The superior answered the objection: the suspension is lifted."
    ),
    "objection.paper_replaced": gettext_lazy(
        "The superior answered the objection: another certificate takes the place of the old one."
    ),
    **rulingwords.SENTENCES,
    "application.withdrawn": gettext_lazy("The application was withdrawn."),
    "application.lapsed": gettext_lazy("The application ended, because no answer came in time."),
    **requestwords.SENTENCES,
    "step.undone": gettext_lazy(
        "An officer took a step back within the time for that. Everything stands as before it."
    ),
    "certificate.issued": gettext_lazy("The certificate was signed and issued."),
    "casework.case.applicant_named": gettext_lazy("The helper named the applicant."),
    "casework.case.confirmed": gettext_lazy("The applicant confirmed what the helper filled in."),
    "casework.case.claimed": gettext_lazy("The applicant took the case over with the code from the receipt."),
    "casework.answers.saved": gettext_lazy("Answers were saved."),
    "casework.document.attached": gettext_lazy("A document was added."),
    "casework.document.detached": gettext_lazy("A document was taken out."),
    "casework.case.taken": gettext_lazy("The file was taken from the queue to be worked on."),
    "casework.case.given_out": gettext_lazy(
        "The system gave the file to an officer by lot. Nobody chose who."
    ),
    "casework.case.released": gettext_lazy(
        "The file was laid back into the queue, where it keeps its place."
    ),
    "casework.case.reassigned": gettext_lazy(
        "A supervisor moved the file to another desk. It keeps its place."
    ),
    **reviewwords.SENTENCES,
    "casework.case.returned_to_queue": gettext_lazy(
        "The file went back into the queue, since nobody had worked on it for a day. It keeps its place."
    ),
    "casework.case.left_absent_officer": gettext_lazy("Its officer is away: the file is in the queue again."),
    "casework.case.checked": gettext_lazy("The system has checked the file. A person goes on with it."),
    "casework.person.asked": gettext_lazy(
        "The applicant asked that a person looks at the decision of the system."
    ),
    "casework.machine.confirmed": gettext_lazy(
        "A person looked at the decision of the system again and found it right."
    ),
    "casework.machine.erred": gettext_lazy(
        "A person looked at the decision of the system again and found an error. The office looks into it."
    ),
    "casework.urgency.proposed": gettext_lazy(
        "The file was proposed to be handled before others. The supervisor decides."
    ),
    "casework.urgency.granted": gettext_lazy("The supervisor decided that the file goes before others."),
    "casework.urgency.declined": gettext_lazy("The supervisor decided that the file keeps its place."),
    "casework.late_defects.allowed": gettext_lazy(
        "A supervisor allowed one more return, for something that could have been seen the first time."
    ),
    "casework.certificate.revoked": gettext_lazy(
        "The certificate was revoked. It is not valid from this moment on."
    ),
    "casework.certificate.suspended": gettext_lazy(
        "The certificate was suspended. Nobody may rely on it until the suspension is lifted."
    ),
    "casework.certificate.reinstated": gettext_lazy(
        "The suspension was lifted. The certificate is valid again."
    ),
    "casework.clock.moved": gettext_lazy(
        "The date was computed again after a change of the working calendar."
    ),
    "casework.outage.dates_moved": gettext_lazy("A date moved, since the portal was not available."),
    "casework.clock.expired": gettext_lazy(
        "The time of the decision ran out. This was recorded, and the inspectorate was told."
    ),
    "casework.clock.escalated": gettext_lazy("The office was reminded of the time."),
    "casework.why.asked": gettext_lazy("The head of the government asked the head of the office why."),
    "casework.why.answered": gettext_lazy("The head of the office answered the head of the government."),
    "casework.applicant.reminded": gettext_lazy(
        "The applicant was reminded that the application ends unless an answer comes."
    ),
    "casework.officer.excluded": gettext_lazy("Somebody of the office was kept away from this case."),
    "casework.officer.recused": gettext_lazy(
        "An officer stepped back from the file because it touches them. Somebody else goes on with it."
    ),
    "casework.note.written": gettext_lazy("A note for the office was written."),
    "casework.message.written": gettext_lazy("A message was written."),
    "casework.draft.forgotten": gettext_lazy("The unsent answers and documents were deleted."),
    OPENED: gettext_lazy("The file was opened."),
}
