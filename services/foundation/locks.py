"""Advisory locks of PostgreSQL that end with the transaction: one at a time for what has no row to lock."""

import hashlib

from django.db import connection


def transaction_lock(name: str) -> None:
    """Wait for the lock of this name and hold it until the transaction ends."""
    _require_transaction()
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_xact_lock(%s)", [_number(name)])


def try_transaction_lock(name: str) -> bool:
    """Take the lock of this name until the transaction ends, or say at once that another holds it."""
    _require_transaction()
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_try_advisory_xact_lock(%s)", [_number(name)])
        (taken,) = cursor.fetchone()
    return bool(taken)


def _require_transaction() -> None:
    if not connection.in_atomic_block:
        raise RuntimeError("a transaction lock outside a transaction would be released at once")


def _number(name: str) -> int:
    """Map a name to the signed 64 bits of an advisory lock."""
    return int.from_bytes(hashlib.sha256(name.encode()).digest()[:8], signed=True)
