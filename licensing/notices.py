"""What the holders of a licence are told once it is held. The words stand in `templates/notifications/licensing/`."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from licensing import queries
from licensing.models import Licence
from services.accounts.models import Person, User
from services.applications import notices as applications


def tell_holders(
    licence: Licence,
    notice: str,
    *,
    key: str,
    at: datetime,
    further: Mapping[str, Any] | None = None,
    only_others: bool = False,
) -> None:
    """Tell whoever holds the licence, or acts for the business that does; `only_others` leaves out who was told of the case.

    The notice leads to the licence, since the case is its applicant's alone.
    """
    told = {_login(each) for _role, each in applications.recipients(licence.case)} if only_others else set()
    people = [person for person in queries.holders_of(licence, at=at) if _login(person) not in told]
    certificate = licence.certificate
    facts = {
        "path": f"/licensing/{licence.case.reference}/",
        "valid_until": certificate.valid_until and certificate.valid_until.isoformat(),
        **(further or {}),
    }
    applications.tell(
        licence.case,
        notice,
        key=key,
        at=at,
        further=facts,
        to=[(str(person.pk), person) for person in people],
    )


def _login(recipient: Person | User) -> object:
    """What tells two recipients apart: the login, or the person without one."""
    if isinstance(recipient, Person):
        return recipient.user_id or recipient.pk
    return recipient.pk
