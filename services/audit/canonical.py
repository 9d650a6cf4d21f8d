"""The one way in which a payload is written before it is hashed, and the commitment to it.

Canonical JSON: keys sorted, no spaces, UTF-8, no NaN; dates in ISO 8601, UUIDs and decimals as text. The commitment is
SHA-256(salt || payload) with 32 random bytes of salt, so that nobody can guess a short payload from it.
"""

import hashlib
import json
import secrets
from collections.abc import Mapping
from datetime import UTC, date, datetime
from decimal import Decimal
from enum import Enum
from typing import Any
from uuid import UUID

SALT_LENGTH = 32


def canonical(payload: Mapping[str, Any]) -> str:
    """Write a payload canonically; equal payloads give equal text on every machine."""
    return json.dumps(
        payload, sort_keys=True, separators=(",", ":"), ensure_ascii=False, allow_nan=False, default=_plain
    )


def instant(moment: datetime) -> str:
    """Write an aware moment in UTC with microseconds: 2026-03-30T07:05:00.000000Z."""
    if moment.tzinfo is None:
        raise ValueError("a moment in the record needs its time zone")
    return moment.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%S.%fZ")


def new_salt() -> bytes:
    """Return fresh salt for one event."""
    return secrets.token_bytes(SALT_LENGTH)


def commitment(*, salt: bytes, payload: str) -> bytes:
    """Return the 32 bytes that bind an event to its payload without telling it."""
    return hashlib.sha256(salt + payload.encode()).digest()


def _plain(value: object) -> str:
    if isinstance(value, datetime):
        return instant(value)
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, UUID | Decimal):
        return str(value)
    if isinstance(value, Enum):
        return str(value.value)
    if hasattr(value, "__html__") or hasattr(value, "_proxy____cast"):
        return str(value)
    raise TypeError(f"{type(value).__name__} cannot stand in the record")
