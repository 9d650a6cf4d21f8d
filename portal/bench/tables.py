"""Which tables hang on a case, so that a case is multiplied whole: what a later service adds is found by itself."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any, Final

from django.apps import apps
from django.db import models

from licensing.models import Business
from services.accounts.models import User
from services.audit.models import Event, Payload
from services.casework.models import Case
from services.documents.models import Certificate

CASE: Final = Case._meta.db_table
EVENT: Final = Event._meta.db_table
PAYLOAD: Final = Payload._meta.db_table
#: The database fills it: the transaction that writes an event.
FILLED: Final = frozenset({(EVENT, "xact")})
#: Rows that no copy has: a photo belongs to one note alone.
LEFT_OUT: Final = {"casework_noted": "photo_id IS NOT NULL"}
EVENTS: Final = "SELECT id FROM audit_event WHERE subject_kind = 'case' AND subject_key = %(reference)s"


@dataclass(frozen=True, slots=True)
class Column:
    """A column: the `type` of its field, its `default` of Python if it has a fixed one, and what it points at."""

    name: str
    type: str
    is_key: bool
    points_at: str


@dataclass(frozen=True, slots=True)
class Table:
    """A table, and the condition on its rows that hang on one case (by %(case)s and %(reference)s)."""

    name: str
    columns: tuple[Column, ...]
    condition: str

    @property
    def is_numbered(self) -> bool:
        """Whether a sequence gives its keys."""
        return any(column.is_key and column.type == "BigAutoField" for column in self.columns)

    @property
    def names(self) -> str:
        """The names of its columns, as SQL lists them."""
        return ", ".join(f'"{column.name}"' for column in self.columns)


def of_a_case() -> list[Table]:
    """Every table whose rows belong to one case, each after those that it points at."""
    found = dict(_hanging())
    by_name = {model._meta.db_table: model for model in found}
    ordered: list[type[models.Model]] = []
    while len(ordered) < len(found):
        ordered += [
            model
            for model in found
            if model not in ordered and not (_pointed_at(model) & by_name.keys()) - _names(ordered, model)
        ]
    return [
        Table(model._meta.db_table, _columns(model, by_name.keys()), condition)
        for model, condition in ((each, found[each]) for each in ordered)
    ]


def _hanging() -> Iterator[tuple[type[models.Model], str]]:
    """The models with the conditions of their rows: by a required foreign key to the case, or to what hangs on it."""
    yield Case, "id = %(case)s"
    seen: set[type[models.Model]] = {Case}
    frontier: list[tuple[type[models.Model], str]] = [(Case, "SELECT %(case)s::bigint")]
    while frontier:
        target, keys = frontier.pop(0)
        for model, field in _requiring(target):
            if model in seen:
                continue
            seen.add(model)
            condition = f"{field.column} IN ({keys})"
            if model._meta.db_table in LEFT_OUT:
                condition += f" AND NOT ({LEFT_OUT[model._meta.db_table]})"
            yield model, condition
            own = f"SELECT {model._meta.pk.column} FROM {model._meta.db_table} WHERE {condition}"  # noqa: S608 (names of ours)
            frontier.append((model, own))
    yield Certificate, "reference = %(reference)s"
    owned = "SELECT business_id FROM licensing_licenceapplication WHERE case_id = %(case)s"
    yield Business, f"id IN ({owned})"
    members = Business._meta.get_field("members").related_model
    yield members, f"business_id IN ({owned})"
    yield Event, "subject_kind = 'case' AND subject_key = %(reference)s"
    yield Payload, f"event_id IN ({EVENTS})"


def _requiring(target: type[models.Model]) -> Iterator[tuple[type[models.Model], Any]]:
    """Models with a foreign key to the target that is never empty."""
    for model in apps.get_models():
        for field in model._meta.concrete_fields:
            if field.related_model is target and not field.null:
                yield model, field


def _pointed_at(model: type[models.Model]) -> set[str]:
    return {
        field.related_model._meta.db_table for field in model._meta.concrete_fields if field.related_model
    }


def _names(done: list[type[models.Model]], model: type[models.Model]) -> set[str]:
    return {each._meta.db_table for each in (*done, model)}


def _columns(model: type[models.Model], multiplied: Any) -> tuple[Column, ...]:
    return tuple(
        Column(
            name=str(field.column),
            type=field.get_internal_type(),
            is_key=field.primary_key and not field.related_model,
            points_at=_points_at(field, multiplied),
        )
        for field in model._meta.concrete_fields
        if (model._meta.db_table, field.column) not in FILLED
    )


def _points_at(field: Any, multiplied: Any) -> str:
    """The table whose key stands here: that of the case, for a row that is one with it."""
    target = field.related_model
    while target and target._meta.pk.related_model:
        target = target._meta.pk.related_model
    if not target:
        return ""
    table = str(target._meta.db_table)
    return table if table in multiplied or target is User else ""
