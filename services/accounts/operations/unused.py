"""Hats that nobody uses end by themselves after a year, with a warning: an open door that nobody watches is a danger."""

from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Final
from uuid import UUID

from django.db import transaction

from services.accounts import queries
from services.accounts.models import Hat, Membership
from services.accounts.operations import hats
from services.audit import queries as record
from services.foundation import clock, locks

UNUSED: Final = timedelta(days=365)
WARNING: Final = timedelta(days=14)
#: A user by pseudonym, and one kind of hat that they wear.
Hats = tuple[UUID, str]
#: As many administrators above all agencies stay, whatever they do: a new one takes two.
ADMINISTRATORS_LEFT: Final = 2


@dataclass(frozen=True, slots=True)
class Unused:
    """How many wearers were warned, and how many hats ended."""

    warned: int = 0
    ended: int = 0


def end_unused_hats(*, at: datetime) -> Unused:
    """Warn two weeks before a hat has not been used for a year; end what was not, and was warned of for two weeks.

    A second beat that comes meanwhile finds it done.
    """
    warned = ended = 0
    with transaction.atomic():
        if not locks.try_transaction_lock("accounts.unused_hats"):
            return Unused()
        for membership, used_at in _unused(at=at):
            if membership.warned_at is None or membership.warned_at < used_at:
                ends_on = clock.local_date(max(used_at + UNUSED, at + WARNING))
                hats.warn_of_end(membership, ends_on=ends_on, at=at)
                warned += 1
            elif at >= max(used_at + UNUSED, membership.warned_at + WARNING):
                ended += _ended(membership, at=at)
    return Unused(warned, ended)


def _unused(*, at: datetime) -> Iterator[tuple[Membership, datetime]]:
    """What will not have been used for a year within two weeks, with the last use."""
    old = list(queries.memberships_as_old_as(at - UNUSED + WARNING, at=at))
    last = _last_uses(old, since=at - UNUSED - WARNING, at=at)
    return ((each, last[each.pk]) for each in old if at - last[each.pk] >= UNUSED - WARNING)


def _ended(membership: Membership, *, at: datetime) -> bool:
    """End it, unless the house would be left without its administrators."""
    if membership.hat == Hat.ADMINISTRATOR and membership.agency.is_root:
        others = queries.root_administrators(at=at).exclude(user=membership.user)
        if others.count() < ADMINISTRATORS_LEFT:
            return False
    hats.end_unused(membership, at=at)
    return True


def _last_uses(worn: Sequence[Membership], *, since: datetime, at: datetime) -> dict[int, datetime]:
    """When each hat was last used; the day on which it began counts as a use.

    An act in an agency where its wearer has no such hat (a head looks at another office) counts for all they have.
    """
    acts: defaultdict[Hats, list[record.Act]] = defaultdict(list)
    for act in record.last_acts({each.user.pseudonym for each in worn}, since=since):
        acts[act.actor, act.hat].append(act)
    home: defaultdict[Hats, set[str]] = defaultdict(set)
    for pseudonym, hat, agency in queries.hats_worn_by({each.user_id for each in worn}, at=at):
        home[pseudonym, hat].add(agency)

    def last(membership: Membership) -> datetime:
        hats_of, here = (membership.user.pseudonym, membership.hat), membership.agency.code
        elsewhere = home[hats_of] - {here}
        used = [act.at for act in acts[hats_of] if act.agency not in elsewhere]
        return max([_began_at(membership), *used, *_visits(membership)])

    return {each.pk: last(each) for each in worn}


def _began_at(membership: Membership) -> datetime:
    first_day = clock.start_of(membership.valid_from)
    return max(first_day, membership.created_at, membership.confirmed_at or membership.created_at)


def _visits(membership: Membership) -> list[datetime]:
    """Heads look at figures, which leaves no trace: for them, signing in is using the hat."""
    signed_in = membership.user.last_login
    return [signed_in] if membership.hat == Hat.EXECUTIVE and signed_in else []
