"""The dashboard: what came in, went out, waits and is late, and the cases behind each number."""

from functools import partial
from typing import Any

from django.http import Http404, HttpResponse, HttpResponseBase
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _

from oversight import pages, rows
from oversight.queries import behind, report
from oversight.queries.behind import Asked
from oversight.views.doors import OversightRequest, dashboard_page, month_asked
from services.foundation import months
from services.foundation.clock import local_date
from services.foundation.pages import keyset_page
from services.foundation.sheets import csv_of

PAGE_SIZE = 50
#: How many of the cases that are late longest stand on the first screen.
URGENT = 5


@dashboard_page
def dashboard(request: OversightRequest) -> HttpResponse:
    """One screen: the month in numbers, what needs somebody now, and four tables with a picture each."""
    reader = request.reader
    if reader.as_of is None or reader.scope is None:
        return render(request, "oversight/dashboard.html", {"as_of": None})
    month, agency = month_asked(request), request.GET.get("agency", "")[:60]
    found = pages.figures(
        reader.scope,
        month=month,
        as_of=reader.as_of,
        link=partial(_link, month=month, agency=agency),
        agency=agency,
    )
    late = Asked(figure="late", period=found.periods.now, as_of=reader.as_of, agency=agency)
    urgent, _order = behind.behind(late, reader.scope)
    context: dict[str, Any] = {
        "as_of": reader.as_of,
        "figures": found,
        "shown": pages.shown(found),
        "urgent": [rows.line(stay, reader, at=late.moment) for stay in urgent.order_by(*_order)[:URGENT]],
        "late_href": _link("late", month=month, agency=agency),
        "months": months.choices(local_date(reader.as_of)),
        "agencies": _agencies(found.names, reader.scope),
        "agency": agency,
        "query": pages.address(month=month, agency=agency),
    }
    return render(request, "oversight/dashboard.html", context)


@dashboard_page
def table(request: OversightRequest, key: str) -> HttpResponseBase:
    """One of the tables as a sheet."""
    reader = request.reader
    if reader.as_of is None or reader.scope is None:
        raise Http404
    found = pages.figures(
        reader.scope,
        month=month_asked(request),
        as_of=reader.as_of,
        link=lambda *_figure, **_narrowed: "",
        agency=request.GET.get("agency", "")[:60],
    )
    return csv_of(
        f"{key}-{found.periods.now.first:%Y-%m}", *pages.sheet_of(pages.table_or_404(found, key), _("Name"))
    )


@dashboard_page
def cases(request: OversightRequest) -> HttpResponse:
    """The cases behind a number."""
    reader = request.reader
    if reader.as_of is None or reader.scope is None:
        raise Http404
    spans = report.periods(
        months.chosen(month_asked(request), today=local_date(reader.as_of)), as_of=reader.as_of
    )
    named = {name: request.GET.get(name, "")[:60] for name in ("figure", "key", "agency", "service")}
    named["figure"] = named["figure"] or "waiting"
    asked = Asked(period=spans.now, as_of=reader.as_of, **named)
    if asked.figure not in behind.FIGURES:
        raise Http404
    found, order = behind.behind(asked, reader.scope)
    page = keyset_page(found, by=order, after=request.GET.get("after", ""), size=PAGE_SIZE)
    here = pages.address(month=month_asked(request), **named)
    context = {
        "as_of": reader.as_of,
        "asked": asked,
        "heading": rows.heading(asked),
        "rows": [rows.line(stay, reader, at=asked.moment) for stay in page.items],
        "names_people": bool(reader.scope.supervised),
        "next_url": f"?{here}&{pages.address(after=page.next_token)}" if page.next_token else "",
        "first_url": f"?{here}" if request.GET.get("after") else "",
        "back": f"{reverse('oversight:dashboard')}?{pages.address(month=month_asked(request), agency=named['agency'])}",
    }
    return render(request, "oversight/cases.html", context)


def _link(figure: str, *, month: str, agency: str, **narrowed: str) -> str:
    """The address of the cases behind a number."""
    asked = {"figure": figure, "month": month, "agency": agency} | narrowed
    return f"{reverse('oversight:cases')}?{pages.address(**asked)}"


def _agencies(names: report.Names, scope: Any) -> list[tuple[str, str]]:
    """The agencies among which the reader may choose."""
    found = [(code, names.agencies[key]) for key, code in names.codes.items() if scope.holds(key)]
    return sorted(found, key=lambda agency: agency[1])
