"""Papers that wait for a personal signature: which are whose, and who has opened them."""

from collections.abc import Iterable
from datetime import datetime
from typing import Final

from django.db.models import Q, QuerySet

from services.accounts.models import Hat, Membership, User
from services.audit import queries as audit
from services.casework import capacity, hands, queries, undoing
from services.casework.models import Case
from services.casework.workflow import TO_SIGN
from services.integrity.pact import queries as pact

#: Under which hats papers are signed by hand; which of them, the version of the service says.
SIGNING_HATS: Final = frozenset({Hat.APPROVER, Hat.EXECUTIVE})
#: What the event of an opening says was opened.
PAPER: Final = "paper"


def is_for(user: User) -> bool:
    """Whether this user wears a hat under which papers are signed."""
    return bool(user.hats_today & SIGNING_HATS)


def waits_for(hat: str) -> Q:
    """The condition under which the paper of a case waits for the signature of this hat."""
    return Q(status=TO_SIGN, signer_hat=hat)


def waiting(user: User, *, at: datetime) -> QuerySet[Case]:
    """What waits for the signature of this user, what waits longest first, each with who recommended and who decided. Two queries.

    Whoever has not signed the integrity pact sees it and can do nothing, as in every queue. What the mandate of an acting
    official does not reach is not there.
    """
    theirs = Q(pk__in=[])
    for worn in _worn(user, at=at):
        theirs |= _theirs(worn) & capacity.within(worn.scope)
    names = {
        "recommender": queries.name_of("recommended_by"),
        "decider": queries.name_of("decided_by"),
    }
    found = queries.full().annotate(**names).filter(theirs, undoing.settled(at))
    return found.exclude(kept_from(user, at=at)).order_by("status_at", "pk")


def limited(user: User, *, at: datetime) -> list[Membership]:
    """What this user wears, under a hat that signs, by a mandate for some services only. One query."""
    return [worn for worn in _worn(user, at=at) if worn.scope]


def beyond(user: User, mandates: Iterable[Membership], *, at: datetime) -> QuerySet[Case]:
    """What waits for a hat that this user wears by one of these mandates, which do not reach it. Two queries."""
    theirs = Q(pk__in=[])
    for worn in mandates:
        theirs |= _theirs(worn) & ~capacity.within(worn.scope)
    found = Case.objects.select_related("service_version__service").filter(theirs, undoing.settled(at))
    return found.exclude(kept_from(user, at=at))


def _worn(user: User, *, at: datetime) -> Iterable[Membership]:
    return pact.memberships_of(user, at=at).filter(hat__in=SIGNING_HATS)


def _theirs(worn: Membership) -> Q:
    return Q(agency=worn.agency_id) & waits_for(worn.hat)


def kept_from(user: User, *, at: datetime) -> Q:
    """The condition under which this user does not sign a paper: their own matter, in conflict, worked on or annulled."""
    return queries.kept_from(user, at=at) | hands.worked_on(user) | hands.annulled(user)


def opened_by(user: User, cases: Iterable[Case]) -> dict[str, datetime]:
    """When this user last opened the paper of each of these cases since it waits; none for what they never opened. One query."""
    since = {case.reference: case.status_at for case in cases}
    events = audit.acts_of(user.pseudonym, "casework.file.opened", kind="case", keys=since) if since else []
    return {
        event.subject.key: event.at
        for event in events
        if event.details.get("what") == PAPER and event.at >= since[event.subject.key]
    }
