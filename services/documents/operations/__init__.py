"""All writes of documents and certificates."""

from services.documents.intake import UnableToAcceptFile
from services.documents.operations.court import Ruling, annul_certificate, end_stay, stay_certificate
from services.documents.operations.ordering import Order, draft_certificate, order_certificate
from services.documents.operations.preparing import draw_sheet, join_document
from services.documents.operations.sheets import (
    UnableToChangeDocument,
    add_sheet,
    discard_document,
    finish_document,
    forget_document,
    move_sheet,
    remove_sheet,
    reopen_document,
    start_document,
)
from services.documents.operations.signing import SigningUnderWay, sign_certificate
from services.documents.operations.standing import (
    UnableToRevoke,
    UnableToSuspend,
    expire_certificates,
    reinstate_certificate,
    revoke_certificate,
    supersede_certificates,
    suspend_certificate,
)

__all__ = [
    "Order",
    "Ruling",
    "SigningUnderWay",
    "UnableToAcceptFile",
    "UnableToChangeDocument",
    "UnableToRevoke",
    "UnableToSuspend",
    "add_sheet",
    "annul_certificate",
    "discard_document",
    "draft_certificate",
    "draw_sheet",
    "end_stay",
    "expire_certificates",
    "finish_document",
    "forget_document",
    "join_document",
    "move_sheet",
    "order_certificate",
    "reinstate_certificate",
    "remove_sheet",
    "reopen_document",
    "revoke_certificate",
    "sign_certificate",
    "start_document",
    "stay_certificate",
    "supersede_certificates",
    "suspend_certificate",
]
