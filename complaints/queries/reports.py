"""One report: its own row, what the office said, the dialogue."""

from complaints.models import Complaint, Reply
from complaints.workflow import KIND
from services.casework import queries as cases
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


def replies_of(complaint: Complaint) -> list[Reply]:
    """What the office said for all to read, the oldest first, each with the office that said it."""
    return list(complaint.replies.select_related("agency").order_by("written_at", "id"))


def reported_case(reference: str) -> Case | None:
    """The report with this reference, whoever may read it; None where there is none. The caller asks for the proof."""
    return cases.full().filter(kind=KIND, reference=reference).first()
