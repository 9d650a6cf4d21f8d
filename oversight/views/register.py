"""The register for auditors: a page of entries, one sheet of all of them, and the helpers. Every look is on record."""

from collections.abc import Iterator
from typing import Any

from django.http import HttpResponse, HttpResponseBase
from django.shortcuts import render

from oversight import entries, operations, pages
from oversight.forms import RegisterForm
from oversight.queries import register, report
from oversight.queries.register import Filters
from oversight.queries.report import Names
from oversight.views.doors import OversightRequest, register_page
from services.audit.actors import Subject
from services.foundation import clock
from services.foundation.pages import keyset_page
from services.foundation.sheets import csv_of

PAGE_SIZE = 20
#: The helpers with the most cases; all of them are in the sheet.
SHOWN_HELPERS = 100


@register_page
def cases(request: OversightRequest) -> HttpResponse:
    """A page of entries, the newest first."""
    form, names = _form(request)
    filters, after = form.filters(), request.GET.get("after", "")
    _note(request, operations.REGISTER, filters, is_first_page=not after)
    page = keyset_page(register.matching(filters), by=register.NEWEST_FIRST, after=after, size=PAGE_SIZE)
    here = pages.address(**filters.named())
    context: dict[str, Any] = {
        "form": form,
        "filters": filters,
        "entries": [
            entries.shown(entry, names) for entry in register.with_standards(register.entries(page.items))
        ],
        "query": here,
        "next_url": f"?{here}&{pages.address(after=page.next_token)}" if page.next_token else "",
        "first_url": f"?{here}" if after else "",
    }
    return render(request, "oversight/register.html", context)


@register_page
def sheet(request: OversightRequest) -> HttpResponseBase:
    """Every entry of these filters as one sheet, written while it is sent."""
    form, names = _form(request)
    filters = form.filters()
    _note(request, operations.REGISTER, filters, is_export=True)
    rows = (entries.cells(entry, names) for entry in register.every_entry(filters))
    return csv_of(f"register-{filters.since}-{filters.until}", entries.HEAD, rows)


@register_page
def helpers(request: OversightRequest) -> HttpResponse:
    """Who files for others, how often, and with what success beside everybody's."""
    form, _names = _form(request)
    filters = form.filters()
    _note(request, operations.HELPERS, filters)
    found = [register.helper_row(row) for row in register.helpers(filters)[:SHOWN_HELPERS]]
    context = {
        "form": form,
        "filters": filters,
        "rows": [
            entries.helper(row, query=pages.address(**filters.named() | {"helper": str(row.pseudonym)}))
            for row in found
        ],
        "base_rate": entries.share(register.base_rate(filters)),
        "query": pages.address(**filters.named()),
    }
    return render(request, "oversight/helpers.html", context)


@register_page
def helpers_sheet(request: OversightRequest) -> HttpResponseBase:
    """All helpers as a sheet."""
    form, _names = _form(request)
    filters = form.filters()
    _note(request, operations.HELPERS, filters, is_export=True)
    return csv_of(f"helpers-{filters.since}-{filters.until}", entries.HELPERS_HEAD, _helper_cells(filters))


def _helper_cells(filters: Filters) -> Iterator[list[Any]]:
    for row in map(register.helper_row, register.helpers(filters).iterator(chunk_size=500)):
        share = row.share_granted
        yield [
            row.name,
            str(row.pseudonym),
            row.number,
            row.decided,
            row.granted,
            "" if share is None else round(share, 4),
        ]


def _form(request: OversightRequest) -> tuple[RegisterForm, Names]:
    """The filters as the address gives them, with what there is to choose. One query."""
    names = report.names()
    form = RegisterForm(
        request.GET,
        services=_choices(names.slugs, names.services),
        agencies=_choices(names.codes, names.agencies),
        today=clock.today(),
    )
    return form, names


def _choices(codes: Any, called: Any) -> list[tuple[str, str]]:
    return sorted(((code, called[key]) for key, code in codes.items()), key=lambda choice: choice[1])


def _note(
    request: OversightRequest,
    subject: Subject,
    filters: Filters,
    *,
    is_export: bool = False,
    is_first_page: bool = True,
) -> None:
    """Put the look on record before anything is shown."""
    asked: dict[str, Any] = {"filters": filters.named()}
    operations.record_look(
        subject,
        reader=request.user,
        agency_code=request.reader.audits_for,
        asked=asked | ({} if is_first_page else {"page": "a later one"}),
        at=clock.now(),
        is_export=is_export,
    )
