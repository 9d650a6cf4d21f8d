"""What happens to cases after something below them changed."""

from typing import Any

from services.accounts.models import Person
from services.casework import gifts, operations
from services.casework.models import Case
from services.foundation import clock
from services.outbox import registry


def connect() -> None:
    """Subscribe to what casework listens to."""
    registry.subscribe("government.calendar.changed", effect=True)(recompute_the_clocks)
    registry.subscribe("accounts.person.claimed")(record_the_claim)
    registry.subscribe("casework.case.closed")(ask_about_gifts)


def recompute_the_clocks(payload: dict[str, Any], *, secret: str | None, message_id: int) -> None:
    """A holiday came or went: every open clock is computed again, each in a transaction of its own; doing it twice is harmless."""
    operations.recompute_open_clocks(at=clock.now())


def record_the_claim(payload: dict[str, Any], *, secret: str | None, message_id: int) -> None:
    """Both sides read in the history of each case that its applicant has taken it over."""
    operations.record_claim(Person.objects.select_related("user").get(pk=payload["person"]), at=clock.now())


def ask_about_gifts(payload: dict[str, Any], *, secret: str | None, message_id: int) -> None:
    """A day after the end of the case its applicant is asked whether anyone wanted more than the tariff."""
    found = Case.objects.select_related("applicant__user", "agency", "service_version__service")
    gifts.ask(found.get(reference=payload["reference"]), at=clock.now())
