"""Who is told at a rung of the ladder, in which words; and how the ladder of a case looks on its page at the desk."""

from collections.abc import Iterable, Sequence
from datetime import datetime
from typing import Any, Final

from django.urls import reverse

from services.accounts import queries as accounts
from services.accounts.models import Hat, User
from services.casework import clocks, clockwords, ladder, looking_again, policies, reviews, told
from services.casework.handlers import Part
from services.casework.models import Case, EscalationHop, Review, SecondLook, Told, WhyQuestion
from services.foundation import clock, sealing
from services.notifications import operations as notifications

NOTICE: Final = "casework/time_runs"
#: Says that time runs out and nothing else, for what is confidential.
NEUTRAL: Final = "casework/time_runs_sealed"


def tell(hop: EscalationHop, *, at: datetime) -> None:
    """Give notice of a passed rung to those at the office who hear of it at once. Heads read of it in the morning."""
    if hop.clock in SecondLook.CLOCKS.values():
        looking_again.tell_of_the_clock(hop, at=at)
        return
    case, key = hop.case, f"casework.clock.escalated:{hop.pk}"
    if case.is_confidential:
        key = sealing.blind_index(key, purpose=NEUTRAL).hex()
        notice, context = NEUTRAL, {"path": reverse("admin:index")}
    else:
        notice, context = NOTICE, _facts(hop)
    for user in recipients(case, hop.tells, at=at):
        notifications.notify(
            user,
            notice=notice,
            context=context | _own_page(user, case, at=at),
            legally_required=False,
            dedupe_key=f"{key}:{user.pk}",
            at=at,
        )


def recipients(case: Case, tells: str, *, at: datetime) -> list[User]:
    """Who gets a notice: the officer, and the supervisors for a file that nobody has; never a party of the case.

    Of a confidential case only those who receive it are told.
    """
    if case.is_confidential:
        found: Iterable[User] = [
            user
            for hat in sorted(policies.RECEIVING_HATS)
            for user in accounts.users_with(hat, case.agency, at)
        ]
    elif branches := reviews.unfinished_of(case):
        found = _reviewing(case, branches, tells, at=at)
    elif tells == Told.OFFICER and case.assignee is not None:
        found = [case.assignee]
    elif tells in {Told.OFFICER, Told.SUPERVISOR}:
        found = accounts.users_with(Hat.SUPERVISOR, case.agency, at)
    else:
        found = []
    unique = {user.pk: user for user in found if user.is_active}
    return [user for user in unique.values() if not policies.is_own_matter(user, case)]


def _reviewing(case: Case, branches: Sequence[Review], tells: str, *, at: datetime) -> Iterable[User]:
    """While offices review: whoever has a review, the supervisors of the office where nobody has it, of all at the next rung."""
    if tells not in {Told.OFFICER, Told.SUPERVISOR}:
        return []
    holders = [review.assignee for review in branches if review.assignee and tells == Told.OFFICER]
    offices = {review.agency for review in branches if tells == Told.SUPERVISOR or review.assignee is None}
    offices |= {case.agency} if tells == Told.SUPERVISOR else set()
    supervisors = [user for office in offices for user in accounts.users_with(Hat.SUPERVISOR, office, at)]
    return [*holders, *supervisors]


def tell_asked(question: WhyQuestion, *, at: datetime) -> None:
    """Tell the head of the office what is asked, and by when the answer is owed."""
    key = f"casework.why.asked:{question.pk}"
    for user in accounts.users_with(Hat.EXECUTIVE, question.agency, at):
        _tell_of_why(
            user, "casework/why_asked", question, words=question.words, key=f"{key}:{user.pk}", at=at
        )


def tell_answered(question: WhyQuestion, *, at: datetime) -> None:
    """Tell whoever asked what the head of the office says."""
    key = f"casework.why.answered:{question.pk}"
    notice, words = "casework/why_answered", question.answer
    _tell_of_why(question.asked_by, notice, question, words=words, key=key, at=at)


def _tell_of_why(
    user: User, notice: str, question: WhyQuestion, *, words: str, key: str, at: datetime
) -> None:
    case = question.case
    context = {
        "reference": case.reference,
        "path": reverse("admin:casework_case_why", args=[case.reference]),
        "service": case.service_version.service.name,
        "agency": question.agency.name,
        "words": words,
        "due_at": question.due_at.isoformat(),
    }
    notifications.notify(user, notice=notice, context=context, legally_required=False, dedupe_key=key, at=at)


def aside(case: Case, reader: User) -> Part:
    """The ladder on the page of a case: how the date came about, the rungs passed, the next one, what heads said. No query, for a case read as the desk reads it."""
    at = clock.now()
    hops = told.hops_on(case)
    promise = clocks.running(case) if clocks.runs(case) else None
    stands = clocks.stands_still(case) if promise else False
    ahead = ladder.reached(case, promise, at=at) if promise and not stands else []
    passed = {(hop.clock, hop.clock_started_at, hop.percent) for hop in hops}
    following = [
        rung for rung in ahead if promise and (promise.name, promise.start, rung.percent) not in passed
    ]
    own = {
        "passed": [{"hop": hop, "who": _who(case, hop.tells)} for hop in hops],
        "next": {"rung": following[0], "who": _who(case, following[0].tells)} if following else None,
        "stands": stands,
        "questions": told.why_on(case),
        "branches": reviews.unfinished_of(case) if promise else [],
        "address": reverse("admin:casework_case_why", args=[case.reference])
        if not case.is_confidential and Hat.EXECUTIVE in reader.hats_today
        else "",
        "explained": clockwords.explain(case, at=at),
    }
    return Part(template="casework/desk/_ladder.html", own=own)


def _own_page(user: User, case: Case, *, at: datetime) -> dict[str, str]:
    """Where somebody of another office goes on: the page of reviews, since the file itself is not theirs to open."""
    if case.is_confidential or not reviews.unfinished_of(case):
        return {}
    is_here = bool(accounts.hats_of(user, agency=case.agency, at=at))
    return {} if is_here else {"path": reverse("admin:casework_case_reviews")}


def _who(case: Case, tells: str) -> str:
    return str(Told.OFFICER.label if case.is_confidential else Told(tells).label)


def _facts(hop: EscalationHop) -> dict[str, Any]:
    case = hop.case
    return {
        "reference": case.reference,
        "path": reverse("admin:casework_case_change", args=[case.reference]),
        "service": case.service_version.service.name,
        "percent": hop.percent,
        "due_at": case.due_at and case.due_at.isoformat(),
    }
