"""Where a case stands, as a condition that an index over the statuses serves."""

from collections.abc import Callable, Collection

from django.db.models import Q

from services.casework import workflow
from services.casework.workflow import Workflow


def stands_in(statuses: Callable[[Workflow], Collection[str]]) -> Q:
    """The condition under which a case stands in one of these statuses of its workflow.

    The statuses are said once for all kinds, so that an index over them serves; where the same code means something else
    in another workflow, that one is left out.
    """
    found = [(flow, frozenset(statuses(flow))) for flow in workflow.every()]
    every = frozenset[str]().union(*(its for _flow, its in found))
    condition = Q(status__in=sorted(every))
    for flow, its in found:
        others = sorted(every.intersection(flow.by_code) - its)
        if others:
            condition &= ~Q(kind=flow.kind, status__in=others)
    return condition
