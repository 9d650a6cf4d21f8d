"""Sixteen officers who take the next case at once, each by a connection of their own."""

from dataclasses import dataclass
from datetime import datetime
from threading import Barrier, Thread
from time import perf_counter
from typing import Any

from django.db import connection

from portal.bench import staff
from services.accounts.models import Hat, User
from services.casework import operations as casework
from services.casework import queries
from services.foundation.errors import UnableTo
from services.government.models import Agency


@dataclass(slots=True)
class Taker:
    """One officer, what they were given, and after how many milliseconds."""

    officer: User
    case: int = 0
    ms: float = 0.0
    refusal: str = ""

    def take(self, agency: Agency, barrier: Barrier, at: datetime) -> None:
        """Wait for the others, then take."""
        connection.ensure_connection()
        barrier.wait()
        began = perf_counter()
        try:
            self.case = casework.take_next_case(actor=self.officer, agency=agency, hat=Hat.INTAKE, at=at).pk
        except UnableTo as refusal:
            self.refusal = str(refusal.message)
        self.ms = (perf_counter() - began) * 1000
        connection.close()


def measured(*, at: datetime) -> dict[str, Any]:
    """Once alone, so that everything is warm; then all at once: how many different cases, whether the first of the queue, how long."""
    agency = staff.busiest()
    takers = [Taker(officer) for officer in staff.at_once(agency)]
    alone = [_together([Taker(taker.officer)], agency, at)[0] for taker in takers]
    queue = queries.waiting_for(agency=agency, hat=Hat.INTAKE, user=takers[0].officer, at=at)
    first = set(queue.values_list("pk", flat=True)[: len(takers)])
    taken = _together(takers, agency, at)
    return {
        "officers": len(takers),
        "different": len({taker.case for taker in taken if taker.case}),
        "in_order": {taker.case for taker in taken} == first,
        "ms_alone": round(max(taker.ms for taker in alone[1:]), 1),
        "ms_at_once": round(max(taker.ms for taker in taken), 1),
        "refused": sorted({taker.refusal for taker in [*alone, *taken] if taker.refusal}),
    }


def _together(takers: list[Taker], agency: Agency, at: datetime) -> list[Taker]:
    barrier = Barrier(len(takers))
    threads = [Thread(target=taker.take, args=(agency, barrier, at)) for taker in takers]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return takers
