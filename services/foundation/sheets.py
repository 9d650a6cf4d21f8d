"""CSV (RFC 4180) that a spreadsheet opens without harm: UTF-8 that it recognises, and no cell that it takes for a formula."""

import csv
from collections.abc import Iterable, Iterator
from typing import Any, Final

from django.http import StreamingHttpResponse

#: What begins a formula in a spreadsheet, in its wide forms too, or slips past its look at the first character.
DANGEROUS: Final = (*"=+-@\uff1d\uff0b\uff0d\uff20", "\t", "\r", "\n")
#: Tells Excel that the file is UTF-8.
MARK: Final = "\ufeff"


class _Line:
    """A file for `csv.writer` that keeps one line, so that a million need no more room than one."""

    text = ""

    def write(self, text: str) -> None:
        self.text = text


def csv_of(name: str, head: Iterable[Any], rows: Iterable[Iterable[Any]]) -> StreamingHttpResponse:
    """The sheet as a download that is written while it is sent, row by row."""
    answer = StreamingHttpResponse(lines(head, rows), content_type="text/csv; charset=utf-8")
    answer["Content-Disposition"] = f'attachment; filename="bening-{name}.csv"'
    return answer


def lines(head: Iterable[Any], rows: Iterable[Iterable[Any]]) -> Iterator[str]:
    """The sheet, line by line, as it is sent."""
    line = _Line()
    writer = csv.writer(line)
    writer.writerow([harmless(value) for value in head])
    yield MARK + line.text
    for row in rows:
        writer.writerow([harmless(value) for value in row])
        yield line.text


def harmless(value: Any) -> Any:
    """The value as a cell holds it; text that a spreadsheet would compute is marked as text."""
    if value is None:
        return ""
    if isinstance(value, int | float):
        return value
    text = str(value)
    return f"'{text}" if text.startswith(DANGEROUS) else text
