"""All writes to the government's facts. Each brings the rows to what is asked, and records what changed and only that."""

import datetime as dt
import hashlib
from collections.abc import Mapping, Sequence
from typing import Any

from django.db import models, transaction

from services.audit import operations as audit
from services.audit.actors import SYSTEM, Subject
from services.foundation.packs import Shape
from services.government import calendar, queries
from services.government.definition import (
    AgencyDefinition,
    DistrictDefinition,
    GovernmentDefinition,
    HolidayDefinition,
)
from services.government.models import Agency, District, Government, HolidayOverride
from services.outbox import operations as outbox


@transaction.atomic
def describe_government(
    *, definition: GovernmentDefinition, drawings: Mapping[str, Any], at: dt.datetime
) -> list[str]:
    """Set the name, look, contact and map of the one government. Returns a line when something changed."""
    said = _said(definition)
    said["tokens"] |= {"drawings": dict(drawings)}
    changed = _bring(Government.objects, {"id": 1}, said)
    _note("government.details.changed", changed, at=at)
    return changed


@transaction.atomic
def set_agencies(*, definitions: Sequence[AgencyDefinition], at: dt.datetime) -> list[str]:
    """Bring the agencies to these; one that is missing stops working, since cases and people still name it.

    A parent stands before its children. Returns one line for each agency that changed.
    """
    changed: list[str] = []
    for definition in definitions:
        said = _said(definition) | {"is_active": True, "contact": _said(definition.contact)}
        code, parent = said.pop("code"), said.pop("parent", None)
        said["parent"] = Agency.objects.get(code=parent) if parent else None
        changed += _bring(Agency.objects, {"code": code}, said)
    gone = Agency.objects.filter(is_active=True).exclude(code__in=[row.code for row in definitions])
    changed += [f"Agency {code}: no longer active" for code in gone.values_list("code", flat=True)]
    gone.update(is_active=False)
    _note("government.agencies.changed", changed, at=at)
    return changed


@transaction.atomic
def set_districts(*, definitions: Sequence[DistrictDefinition], at: dt.datetime) -> list[str]:
    """Bring the districts to these; one that is missing stays, since people live in it. One line for each change."""
    changed: list[str] = []
    for definition in definitions:
        said = _said(definition)
        code, parent = said.pop("code"), said.pop("parent", None)
        said["parent"] = District.objects.get(code=parent) if parent else None
        changed += _bring(District.objects, {"code": code}, said)
    _note("government.districts.changed", changed, at=at)
    return changed


@transaction.atomic
def set_holidays(*, definitions: Sequence[HolidayDefinition], at: dt.datetime) -> list[str]:
    """Bring the overrides of the working calendar to these, and no others. One line for each day that changed.

    Whoever keeps clocks hears of it by `government.calendar.changed` after the commit.
    """
    changed: list[str] = []
    for row in definitions:
        said = {"is_working": row.works, "name": _said(row.name)}
        changed += _bring(HolidayOverride.objects, {"date": row.date}, said)
    gone = HolidayOverride.objects.exclude(date__in=[row.date for row in definitions])
    changed += [f"HolidayOverride {date}: removed" for date in gone.values_list("date", flat=True)]
    gone.delete()
    _note("government.holidays.changed", changed, at=at)
    if changed:
        key = f"{at.isoformat()} {hashlib.sha256(repr(changed).encode()).hexdigest()}"
        outbox.publish("government.calendar.changed", {"changed": changed}, dedupe_key=key, at=at)
    return changed


def _said(definition: Shape) -> dict[str, Any]:
    return definition.model_dump(mode="json", exclude_none=True)


def _bring(rows: models.Manager[Any], key: Mapping[str, Any], said: Mapping[str, Any]) -> list[str]:
    """Make the row or change it where it differs; a line that names what changed, or none."""
    label = f"{rows.model.__name__} {next(iter(key.values()))}"
    row, is_new = rows.get_or_create(**key, defaults=dict(said))
    if is_new:
        return [f"{label}: added"]
    differing = [name for name, value in said.items() if getattr(row, name) != value]
    if not differing:
        return []
    for name in differing:
        setattr(row, name, said[name])
    row.save(update_fields=differing)
    return [f"{label}: changed {', '.join(differing)}"]


def _note(action: str, changed: list[str], *, at: dt.datetime) -> None:
    """Record the change, and let go of what the cache holds: now, and again once others can see the rows."""
    if not changed:
        return
    audit.record(
        action, actor=SYSTEM, subject=Subject("government", "1"), at=at, details={"changed": changed}
    )
    _forget()
    transaction.on_commit(_forget)


def _forget() -> None:
    calendar.forget_overrides()
    queries.forget_government()
