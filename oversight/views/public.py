"""What everybody may see: the same figures without persons, and the papers that were issued."""

from typing import Any

from django.contrib.auth.decorators import login_not_required
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from oversight import pages
from oversight.forms import PapersForm
from oversight.policies import EVERYBODY
from oversight.queries import gifts, machine, papers, people, report
from oversight.tables import SMALL
from oversight.views.doors import month_asked
from services.documents import verification
from services.documents.models import Certificate
from services.foundation import clock, months, texts
from services.foundation.clock import local_date
from services.foundation.pages import keyset_page
from services.foundation.sheets import csv_of
from services.government import queries as government

PAGE_SIZE = 50


@login_not_required
@require_safe
def transparency(request: HttpRequest) -> HttpResponse:
    """The month in numbers and four tables with a picture each, drawn on the server."""
    as_of = people.as_of()
    if as_of is None:
        return render(request, "oversight/transparency.html", {"as_of": None})
    month = month_asked(request)
    found = pages.figures(EVERYBODY, month=month, as_of=as_of, link=_no_link, hides=True)
    context: dict[str, Any] = {
        "as_of": as_of,
        "figures": found,
        "shown": pages.shown(found),
        "months": months.choices(local_date(as_of)),
        "query": pages.address(month=month),
        "small": SMALL,
        "gifts": gifts.gift_lines(),
        "looks": machine.look_lines(),
    }
    return render(request, "oversight/transparency.html", context)


@login_not_required
@require_safe
def table(request: HttpRequest, key: str) -> HttpResponseBase:
    """One of the tables as a sheet, with the same numbers hidden."""
    as_of = people.as_of()
    if as_of is None:
        raise Http404
    found = pages.figures(EVERYBODY, month=month_asked(request), as_of=as_of, link=_no_link, hides=True)
    sheet = pages.sheet_of(pages.table_or_404(found, key), _("Name"))
    return csv_of(f"{key}-{found.periods.now.first:%Y-%m}", *sheet)


@login_not_required
@require_safe
def register(request: HttpRequest) -> HttpResponse:
    """Every paper that was issued, the newest first: number, kind, place, validity, standing. A person's name stays on the paper."""
    names = report.names()
    form = PapersForm(
        request.GET,
        services=sorted(
            ((code, names.services[key]) for key, code in names.slugs.items()), key=lambda row: row[1]
        ),
        districts=[(district.code, district.name) for district in government.districts()],
    )
    wanted, after = form.wanted(), request.GET.get("after", "")
    page = keyset_page(papers.papers(wanted), by=papers.NEWEST_FIRST, after=after, size=PAGE_SIZE)
    here = pages.address(service=wanted.service, district=wanted.district)
    context = {
        "form": form,
        "rows": [_paper(certificate) for certificate in page.items],
        "is_narrowed": bool(here),
        "next_url": f"?{pages.address(service=wanted.service, district=wanted.district, after=page.next_token)}"
        if page.next_token
        else "",
        "first_url": f"?{here}" if after else "",
    }
    return render(request, "oversight/papers.html", context)


def _paper(certificate: Certificate) -> dict[str, Any]:
    """A paper as a line. `certificate` is annotated by `papers.papers`."""
    standing = verification.standing_of(certificate, today=clock.today())
    return {
        "number": certificate.number,
        "title": texts.local(certificate.title),
        "agency": texts.local(certificate.agency),  # type: ignore[attr-defined]
        "district": certificate.district or "",  # type: ignore[attr-defined]
        "holder": papers.business_of(certificate),
        "from": certificate.valid_from,
        "until": certificate.valid_until,
        "standing": standing.value,
    }


def _no_link(figure: str, **narrowed: str) -> str:
    """Nothing behind a figure is anybody's to open."""
    return ""
