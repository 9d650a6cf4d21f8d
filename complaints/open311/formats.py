"""An answer as JSON or as XML: the same data, mapped by the Spark convention that GeoReport v2 asks for.

A container whose children all have one name (`<services><service>…`) is a list in JSON; what is empty is an empty element
in XML and null in JSON. There is no namespace and no schema.
"""

import json
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, Final
from xml.etree import ElementTree as ET

from django.http import HttpResponse

#: What is repeated in each container.
INSIDE: Final = {
    "attributes": "attribute",
    "endpoints": "endpoint",
    "errors": "error",
    "formats": "format",
    "service_requests": "request",
    "services": "service",
    "values": "value",
}
CONTENT_TYPES: Final = {"json": "application/json; charset=utf-8", "xml": "text/xml; charset=utf-8"}
DECLARATION: Final = b'<?xml version="1.0" encoding="utf-8"?>\n'
#: What XML 1.0 (section 2.2) has no character for.
NOT_IN_XML: Final = re.compile("[^\t\n\r\u0020-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")


@dataclass(frozen=True, slots=True)
class Answer:
    """What is answered: the name of the root element, and a mapping or a list of them."""

    root: str
    value: Mapping[str, Any] | Sequence[Mapping[str, Any]]
    status: int = 200
    headers: Mapping[str, str] = field(default_factory=dict)


def rendered(answer: Answer, form: str) -> HttpResponse:
    """The response in "json" or "xml"."""
    body = as_json(answer) if form == "json" else as_xml(answer)
    return HttpResponse(
        body, content_type=CONTENT_TYPES[form], status=answer.status, headers=dict(answer.headers)
    )


def as_json(answer: Answer) -> bytes:
    """UTF-8 JSON, without the name of the root."""
    return json.dumps(answer.value, ensure_ascii=False).encode()


def as_xml(answer: Answer) -> bytes:
    """UTF-8 XML with its declaration."""
    root = _element(answer.root, answer.value)
    body: bytes = ET.tostring(root, encoding="utf-8", short_empty_elements=False)
    return DECLARATION + body


def _element(name: str, value: Any) -> ET.Element:
    element = ET.Element(name)
    if isinstance(value, Mapping):
        element.extend(_element(key, inner) for key, inner in value.items())
    elif isinstance(value, list):
        element.extend(_element(INSIDE[name], inner) for inner in value)
    else:
        element.text = _text(value)
    return element


def _text(value: str | float | bool | None) -> str:  # noqa: FBT001 (one of the kinds of value)
    if value is None:
        return ""
    if isinstance(value, bool):
        return str(value).lower()
    return NOT_IN_XML.sub("\ufffd", str(value))
