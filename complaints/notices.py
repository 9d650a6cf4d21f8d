"""What the reporter is told, and with which facts. The words stand in `templates/notifications/complaints/`.

A confidential report is told of in words that say nothing: whoever sees the phone or the mailbox learns nothing from it.
"""

from datetime import datetime
from typing import Any, Final

from django.urls import reverse

from complaints import links, queries, workflow
from complaints.models import Complaint, Reply
from complaints.reasons import ArchiveReason
from services.casework import gifts
from services.casework.models import Case, Message
from services.foundation import sealing, texts
from services.notifications import operations as notifications

#: Says that there is news, and nothing else.
NEUTRAL: Final = "casework/news"


def tell(case: Case, notice: str, *, key: str, at: datetime, message: Message | None = None) -> None:
    """Tell the reporter: on their account, or where the sealed contact leads; nobody, where there is neither."""
    complaint = queries.complaint_of(case)
    if case.is_confidential:
        if notice == workflow.RECEIVE.notice:
            return  # whoever has just sent it sees that on the page
        key = sealing.blind_index(key, purpose=NEUTRAL).hex()
        notice, context = NEUTRAL, {"path": reverse("casework:cases" if case.applicant else "casework:track")}
    else:
        context = facts(case, complaint, notice=notice, message=message)
    if case.applicant is not None:
        notifications.notify(
            case.applicant,
            notice=notice,
            context=context,
            legally_required=True,
            dedupe_key=f"{key}:reporter",
            at=at,
        )
    elif complaint.contact_sealed is not None:
        notifications.tell_address(
            sealing.unseal(complaint.contact_sealed, bound_to=complaint.seal_binding),
            channel=complaint.contact_channel,
            notice=notice,
            context=context,
            language=complaint.language,
            at=at,
        )


def ask_about_gifts(case: Case, *, at: datetime) -> None:
    """Send the one question after a case where the sealed contact leads; whoever reported with an account is asked there."""
    complaint = queries.complaint_of(case)
    if case.applicant is None and complaint.contact_sealed is not None and gifts.may_be_asked(case):
        notifications.tell_address(
            sealing.unseal(complaint.contact_sealed, bound_to=complaint.seal_binding),
            channel=complaint.contact_channel,
            notice=gifts.NOTICE,
            context=gifts.facts(case),
            language=complaint.language,
            at=at,
        )


def facts(
    case: Case, complaint: Complaint, *, notice: str = "", message: Message | None = None
) -> dict[str, Any]:
    """Plain values for the templates."""
    reply = queries.last_reply(complaint)
    said = _said(case, reply, notice, message)
    return {
        "reference": case.reference,
        "path": _path(case, reply, notice),
        "topic": case.topic,
        "agency": case.agency.name,
        "due_at": case.due_at and case.due_at.isoformat(),
        "applicant_due_at": case.applicant_due_at and case.applicant_due_at.isoformat(),
        "planned_date": reply.planned_date.isoformat() if reply and reply.planned_date else "",
        "words": said,
        "reason": _reason(case),
        "earlier": complaint.duplicate_of.reference if complaint.duplicate_of else "",
        "is_bearer": case.applicant_id is None,
    }


def _path(case: Case, reply: Reply | None, notice: str) -> str:
    if notice == "complaints/answered" and reply is not None:
        return links.path_to_say(case, reply)
    if case.applicant_id is None:
        return reverse("complaints:dialogue", args=[case.reference])
    return reverse("casework:case", args=[case.reference])


def _said(case: Case, reply: Reply | None, notice: str, message: Message | None) -> str:
    """What the office wrote: the message, the words of an archive, or its last answer."""
    if message is not None:
        return message.words
    if notice == "complaints/data_asked":
        asked = queries.last_message_of_office(case)
        return asked.words if asked else ""
    if notice == "complaints/archived":
        return case.reason
    return reply.words if reply else ""


def _reason(case: Case) -> dict[str, str]:
    if case.reason_code not in ArchiveReason.values:
        return {}
    return texts.in_every_language(ArchiveReason(case.reason_code).label)
