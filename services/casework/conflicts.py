"""From which cases a conflict of interest keeps an officer: by their own numbers, by their register, or since they stepped back.

A name alone never does. The database keeps the surest of these itself (migration 0005 of services/integrity).
"""

from collections.abc import Callable
from datetime import datetime
from functools import reduce
from operator import or_
from typing import Any, Final

from django.db.models import Exists, OuterRef, Q, QuerySet

from services.accounts.models import Person, User
from services.casework.models import Case
from services.integrity.conflicts import queries as integrity
from services.integrity.models import Interest, Rule

#: Which cases are for a business that somebody declared, by the kind of case.
_businesses: Final[dict[str, Callable[[QuerySet[Interest]], Q]]] = {}


def register_businesses(kind: str, condition: Callable[[QuerySet[Interest]], Q]) -> None:
    """Make known which cases of a kind are for one of the declared businesses; done in `apps.py`."""
    _businesses[kind] = condition


def conditions(user: User, *, at: datetime) -> dict[Rule, Q]:
    """The condition of each rule under which this officer stays away from a case."""
    own = Person.objects.filter(user=user, is_own=True)
    declared = integrity.in_force(user, at=at)
    niks = declared.filter(nik_index__isnull=False).values("nik_index")
    phones = declared.exclude(phone="").values("phone")
    helpers = Person.objects.filter(user=OuterRef("helper"), is_own=True)
    rules = {
        Rule.RECUSED: Q(reference__in=integrity.recused_from(user)),
        Rule.OWN_NIK: _persons(own.filter(nik_index__isnull=False).values("nik_index")),
        Rule.NIK: _persons(niks) | Q(Exists(helpers.filter(nik_index__in=niks))),
        Rule.PHONE: Q(Exists(_applicant().filter(phone__in=phones)))
        | Q(Exists(_applicant().filter(user__phone__in=phones)))
        | Q(Exists(User.objects.filter(pk=OuterRef("helper"), phone__in=phones))),
        Rule.COMPANY: reduce(
            or_,
            (Q(kind=kind) & condition(declared) for kind, condition in _businesses.items()),
            Q(pk__in=[]),
        ),
    }
    if user.phone:
        rules[Rule.OWN_PHONE] = Q(Exists(_applicant().filter(phone=user.phone)))
    return rules


def any_of(user: User, *, at: datetime) -> Q:
    """The condition under which any rule keeps this officer away from a case."""
    return reduce(or_, conditions(user, at=at).values())


def rule_of(user: User, case: Case, *, at: datetime) -> Rule | None:
    """The rule that keeps this officer away from this case; None for none, after one query."""
    found = Case.objects.filter(pk=case.pk)
    if not found.filter(any_of(user, at=at)).exists():
        return None
    rules = conditions(user, at=at).items()
    return next((rule for rule, condition in rules if found.filter(condition).exists()), None)


def _applicant() -> QuerySet[Person]:
    return Person.objects.filter(pk=OuterRef("applicant"))


def _persons(niks: QuerySet[Any, Any]) -> Q:
    return Q(Exists(_applicant().filter(nik_index__in=niks)))
