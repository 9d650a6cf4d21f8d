"""Sheets as they are sent."""

from collections.abc import Iterable
from typing import Any

from django.http import StreamingHttpResponse

from oversight import sheets


def csv_of(name: str, head: Iterable[Any], rows: Iterable[Iterable[Any]]) -> StreamingHttpResponse:
    """A CSV that is written while it is sent, row by row."""
    answer = StreamingHttpResponse(sheets.lines(head, rows), content_type="text/csv; charset=utf-8")
    answer["Content-Disposition"] = f'attachment; filename="bening-{name}.csv"'
    return answer
