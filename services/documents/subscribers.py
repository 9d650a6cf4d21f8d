"""What the reader sees happen after a file came in or a certificate was ordered."""

from typing import Any

from services.documents import operations
from services.foundation import clock
from services.outbox import registry

QUEUE = "documents"


@registry.subscribe("documents.sheet.added", effect=True, queue=QUEUE)
def show_the_sheet(payload: dict[str, Any], *, secret: str | None, message_id: int) -> None:
    """The sender sees a picture of the PDF they chose."""
    operations.draw_sheet(payload["sheet"])


@registry.subscribe("documents.document.finished", effect=True, queue=QUEUE)
def join_the_sheets(payload: dict[str, Any], *, secret: str | None, message_id: int) -> None:
    """The sheets become one document with a picture of every page."""
    operations.join_document(payload["document"], at=clock.now())


@registry.subscribe("documents.certificate.ordered", effect=True, queue=QUEUE)
def sign_the_certificate(payload: dict[str, Any], *, secret: str | None, message_id: int) -> None:
    """The certificate gets its paper and its seal."""
    operations.sign_certificate(payload["certificate"], at=clock.now())


@registry.subscribe("documents.document.ready")
@registry.subscribe("documents.document.refused")
@registry.subscribe("documents.certificate.signed")
@registry.subscribe("documents.certificate.expired")
@registry.subscribe("documents.certificate.suspended")
@registry.subscribe("documents.certificate.reinstated")
@registry.subscribe("documents.certificate.revoked")
@registry.subscribe("documents.certificate.stayed")
@registry.subscribe("documents.certificate.stay_ended")
@registry.subscribe("documents.certificate.annulled")
@registry.subscribe("documents.certificate.replaced")
def keep_silent(payload: dict[str, Any], *, secret: str | None, message_id: int) -> None:
    """Nothing further happens here: pages read the state; whoever has more to do subscribes too."""
