"""An officer at the desk: what they read, and what happens when they press a button."""

from dataclasses import dataclass
from typing import Any

from django.http import HttpResponse
from django.test import Client

from services.accounts.models import User
from services.casework.models import Case

QUEUE = "/admin/casework/case/"


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
        answer = self.client.get(address)
        assert answer.status_code == 200, (answer.status_code, address)
        return answer.content.decode()

    def open(self, case: Case) -> str:
        return self.read(file(case))

    def press(self, case: Case, place: str, **fields: Any) -> HttpResponse:
        return self.client.post(file(case, place), fields)  # type: ignore[return-value]

    def act(self, case: Case, name: str, **fields: Any) -> HttpResponse:
        """Press the button of a transition; the form's fields bear its name."""
        prefixed = {f"{name}-{key}": value for key, value in fields.items() if key != "step"}
        return self.press(case, f"act/{name}/", **prefixed, step=fields.get("step", ""))


def file(case: Case, place: str = "") -> str:
    return f"{QUEUE}{case.reference}/{place}"
