"""Crockford's base 32: letters and digits that can be read aloud and copied by hand, since I, L, O and U are left out."""

import secrets
from typing import Final

ALPHABET: Final = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"
#: What is typed for what was meant; applied to capital letters.
LOOK_ALIKES: Final = str.maketrans("OIL", "011")


def random(length: int) -> str:
    """So many random characters, 5 bits each."""
    return "".join(secrets.choice(ALPHABET) for _place in range(length))


def read(typed: str) -> str:
    """The characters that were meant: small letters, spaces, dashes and look-alikes forgiven."""
    return "".join(filter(str.isalnum, typed.upper())).translate(LOOK_ALIKES)


def grouped(characters: str, *, by: int = 4) -> str:
    """The characters in groups with dashes between them, e.g. "7K3F-9QXM-2E4T"."""
    return "-".join(characters[start : start + by] for start in range(0, len(characters), by))
