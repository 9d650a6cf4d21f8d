"""An officer at the desk: what they read, and what happens when they press a button."""

from dataclasses import dataclass
from http import HTTPStatus
from typing import Any

from django.http import HttpResponse
from django.test import Client

from services.accounts.models import User
from services.casework.models import Case

QUEUE = "/admin/casework/case/"
#: What somebody says who opens a file without a task in it.
REASON = {"reason_code": "SUPERVISION"}


@dataclass
class Desk:
    """One officer's browser, without JavaScript, in English."""

    client: Client

    def sit(self, officer: User) -> "Desk":
        officer.language = "en"
        officer.save(update_fields=["language"])
        self.client.force_login(officer)
        return self

    def read(self, address: str) -> str:
        """The page at an address; where the desk asks why the file is opened, that is said first."""
        answer = self.client.get(address)
        if is_asked(answer):
            self.client.post(answer["Location"], REASON)
            answer = self.client.get(address)
        assert answer.status_code == 200, (answer.status_code, address)
        return answer.content.decode()

    def open(self, case: Case) -> str:
        return self.read(file(case))

    def press(self, case: Case, place: str, **fields: Any) -> HttpResponse:
        """What a button of the file answers, with the same said first where it is asked."""
        answer = self.client.post(file(case, place), fields)
        if is_asked(answer):
            explain(self.client, case)
            answer = self.client.post(file(case, place), fields)
        return answer  # type: ignore[return-value]

    def act(self, case: Case, name: str, **fields: Any) -> HttpResponse:
        """Press the button of a transition; the form's fields bear its name."""
        prefixed = {f"{name}-{key}": value for key, value in fields.items() if key != "step"}
        return self.press(case, f"act/{name}/", **prefixed, step=fields.get("step", ""))


def file(case: Case, place: str = "") -> str:
    return f"{QUEUE}{case.reference}/{place}"


def is_asked(answer: Any) -> bool:
    """Whether the desk asks why the file is opened: on a page of its own, or in place of the answer, with what was typed."""
    if answer.status_code == HTTPStatus.CONFLICT:
        return "/opening/" in answer.content.decode()
    return answer.status_code == HTTPStatus.FOUND and "/opening/" in answer["Location"]


def explain(client: Client, case: Case, **reason: str) -> None:
    """Somebody without a task in this case says why they open it."""
    assert client.post(file(case, "opening/"), reason or REASON).status_code == 302
