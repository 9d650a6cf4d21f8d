"""Four sweeps at once over one outage: each date moves once, with one event and one promise; the office's clocks stay."""

from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta

import pytest
from django.db import connections

from services.accounts.models import User
from services.audit.models import Event
from services.casework import operations as casework
from services.casework.models import Case, Outage
from services.casework.operations.moving import DATES_MOVED
from services.foundation import clock
from services.outbox import registry
from services.outbox.models import Message
from tests.factories import casework as cases
from tests.factories import outages as out

SWEEPS = 4


def sweep(_number: int) -> int:
    """Move dates in a thread of its own; returns of how many cases."""
    try:
        return casework.move_dates(at=clock.now())
    finally:
        connections.close_all()


@pytest.mark.django_db(transaction=True)
def test_however_many_sweeps_run_each_date_moves_once(citizen: User, intake: User) -> None:
    began = clock.now() - timedelta(hours=2)
    returned = [
        cases.returned_application(citizen, intake, at=began - timedelta(days=1)) for _each in range(3)
    ]
    promised = set(Case.objects.values_list("pk", "due_at", "place_at"))
    out.confirmed(begins_at=began, lasts=timedelta(hours=1))
    with ThreadPoolExecutor(SWEEPS) as workers:
        assert sum(workers.map(sweep, range(SWEEPS))) == len(returned)
    assert set(Case.objects.values_list("pk", "due_at", "place_at")) == promised
    for case in returned:
        assert case.outage_moves.get().after == Case.objects.get(pk=case.pk).applicant_due_at
    assert Event.objects.filter(action=DATES_MOVED).count() == len(returned)
    told = Message.objects.filter(topic=DATES_MOVED).count()
    assert told == len(returned) * len(registry.subscribers_of(DATES_MOVED))
    assert (Outage.objects.get().moved, Event.objects.filter(action="casework.outage.settled").count()) == (
        3,
        1,
    )
