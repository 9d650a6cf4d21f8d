"""Everything that the citizen's side does to an application before and after it is sent."""

from services.applications.operations.answering import UnableToSave, answer_group, digest, remove_item
from services.applications.operations.documents import (
    add_sheets,
    finish_document,
    move_forward,
    remove_document,
    reopen_document,
    reuse_document,
    take_again,
)
from services.applications.operations.granted import Holding, draft_certificate, order_certificate
from services.applications.operations.moves import moves
from services.applications.operations.people import (
    confirm_by_code,
    confirm_by_slip,
    hand_over_code,
    name_applicant,
    name_oneself,
    send_code,
)
from services.applications.operations.requests import correct, give
from services.applications.operations.sending import UnableToSend, send_application, start_application

__all__ = [
    "Holding",
    "UnableToSave",
    "UnableToSend",
    "add_sheets",
    "answer_group",
    "confirm_by_code",
    "confirm_by_slip",
    "correct",
    "digest",
    "draft_certificate",
    "finish_document",
    "give",
    "hand_over_code",
    "move_forward",
    "moves",
    "name_applicant",
    "name_oneself",
    "order_certificate",
    "remove_document",
    "remove_item",
    "reopen_document",
    "reuse_document",
    "send_application",
    "send_code",
    "start_application",
    "take_again",
]
