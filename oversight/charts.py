"""A table as a drawing made on the server: where each bar begins, how long it is, what stands beside it. Units are of the SVG."""

from dataclasses import dataclass
from itertools import zip_longest
from typing import Final

from oversight.tables import Cell, Column, Row, Table

WIDTH: Final = 360
#: Room at the end of a bar for its number.
NUMBER_ROOM: Final = 48
LINE: Final = 46
BAR: Final = 16
COLUMN_HEIGHT: Final = 150
LABEL_HEIGHT: Final = 24
TOP: Final = 18
#: The widest place of a group of columns.
WIDEST: Final = 72
#: How much of its place a group of columns fills.
FILLED: Final = 0.72


@dataclass(frozen=True, slots=True)
class Box:
    """One bar: its place, its size, and which series it belongs to."""

    x: float
    y: float
    width: float
    height: float
    series: str


@dataclass(frozen=True, slots=True)
class Words:
    """A few words in the drawing; `anchor` is start, middle or end."""

    x: float
    y: float
    text: str
    anchor: str = "start"
    is_number: bool = False


@dataclass(frozen=True, slots=True)
class Drawing:
    """What an SVG of this size shows."""

    width: int
    height: int
    boxes: tuple[Box, ...]
    words: tuple[Words, ...]


def drawing(table: Table, *, short: tuple[str, ...] = ()) -> Drawing | None:
    """The drawing of a table; None where there is nothing to draw. `short` are shorter names of the rows."""
    if not any(cell.value for row in table.rows for _column, cell in _drawn(table, row)):
        return None
    return _columns(table, short) if table.drawing == "columns" else _bars(table)


def series(table: Table) -> list[Column]:
    """The columns that are drawn, in the order of the legend."""
    return [column for column in table.columns if column.series]


def _bars(table: Table) -> Drawing:
    """One line for each row: its name, and under it a bar; what is late is the first part of the bar."""
    longest = _highest(table)
    boxes: list[Box] = []
    words: list[Words] = []
    for place, row in enumerate(table.rows):
        top = place * LINE
        words.append(Words(0, top + 16, row.name))
        first, *others = _drawn(table, row)
        width = _scaled(first[1], longest, WIDTH - NUMBER_ROOM)
        boxes.append(Box(0, top + 23, width, BAR, first[0].series))
        boxes += [
            Box(0, top + 23, _scaled(cell, longest, WIDTH - NUMBER_ROOM), BAR, column.series)
            for column, cell in others
        ]
        words.append(Words(width + 6, top + 36, first[1].text, is_number=True))
    return Drawing(WIDTH, len(table.rows) * LINE, tuple(box for box in boxes if box.width), tuple(words))


def _columns(table: Table, short: tuple[str, ...]) -> Drawing:
    """One group for each row, side by side, with its name beneath."""
    highest, room = _highest(table), min(WIDTH / len(table.rows), WIDEST)
    boxes: list[Box] = []
    words = [Words(0, 12, _largest(table).text, is_number=True)]
    for place, (row, name) in enumerate(zip_longest(table.rows, short)):
        drawn = _drawn(table, row)
        width = room * FILLED / len(drawn)
        for number, (column, cell) in enumerate(drawn):
            height = _scaled(cell, highest, COLUMN_HEIGHT)
            left = place * room + room * (1 - FILLED) / 2 + number * width
            boxes.append(
                Box(round(left, 1), TOP + COLUMN_HEIGHT - height, round(width - 1, 1), height, column.series)
            )
        label = Words(round((place + 0.5) * room, 1), TOP + COLUMN_HEIGHT + 17, name or row.name, "middle")
        words.append(label)
    height = TOP + COLUMN_HEIGHT + LABEL_HEIGHT
    return Drawing(WIDTH, height, tuple(box for box in boxes if box.height), tuple(words))


def _drawn(table: Table, row: Row) -> list[tuple[Column, Cell]]:
    pairs = zip(table.columns, row.cells, strict=True)
    return [(column, cell) for column, cell in pairs if column.series]


def _largest(table: Table) -> Cell:
    cells = [cell for row in table.rows for _column, cell in _drawn(table, row)]
    return max(cells, key=lambda cell: cell.value or 0)


def _highest(table: Table) -> float:
    return _largest(table).value or 1


def _scaled(cell: Cell, highest: float, room: float) -> float:
    return round((cell.value or 0) / highest * room, 1)
