"""The addresses of GeoReport v2. Each reads what was asked, asks once, and answers in the standard's words."""

from django.conf import settings
from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import get_language
from django.views.decorators.http import require_safe

from complaints import operations, queries
from complaints.open311 import filing, parameters, receipts, refusals, shapes
from complaints.open311.endpoint import READS, endpoint, require_own_jurisdiction
from complaints.open311.formats import Answer
from complaints.queries import open311 as exchange
from services.foundation import clock
from services.government import queries as government

CREATED = 201


@login_not_required
@require_safe
def root(request: HttpRequest) -> HttpResponse:
    """The address that people are given: it leads to what describes the rest."""
    return redirect("open311:discovery", form="json")


@endpoint(*READS)
def discovery(request: HttpRequest) -> Answer:
    """What is offered here, and whom to ask."""
    contact, changed_at = exchange.whom_to_ask(), exchange.categories_changed_at()
    return Answer("discovery", shapes.discovery(contact=contact, changed_at=changed_at))


@endpoint(*READS)
def services(request: HttpRequest) -> Answer:
    """What can be reported."""
    require_own_jurisdiction(request.GET)
    return Answer("services", [shapes.service(category) for category in queries.listed_categories()])


@endpoint(*READS)
def service(request: HttpRequest, *, code: str) -> Answer:
    """What a report of one category may say."""
    require_own_jurisdiction(request.GET)
    category = exchange.offered(code)
    if category is None:
        raise refusals.unknown_service(code)
    return Answer("service_definition", shapes.definition(category, government.smallest_districts()))


@endpoint(*READS, "POST")
def requests(request: HttpRequest) -> Answer:
    """The public reports that are looked for; by POST, a new one."""
    if request.method == "POST":
        return _file(request)
    require_own_jurisdiction(request.GET)
    search = parameters.read_search(request.GET, at=clock.now())
    return Answer("service_requests", [shapes.request(report) for report in exchange.found(search)])


@endpoint(*READS)
def one_request(request: HttpRequest, *, reference: str) -> Answer:
    """One public report; any other, a confidential one among them, does not exist here."""
    require_own_jurisdiction(request.GET)
    report = exchange.one(reference)
    if report is None:
        raise refusals.unknown_request(reference)
    return Answer("service_requests", [shapes.request(report)])


@endpoint(*READS)
def nowhere(request: HttpRequest, *, rest: str) -> Answer:
    """Any other address below; tokens among them, since every report has its number at once."""
    raise refusals.nothing_here()


def _file(request: HttpRequest) -> Answer:
    """Receive what a program sends for somebody. The same call again gets the same answer."""
    program = filing.program_of(request)
    filed = filing.read_filing(request, program=program)
    try:
        case = operations.receive_report(
            filed.report,
            actor=None,
            submission_key=filed.submission_key,
            passphrase=filed.passphrase,
            language=get_language() or settings.LANGUAGE_CODE,
            program=program,
            at=clock.now(),
        )
    except operations.UnableToReport as refusal:
        raise filing.refusal_of(refusal) from refusal
    return Answer("service_requests", [receipts.receipt(case, filed)], status=CREATED)
