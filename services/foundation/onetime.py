"""One-time codes that people copy from paper or from a screen: twelve letters and digits, forgiving how they are typed."""

from typing import Final

from services.foundation import crockford

LENGTH: Final = 12


def new() -> str:
    """A fresh code without its dashes: 60 random bits."""
    return crockford.random(LENGTH)


def spelled(code: str) -> str:
    """The code as it is shown, e.g. "7K3F-9QXM-2E4T"."""
    return crockford.grouped(code)


def read(typed: str) -> str:
    """The code as it was made: small letters, spaces, dashes and look-alikes forgiven."""
    return crockford.read(typed)
