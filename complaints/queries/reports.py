"""One report: its own row, what the office said, the dialogue."""

from complaints.models import Complaint, Reply
from services.casework.models import Case, Message


def complaint_of(case: Case) -> Complaint:
    """The report of a case, with its category."""
    return Complaint.objects.select_related("category", "duplicate_of").get(case=case)


def last_reply(complaint: Complaint) -> Reply | None:
    """What the office said last for all to read; None before it said anything."""
    return complaint.replies.order_by("-written_at", "-id").first()


def last_answer(case: Case) -> Reply | None:
    """The last answer; None before there was one."""
    answers = Reply.objects.filter(complaint_id=case.pk, kind=Reply.Kind.ANSWER)
    return answers.order_by("-written_at", "-id").first()


def last_message_of_office(case: Case) -> Message | None:
    """What the office wrote last in the dialogue; None where it wrote nothing."""
    return case.messages.filter(side=Message.Side.OFFICE).order_by("-written_at", "-id").first()
