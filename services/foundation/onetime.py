"""One-time codes that people copy from paper or from a screen: twelve letters and digits, forgiving how they are typed."""

import secrets
from typing import Final

LETTERS: Final = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"
LENGTH: Final = 12
GROUP: Final = 4
_LOOKALIKES: Final = str.maketrans("OIL", "011")


def new() -> str:
    """A fresh code without its dashes: 60 random bits."""
    return "".join(secrets.choice(LETTERS) for _place in range(LENGTH))


def spelled(code: str) -> str:
    """The code as it is shown, e.g. "7K3F-9QXM-2E4T"."""
    return "-".join(code[start : start + GROUP] for start in range(0, LENGTH, GROUP))


def read(typed: str) -> str:
    """The code as it was made: small letters, spaces, dashes and look-alikes forgiven."""
    return "".join(filter(str.isalnum, typed.upper())).translate(_LOOKALIKES)
