"""What the pages of figures have in common: the shown month, its tables and its tiles."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Final

from django.http import Http404
from django.utils.http import urlencode

from oversight import charts, tables
from oversight.policies import Scope
from oversight.queries import report
from oversight.queries.report import Names, Periods, Report
from oversight.tables import Link, Maker, Table
from oversight.tiles import Pair, Tile
from services.foundation import months
from services.foundation.clock import local_date

#: The tables of a page, in their order; the agencies are left out where there is one.
TABLES: Final = ("services", "agencies", "returns", "months")


@dataclass(frozen=True, slots=True)
class Figures:
    """A month's figures as a page shows them."""

    periods: Periods
    report: Report
    names: Names
    tables: dict[str, Table]
    tiles: list[Tile]


def figures(
    scope: Scope, *, month: str, as_of: datetime, link: Link, agency: str = "", hides: bool = False
) -> Figures:
    """The figures of this month over these agencies (or the one with this code): two queries."""
    names = report.names()
    spans = report.periods(months.chosen(month, today=local_date(as_of)), as_of=as_of)
    found = report.report(spans, scope, agency=agency_key(agency, scope, names))
    maker = Maker(found, names, link, small=tables.SMALL if hides else 0)
    made = {key: getattr(maker, key)() for key in TABLES}
    if len(made["agencies"].rows) == 1:
        del made["agencies"]
    now, before = found.total()
    return Figures(spans, found, names, made, list(Pair(now, before, link, hides=hides).tiles()))


def agency_key(code: str, scope: Scope, names: Names) -> int | None:
    """The agency with this code, if it is the reader's to choose; None for all of theirs."""
    key = next((key for key, known in names.codes.items() if known == code), None)
    return key if key is not None and scope.holds(key) else None


def table_or_404(found: Figures, key: str) -> Table:
    """The table of this name."""
    if key not in found.tables:
        raise Http404
    return found.tables[key]


def shown(found: Figures) -> list[dict[str, Any]]:
    """Each table with its drawing and its legend, for the template."""
    short = tuple(months.name(month.first, short=True) for month in found.report.recorded_months())
    return [
        {
            "table": table,
            "drawing": charts.drawing(table, short=short if table.drawing == "columns" else ()),
            "series": charts.series(table),
        }
        for table in found.tables.values()
    ]


def address(**asked: str) -> str:
    """A query with what is not empty."""
    return urlencode({name: value for name, value in asked.items() if value})


def sheet_of(table: Table, named: str) -> tuple[list[str], Iterator[list[Any]]]:
    """Head and rows of a table for its CSV: numbers as numbers, shares as fractions."""
    head = [named, *(str(column.label) for column in table.columns)]
    return head, ([row.name, *(_plain(cell) for cell in row.cells)] for row in table.rows)


def _plain(cell: tables.Cell) -> Any:
    if cell.value is None:
        return cell.text if cell.is_hidden else ""
    return round(cell.value, 4) if cell.kind == "share" else cell.value
