"""A clock explains itself: since when it runs, how long, without which days; and what happens when the date passes."""

from collections.abc import Iterable
from datetime import date, datetime, timedelta
from typing import Final

from babel.dates import format_date
from django.conf import settings
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from services.casework import clocks, ladder, operations
from services.casework.clocks import Promise
from services.casework.models import Case, Told
from services.catalogue import wording
from services.catalogue.definition import Duration
from services.foundation.clock import local_date
from services.foundation.templatetags.bening import moment
from services.government import calendar
from services.government.calendar import DayOff

FRIDAY: Final = 4
#: The dash between the first and the last day of a span.
TO: Final = "\N{EN DASH}"


def explain(case: Case, *, at: datetime) -> str:
    """How the date of the running clock came about: "5 working days from 16 March, without 18 March: joint leave".

    "" where no clock runs. With the pauses prefetched it costs no query but what the promise itself costs.
    """
    promise = clocks.running(case) if clocks.runs(case) else None
    if promise is None or case.due_at is None:
        return ""
    said = _("%(time)s from %(day)s") % {"time": wording.duration(promise.duration), "day": _since(promise)}
    if promise.name == "objection":
        said = _("Answer to the objection: %(clock)s") % {"clock": said}
    if promise.name == "intake":
        said = _("Check of completeness: %(clock)s") % {"clock": said}
    without = [*_closed(promise, case.due_at), *_waited(case, promise, at=at)]
    return _("%(clock)s, without %(days)s") % {"clock": said, "days": "; ".join(without)} if without else said


def afterwards(case: Case) -> str:
    """What happens when the date passes, to whoever waits: who hears of it by itself. "" where nobody does."""
    if case.decided_at or case.closed_at or case.due_at is None:
        return ""
    if case.is_confidential:
        return _("If the date passes, those who examine it are reminded by the system.")
    told = [
        str(Told(tells).label)
        for percent, tells in ladder.of_service(case.service_version.service.slug)
        if percent >= ladder.WHOLE
    ]
    followed = _follows(case)
    if not told:
        return followed
    words = _("If the date passes, these hear of it without your doing anything: %(who)s.") % {
        "who": ", ".join(dict.fromkeys(told))
    }
    return f"{words} {followed}".rstrip()


def _follows(case: Case) -> str:
    """What silence does: at intake where the service says so, and with a complete application by the law; "" where it does nothing."""
    if case.complete_at is None:
        counts = case.service_version.parsed.intake_silence == "complete"
        return _("If nobody has checked it by then, your file counts as complete.") if counts else ""
    return {
        "auto_issue": _(
            "If nobody has decided by then, your application counts as granted by law, and the certificate is made by itself."
        ),
        "flag_only": _(
            "If nobody has decided by then, this is recorded and the inspectorate is told. Nothing is granted by it."
        ),
    }.get(operations.mode_of(case), "")


def _since(promise: Promise) -> str:
    if promise.duration.unit in calendar.SPANS:
        return str(moment(promise.start))
    return _in_words(local_date(promise.start))


def _closed(promise: Promise, due_at: datetime) -> list[str]:
    """The days on which the offices are closed between start and date, by spans that a weekend does not part."""
    if promise.duration.unit != "WORKING_DAY":
        return []
    off = calendar.days_off(local_date(promise.start), local_date(due_at))
    return [
        _("%(days)s: %(why)s") % {"days": _span(span[0].day, span[-1].day), "why": _why(span)}
        for span in _spans(off)
    ]


def _spans(off: Iterable[DayOff]) -> list[list[DayOff]]:
    spans: list[list[DayOff]] = []
    for day in off:
        if spans and not _office_day_between(spans[-1][-1].day, day.day):
            spans[-1].append(day)
        else:
            spans.append([day])
    return spans


def _office_day_between(first: date, last: date) -> bool:
    between = (first + timedelta(days=offset) for offset in range(1, (last - first).days))
    return any(day.weekday() <= FRIDAY or calendar.is_working_day(day) for day in between)


def _why(span: Iterable[DayOff]) -> str:
    reasons = {day.why for day in span}
    if "JOINT_LEAVE" in reasons:
        return _("joint leave") if reasons == {"JOINT_LEAVE"} else _("holidays and joint leave")
    return _("the offices are closed") if "CLOSED" in reasons else _("public holiday")


def _waited(case: Case, promise: Promise, *, at: datetime) -> list[str]:
    """How long the clock stood still for an answer, where that moved the date."""
    if promise.duration.unit == "WORKING_DAY":
        days = clocks.paused_working_days(case, since=promise.start, until=at)
    else:
        days = clocks.paused_time(case, since=promise.start, until=at).days
    if not days:
        return []
    in_days = Duration(amount=days, unit="CALENDAR_DAY")
    time = wording.duration(in_days if promise.duration.unit != "WORKING_DAY" else Duration(amount=days))
    return [_("%(time)s of waiting for the applicant") % {"time": time}]


def _span(first: date, last: date) -> str:
    if first == last:
        return _in_words(first)
    if (first.year, first.month) == (last.year, last.month):
        return f"{first.day}{TO}{_in_words(last)}"
    return f"{_in_words(first)}{TO}{_in_words(last)}"


def _in_words(day: date) -> str:
    return str(
        format_date(day, format="d MMMM", locale=(get_language() or settings.LANGUAGE_CODE).split("-")[0])
    )
