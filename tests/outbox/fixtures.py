"""`deliver_outbox()`: keep every promise that is due, as relay and worker would, until none is left."""

from collections.abc import Callable

import pytest

from services.foundation import clock
from services.outbox import delivery, queries

MOST = 1000


@pytest.fixture
def deliver_outbox() -> Callable[[], int]:
    """Deliver what is due in this process; what a subscriber promises in turn is delivered too. Returns how many."""

    def deliver() -> int:
        kept = 0
        tried: set[int] = set()
        while waiting := [
            id_ for id_ in queries.due(clock.now()).values_list("id", flat=True) if id_ not in tried
        ]:
            assert len(tried) < MOST, "subscribers promise to each other without end"
            for message_id in waiting:
                tried.add(message_id)
                kept += delivery.deliver(message_id)
        return kept

    return deliver
