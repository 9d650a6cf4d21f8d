"""What is typed before it is sent: sealed under a key that only the browser has, in the cache alone, gone after two hours.

No table, no session and no login knows of it. The key is the cookie itself: without it nobody, we included, can read what
lies there or tell whose it is.
"""

import json
import secrets
from base64 import urlsafe_b64decode, urlsafe_b64encode
from dataclasses import dataclass, field
from hashlib import sha256
from typing import Any, Final

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from django.conf import settings
from django.core.cache import cache
from django.http import HttpRequest, HttpResponse

COOKIE: Final = "bening_told"
PATH: Final = "/complaints/integrity/"
KEPT_SECONDS: Final = 2 * 60 * 60
#: How long the receipt can be looked at again.
RECEIPT_SECONDS: Final = 30 * 60
KEY_BYTES: Final = 32
NONCE_BYTES: Final = 12


@dataclass(slots=True)
class Draft:
    """The answers of each page by the name of their field, the evidence by the ids of its documents; after sending, the receipt."""

    key: bytes = field(default_factory=lambda: secrets.token_bytes(KEY_BYTES))
    answers: dict[str, Any] = field(default_factory=dict)
    files: list[str] = field(default_factory=list)
    done: list[str] = field(default_factory=list)
    receipt: dict[str, str] = field(default_factory=dict)

    @property
    def submission_key(self) -> str:
        """By which the same sending is known as one, and which tells nobody the key."""
        return f"integrity-{_derived(self.key, 'once').hex()[:40]}"


def of(request: HttpRequest) -> Draft | None:
    """The draft of this browser; None where it has none, or none any longer."""
    try:
        key = urlsafe_b64decode(request.COOKIES.get(COOKIE, "") + "=")
    except ValueError:
        return None
    kept = cache.get(_place(key)) if len(key) == KEY_BYTES else None
    if kept is None:
        return None
    try:
        text = _cipher(key).decrypt(kept[:NONCE_BYTES], kept[NONCE_BYTES:], None)
    except InvalidTag:
        return None
    return Draft(key=key, **json.loads(text))


def keep(draft: Draft, *, seconds: int = KEPT_SECONDS) -> None:
    """Put it into the cache, for so long from now."""
    kept = {name: getattr(draft, name) for name in ("answers", "files", "done", "receipt")}
    nonce = secrets.token_bytes(NONCE_BYTES)
    cache.set(
        _place(draft.key), nonce + _cipher(draft.key).encrypt(nonce, json.dumps(kept).encode(), None), seconds
    )


def remember(answer: HttpResponse, draft: Draft) -> None:
    """Give the browser the key; it ends with the browser, and goes to these pages alone."""
    answer.set_cookie(
        COOKIE,
        urlsafe_b64encode(draft.key).decode().rstrip("="),
        path=PATH,
        secure=settings.SESSION_COOKIE_SECURE,
        httponly=True,
        samesite="Lax",
    )


def forget(answer: HttpResponse, draft: Draft | None) -> None:
    """Throw the draft and its key away."""
    if draft is not None:
        cache.delete(_place(draft.key))
    answer.delete_cookie(COOKIE, path=PATH, samesite="Lax")


def _place(key: bytes) -> str:
    return f"complaints.integrity.draft.{_derived(key, 'place').hex()}"


def _cipher(key: bytes) -> AESGCM:
    return AESGCM(_derived(key, "seal"))


def _derived(key: bytes, purpose: str) -> bytes:
    return sha256(purpose.encode() + b"\0" + key).digest()
