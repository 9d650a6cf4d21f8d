"""Which checks there are, and what one of them answers."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Final, Protocol

import structlog
from django.db import Error as DatabaseProblem
from django.db.models import Q
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from services.casework.models import Case, CheckResult
from services.catalogue import checks as catalogue
from services.foundation import texts

log = structlog.get_logger(__name__)

Result = CheckResult.Result


@dataclass(frozen=True, slots=True)
class Finding:
    """What a check found: its result, and a sentence in each language of the portal."""

    result: Result
    words: Mapping[str, str]


class Look(Protocol):
    """One check: reads what it needs, writes nothing, and answers the same for the same facts."""

    def __call__(self, case: Case, at: datetime) -> Finding:
        """What is found about this case at this moment."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Check:
    """A check by its name in the pack. `title` says on the decision what was looked at.

    `asks_outside` is for one that asks another house over the network: it is never run while the case is locked.
    `is_asked_again` is for one that costs no query and whose facts may change while the case waits: the desk sees it as
    it is now.
    """

    name: str
    title: Promise
    look: Look
    asks_outside: bool = False
    is_asked_again: bool = False


_checks: Final[dict[str, Check]] = {}
_holders: Final[dict[str, Callable[[Case], Q]]] = {}


def register(*checks: Check) -> None:
    """Make checks known, so that a pack may name them; done in `apps.py`."""
    for check in checks:
        _checks[check.name] = check
    catalogue.declare(check.name for check in checks)


def unregister(name: str) -> None:
    """Take a check out again; for tests that bring their own."""
    _checks.pop(name, None)


def named(name: str) -> Check | None:
    """The check of this name; None where this release has it no longer (a case keeps its version)."""
    return _checks.get(name)


def register_holder(kind: str, same: Callable[[Case], Q]) -> None:
    """Make known which cases have the same holder, where that is not simply the applicant (a business); in `apps.py`."""
    _holders[kind] = same


def same_holder(case: Case) -> Q:
    """The condition under which another case is of the same holder: the same person, by login or by NIK, or what its kind says."""
    return _holders[case.kind](case) if case.kind in _holders else same_person(case)


def same_person(case: Case) -> Q:
    """The condition under which another case is of the same human being."""
    applicant = case.applicant
    if applicant is None:
        return Q(pk__in=[])
    same = Q(applicant=applicant)
    if applicant.user_id:
        same |= Q(applicant__user=applicant.user_id)
    if applicant.nik_index is not None:
        same |= Q(applicant__nik_index=applicant.nik_index)
    return same


def passed(words: Promise, **values: Any) -> Finding:
    """It is as it should be."""
    return Finding(Result.PASSED, texts.in_every_language(words, **values))


def failed(words: Promise, **values: Any) -> Finding:
    """It is not as it should be."""
    return Finding(Result.FAILED, texts.in_every_language(words, **values))


def unknown(words: Promise, **values: Any) -> Finding:
    """It cannot be said."""
    return Finding(Result.UNKNOWN, texts.in_every_language(words, **values))


def carry_out(name: str, case: Case, *, at: datetime) -> Finding:
    """What a check finds. One that is not there any more, or breaks, knows nothing; a broken database is told to the caller."""
    check = named(name)
    if check is None:
        return unknown(_("This release of the portal cannot carry out this check."))
    try:
        return check.look(case, at)
    except DatabaseProblem:
        raise
    except Exception:
        log.exception("casework.check.broken", check=name, reference=case.reference)
        return unknown(_("The check could not be carried out."))
