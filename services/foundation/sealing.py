"""Encryption of the few values that must not stand in clear, and blind indexes to find them again.

A sealed value is AES-256-GCM: one byte for the format, the key id, a random nonce, the ciphertext with its tag. What it is
bound to (table, row, field) is authenticated with it, so that a value copied into another row does not open there.
"""

import hashlib
import hmac
import os

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from django.conf import settings

FORMAT = 1
NONCE_LENGTH = 12


class CannotUnseal(Exception):
    """The value was changed, moved to another row, or sealed under a key that we no longer hold."""


def seal(plain: str, *, bound_to: str) -> bytes:
    """Encrypt a text under the current key; `bound_to` names its place, e.g. "person:<uuid>:nik"."""
    key_id = settings.SEALING_KEY_ID
    header = bytes([FORMAT, len(key_id.encode())]) + key_id.encode()
    nonce = os.urandom(NONCE_LENGTH)
    body = AESGCM(settings.SEALING_KEYS[key_id]).encrypt(nonce, plain.encode(), header + bound_to.encode())
    return header + nonce + body


def unseal(token: bytes | memoryview, *, bound_to: str) -> str:
    """Decrypt what `seal` made for the same place, under whichever key it was made."""
    token = bytes(token)
    if len(token) < 2 + NONCE_LENGTH or token[0] != FORMAT:
        raise CannotUnseal("not a sealed value")
    end = 2 + token[1]
    header, nonce, body = token[:end], token[end : end + NONCE_LENGTH], token[end + NONCE_LENGTH :]
    key = settings.SEALING_KEYS.get(header[2:].decode(errors="replace"))
    if key is None:
        raise CannotUnseal("sealed under a key that is not in SEALING_KEYS")
    try:
        return AESGCM(key).decrypt(nonce, body, header + bound_to.encode()).decode()
    except (InvalidTag, ValueError) as problem:
        raise CannotUnseal("changed, or bound to another place") from problem


def blind_index(value: str, *, purpose: str) -> bytes:
    """Return 32 bytes by which equal values find each other without being readable (HMAC-SHA-256 under its own key)."""
    return hmac.digest(settings.BLIND_INDEX_KEY, f"{purpose}\x00{value}".encode(), hashlib.sha256)
