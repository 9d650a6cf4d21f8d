"""How a program of somebody else speaks to us: it asks by address, sends forms, and reads JSON or XML."""

import json
import re
from datetime import datetime
from typing import Any
from urllib.parse import urlencode
from xml.etree import ElementTree as ET

from django.test import Client
from django.utils import timezone

from complaints.models import Complaint
from complaints.open311.filing import CONTENT_TYPE

BASE = "/open311/v2"
FORMATS = ("json", "xml")
WORDS = "Lampu jalan mati sejak Senin."

Response = Any


class Program(Client):
    """It has no token against forged forms, and encodes its forms as the standard asks."""

    def __init__(self) -> None:
        super().__init__(enforce_csrf_checks=True)

    def post(self, path: str, data: Any = None, content_type: str = CONTENT_TYPE, **more: Any) -> Any:  # type: ignore[override]
        body = urlencode(data, doseq=True) if isinstance(data, dict) else data
        return super().post(path, body, content_type, **more)


def post(
    sender: Program, secret: str, form: str = "json", *, idempotency_key: str = "", **fields: Any
) -> Response:
    """Send a report of a street light at an address, with these fields changed; None takes one away."""
    usual = {
        "api_key": secret,
        "service_code": "street-lights",
        "address_string": "Jalan Mawar 12",
        "description": WORDS,
    }
    headers = {"accept-language": "en"} | ({"idempotency-key": idempotency_key} if idempotency_key else {})
    body = {name: value for name, value in (usual | fields).items() if value is not None}
    return sender.post(f"{BASE}/requests.{form}", body, headers=headers)


def complaint_of(response: Response) -> Complaint:
    """The report that was received."""
    (row,) = said(response)
    return Complaint.objects.select_related("case").get(case__reference=row["service_request_id"])


def passphrase_in(response: Response) -> str:
    found = re.search(r"passphrase: ((?:\w+ ){4}\w+)\.", response.content.decode())
    assert found
    return found[1]


def ids(response: Response) -> list[str]:
    """The numbers in an answer, in its order."""
    assert response.status_code == 200, response.content
    return [request["service_request_id"] for request in said(response)]


def w3c(at: datetime) -> str:
    return timezone.localtime(at).isoformat(timespec="seconds")


def get(client: Client, address: str, language: str = "en", **fields: str) -> Response:
    """The answer to a call for `services.json` or the like."""
    return client.get(f"{BASE}/{address}", fields, headers={"accept-language": language})


def said(response: Response) -> Any:
    """What the answer says, as plain data; of XML, the root and its children by their names."""
    if response["Content-Type"].startswith("application/json"):
        return json.loads(response.content)
    return _plain(ET.fromstring(response.content))  # noqa: S314 (our own answer)


def errors(response: Response) -> list[tuple[int, str]]:
    """The codes and descriptions of a refusal, after a look at its form."""
    body = said(response)
    if response["Content-Type"].startswith("application/json"):
        rows = body
    else:
        assert list(body) == ["errors"]
        rows = [row["error"] for row in body["errors"]]
    assert rows
    assert all(set(row) == {"code", "description"} for row in rows)
    return [(int(row["code"]), row["description"]) for row in rows]


def _plain(element: ET.Element) -> Any:
    """An element as {name: text}, or {name: [children]} where it has any."""
    if len(element) == 0:
        return {element.tag: element.text or ""}
    children = [_plain(child) for child in element]
    if len({child.tag for child in element}) == 1 and element.tag in PLURALS:
        return {element.tag: children}
    return {element.tag: {name: value for child in children for name, value in child.items()}}


PLURALS = {
    "attributes",
    "endpoints",
    "errors",
    "formats",
    "service_requests",
    "services",
    "values",
}
