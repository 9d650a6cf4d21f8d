"""One's licences: what they are worth, until when, and renewing them."""

from functools import partial
from typing import Final

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_safe

from licensing import operations, queries
from licensing.models import Licence
from licensing.views import pages
from licensing.views.citizen import filing_link
from services.accounts.http import CitizenRequest
from services.casework import policies as casework
from services.foundation import clock, references
from services.foundation.errors import UnableTo
from services.government import queries as government

METHODS: Final = ["GET", "HEAD", "POST"]


def own_licence(request: CitizenRequest, reference: str) -> Licence:
    """The licence of the case with this reference, if the reader holds it or acts for its holder; 404 for others."""
    found = references.look_up(reference, partial(queries.licence_for, request.user, at=clock.now()))
    if found is None:
        raise Http404
    return found


@require_safe
@never_cache
def licences(request: CitizenRequest) -> HttpResponse:
    """Every licence of the reader and of their businesses: what ends next comes first."""
    now = clock.now()
    context = {
        "rows": [pages.licence_row(each, at=now) for each in queries.licences_of(request.user, at=now)],
        "businesses": list(queries.businesses_of(request.user, at=now)),
    }
    return render(request, "licensing/licences.html", context)


@require_safe
@never_cache
def licence(request: CitizenRequest, reference: str) -> HttpResponse:
    """One licence: standing with its reason, validity, paper, renewal."""
    found = own_licence(request, reference)
    under_way = queries.renewal_under_way(found)
    is_ours = under_way is not None and bool(casework.citizen_side(request.user, under_way))
    context = {
        "row": pages.licence_row(found, at=clock.now()),
        "licence": found,
        "certificate": found.certificate,
        "reason": found.certificate.revocation_reason or found.certificate.suspension_reason,
        "objection_until": pages.objection_until(found),
        "is_own_case": bool(casework.citizen_side(request.user, found.case)),
        "renewal_link": filing_link(under_way)
        if under_way and is_ours and not under_way.submitted_at
        else "",
        "renewal_case": under_way if under_way and is_ours and under_way.submitted_at else None,
        "office": government.office_contact(found.case.agency),
    }
    return render(request, "licensing/licence.html", context)


@require_http_methods(METHODS)
@never_cache
def renew(request: CitizenRequest, reference: str) -> HttpResponse:
    """Begin the renewal of a licence, with what is known already."""
    found = own_licence(request, reference)
    if request.method != "POST":
        return redirect("licensing:licence", found.case.reference)
    try:
        case = operations.renew_licence(found, actor=request.user, at=clock.now())
    except UnableTo as refusal:
        messages.error(request, refusal.message)
        return redirect("licensing:licence", found.case.reference)
    return redirect(filing_link(case))
