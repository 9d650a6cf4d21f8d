"""Links that carry a right and no name: made from what they are about with a key, so that nothing of them is stored."""

import base64
import hashlib
import hmac

from services.foundation import sealing

PURPOSE = "integrity.gift_question"
LENGTH = 12


def gift_token(reference: str) -> str:
    """The secret part of the link of one case: 60 bits in small letters and digits, which nobody guesses through a limit."""
    mac = sealing.blind_index(reference, purpose=PURPOSE)
    return base64.b32encode(mac).decode().lower()[:LENGTH]


def is_gift_token(reference: str, token: str) -> bool:
    """Whether this is the secret part of that case's link; takes the same time for every wrong one."""
    return hmac.compare_digest(gift_token(reference).encode(), token.lower().encode())


def digest_of(reference: str) -> bytes:
    """By what the used link is known: without the key nobody finds the case by it."""
    return hashlib.sha256(sealing.blind_index(reference, purpose=f"{PURPOSE}.used")).digest()
