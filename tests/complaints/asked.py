"""What the tests of “I was asked to…” share: the button on the page of a case, and what is told through it."""

import re
from typing import Any

from django.test import Client

from services.accounts.models import User
from services.casework.models import Case
from tests.casework.desk import explain
from tests.complaints.confidential import page

ASKED, FOLLOW = "/complaints/integrity/asked/", "/complaints/integrity/asked/follow/"
SENT, DIALOGUE = "/complaints/integrity/asked/sent/", "/complaints/integrity/dialogue/"
SAID = "Pak Darmo bilang berkas ini harus selesai sebelum Jumat."


def pass_on(client: Client, case: Case) -> str:
    """The pass that stands behind the button on the page of a case."""
    explain(client, case)
    shown = page(client.get(f"/admin/casework/case/{case.reference}/"))
    found = re.search(r'name="pass" value="([0-9a-f]+)"', shown)
    assert found
    return found[1]


def fields(**changes: Any) -> dict[str, Any]:
    typed = {"asked": "HURRY", "office": "dishub", "who": "", "what": SAID, "receiver": "INSPECTORATE"}
    return typed | changes


def tell(client: Client, token: str, **changes: Any) -> Any:
    return client.post(ASKED, {"pass": token, "send": "1", **fields(**changes)})


def told_by(client: Client, officer: User, case: Case, **changes: Any) -> Case:
    """What this officer reported from the page of this case."""
    client.force_login(officer)
    answer = tell(client, pass_on(client, case), **changes)
    assert answer["Location"] == SENT, page(answer)
    return Case.objects.filter(kind="INTEGRITY").latest("pk")
