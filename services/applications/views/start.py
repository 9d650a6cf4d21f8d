"""The first page: for whom the application is, and what was begun before."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render

from services.accounts.models import User
from services.applications import operations, queries, typed
from services.applications.flow import Flow
from services.applications.forms import StartForm
from services.applications.views.entry import of_service
from services.catalogue import queries as catalogue
from services.catalogue.models import Service
from services.foundation import clock
from services.foundation.errors import UnableTo
from services.government import queries as government


@of_service
def start(request: HttpRequest, flow: Flow, service: Service, reader: User) -> HttpResponse:
    """Begin an application, or go on with one."""
    form = StartForm(typed.posted(request))
    if request.method == "POST" and form.is_valid():
        try:
            case = operations.start_application(
                flow, service=service, actor=reader, helper_relation=form.relation, at=clock.now()
            )
        except UnableTo as refusal:
            form.refuse(refusal.message, field=refusal.field)
        else:
            return redirect(flow.first_page(case))
    drafts = queries.drafts_of(reader, service).select_related("service_version__service", "applicant")
    context = {
        "form": form,
        "service": service,
        "definition": catalogue.current_version(service).parsed,
        "drafts": [(case, flow.case_url("tasks", case)) for case in drafts[:10]],
        "office": government.office_contact(service.agency),
    }
    return render(request, "applications/start.html", context)
