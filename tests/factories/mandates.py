"""Acting officials, made by the operations that people use."""

from datetime import date, timedelta
from typing import Any

from services.accounts.models import Membership, User
from services.casework import operations as casework
from services.casework.operations import Letter
from services.foundation import clock
from tests.factories import accounts, catalogue, documents, pact

POST = "Kepala Bidang Perizinan"


def letter(**changes: Any) -> Letter:
    """A letter of today."""
    facts: dict[str, Any] = {"number": "800/123/2026", "day": clock.today()}
    return Letter(**(facts | {"file": documents.upload(documents.pdf(), name="surat.pdf")} | changes))


def away(holder: User, *, days: int = 5) -> None:
    """The holder is declared away from today on."""
    today = clock.today()
    casework.declare_absence(
        officer=holder,
        kind="LEAVE",
        first_date=today,
        last_date=today + timedelta(days=days),
        actor=holder,
        at=clock.now(),
    )


def given(officer: User, *, by: User, holder: User | None = None, **changes: Any) -> Membership:
    """A mandate as a signatory: Plh. for a holder who is declared away, Plt. without one; not confirmed yet."""
    catalogue.deadlines()
    today: date = clock.today()
    terms: dict[str, Any] = {
        "hat": "APPROVER",
        "kind": "PLH" if holder else "PLT",
        "post": POST,
        "services": [],
        "first_date": today,
        "last_date": today + timedelta(days=5),
        "letter": changes.pop("letter", None) or letter(),
    }
    return casework.give_mandate(
        officer=officer,
        agency=accounts.agency(changes.pop("agency", "dpmptsp")),
        holder=holder,
        actor=by,
        at=clock.now(),
        **(terms | changes),
    )


def acting(
    officer: User, *, by: User, second: User, holder: User | None = None, **changes: Any
) -> Membership:
    """A mandate that counts: confirmed by a second person, and signed for."""
    worn = given(officer, by=by, holder=holder, **changes)
    worn = casework.confirm_mandate(worn, actor=second, at=clock.now())
    pact.signature(worn)
    return worn
