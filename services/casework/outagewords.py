"""What an outage did to the dates of a case, in plain words: for its page, its history and its notices."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any, Final

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from services.casework.models import ApplicantRequest, Case, Outage, OutageMove
from services.foundation.clock import local_date
from services.foundation.templatetags.bening import day

OBJECTION: Final = OutageMove.What.OBJECTION.value


def moved(what: str, *, days: int, to: datetime, begins_at: datetime, ends_at: datetime, is_all: bool) -> str:
    """One sentence: by how many days which date moved, to which day, and why."""
    facts = {"days": days, "day": day(to), "why": _why(begins_at, ends_at, is_all=is_all)}
    if what == OBJECTION:
        return (
            ngettext(
                "The time to object is longer by %(days)d day, until %(day)s: %(why)s.",
                "The time to object is longer by %(days)d days, until %(day)s: %(why)s.",
                days,
            )
            % facts
        )
    words = ngettext(
        "The date moved by %(days)d day, to %(day)s: %(why)s.",
        "The date moved by %(days)d days, to %(day)s: %(why)s.",
        days,
    )
    return words % facts


def in_history(details: Mapping[str, Any]) -> str:
    """What the event of a case says: each date that moved, once."""
    begins_at, ends_at = (datetime.fromisoformat(details[name]) for name in ("begins_at", "ends_at"))
    said = [
        moved(
            row["what"],
            days=row["days"],
            to=datetime.fromisoformat(row["to"]),
            begins_at=begins_at,
            ends_at=ends_at,
            is_all=details.get("is_all", True),
        )
        for row in details["dates"]
    ]
    return " ".join(dict.fromkeys(said))


def on_page(case: Case, *, at: datetime) -> list[str]:
    """Why dates that still lie ahead are later than they were, the latest move last. One query."""
    moves = case.outage_moves.filter(after__gte=at).select_related("outage", "request")
    said = [_said(move) for move in moves.order_by("moved_at", "pk") if _still_counts(move, case)]
    return list(dict.fromkeys(said))


def facts(case: Case, outage: Outage) -> dict[str, Any]:
    """What a notice tells of the dates that one outage has moved: the sentences' parts, the earliest new date; {} for none."""
    moves = list(case.outage_moves.filter(outage=outage).order_by("after", "pk"))
    if not moves:
        return {}
    first = moves[0]
    return {
        "until": first.after.isoformat(),
        "days": first.days,
        "is_objection": first.what == OBJECTION,
        "begins_at": outage.begins_at.isoformat(),
        "ends_at": outage.ends_at and outage.ends_at.isoformat(),
        "is_all": outage.touches_all,
    }


def _said(move: OutageMove) -> str:
    outage = move.outage
    return moved(
        move.what,
        days=move.days,
        to=move.after,
        begins_at=outage.begins_at,
        ends_at=outage.ends_at or outage.begins_at,
        is_all=outage.touches_all,
    )


def _still_counts(move: OutageMove, case: Case) -> bool:
    """Whether the period whose end was moved still runs."""
    if move.request is not None:
        return move.request.state == ApplicantRequest.State.OPEN
    if move.what == OBJECTION:
        return True
    return case.applicant_due_at is not None and move.since == case.status_at


def _why(begins_at: datetime, ends_at: datetime, *, is_all: bool) -> str:
    facts = {"first": day(begins_at), "last": day(ends_at)}
    if local_date(begins_at) == local_date(ends_at):
        words = (
            _("the portal was not available on %(first)s")
            if is_all
            else _("the service was not available on %(first)s")
        )
    else:
        words = (
            _("the portal was not available from %(first)s to %(last)s")
            if is_all
            else _("the service was not available from %(first)s to %(last)s")
        )
    return words % facts
