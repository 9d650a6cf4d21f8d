"""One line of a list of cases, in words: no applicant's person but where the reader supervises the office."""

from datetime import datetime
from typing import Any

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from oversight import policies
from oversight.models import Stay
from oversight.queries.behind import Asked
from oversight.queries.cases import names_a_person
from oversight.queries.people import Reader
from services.casework import outlook, timeline
from services.foundation import months, texts
from services.foundation.clock import local_date
from services.government import calendar

FILE = "admin:casework_case_change"
TRACKING = "casework:tracking"


def line(stay: Stay, reader: Reader, *, at: datetime) -> dict[str, Any]:
    """A stay as a line: the case, where it stands, and what makes it stand in this list."""
    case = stay.case
    may_read = reader.scope is not None and policies.may_read_file(reader.scope, case, reader.user)
    names_applicant = may_read and names_a_person(case) and case.applicant is not None
    return {
        "reference": case.reference,
        "href": reverse(FILE if may_read else TRACKING, args=[case.reference]),
        "title": case.title,
        "agency": texts.local(case.agency.short_name),
        "district": case.district.name if case.district else "",
        "applicant": case.applicant.name if names_applicant and case.applicant else "",
        "sent_at": case.submitted_at,
        "label": case.current.label,
        "tone": outlook.tone_of(case.current),
        "holder": timeline.role(stay.holder) if stay.ended_at is None or stay.ended_at > at else "",
        "days_late": days_late(stay, at=at),
        "time": time_of(stay, at=at),
    }


def days_late(stay: Stay, *, at: datetime) -> int:
    """How many working days past its date a stay is at this moment; at least one where it is late at all."""
    if stay.due_at is None or stay.due_at >= at or (stay.ended_at and stay.ended_at <= at):
        return 0
    return max(calendar.working_days_between(local_date(stay.due_at), local_date(at)), 1)


def heading(asked: Asked) -> str:
    """What a list of cases shows, as its title."""
    month = months.name(asked.period.first)
    titles = {
        "in": _("Came in, %(month)s"),
        "out": _("Went out, %(month)s"),
        "settled": _("Settled, %(month)s"),
        "waiting": _("Waiting, %(month)s"),
        "late": _("Late, %(month)s"),
        "returned": _("Returned, %(month)s"),
    }
    return titles[asked.figure] % {"month": month}


def time_of(stay: Stay, *, at: datetime) -> str:
    """How late it is, or how long it took."""
    late = days_late(stay, at=at)
    if late and stay.due_at is not None and local_date(stay.due_at) == local_date(at):
        return _("Late since today")
    if late:
        return ngettext("%(days)d working day late", "%(days)d working days late", late) % {"days": late}
    if stay.office_days is None:
        return ""
    days = ngettext("%(days)d working day", "%(days)d working days", stay.office_days) % {
        "days": stay.office_days
    }
    return _("%(days)s, too late") % {"days": days} if stay.in_time is False else days
