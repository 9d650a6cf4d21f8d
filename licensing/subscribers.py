"""What the holders of a licence see happen to it: the end that comes near, the end, and what the office does to it."""

from datetime import datetime
from typing import Any

from licensing import notices, operations, queries
from licensing.models import Licence
from services.casework import letters
from services.documents.models import Certificate
from services.foundation import clock
from services.outbox import registry


def connect() -> None:
    """Subscribe to the reminders and to what becomes of certificates."""
    registry.subscribe(operations.ENDS_SOON)(remind_the_holders)
    registry.subscribe("documents.certificate.expired")(tell_of_the_end)
    registry.subscribe("documents.certificate.revoked")(tell_colleagues_of_the_revocation)
    registry.subscribe("documents.certificate.suspended")(tell_colleagues_of_the_suspension)
    registry.subscribe("documents.certificate.reinstated")(tell_colleagues_of_the_reinstatement)
    registry.subscribe("documents.certificate.stayed")(tell_colleagues_of_the_stay)
    registry.subscribe("documents.certificate.stay_ended")(tell_colleagues_of_the_end_of_the_stay)
    registry.subscribe("documents.certificate.annulled")(tell_colleagues_of_the_annulment)


def remind_the_holders(payload: dict[str, Any], *, secret: str | None, message_id: int) -> None:
    """The holders are told that their licence ends, and how to renew it; what was renewed meanwhile is left alone."""
    licence = queries.full().get(pk=payload["licence"])
    at = clock.now()
    if not getattr(licence, "is_renewed", False) and licence.certificate.standing in Certificate.IN_FORCE:
        key = f"{operations.ENDS_SOON}:{licence.pk}:{payload['days']}"
        notices.tell_holders(licence, "licensing/ends_soon", key=key, at=at)


def tell_of_the_end(payload: dict[str, Any], *, secret: str | None, message_id: int) -> None:
    """The holders are told that their licence has ended; not where another takes its place."""
    licence = _licence(payload)
    if licence is not None and not getattr(licence, "is_renewed", False):
        key = f"licensing.licence.ended:{licence.pk}"
        notices.tell_holders(licence, "licensing/ended", key=key, at=clock.now())


def tell_colleagues_of_the_revocation(
    payload: dict[str, Any], *, secret: str | None, message_id: int
) -> None:
    """Whoever else acts for the business is told as the applicant is."""
    _tell_colleagues(payload, "revoked")


def tell_colleagues_of_the_suspension(
    payload: dict[str, Any], *, secret: str | None, message_id: int
) -> None:
    """Whoever else acts for the business is told as the applicant is."""
    _tell_colleagues(payload, "suspended")


def tell_colleagues_of_the_reinstatement(
    payload: dict[str, Any], *, secret: str | None, message_id: int
) -> None:
    """Whoever else acts for the business is told as the applicant is."""
    _tell_colleagues(payload, "reinstated")


def tell_colleagues_of_the_stay(payload: dict[str, Any], *, secret: str | None, message_id: int) -> None:
    """Whoever else acts for the business is told which court stayed the licence."""
    _tell_colleagues(payload, "stayed")


def tell_colleagues_of_the_end_of_the_stay(
    payload: dict[str, Any], *, secret: str | None, message_id: int
) -> None:
    """Whoever else acts for the business is told that the court's stay ended."""
    _tell_colleagues(payload, "stay_ended")


def tell_colleagues_of_the_annulment(payload: dict[str, Any], *, secret: str | None, message_id: int) -> None:
    """Whoever else acts for the business is told which court annulled the licence."""
    _tell_colleagues(payload, "grant_annulled")


def _tell_colleagues(payload: dict[str, Any], what: str) -> None:
    licence = _licence(payload)
    if licence is None or licence.business is None:
        return
    notices.tell_holders(
        licence,
        f"applications/{what}",
        key=f"licensing.certificate.{what}:{licence.pk}:{payload['at']}",
        at=clock.now(),
        further=_why(payload),
        only_others=True,
    )


def _why(payload: dict[str, Any]) -> dict[str, Any]:
    """The reason of the office and until when one may object to it, or the ruling of a court."""
    if "court" in payload:
        return {"court": payload["court"], "number": payload["number"], "ruled_on": payload["date"]}
    until = letters.objection_until(datetime.fromisoformat(payload["at"]))
    return {"reason": payload["reason"], "objection_until": until}


def _licence(payload: dict[str, Any]) -> Licence | None:
    return queries.full().filter(certificate=payload["certificate"]).first()
