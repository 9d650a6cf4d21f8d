"""Conditions written so that PostgreSQL uses an index for them."""

from functools import reduce
from itertools import product
from operator import and_
from typing import Any

from django.db.models import BooleanField, Case, Exists, Q, Value, When


def alternatives(condition: Q) -> list[Q]:
    """Conditions without an OR in them, any of which is enough for the whole one. What is negated stays as it is.

    By an index PostgreSQL finds what meets each of them, and reads every row for an OR of many.
    """
    if condition.negated or condition.connector == Q.XOR:
        return [condition]
    parts = [_of_child(child) for child in condition.children]
    if condition.connector == Q.OR:
        return [one for part in parts for one in part]
    return [reduce(and_, chosen, Q()) for chosen in product(*parts)]


def _of_child(child: Any) -> list[Q]:
    return alternatives(child) if isinstance(child, Q) else [Q(child)]


def as_one(condition: Q) -> Case:
    """A condition of many parts as a single one, for what is read in the order of an index.

    PostgreSQL multiplies what it expects of the parts, as if none had to do with another. Soon it believes that next to
    nothing meets them all, reads whatever there is and sorts it, instead of walking the index as far as it has to. Of one
    that it cannot look into it expects half.
    """
    no, yes = Value(value=False), Value(value=True)
    return Case(When(condition, then=yes), default=no, output_field=BooleanField())


def unless(condition: Q) -> Case:
    """The opposite of a condition, in the same way."""
    no, yes = Value(value=False), Value(value=True)
    return Case(When(condition, then=no), default=yes, output_field=BooleanField())


class ExistsForEach(Exists):
    """EXISTS that is asked of each row by an index, and only of those that are read.

    Where PostgreSQL may choose, it reads all that could match into memory first: for a page of fifty every open pause of
    the city. An OFFSET takes that choice away and changes nothing else.
    """

    template = "EXISTS(%(subquery)s OFFSET 0)"
