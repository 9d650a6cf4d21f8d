"""The evidence of a clock that ran out, as a file: for the citizen's side, for whoever reads the case, for the inspectorate."""

from functools import partial

from django.http import Http404, HttpResponse
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from services.accounts.http import CitizenRequest
from services.audit.canonical import canonical
from services.casework import expired
from services.casework.models import Case
from services.casework.views.citizen import own_case
from services.foundation import clock as moved_clock
from services.foundation import references


@require_safe
@never_cache
def evidence(request: CitizenRequest, reference: str) -> HttpResponse:
    """How the clock of one's own case ran."""
    return _file(own_case(request, reference))


@require_safe
@never_cache
def evidence_for_the_office(request: CitizenRequest, reference: str) -> HttpResponse:
    """How the clock of a case ran; 404 for whoever neither reads the case nor inspects."""
    case = references.look_up(reference, partial(_with_clock, request))
    if case is None:
        raise Http404
    return _file(case)


def _with_clock(request: CitizenRequest, reference: str) -> Case | None:
    if not expired.may_read_evidence(request.user, reference, at=moved_clock.now()):
        return None
    return Case.objects.filter(reference=reference).first()


def _file(case: Case) -> HttpResponse:
    """The evidence in the very bytes over which its digest was made; 404 where no date has passed."""
    found = expired.expiry_of(case)
    if found is None:
        raise Http404
    response = HttpResponse(canonical(found.evidence), content_type="application/json")
    response["Content-Disposition"] = f'attachment; filename="{case.reference}-clock.json"'
    return response
