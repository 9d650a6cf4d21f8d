"""The table of a bench: what grew with the number of cases breaks its bound, and says so."""

from typing import Any

import pytest

from portal.bench import table


def measured(
    cases: int, *, queue: float = 100.0, queries: int = 8, slowest: float = 40.0, clocks: int = 110_000
) -> dict[str, Any]:
    page = {"queries": queries, "ms": queue, "database_ms": 20.0}
    return {
        "cases": cases,
        "pages": dict.fromkeys((*table.BOUND, "search by words"), page),
        "take_next": {
            "officers": 16,
            "cores": 2,
            "different": 16,
            "in_order": True,
            "ms_alone": 20.0,
            "ms_at_once": slowest,
        },
        "sweep": {"clocks": clocks, "seconds": 50.0, "megabytes": 180},
    }


def kept(large: dict[str, Any]) -> dict[str, bool | None]:
    return {line[0]: line[4] for line in table.lines(measured(10_000), large)}


def test_every_bound_can_be_kept_and_what_has_none_is_told() -> None:
    found = kept(measured(1_000_000, queue=119.0))
    assert found.pop("search by words") is None
    assert set(found.values()) == {True}


@pytest.mark.parametrize(
    ("grown", "what"),
    [
        ({"queue": 121.0}, "queue page"),
        ({"queries": 9}, "case page"),
        ({"slowest": 51.0}, "take next, the slowest of them"),
        ({"clocks": 99_000}, "sweep of every open clock"),
    ],
)
def test_what_grows_breaks_its_bound(grown: dict[str, Any], what: str) -> None:
    large = measured(1_000_000, **grown)
    assert kept(large)[what] is False
    assert "**no**" in table.drawn(measured(10_000), large)
