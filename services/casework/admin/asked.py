"""What the address of a queue asks for, and the choices that its filters offer. A filter costs no query of its own."""

from collections.abc import Container
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db.models import Q, QuerySet
from django.http import QueryDict
from django.utils.functional import Promise
from django.utils.http import urlencode
from django.utils.translation import gettext_lazy

from services.casework import finding, workflow, workload
from services.casework.models import Case
from services.casework.workload import Office
from services.foundation import texts
from services.government import queries as government

VIEWS = {
    "queue": gettext_lazy("To be done"),
    "mine": gettext_lazy("On my desk"),
    "waiting": gettext_lazy("Waiting for the applicant"),
    "open": gettext_lazy("Everything open"),
}
DUE = {"": gettext_lazy("Any date"), "late": gettext_lazy("Late"), "today": gettext_lazy("Due today")}
#: What is worth a second look, with its condition.
FLAGS: dict[str, tuple[Promise, Q]] = {
    "mended": (gettext_lazy("Mended and sent again"), Q(rounds__gt=1)),
    "helper": (gettext_lazy("Filed by a helper"), Q(helper__isnull=False)),
    "overtook": (gettext_lazy("Taken before others"), Q(overtook__gt=0)),
}
#: The filters that a saved view keeps; words that were searched are never kept.
KEPT = ("show", "due", "service", "district", "step", "flag")
LONGEST = 60


@dataclass(frozen=True, slots=True)
class Asked:
    """What the address asks for: which view, which filters, which words, which page."""

    show: str
    due: str
    service: str
    district: str
    step: str
    flag: str
    words: str
    found: str
    after: str
    before: str

    @property
    def narrows(self) -> bool:
        """Whether any filter is set."""
        return any((self.due, self.service, self.district, self.step, self.flag))

    @property
    def filters(self) -> dict[str, str]:
        """The view and the filters that are set, by name."""
        return {name: getattr(self, name) for name in KEPT if getattr(self, name)}

    def address(self, **changes: str) -> str:
        """The address of the same list with something changed; a change of filter starts from the top."""
        asked = {**self.filters, "find": self.found} | changes
        return "?" + urlencode({name: value for name, value in asked.items() if value})


def asked(got: QueryDict, office: Office) -> Asked:
    """Read an address or a form; whatever it asks that there is not, it does not ask."""
    default = "queue" if office.posts else "open"
    token = got.get("find", "")[:2000]
    words = finding.unsealed(token, office=office) if token else got.get("q", "").strip()[:100]
    return Asked(
        show=_known(got, "show", VIEWS) or default,
        due=_known(got, "due", DUE),
        service=got.get("service", "")[:LONGEST],
        district=got.get("district", "")[:LONGEST],
        step=_known(got, "step", dict(steps())),
        flag=_known(got, "flag", FLAGS),
        words=words,
        found=token or (finding.sealed(words, office=office) if words else ""),
        after=got.get("after", ""),
        before=got.get("before", ""),
    )


def cases(office: Office, wanted: Asked, *, at: datetime) -> QuerySet[Case]:
    """The cases of the list that was asked for, still without an order."""
    if wanted.words:
        return finding.found(office, wanted.words)
    found = workload.open_cases(office).filter(_view(office, wanted.show, at=at))
    if wanted.due:
        found = found.filter(workload.late(at) if wanted.due == "late" else workload.due_today(at))
    if wanted.service:
        found = found.filter(service_version__service__slug=wanted.service)
    if wanted.district:
        within = Q(district__code__startswith=f"{wanted.district}.")
        found = found.filter(Q(district__code=wanted.district) | within)
    if wanted.step:
        found = found.filter(status=wanted.step)
    return found.filter(FLAGS[wanted.flag][1]) if wanted.flag else found


def choices(office: Office, wanted: Asked) -> list[dict[str, Any]]:
    """The filters as they are drawn: name, label, options and what is chosen. Two queries: services and districts."""
    services = [(row.slug, texts.local(row.name)) for row in workload.services_of(office)]
    districts = [(row.code, row.name) for row in government.districts().order_by("name")]
    flags = [(code, label) for code, (label, _condition) in FLAGS.items()]
    drawn: list[tuple[str, Promise, list[tuple[str, Any]]]] = [
        ("due", gettext_lazy("Date"), list(DUE.items())),
        ("service", gettext_lazy("Service"), [("", gettext_lazy("Every service")), *services]),
        ("district", gettext_lazy("District"), [("", gettext_lazy("Every district")), *districts]),
        ("step", gettext_lazy("Step"), [("", gettext_lazy("Every step")), *steps()]),
        ("flag", gettext_lazy("Flag"), [("", gettext_lazy("With or without")), *flags]),
    ]
    return [
        {"name": name, "label": label, "options": options, "chosen": getattr(wanted, name)}
        for name, label, options in drawn
    ]


def steps() -> list[tuple[str, str | Promise]]:
    """Every status in which an open case can stand, once, with its label."""
    found: dict[str, str | Promise] = {}
    for flow in workflow.every():
        for status in flow.statuses:
            if not status.final and status.code != "DRAFT":
                found.setdefault(status.code, status.label)
    return list(found.items())


def _known(got: QueryDict, name: str, choices: Container[str]) -> str:
    """What is asked for by this name, if there is such a choice."""
    value = str(got.get(name, ""))
    return value if value in choices else ""


def _view(office: Office, show: str, *, at: datetime) -> Q:
    if show == "mine":
        return Q(assignee=office.user)
    if show == "waiting":
        return workload.waiting_for_applicant()
    if show == "queue":
        return workload.actionable(office, at=at) & (Q(assignee=None) | Q(assignee=office.user))
    return Q()
