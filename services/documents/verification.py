"""What can be said of a paper that somebody holds: rules only, on what the register and the file say."""

from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from typing import Any

from services.documents.models import Certificate


class Verdict(StrEnum):
    """What the reader is told."""

    VALID = "valid"
    NOT_YET = "not_yet"
    EXPIRED = "expired"
    SUSPENDED = "suspended"
    REVOKED = "revoked"
    ALTERED = "altered"
    UNKNOWN = "unknown"


class Why(StrEnum):
    """Why a file is refused, where there is more to say than the verdict."""

    NOTHING = ""
    UNREADABLE = "unreadable"
    CHANGED = "changed"
    ADDED_TO = "added_to"
    FOREIGN = "foreign"
    UNSIGNED = "unsigned"


@dataclass(frozen=True)
class Verification:
    """The answer. `certificate` is there only when the paper is one of ours and whole; `by_file` says what was checked."""

    verdict: Verdict
    certificate: Certificate | None = None
    why: Why = Why.NOTHING
    by_file: bool = False


@dataclass(frozen=True)
class Signature:
    """What is true of one signature in a file, from `children/check_signature.py`."""

    fingerprint: str
    is_intact: bool
    is_trusted: bool
    is_whole: bool


def standing_of(certificate: Certificate, *, today: date) -> Verdict:
    """What a signed certificate is worth on this day, even before beat has marked it expired."""
    if certificate.standing == Certificate.Standing.REVOKED:
        return Verdict.REVOKED
    if certificate.standing == Certificate.Standing.EXPIRED:
        return Verdict.EXPIRED
    if certificate.valid_until and certificate.valid_until < today:
        return Verdict.EXPIRED
    if certificate.standing == Certificate.Standing.SUSPENDED:
        return Verdict.SUSPENDED
    return Verdict.NOT_YET if certificate.valid_from > today else Verdict.VALID


def signatures_from(facts: dict[str, Any]) -> list[Signature]:
    """The signatures of a file as the child found them."""
    return [Signature(**each) for each in facts["signatures"]]


def judge_file(
    signatures: list[Signature], *, known: Certificate | None, ours: frozenset[str], today: date
) -> Verification:
    """Judge a file by its signatures and by `known`, the certificate whose very bytes it is.

    Ours is a file with exactly one signature, made with the key that we recorded when we signed it (`ours`: the fingerprints
    of all our keys), over every byte. A paper of ours with anything added, taken away or changed is altered, whoever else
    may have signed it too.
    """
    if not signatures:
        return Verification(Verdict.UNKNOWN, why=Why.UNSIGNED, by_file=True)
    made_by_us = [each for each in signatures if each.fingerprint in ours]
    if not made_by_us:
        return Verification(Verdict.UNKNOWN, why=Why.FOREIGN, by_file=True)
    if not all(each.is_intact for each in made_by_us):
        return Verification(Verdict.ALTERED, why=Why.CHANGED, by_file=True)
    if len(signatures) > 1 or not made_by_us[0].is_whole:
        return Verification(Verdict.ALTERED, why=Why.ADDED_TO, by_file=True)
    if known is None or not _is_by(known, made_by_us[0]):
        return Verification(Verdict.UNKNOWN, by_file=True)
    return Verification(standing_of(known, today=today), certificate=known, by_file=True)


def _is_by(known: Certificate, signature: Signature) -> bool:
    """Whether the signature is the recorded one, by a certificate that our roots vouched for when it signed."""
    return signature.is_trusted and signature.fingerprint == known.signer_fingerprint
