"""How many queries a page of the desk takes, and how long: the same officer, the same page, at any number of cases."""

from collections.abc import Callable
from dataclasses import asdict, dataclass
from datetime import datetime
from statistics import median
from time import perf_counter
from typing import Any, Final

from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from portal.bench import staff
from services.accounts.models import User
from services.casework import finding, workload
from services.casework.models import Case

WARM_UPS: Final = 3
TIMES: Final = 11
WORDS: Final = "Diponegoro"


@dataclass(frozen=True, slots=True)
class Page:
    """What a page took: queries, and milliseconds in the middle of TIMES loads, in all and of these in the database."""

    queries: int
    ms: float
    database_ms: float


def measured(*, at: datetime) -> dict[str, dict[str, Any]]:
    """The pages of the officer who takes in applications in the busiest office, and the first page of who supervises."""
    intake = staff.at_once(staff.busiest())[0]
    supervisor = staff.supervisor(staff.busiest())
    office = workload.office_of(intake, at=at)
    case = workload.open_cases(office).filter(workload.actionable(office, at=at)).order_by(*workload.ORDER)[0]
    found = {"find": finding.sealed(WORDS, office=office)}
    queue, first = reverse("admin:casework_case_changelist"), reverse("admin:index")
    pages = {
        "queue page": (intake, queue, {}),
        "first page": (intake, first, {}),
        "first page of a supervisor": (supervisor, first, {}),
        "case page": (intake, reverse("admin:casework_case_change", args=[case.reference]), {}),
        "search by words": (intake, queue, found),
        "search by reference": (intake, queue, {"find": finding.sealed(_ended().reference, office=office)}),
    }
    return {name: asdict(_page(*page)) for name, page in pages.items()}


def _ended() -> Case:
    """A case of the busiest office that ended."""
    return Case.objects.filter(agency=staff.busiest(), closed_at__isnull=False).order_by("pk")[0]


def _page(reader: User, address: str, asked: dict[str, str]) -> Page:
    client = Client(headers={"host": "localhost"})
    client.force_login(reader)

    def load() -> tuple[float, float, int]:
        began = perf_counter()
        with CaptureQueriesContext(connection) as captured:
            response = client.get(address, asked)
        if response.status_code != 200:  # noqa: PLR2004 (OK)
            raise RuntimeError(f"{address} answered {response.status_code}")
        spent = sum(float(query["time"]) for query in captured.captured_queries)
        return (perf_counter() - began) * 1000, spent * 1000, len(captured)

    return _middle(load)


def _middle(load: Callable[[], tuple[float, float, int]]) -> Page:
    for _ in range(WARM_UPS):
        load()
    loads = [load() for _ in range(TIMES)]
    return Page(
        queries=loads[-1][2],
        ms=round(median(row[0] for row in loads), 1),
        database_ms=round(median(row[1] for row in loads), 1),
    )
