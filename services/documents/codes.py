"""Verification codes of certificates, such as 7K3F-9QXM-2E8H: random, with a check character, forgiving when typed.

Eleven random characters of Crockford's base 32 (55 bits) and one check character, so that a slip is told from an unknown
paper and that guessing, slowed by the rate limit, finds nothing.
"""

import re

from django.utils.translation import gettext as _
from stdnum import luhn

from services.foundation import crockford
from services.foundation.crockford import ALPHABET
from services.foundation.errors import UnableTo

RANDOM_LENGTH = 11
LENGTH = RANDOM_LENGTH + 1

_ADDRESS = re.compile(r"^.*/verify/", re.IGNORECASE | re.DOTALL)


class MangledCode(UnableTo):
    """The text is no verification code, or one with a slip in it."""

    def __init__(self) -> None:
        super().__init__(
            _(
                "This code has a typing error. It looks like 7K3F-9QXM-2E8H; compare it with the code on the paper."
            ),
            code="mangled_code",
            field="code",
        )


def new() -> str:
    """Return a fresh code; the unique constraint of its certificate guards against a twin."""
    body = crockford.random(RANDOM_LENGTH)
    return crockford.grouped(body + luhn.calc_check_digit(body, ALPHABET))


def parse(text: str) -> str:
    """Return the canonical code; lower case, spaces, missing dashes, O/0, I/L/1 and a whole pasted address are forgiven."""
    compact = crockford.read(_ADDRESS.sub("", text.strip()))
    if len(compact) != LENGTH or not luhn.is_valid(compact, ALPHABET):
        raise MangledCode
    return crockford.grouped(compact)
