"""What takes an officer from a case of the desk to the quiet pages, which do not know who is signed in: sealed, for some hours."""

import json
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Final

from services.accounts.models import User
from services.casework.models import Case
from services.foundation import clock, sealing

BINDING: Final = "complaints.integrity.pass"
GOOD_FOR: Final = timedelta(hours=8)


@dataclass(frozen=True, slots=True)
class Pass:
    """Which account came (by its pseudonym), from the page of which case."""

    account: str
    reference: str


def issue(user: User, case: Case) -> str:
    """A pass for this reader of this case."""
    until = clock.now() + GOOD_FOR
    text = json.dumps([str(user.pseudonym), case.reference, until.isoformat()])
    return sealing.seal(text, bound_to=BINDING).hex()


def read(token: str) -> Pass | None:
    """The pass as it was issued; None for one that is over, or that is none."""
    try:
        account, reference, until = json.loads(sealing.unseal(bytes.fromhex(token), bound_to=BINDING))
    except (ValueError, sealing.CannotUnseal):
        return None
    return Pass(account, reference) if datetime.fromisoformat(until) >= clock.now() else None
