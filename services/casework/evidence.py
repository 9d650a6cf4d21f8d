"""The evidence of a clock that ran out: how it started, what stopped it, on which days the offices were closed, and its date."""

import hashlib
from datetime import datetime
from typing import Any, Final

from services.audit.canonical import canonical, instant
from services.casework import clocks
from services.casework.models import Case
from services.foundation.clock import local_date
from services.government import calendar

#: Raised when the shape of the evidence changes, so that an old one can still be read.
SHAPE: Final = 1
LAW: Final = "UU 30/2014, pasal 53"


def of_clock(case: Case, *, due_at: datetime, at: datetime) -> dict[str, Any]:
    """The clock of the decision as plain values: moments in UTC, days as ISO dates. Nothing in it is about a person."""
    promise = clocks.running(case)
    if promise is None or case.complete_at is None:
        raise ValueError("the clock of the decision does not run")
    first, last = local_date(promise.start), local_date(due_at)
    return {
        "shape": SHAPE,
        "law": LAW,
        "reference": case.reference,
        "service": case.service_version.service.slug,
        "version": case.service_version.number,
        "standard": case.service_version.parsed.digest,
        "started_at": instant(promise.start),
        "time": {"amount": promise.duration.amount, "unit": promise.duration.unit},
        "pauses": [
            {
                "cause": pause.cause,
                "from": instant(pause.started_at),
                "to": pause.ended_at and instant(pause.ended_at),
            }
            for pause in case.pauses.order_by("started_at", "pk")
        ],
        "closed_days": [
            {"day": off.day.isoformat(), "why": off.why} for off in calendar.days_off(first, last)
        ],
        "calendar": "Indonesia: public holidays and joint leave, with the days that this government itself has named",
        "due_at": instant(due_at),
        "noted_at": instant(at),
    }


def digest_of(evidence: dict[str, Any]) -> str:
    """SHA-256 over the canonical form (keys in order, no blanks), in hexadecimal."""
    return hashlib.sha256(canonical(evidence).encode()).hexdigest()
