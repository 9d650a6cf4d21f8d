"""Hats worn by mandate: given, confirmed and ended. Whose word it takes, and for how long, casework knows."""

from datetime import date, datetime
from typing import Final, TypedDict
from uuid import UUID

from django.db import transaction
from django.utils.translation import gettext as _

from services.accounts import queries
from services.accounts.models import Mandate, Membership, User
from services.accounts.models.membership import HATS_OF_TWO
from services.accounts.operations import hats
from services.accounts.operations.hats import UnableToChangeHats
from services.audit.actors import SYSTEM, Actor
from services.foundation import clock, locks
from services.government.models import Agency

OVER: Final = "Hari terakhir sudah lewat / The last day is over"


class Terms(TypedDict):
    """What a mandate says: see `Mandate`."""

    kind: str
    post: str
    holder: User | None
    letter_number: str
    letter_date: date
    letter: UUID
    services: list[str]


def give_mandate(
    *,
    user: User,
    agency: Agency,
    hat: str,
    valid_from: date,
    valid_until: date,
    terms: Terms,
    giver: User,
    by: Actor,
    at: datetime,
) -> Membership:
    """Let somebody wear a hat by mandate, both days included; a hat that takes two people waits for `confirm_mandate`.

    Raises UnableToChangeHats (dates, worn).
    """
    if valid_until < valid_from or valid_from < clock.local_date(at):
        words = _("The first day is today or later, the last one not before it.")
        raise UnableToChangeHats(code="dates", message=words, field="valid_until")
    waits = hat in HATS_OF_TWO
    with transaction.atomic():
        hats.lock_hat(user, agency, hat, at=at)
        worn = Membership.objects.create(
            user=user,
            agency=agency,
            hat=hat,
            state=Membership.State.PROPOSED if waits else Membership.State.ACTIVE,
            origin=Membership.Origin.MANDATE,
            valid_from=valid_from,
            valid_until=valid_until,
            granted_by=giver,
            created_at=at,
        )
        Mandate.objects.create(membership=worn, **terms)
        hats.record("accounts.hat.proposed" if waits else "accounts.hat.granted", worn, actor=by, at=at)
    return worn


def confirm_mandate(worn: Membership, *, confirmed_by: User, by: Actor, at: datetime) -> Membership:
    """Be the second person: the mandate counts from now on, or from its first day. Raises UnableToChangeHats."""
    with transaction.atomic():
        locked = queries.locked_membership(worn.pk)
        hats.confirm(locked, confirmed_by=confirmed_by, actor=by, at=at)
    return locked


def end_mandate(
    worn: Membership, *, ended_by: User | None, by: Actor, reason: str, at: datetime
) -> Membership:
    """End it before its last day, or refuse one that waits. Raises UnableToChangeHats (ended, reason)."""
    with transaction.atomic():
        locked = queries.locked_membership(worn.pk)
        hats.refuse_ended(locked)
        if not reason.strip():
            raise UnableToChangeHats(_("Say why the hat ends."), code="reason", field="reason")
        locked.ended_by, locked.reason = ended_by, reason.strip()
        hats.end(locked, at=at)
        hats.record("accounts.hat.ended", locked, actor=by, at=at)
    return locked


def end_mandates_past(*, at: datetime) -> int:
    """Note the end of every mandate whose last day is over; returns how many. A second beat finds it done."""
    with transaction.atomic():
        if not locks.try_transaction_lock("accounts.end_mandates"):
            return 0
        past = list(queries.mandates_past(at=at))
        for worn in past:
            end_mandate(worn, ended_by=None, by=SYSTEM, reason=OVER, at=at)
    return len(past)
