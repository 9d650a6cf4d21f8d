"""Keyset pages: the same time at ten thousand rows and at a million, and no row skipped when others arrive."""

import json
from base64 import urlsafe_b64decode, urlsafe_b64encode
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any, Generic, TypeVar

from django.core.exceptions import ValidationError
from django.core.paginator import Paginator
from django.db.models import Field, Model, Q, QuerySet
from django.utils.functional import cached_property

from services.foundation import sealing

SALT = "foundation.pages"

Row = TypeVar("Row", bound=Model)


@dataclass(frozen=True, slots=True)
class Page(Generic[Row]):
    """One page of rows; `next_token` is "" on the last, `previous_token` on the first."""

    items: Sequence[Row]
    next_token: str
    previous_token: str = ""


class BoundedPaginator(Paginator[Any]):
    """Numbered pages for lists of the desk. It counts no further than COUNTED rows, so that a million take no longer."""

    COUNTED = 10_000

    @cached_property
    def count(self) -> int:
        """Return the number of rows, COUNTED for all that is more."""
        return int(self.object_list.order_by()[: self.COUNTED].count())  # type: ignore[attr-defined]


def keyset_page(
    queryset: QuerySet[Row],
    *,
    by: Sequence[str] = ("due_at", "id"),
    after: str = "",
    before: str = "",
    size: int = 50,
) -> Page[Row]:
    """Return the page that follows `after`, or ends before `before`; a token that is broken or of another list starts from the top.

    `by` names columns that are never null and together unique, "-" before one that runs downwards.
    """
    earlier = _page_before(queryset, by=by, before=before, size=size) if before else None
    if earlier:
        return earlier
    ordered = queryset.order_by(*by)
    values = _read_token(after, by=by, model=queryset.model)
    if values is not None:
        ordered = ordered.filter(_beyond(by, values))
    rows = list(ordered[: size + 1])
    following = _write_token(rows[size - 1], by=by) if len(rows) > size else ""
    previous = _write_token(rows[0], by=by) if values is not None and rows else ""
    return Page(items=rows[:size], next_token=following, previous_token=previous)


def _page_before(queryset: QuerySet[Row], *, by: Sequence[str], before: str, size: int) -> Page[Row] | None:
    """Return the page that ends before the token; None where it would be the first, which is better read from the top."""
    values = _read_token(before, by=by, model=queryset.model)
    if values is None:
        return None
    upwards = [_turned(name) for name in by]
    rows = list(queryset.order_by(*upwards).filter(_beyond(upwards, values))[: size + 1])
    if len(rows) <= size:
        return None
    items = rows[size - 1 :: -1]
    return Page(
        items=items,
        next_token=_write_token(items[-1], by=by),
        previous_token=_write_token(items[0], by=by),
    )


def _turned(name: str) -> str:
    return name.removeprefix("-") if name.startswith("-") else f"-{name}"


def _beyond(by: Sequence[str], values: Sequence[Any]) -> Q:
    """Build (a, b) > (x, y) so that an index over (a, b) serves it: a >= x and (a > x or (a = x and b > y))."""
    name, value = by[0].removeprefix("-"), values[0]
    direction = "lt" if by[0].startswith("-") else "gt"
    if len(by) == 1:
        return Q(**{f"{name}__{direction}": value})
    tie = Q(**{name: value}) & _beyond(by[1:], values[1:])
    return Q(**{f"{name}__{direction}e": value}) & (Q(**{f"{name}__{direction}": value}) | tie)


def _write_token(row: Model, *, by: Sequence[str]) -> str:
    """Where the page ended, sealed: a number of a row that can be read tells how many rows there are between two."""
    values = [getattr(row, name.removeprefix("-")) for name in by]
    plain = json.dumps([list(by), values], separators=(",", ":"), default=_written)
    return urlsafe_b64encode(sealing.seal(plain, bound_to=SALT)).decode().rstrip("=")


def _written(value: object) -> str:
    """Moments keep their microseconds, which Django's own encoder drops: rows would be skipped."""
    return value.isoformat() if isinstance(value, date) else str(value)


def _read_token(token: str, *, by: Sequence[str], model: type[Model]) -> list[Any] | None:
    if not token:
        return None
    try:
        sealed = urlsafe_b64decode(token + "=" * (-len(token) % 4))
        columns, values = json.loads(sealing.unseal(sealed, bound_to=SALT))
        if columns != list(by):
            return None
        return [_read_value(model, name, value) for name, value in zip(by, values, strict=True)]
    except (sealing.CannotUnseal, ValidationError, ValueError):
        return None


def _read_value(model: type[Model], name: str, value: Any) -> Any:
    """Turn what JSON kept of a column back into what the column holds."""
    field = model._meta.get_field(name.removeprefix("-"))
    if not isinstance(field, Field):
        raise TypeError(f"{name} is no column of {model.__name__}")
    return field.to_python(value)
