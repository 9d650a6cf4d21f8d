"""The dialogue between the citizen's side and the office, and papers that no standard lists."""

from collections.abc import Sequence
from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext as _

from services.accounts.models import User
from services.casework import policies, transitions
from services.casework.models import Case, CaseDocument, Message
from services.casework.operations.values import UnableToHandle
from services.casework.policies import Bearer
from services.casework.workflow import CITIZEN_SIDE
from services.documents.models import Document
from services.documents.operations import finish_document

WRITTEN = "casework.message.written"


def write_message(
    case: Case,
    *,
    actor: User | Bearer,
    words: str,
    documents: Sequence[Document] = (),
    is_announced: bool = True,
    at: datetime,
) -> Message:
    """Write to the other side. Documents go with it, in slots named after the message; both sides read both.

    `is_announced` is False where the words go out with the notice of a transition, so that they are not told twice.
    Raises UnableToHandle (words, hat) for an empty message, and for somebody who stands on neither side.
    """
    if not words.strip():
        raise UnableToHandle(code="words", message=_("Write your message."), field="words")
    with transaction.atomic():
        locked = transitions.lock(case)
        hats = policies.hats_for(actor, locked, at)
        if not hats & {*CITIZEN_SIDE, *policies.RECEIVING_HATS}:
            policies.require_pact(actor, locked, policies.RECEIVING_HATS, at)
            raise UnableToHandle(code="hat", message=_("You may not do this with this case."))
        is_citizen = bool(hats & CITIZEN_SIDE)
        if isinstance(actor, User) and not is_citizen:
            policies.require_no_conflict(actor, locked, at)
        message = Message.objects.create(
            case=locked,
            side=Message.Side.CITIZEN if is_citizen else Message.Side.OFFICE,
            author=None if is_citizen or isinstance(actor, Bearer) else actor,
            words=words,
            written_at=at,
        )
        hat = min(hats & (CITIZEN_SIDE if is_citizen else policies.RECEIVING_HATS))
        enclose_documents(locked, prefix=slot_of(message), documents=documents, at=at)
        details = {"message": message.pk, "side": message.side}
        transitions.record(locked, WRITTEN, actor=actor, hat=hat, at=at, details=details)
        told = {"reference": locked.reference, "is_announced": is_announced, **details}
        transitions.promise(locked, WRITTEN, told, key=str(message.pk), at=at)
    return message


def enclose_documents(case: Case, *, prefix: str, documents: Sequence[Document], at: datetime) -> None:
    """Finish documents and put them into slots of this case, numbered from 1 behind the prefix.

    What belongs to them is recorded by the caller. Raises UnableToChangeDocument for one without a sheet.
    """
    for document in documents:
        finish_document(document, at=at)
    CaseDocument.objects.bulk_create(
        CaseDocument(case=case, slot=f"{prefix}_{number}", document=document, attached_at=at)
        for number, document in enumerate(documents, start=1)
    )


def slot_of(message: Message) -> str:
    """What the slots of a message's documents begin with."""
    return f"message_{message.pk}"
