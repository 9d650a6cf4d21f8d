"""What is asked is looked at before it goes out: of a known kind, in words, on the list of the standard or with a reason, once."""

from collections.abc import Sequence
from datetime import datetime
from typing import Any

from django.db.models import Q, QuerySet
from django.utils.translation import gettext as _

from services.accounts.models import User
from services.casework import asking
from services.casework.models import ApplicantRequest, Case, Review
from services.casework.operations.values import Thing, UnableToHandle

Kind, State = ApplicantRequest.Kind, ApplicantRequest.State


def require_askable(case: Case, things: Sequence[Thing]) -> None:
    """Raise UnableToHandle (kind, words, key, reason, times, asked) unless each of these things may be asked now."""
    if not things:
        raise UnableToHandle(code="kind", message=_("Choose what you ask for."), field="what")
    for number, thing in enumerate(things, start=1):
        after = "" if number == 1 else f"_{number}"
        _require_kind(thing, after)
        _require_on_the_list(case, thing, after)
        _require_not_waited_for(case, thing, after)
    if len({(thing.kind in ApplicantRequest.PAPERS, thing.key) for thing in things if thing.key}) < sum(
        bool(thing.key) for thing in things
    ):
        raise UnableToHandle(code="asked", message=_("You ask for the same thing twice."), field="what_2")


def _require_kind(thing: Thing, after: str) -> None:
    if thing.kind not in Kind.values:
        raise UnableToHandle(code="kind", message=_("Choose what you ask for."), field=f"what{after}")
    if not thing.words.strip():
        raise UnableToHandle(code="words", message=_("Say in words what you ask for."), field=f"words{after}")
    if thing.kind == Kind.APPOINTMENT and not thing.times:
        words = _("Offer at least one time for the appointment.")
        raise UnableToHandle(code="times", message=words, field="time_1")


def _require_on_the_list(case: Case, thing: Thing, after: str) -> None:
    """What the standard does not list has a reason, which the applicant reads; what has a key is on the list."""
    if not asking.is_beyond(case.service_version.parsed, thing.kind, thing.key):
        return
    if thing.key or thing.kind in (Kind.CLEARER, Kind.CORRECTION):
        words = _("The standard of this service does not list this.")
        raise UnableToHandle(code="key", message=words, field=f"what{after}")
    if not thing.reason.strip():
        words = _("The standard does not list this. Write why it is needed: the applicant reads it.")
        raise UnableToHandle(code="reason", message=words, field="reason")


def _require_not_waited_for(case: Case, thing: Thing, after: str) -> None:
    waited_for = same_as(case, thing.kind, thing.key).filter(state__in=(State.OPEN, State.PROPOSED))
    if thing.key and waited_for.exists():
        words = _("This was asked already, and there is no answer yet.")
        raise UnableToHandle(code="asked", message=words, field=f"what{after}")


def same_as(case: Case, kind: str, key: str) -> QuerySet[ApplicantRequest]:
    """What was asked for the same thing: the same paper, however it was asked for; the same answer of the form."""
    kinds = ApplicantRequest.PAPERS if kind in ApplicantRequest.PAPERS else (kind,)
    return case.requests.filter(kind__in=kinds, key=key)


def is_second(case: Case, thing: Thing, *, review: Review | None) -> bool:
    """Whether the applicant was asked for this before, by whomever; where nothing names it, by the same review, in the same way.

    What was withdrawn was never owed, and an appointment for which no time was found may be offered again.
    """
    sent = same_as(case, thing.kind, thing.key).filter(state__in=(State.OPEN, State.ANSWERED, State.LAPSED))
    if not thing.key:
        sent = sent.filter(review=review)
    return sent.exclude(Q(kind=Kind.APPOINTMENT, state=State.ANSWERED, agreed_at=None)).exists()


def sorted_out(
    case: Case, things: Sequence[Thing], *, review: Review | None
) -> tuple[list[Thing], list[Thing]]:
    """What is asked for the first time and goes out, and what is asked again and is proposed to a supervisor."""
    again = [thing for thing in things if is_second(case, thing, review=review)]
    return [thing for thing in things if thing not in again], again


def write(
    case: Case,
    things: Sequence[Thing],
    *,
    review: Review | None,
    actor: User,
    due_at: datetime,
    at: datetime,
    state: str = State.OPEN,
) -> list[ApplicantRequest]:
    """Write what is asked, one row for each thing."""
    definition = case.service_version.parsed
    beyond = {thing: asking.is_beyond(definition, thing.kind, thing.key) for thing in things}
    return [
        ApplicantRequest.objects.create(
            case=case,
            review=review,
            kind=thing.kind,
            key=thing.key,
            words=thing.words.strip(),
            is_beyond=beyond[thing],
            reason=thing.reason.strip() if beyond[thing] else "",
            times=sorted(thing.times) if thing.kind == Kind.APPOINTMENT else [],
            state=state,
            due_at=due_at,
            asked_by=actor,
            asked_at=at,
        )
        for thing in things
    ]


def beyond(things: Sequence[Thing] | Sequence[ApplicantRequest], case: Case) -> dict[str, Any]:
    """What of it the standard does not list, and why, as the record keeps it; nothing where it lists all."""
    definition = case.service_version.parsed
    found = [thing for thing in things if asking.is_beyond(definition, thing.kind, thing.key)]
    if not found:
        return {}
    reasons = dict.fromkeys(thing.reason.strip() for thing in found)
    return {"asked": [[thing.kind, thing.key] for thing in found], "reason": "; ".join(reasons)}


def named(things: Sequence[Thing] | Sequence[ApplicantRequest], case: Case) -> dict[str, Any]:
    """What was asked, as the record names it: kind and key of each thing, and how much is beyond the standard; never its words."""
    definition = case.service_version.parsed
    beyond = sum(asking.is_beyond(definition, thing.kind, thing.key) for thing in things)
    return {"asked": [[thing.kind, thing.key] for thing in things], "beyond": beyond}
