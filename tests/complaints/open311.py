"""How a program of somebody else speaks to us: it asks by address and reads JSON or XML."""

import json
from typing import Any
from xml.etree import ElementTree as ET

from django.test import Client

BASE = "/open311/v2"
FORMATS = ("json", "xml")

Response = Any


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
