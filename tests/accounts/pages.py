"""How tests read an answer."""

from typing import Any


def landed(response: Any) -> str:
    """Where an answer sends the reader; fails for a page that sends nowhere, telling what it found wrong."""
    context = getattr(response, "context", None)
    form = context.get("form") if context else None
    assert response.status_code == 302, (response.status_code, form and form.errors)
    return str(response.headers["Location"])
