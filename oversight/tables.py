"""Tables of figures as plain values: what a page shows, a chart draws and a CSV holds."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Final

from babel.numbers import format_decimal, format_percent
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from oversight.figures import Figures, Measure
from oversight.queries.report import Names, Report
from services.foundation import months, texts

Words = str | Promise
#: The address of the cases behind a figure: its name, and what narrows it down. "" where nobody may open it.
Link = Callable[..., str]

#: Stands where there is no number.
NOTHING: Final = "\N{EN DASH}"
#: Numbers smaller than this could tell of one person; everybody's tables say only that they are small.
SMALL: Final = 5


@dataclass(frozen=True, slots=True)
class Column:
    """One column of numbers. `series` says how a chart draws it: first, second, or late (the part of the one before that is late)."""

    key: str
    label: Words
    value: Callable[[Figures], float | None]
    kind: str = "count"
    figure: str = ""
    series: str = ""


@dataclass(frozen=True, slots=True)
class Cell:
    """A number as it is written; `value` is None where there is none, or where it is too small to be told."""

    text: str
    value: float | None
    kind: str
    label: Words = ""
    href: str = ""
    is_hidden: bool = False


@dataclass(frozen=True, slots=True)
class Row:
    """One line: what it is about, and its numbers."""

    name: str
    cells: tuple[Cell, ...]


@dataclass(frozen=True, slots=True)
class Table:
    """A table, and how it is drawn: bars for things that stand side by side, columns for months."""

    key: str
    title: Words
    about: Words
    columns: tuple[Column, ...]
    rows: tuple[Row, ...]
    total: Row | None = None
    drawing: str = "bars"
    note: Words = ""


CAME_IN = Column("in", gettext_lazy("Came in"), lambda f: f.of(Measure.IN), figure="in", series="first")
WENT_OUT = Column("out", gettext_lazy("Went out"), lambda f: f.of(Measure.OUT), figure="out", series="second")
WAITING = Column(
    "waiting", gettext_lazy("Waiting"), lambda f: f.of(Measure.WAITING), figure="waiting", series="first"
)
LATE = Column("late", gettext_lazy("Late"), lambda f: f.of(Measure.LATE), figure="late", series="late")
IN_TIME = Column(
    "in-time", gettext_lazy("Settled in time"), lambda f: f.share_in_time, kind="share", figure="settled"
)
MEDIAN = Column("median", gettext_lazy("Half within"), lambda f: f.median_days, kind="days", figure="settled")
P90 = Column("p90", gettext_lazy("9 of 10 within"), lambda f: f.p90_days, kind="days", figure="settled")
PLAIN_IN = replace(CAME_IN, series="")
PLAIN_OUT = replace(WENT_OUT, series="")
TIMES = (IN_TIME, MEDIAN, P90)
RETURNS = Column(
    "returns", gettext_lazy("Times named"), lambda f: f.of(Measure.DEFECT), figure="returned", series="first"
)


@dataclass(frozen=True, slots=True)
class Maker:
    """Makes tables of a report. `link` gives the address behind a figure; numbers under `small` are not told."""

    report: Report
    names: Names
    link: Link
    small: int = 0

    def services(self) -> Table:
        """Each service: what waits and is late is drawn, since that is where something must be done."""
        return self._places(
            "services",
            _("By service"),
            _("What came in, went out, waits and is late, and how long it took, for each service."),
            self.report.by_service(),
            {key: (name, {"service": self.names.slugs[key]}) for key, name in self.names.services.items()},
        )

    def agencies(self) -> Table:
        """Each agency, likewise."""
        return self._places(
            "agencies",
            _("By agency"),
            _("What came in, went out, waits and is late, and how long it took, for each agency."),
            self.report.by_agency(),
            {key: (name, {"agency": self.names.codes[key]}) for key, name in self.names.agencies.items()},
        )

    def returns(self) -> Table:
        """Why files were returned, the most named reason first."""
        total, _before = self.report.total()
        reasons = sorted(
            total.by_key(Measure.DEFECT).items(), key=lambda item: (0 if self.small else -item[1], item[0])
        )
        rows = [
            self._row(
                self.names.reasons.get(code, code), _only(Measure.DEFECT, code, number), (RETURNS,), key=code
            )
            for code, number in reasons
        ]
        returned = total.of(Measure.RETURNED)
        shown = self._shown(returned)
        note = ngettext(
            "%(number)s file was returned. One return may name several reasons.",
            "%(number)s files were returned. One return may name several reasons.",
            self.small if self._is_small(returned) else returned,
        ) % {"number": shown}
        return Table(
            key="returns",
            title=_("Returned files, by reason"),
            about=_("How often each reason for the return of a file was named."),
            columns=(RETURNS,),
            rows=covered(rows),
            note=note if returned else "",
        )

    def months(self) -> Table:
        """The year that led to the shown month."""
        columns = (CAME_IN, WENT_OUT, replace(WAITING, series=""), replace(LATE, series=""), *TIMES)
        rows = [
            self._row(
                months.name(period.first),
                self.report.months[period.first],
                columns,
                month=f"{period.first:%Y-%m}",
            )
            for period in self.report.recorded_months()
        ]
        return Table(
            key="months",
            title=_("Month by month"),
            about=_("What came in and went out in each month, and what waited and was late at its end."),
            columns=columns,
            rows=tuple(rows),
            drawing="columns",
        )

    def _places(
        self,
        key: str,
        title: Words,
        about: Words,
        figures: Mapping[int, Figures],
        places: Mapping[int, tuple[str, dict[str, str]]],
    ) -> Table:
        columns = (PLAIN_IN, PLAIN_OUT, WAITING, LATE, *TIMES)
        known = [(*places[place], each) for place, each in figures.items()]
        rows = [
            self._row(name, each, columns, **narrowed)
            for name, narrowed, each in sorted(known, key=lambda row: self._rank(row[2], row[0]))
        ]
        total = self._row(_("Together"), Figures.together(figures.values()), columns)
        return Table(
            key=key,
            title=title,
            about=about,
            columns=columns,
            rows=covered(rows),
            total=total if len(rows) > 1 else None,
        )

    def _rank(self, figures: Figures, name: str) -> tuple[int, int, str]:
        """What is late comes first; for everybody the name alone, since an order tells of hidden numbers."""
        return (0, 0, name) if self.small else (-figures.of(Measure.LATE), -figures.of(Measure.WAITING), name)

    def _row(self, name: str, figures: Figures, columns: Iterable[Column], **narrowed: str) -> Row:
        cells = ((column, self._cell(figures, column, narrowed)) for column in columns)
        return Row(name, tuple(replace(cell, label=column.label) for column, cell in cells))

    def _cell(self, figures: Figures, column: Column, narrowed: Mapping[str, str]) -> Cell:
        value = column.value(figures)
        few = figures.settled if column.kind != "count" else int(value or 0)
        if value is None or (column.kind != "count" and few < self.small):
            return Cell(NOTHING, None, column.kind)
        if self._is_small(few):
            return hidden(column.kind, self.small)
        href = self.link(column.figure, **narrowed) if value or column.kind != "count" else ""
        return Cell(written(value, column.kind), value, column.kind, href=href)

    def _is_small(self, number: int) -> bool:
        return 0 < number < self.small

    def _shown(self, number: int) -> str:
        return (
            _("fewer than %(number)d") % {"number": self.small} if self._is_small(number) else whole(number)
        )


def covered(rows: Sequence[Row]) -> tuple[Row, ...]:
    """The rows, with a second number of a column hidden where only one was: from the sum it could be told."""
    if not rows:
        return ()
    lines = [list(row.cells) for row in rows]
    for place in range(len(lines[0])):
        column = [line[place] for line in lines]
        open_ones = [cell for cell in column if cell.kind == "count" and cell.value and not cell.is_hidden]
        if sum(cell.is_hidden for cell in column) == 1 and open_ones:
            smallest = min(open_ones, key=lambda cell: cell.value or 0)
            lines[column.index(smallest)][place] = replace(
                smallest, text="…", value=None, href="", is_hidden=True
            )
    return tuple(replace(row, cells=tuple(line)) for row, line in zip(rows, lines, strict=True))


def hidden(kind: str, small: int) -> Cell:
    """A number that is too small to be told."""
    return Cell(f"<{small}", None, kind, is_hidden=True)


def written(value: float, kind: str) -> str:
    """A number in the reader's way."""
    return (
        str(format_percent(round(value, 2), locale=texts.reader_language()))
        if kind == "share"
        else whole(value)
    )


def whole(value: float) -> str:
    """A whole number in the reader's way: 1.204 or 1,204."""
    return str(format_decimal(int(value), locale=texts.reader_language()))


def _only(measure: str, key: str, number: int) -> Figures:
    figures = Figures()
    figures.add(measure, key, number)
    return figures
