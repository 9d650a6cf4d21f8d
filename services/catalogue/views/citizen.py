"""What anyone may read: the services, a search over them, one service, and whether one needs it at all."""

from django.contrib.auth.decorators import login_not_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_GET

from services.catalogue import presentation, queries, triage
from services.catalogue.forms import TriageForm
from services.catalogue.models import ServiceVersion
from services.government import queries as government

ASKED_AT_MOST = 120


@login_not_required
@require_GET
def services(request: HttpRequest) -> HttpResponse:
    """Every service, or those that a search finds; what others issue stands after what is issued here."""
    text = request.GET.get("q", "").strip()[:ASKED_AT_MOST]
    found = queries.search(text) if text else queries.Found(services=list(queries.published_services()))
    cards = sorted(presentation.cards(found.services), key=lambda card: bool(card.place))
    elsewhere = sum(bool(card.place) for card in cards)
    context = {
        "text": text,
        "read_as": found.read_as,
        "cards": cards,
        "here": len(cards) - elsewhere,
        "elsewhere": elsewhere,
    }
    return render(request, "catalogue/services.html", context)


@login_not_required
@require_GET
def service(request: HttpRequest, slug: str) -> HttpResponse:
    """One service: how long, which documents, what cost, how to follow, how to report someone who asks for more.

    What the national system issues is explained, with the way there, and cannot be applied for.
    """
    version = _version_or_404(slug)
    page = presentation.page(version)
    context = {
        "page": page,
        "office": government.office_contact(version.service.agency),
        "watchers": government.watchers(),
    }
    return render(
        request, "catalogue/national.html" if page.national_link else "catalogue/service.html", context
    )


@login_not_required
@require_GET
def questions(request: HttpRequest, slug: str) -> HttpResponse:
    """One question after the other, each answer kept in the address; at the end what it means for the reader."""
    version = _version_or_404(slug)
    if not version.parsed.triage:
        raise Http404
    given = request.GET.dict()
    standing = triage.after(version.parsed, given)
    page = presentation.page(version)
    office = government.office_contact(version.service.agency)
    if standing.question is None:
        context = {"page": page, "office": office, "standing": standing}
        return render(request, "catalogue/outcome.html", context)
    data = request.GET if "asked" in given and given["asked"] == standing.question.key else None
    form = TriageForm(data, standing=standing)
    form.is_valid()
    return render(request, "catalogue/question.html", {"page": page, "office": office, "form": form})


def _version_or_404(slug: str) -> ServiceVersion:
    try:
        return queries.current_version_of(slug)
    except ServiceVersion.DoesNotExist:
        raise Http404 from None
