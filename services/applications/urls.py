"""The addresses of the journey, made for each public service with its flow; and of the counter, which leads into it."""

from django.urls import URLPattern, path

from services.applications.flow import Flow
from services.applications.views import asked, counter, overview, papers, people, questions, sending, start
from services.foundation.admin import desk_page

app_name = "applications"


def journey(flow: Flow) -> list[URLPattern]:
    """The addresses under `<slug>/`, for the `urls.py` of a public service to include under its own namespace."""
    return [
        path("<slug:slug>/", start.start, {"flow": flow}, name="start"),
        *(
            path(f"<slug:slug>/<str:reference>/{rest}", view, {"flow": flow}, name=name)
            for rest, view, name in _PAGES
        ),
    ]


urlpatterns = [
    path("admin/counter/", desk_page(counter.PERMISSION, counter.page), name="counter"),
    path("admin/counter/start/", desk_page(counter.PERMISSION, counter.start), name="counter_start"),
]

_PAGES = (
    ("", overview.tasks, "tasks"),
    ("applicant/", people.identity, "identity"),
    ("applicant/confirmation/", people.confirmation, "confirmation"),
    ("applicant/confirmation/code/", people.send_code, "send_code"),
    ("applicant/confirmation/slip/", people.slip, "slip"),
    ("applicant/confirmation/slip/confirm/", people.confirm_slip, "confirm_slip"),
    ("questions/<slug:group>/", questions.questions, "questions"),
    ("questions/<slug:group>/<int:number>/", questions.item, "item"),
    ("questions/<slug:group>/<int:number>/remove/", questions.remove, "remove_item"),
    ("documents/<slug:slot>/", papers.document, "document"),
    ("documents/<slug:slot>/finish/", papers.finish, "finish"),
    ("documents/<slug:slot>/remove/", papers.remove, "remove"),
    ("documents/<slug:slot>/reopen/", papers.reopen, "reopen"),
    ("documents/<slug:slot>/reuse/", papers.reuse, "reuse"),
    ("documents/<slug:slot>/progress/", papers.progress, "progress"),
    ("documents/<slug:slot>/sheets/<uuid:sheet>/", papers.picture, "picture"),
    ("documents/<slug:slot>/sheets/<uuid:sheet>/again/", papers.again, "again"),
    ("documents/<slug:slot>/sheets/<uuid:sheet>/move/", papers.move, "move"),
    ("requests/<int:number>/", asked.asked, "asked"),
    ("check/", sending.check, "check"),
    ("receipt/", sending.receipt, "receipt"),
    ("receipt/claim/", sending.claim, "claim"),
)
