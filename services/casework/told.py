"""What the ladder and the heads left on a case: rungs passed, and each "Why?" with its answer."""

from collections.abc import Iterable, Mapping
from datetime import datetime
from typing import Any

from django.contrib.postgres.expressions import ArraySubquery
from django.db.models import OuterRef, QuerySet
from django.db.models.functions import JSONObject

from services.casework.models import Case, EscalationHop, SecondLook, WhyQuestion

HOP = ("clock", "clock_started_at", "percent", "tells", "passed_at")
WHY = ("words", "asked_at", "due_at", "answer", "answered_at")


def annotations() -> dict[str, ArraySubquery]:
    """Both, read with the case itself, without a query of their own; `hops_on` and `why_on` take them out again."""
    hops = _hops().filter(case=OuterRef("pk")).order_by("passed_at", "percent")
    asked = WhyQuestion.objects.filter(case=OuterRef("pk")).order_by("asked_at", "pk")
    return {
        "told_hops": ArraySubquery(hops.values(row=JSONObject(**{name: name for name in HOP}))),
        "told_why": ArraySubquery(
            asked.values(row=JSONObject(office="agency__short_name", **{name: name for name in WHY}))
        ),
    }


def hops_on(case: Case) -> list[EscalationHop]:
    """The rungs passed by a case that was read with `annotations`, the oldest first."""
    return [EscalationHop(**_dated(row)) for row in getattr(case, "told_hops", None) or ()]


def why_on(case: Case) -> list[dict[str, Any]]:
    """Every "Why?" of a case that was read with `annotations`, the oldest first."""
    rows = getattr(case, "told_why", None) or ()
    return [{**_dated(row), "agency": {"short_name": row["office"]}} for row in rows]


def hops_of(case: Case) -> list[EscalationHop]:
    """The rungs that a case has passed, the oldest first. One query."""
    return list(_hops().filter(case=case).order_by("passed_at", "percent"))


def why_of(case: Case) -> list[WhyQuestion]:
    """Every "Why?" asked of the head of the office about a case, the oldest first. One query."""
    asked = WhyQuestion.objects.filter(case=case)
    return list(asked.select_related("agency").order_by("asked_at", "pk"))


def _hops() -> QuerySet[EscalationHop]:
    """The rungs of the clocks of the case itself, without those of a person's look at a decision of the machine."""
    return EscalationHop.objects.exclude(clock__in=SecondLook.CLOCKS.values())


def open_why(cases: Iterable[int]) -> dict[int, WhyQuestion]:
    """The questions that still wait for an answer, by case. One query."""
    return {row.case_id: row for row in WhyQuestion.objects.filter(case__in=list(cases), answered_at=None)}


def _dated(row: Mapping[str, Any]) -> dict[str, Any]:
    """The row with its moments read."""
    return {
        name: datetime.fromisoformat(value) if value and name.endswith("_at") else value
        for name, value in row.items()
    }
