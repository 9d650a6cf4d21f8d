"""Going through the pages of an integrity report, as a browser without JavaScript does."""

import re
from typing import Any

from django.test import Client

from tests.factories import integrity as reports

NEW = "/complaints/integrity/new/"
ANSWERS: dict[str, dict[str, Any]] = {
    "matter": {"matter": "REWARD_DEMANDED"},
    "what": {"what": reports.WORDS},
    "where": {"office": "dpmptsp", "place": "Loket tiga", "reference": ""},
    "who": {"concerned": "OFFICER", "who": "Laki-laki, baju batik"},
    "when": {"when": "Senin pagi", "amount": "500.000"},
    "work": {"works_here": "no"},
    "evidence": {},
    "receiver": {"receiver": "INSPECTORATE"},
    "contact": {"contact": "passphrase"},
}


def fill(client: Client, *, until: str = "", **changes: Any) -> Any:
    """Go through the pages up to one of them, or to the last, with other answers where they are given."""
    answer: Any = client.post(NEW)
    while True:
        name = answer["Location"].rstrip("/").rsplit("/", 1)[-1]
        if name in {until, "check"}:
            return client.get(answer["Location"])
        answer = client.post(answer["Location"], changes.get(name, ANSWERS.get(name, {})))
        assert answer.status_code == 302, answer.content.decode()


def page(answer: Any) -> str:
    return str(answer.content.decode())


def send(client: Client) -> str:
    answer: Any = client.post(f"{NEW}check/")
    assert answer["Location"] == f"{NEW}sent/"
    return page(client.get(f"{NEW}sent/"))


def passphrase_in(receipt: str) -> str:
    found = re.search(r'passphrase__words"[^>]*>([a-z ]+)<', receipt)
    assert found
    return found[1]
