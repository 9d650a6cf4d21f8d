"""What the reader sees happen after an integrity report moved: whoever left a contact hears that there is news."""

from typing import Any, Final

from django.utils.translation import gettext_lazy as _

from complaints.integrity import notices, workflow
from services.casework.models import Case, Message
from services.casework.operations import dialogue, moving
from services.casework.workflow import SILENT
from services.foundation import clock
from services.outbox import registry

#: What its events say in the history that its reporter and its receiver read.
SENTENCES: Final = {
    "integrity.received": _("The report was received."),
    "integrity.taken_up": _("The examination began."),
    "integrity.asked": _("The receiver asked the reporter. Its clock stands still meanwhile."),
    "integrity.answered": _("The reporter answered. The examination goes on."),
    "integrity.gone_on": _("No answer came; the examination goes on with what there is."),
    "integrity.handed_over": _("The report was handed to the other receiver."),
    "integrity.substantiated": _("The report was found true."),
    "integrity.left_unproved": _("The report could not be proved."),
    "integrity.archived": _("The report was put aside with a reason."),
}


def connect() -> None:
    """Subscribe to every transition of an integrity report, and to the messages of its dialogue."""
    for transition in workflow.INTEGRITY.transitions:
        heard = keep_silent if transition.notice == SILENT else tell_of_news
        registry.subscribe(transition.event)(heard)
    registry.subscribe(dialogue.WRITTEN)(tell_of_the_message)
    registry.subscribe(moving.DATES_MOVED)(tell_of_the_new_date)


def tell_of_news(payload: dict[str, Any], *, secret: str | None, message_id: int) -> None:
    """Tell the reporter that there is news."""
    notices.tell(_case(payload["reference"]), workflow.NEWS, at=clock.now())


def tell_of_the_message(payload: dict[str, Any], *, secret: str | None, message_id: int) -> None:
    """Tell the reporter that there is news when the receiver has written."""
    is_from_office = payload["side"] == Message.Side.OFFICE and payload["is_announced"]
    found = Case.objects.filter(reference=payload["reference"], kind=workflow.KIND).first()
    if found is not None and is_from_office:
        notices.tell(found, workflow.NEWS, at=clock.now())


def tell_of_the_new_date(payload: dict[str, Any], *, secret: str | None, message_id: int) -> None:
    """Tell the reporter that there is news when an outage gave them more time to answer."""
    found = Case.objects.filter(reference=payload["reference"], kind=workflow.KIND).first()
    if found is not None:
        notices.tell(found, workflow.NEWS, at=clock.now())


def keep_silent(payload: dict[str, Any], *, secret: str | None, message_id: int) -> None:
    """Tell nobody: the transition table says so."""


def _case(reference: str) -> Case:
    return Case.objects.select_related("integrity_report").get(reference=reference)
