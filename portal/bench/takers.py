"""Sixteen officers who take the next case at once, each in a process of their own, as a server has them."""

import multiprocessing
from dataclasses import dataclass, replace
from datetime import datetime
from multiprocessing.queues import SimpleQueue
from multiprocessing.synchronize import Barrier
from os import cpu_count
from time import perf_counter
from typing import Any

from django.db import connection, connections

from portal.bench import staff
from services.accounts.models import Hat, User
from services.casework import operations as casework
from services.casework import queries
from services.foundation.errors import UnableTo
from services.government.models import Agency


@dataclass(frozen=True, slots=True)
class Taken:
    """What one officer was given (0 for nothing, and why), and after how many milliseconds."""

    case: int = 0
    ms: float = 0.0
    refusal: str = ""


def measured(*, at: datetime) -> dict[str, Any]:
    """Each alone, so that everything is warm; then all at once: how many different cases, whether the first of the queue, how long."""
    agency = staff.busiest()
    officers = staff.at_once(agency)
    alone = [_take(officer, agency, at) for officer in officers]
    queue = queries.waiting_for(agency=agency, hat=Hat.INTAKE, user=officers[0], at=at)
    first = set(queue.values_list("pk", flat=True)[: len(officers)])
    taken = _together(officers, agency, at)
    return {
        "officers": len(officers),
        "cores": cpu_count(),
        "different": len({one.case for one in taken if one.case}),
        "in_order": {one.case for one in taken} == first,
        "ms_alone": round(max(one.ms for one in alone[1:]), 1),
        "ms_at_once": round(max(one.ms for one in taken), 1),
        "refused": sorted({one.refusal for one in [*alone, *taken] if one.refusal}),
    }


def _take(officer: User, agency: Agency, at: datetime) -> Taken:
    began = perf_counter()
    try:
        case = casework.take_next_case(actor=officer, agency=agency, hat=Hat.INTAKE, at=at).pk
        taken = Taken(case=case)
    except UnableTo as refusal:
        taken = Taken(refusal=str(refusal.message))
    return replace(taken, ms=(perf_counter() - began) * 1000)


def _together(officers: list[User], agency: Agency, at: datetime) -> list[Taken]:
    """One process and one connection for each, which has read the queue before, all held back until the last is there."""
    connections.close_all()
    fork = multiprocessing.get_context("fork")
    barrier, results = fork.Barrier(len(officers)), fork.SimpleQueue()
    processes = [
        fork.Process(target=_take_with_others, args=(officer, agency, at, barrier, results))
        for officer in officers
    ]
    for process in processes:
        process.start()
    found = [results.get() for _ in processes]
    for process in processes:
        process.join()
    return found


def _take_with_others(
    officer: User, agency: Agency, at: datetime, barrier: Barrier, results: "SimpleQueue[Taken]"
) -> None:
    queries.waiting_for(agency=agency, hat=Hat.INTAKE, user=officer, at=at).first()
    barrier.wait()
    results.put(_take(officer, agency, at))
    connection.close()
