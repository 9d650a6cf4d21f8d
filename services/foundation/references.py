"""References of cases, such as P-7K3F9-QXM2E: random, never sequential, with a check character.

A kind letter, nine random characters of Crockford's base 32 and one check character (Luhn mod 32 over that alphabet).
Crockford leaves out I, L, O and U, so that a reference can be read aloud and copied by hand.
"""

import re
from collections.abc import Callable
from typing import TypeVar

from django.utils.translation import gettext as _
from stdnum import luhn

from services.foundation.crockford import ALPHABET, LOOK_ALIKES, grouped, random
from services.foundation.errors import UnableTo

RANDOM_LENGTH = 9
KIND_LETTERS = "PLC"
PATTERN = rf"[A-Z]-[{ALPHABET}]{{5}}-[{ALPHABET}]{{5}}"

Found = TypeVar("Found")

_SEPARATORS = re.compile(r"[\s_.\-\u2010-\u2014]+")


class MangledReference(UnableTo):
    """The text is no reference, or one with a slip in it: the check character says so at once."""

    def __init__(self) -> None:
        super().__init__(
            _(
                "This reference has a typing error. It looks like P-7K3F9-QXM2E; check it against your receipt."
            ),
            code="mangled_reference",
            field="reference",
        )


def new(letter: str) -> str:
    """Return a fresh reference of this kind; the caller's unique constraint guards against the rare twin (1 in 2^45)."""
    if len(letter) != 1 or letter not in KIND_LETTERS:
        raise ValueError(f"no kind of case has the letter {letter!r}")
    body = random(RANDOM_LENGTH)
    return _written(letter, body + luhn.calc_check_digit(body, ALPHABET))


def parse(text: str) -> str:
    """Return the canonical form of a typed reference; lower case, spaces, missing dashes, O/0 and I/L/1 are forgiven."""
    compact = _SEPARATORS.sub("", text).upper()
    letter, body = compact[:1], compact[1:].translate(LOOK_ALIKES)
    if letter not in KIND_LETTERS or len(body) != RANDOM_LENGTH + 1 or not luhn.is_valid(body, ALPHABET):
        raise MangledReference
    return _written(letter, body)


def look_up(typed: str, find: Callable[[str], Found | None]) -> Found | None:
    """Return what `find` finds for the reference as it was typed; None where it is mangled, as where there is nothing."""
    try:
        return find(parse(typed))
    except MangledReference:
        return None


def _written(letter: str, body: str) -> str:
    return f"{letter}-{grouped(body, by=5)}"
