"""The results of a bench as a table: what was measured at each size, the bound, and whether it was kept."""

from collections.abc import Iterator, Mapping
from typing import Any, Final

RATIO: Final = 1.2
TAKE_MS: Final = 50
SWEEP_SECONDS: Final = 60
SWEEP_MEGABYTES: Final = 300
CLOCKS: Final = 100_000
#: Pages that have a bound; the others are told.
BOUND: Final = ("queue page", "first page", "case page")

Measured = Mapping[str, Any]
Line = tuple[str, str, str, str, bool | None]


def lines(small: Measured, large: Measured) -> list[Line]:
    """What, at the small size, at the large one, the bound, and whether it was kept (None where there is none)."""
    return [
        *_pages(small["pages"], large["pages"]),
        *_taking(small, large),
        *_sweep(small["sweep"], large["sweep"]),
    ]


def drawn(small: Measured, large: Measured) -> str:
    """The table in Markdown."""
    kept = {True: "yes", False: "**no**", None: ""}
    rows = [("", f"{small['cases']:,} cases", f"{large['cases']:,} cases", "bound", "kept"), ("---",) * 5]
    rows += [(*line[:4], kept[line[4]]) for line in lines(small, large)]
    return "\n".join(f"| {' | '.join(row)} |" for row in rows) + "\n"


def _pages(small: Measured, large: Measured) -> Iterator[Line]:
    for name, before in small.items():
        now, has_bound = large[name], name in BOUND
        ratio, same = now["ms"] / before["ms"], now["queries"] == before["queries"]
        said = f"{now['ms']} ms ({now['database_ms']} in the database), {now['queries']} queries: {ratio:.2f} times"
        yield (
            name,
            f"{before['ms']} ms ({before['database_ms']} in the database), {before['queries']} queries",
            said,
            f"{RATIO} times, the same queries" if has_bound else "",
            (ratio <= RATIO and same) if has_bound else None,
        )


def _taking(small: Measured, large: Measured) -> Iterator[Line]:
    before, now = small["take_next"], large["take_next"]
    everybody = all(row["different"] == row["officers"] and row["in_order"] for row in (before, now))
    yield (
        f"take next, {now['officers']} at once",
        _order(before),
        _order(now),
        "each another case, the first of the queue",
        everybody,
    )
    yield (
        "take next, the slowest of them",
        _slowest(before),
        _slowest(now),
        f"{TAKE_MS} ms at once",
        bool(now["ms_at_once"] <= TAKE_MS),
    )


def _slowest(row: Measured) -> str:
    return f"{row['ms_at_once']} ms at once on {row['cores']} cores, {row['ms_alone']} ms alone"


def _order(row: Measured) -> str:
    return f"{row['different']} different{', in order' if row['in_order'] else ', not in order'}"


def _sweep(small: Measured, large: Measured) -> Iterator[Line]:
    kept = (
        large["seconds"] <= SWEEP_SECONDS
        and large["megabytes"] <= SWEEP_MEGABYTES
        and large["clocks"] >= CLOCKS
    )
    yield (
        "sweep of every open clock",
        _swept(small),
        _swept(large),
        f"{CLOCKS:,} clocks, {SWEEP_SECONDS} s, {SWEEP_MEGABYTES} MB",
        kept,
    )


def _swept(row: Measured) -> str:
    return f"{row['clocks']:,} clocks, {row['seconds']} s, {row['megabytes']} MB"
