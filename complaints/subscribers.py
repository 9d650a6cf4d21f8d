"""What the reader sees happen after a report moved: notices to the reporter."""

from typing import Any

from complaints import notices, workflow
from services.casework.models import Case, Message
from services.casework.operations import dialogue, moving
from services.casework.workflow import SILENT
from services.foundation import clock
from services.outbox import registry


def connect() -> None:
    """Subscribe to every transition of a report, and to the messages of its dialogue."""
    for transition in workflow.COMPLAINTS.transitions:
        heard = keep_silent if transition.notice == SILENT else tell_the_reporter
        registry.subscribe(transition.event)(heard)
    registry.subscribe(dialogue.WRITTEN)(tell_of_the_message)
    registry.subscribe("casework.case.closed")(ask_about_gifts)
    registry.subscribe(moving.DATES_MOVED)(tell_of_the_new_date)


def tell_the_reporter(payload: dict[str, Any], *, secret: str | None, message_id: int) -> None:
    """Tell the reporter what happened."""
    case = _case(payload["reference"])
    transition = case.workflow.transition(payload["transition"])
    key = f"{transition.event}:{payload['reference']}:{payload['version']}"
    notices.tell(case, transition.notice, key=key, at=clock.now())


def tell_of_the_message(payload: dict[str, Any], *, secret: str | None, message_id: int) -> None:
    """Tell the reporter that the office has written; what the reporter writes waits in the office's file."""
    case = _case(payload["reference"])
    is_from_office = payload["side"] == Message.Side.OFFICE
    if case.kind == workflow.KIND and is_from_office and payload["is_announced"]:
        message = case.messages.get(pk=payload["message"])
        key = f"{dialogue.WRITTEN}:{message.pk}"
        notices.tell(case, "complaints/message", key=key, message=message, at=clock.now())


def tell_of_the_new_date(payload: dict[str, Any], *, secret: str | None, message_id: int) -> None:
    """Tell the reporter once that an outage gave them more time."""
    case = _case(payload["reference"])
    if case.kind == workflow.KIND:
        key = f"{moving.DATES_MOVED}:{case.reference}:{payload['outage']}"
        notices.tell(case, "complaints/date_moved", key=key, at=clock.now())


def ask_about_gifts(payload: dict[str, Any], *, secret: str | None, message_id: int) -> None:
    """A day after the end of a report whoever left a contact without an account is asked whether anyone wanted more."""
    case = _case(payload["reference"])
    if case.kind == workflow.KIND:
        notices.ask_about_gifts(case, at=clock.now())


def keep_silent(payload: dict[str, Any], *, secret: str | None, message_id: int) -> None:
    """Tell nobody: the transition table says so, or a page of the office shows it."""


def _case(reference: str) -> Case:
    return Case.objects.select_related("applicant__user", "agency").get(reference=reference)
