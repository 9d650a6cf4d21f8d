"""Hats are given, confirmed and ended here and nowhere else; each act is an event."""

from collections.abc import Iterable
from datetime import date, datetime, timedelta
from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _
from django.utils.translation import override

from services.accounts import actors, policies, queries
from services.accounts.models import Hat, Language, Membership, User
from services.accounts.models.membership import HATS_OF_TWO
from services.audit import operations as audit
from services.audit.actors import SYSTEM, Actor
from services.foundation import clock, locks
from services.foundation.errors import UnableTo
from services.government import queries as government
from services.government.models import Agency
from services.outbox import operations as outbox

BREAK_GLASS_TOPIC = "accounts.break_glass_used"
BREAK_GLASS_DAYS = 3
UNUSED_TOPIC = "accounts.hat_unused"
#: Promised whenever a hat that is worn by mandate waits, counts or has ended.
MANDATE_TOPIC = "accounts.mandate_changed"
UNUSED_REASON = "Tidak dipakai selama setahun / Not used for a year"


class UnableToChangeHats(UnableTo):
    """The hat cannot change so. `code`: own, not_administrator, worn, not_waiting, same_giver, ended, dates, exists, reason."""


def grant_hat(
    *,
    user: User,
    agency: Agency,
    hat: str,
    granted_by: User,
    valid_from: date,
    valid_until: date | None = None,
    reason: str = "",
    at: datetime,
) -> Membership:
    """Give a hat for a span of days, both included. APPROVER, AUDITOR and ADMINISTRATOR wait for `confirm_hat`.

    Raises UnableToChangeHats.
    """
    actor = _administrator(granted_by, wearer=user, agency=agency, at=at)
    if valid_until and valid_until < valid_from:
        raise UnableToChangeHats(
            _("The last day lies before the first one."), code="dates", field="valid_until"
        )
    waits = hat in HATS_OF_TWO
    with transaction.atomic():
        lock_hat(user, agency, hat, at=at)
        membership = Membership.objects.create(
            user=user,
            agency=agency,
            hat=hat,
            state=Membership.State.PROPOSED if waits else Membership.State.ACTIVE,
            valid_from=valid_from,
            valid_until=valid_until,
            granted_by=granted_by,
            reason=reason.strip(),
            created_at=at,
        )
        record("accounts.hat.proposed" if waits else "accounts.hat.granted", membership, actor=actor, at=at)
    return membership


def confirm_hat(membership: Membership, *, confirmed_by: User, at: datetime) -> Membership:
    """Be the second person: the hat counts from now on. Raises UnableToChangeHats."""
    with transaction.atomic():
        locked = _locked(membership)
        actor = _administrator(confirmed_by, wearer=locked.user, agency=locked.agency, at=at)
        confirm(locked, confirmed_by=confirmed_by, actor=actor, at=at)
    return locked


def confirm(locked: Membership, *, confirmed_by: User, actor: Actor, at: datetime) -> None:
    """Write and record the second person's word on a locked hat; neither the wearer's nor the giver's. Raises UnableToChangeHats."""
    if locked.state != Membership.State.PROPOSED:
        raise UnableToChangeHats(_("This hat does not wait for anybody."), code="not_waiting")
    if confirmed_by.pk in {locked.granted_by_id, locked.user_id}:
        raise UnableToChangeHats(
            _("You gave this hat yourself; another administrator confirms it."), code="same_giver"
        )
    locked.state, locked.confirmed_by, locked.confirmed_at = Membership.State.ACTIVE, confirmed_by, at
    locked.save(update_fields=["state", "confirmed_by", "confirmed_at"])
    record("accounts.hat.confirmed", locked, actor=actor, at=at)


def end_hat(membership: Membership, *, ended_by: User, reason: str, at: datetime) -> Membership:
    """Take a hat away from now on, or refuse one that waits. Raises UnableToChangeHats."""
    with transaction.atomic():
        locked = _locked(membership)
        actor = _administrator(ended_by, wearer=locked.user, agency=locked.agency, at=at)
        refuse_ended(locked)
        if not reason.strip():
            raise UnableToChangeHats(_("Say why the hat ends."), code="reason", field="reason")
        locked.ended_by, locked.reason = ended_by, reason.strip()
        end(locked, at=at)
        record("accounts.hat.ended", locked, actor=actor, at=at)
    return locked


def warn_of_end(membership: Membership, *, ends_on: date, at: datetime) -> Membership:
    """Tell the wearer that a hat they do not use ends on this day, unless they use it before. Raises UnableToChangeHats."""
    with transaction.atomic():
        locked = _locked(membership)
        refuse_ended(locked)
        locked.warned_at = at
        locked.save(update_fields=["warned_at"])
        record("accounts.hat.warned", locked, actor=SYSTEM, at=at)
        told = _told(locked, path="/admin/") | {"valid_until": ends_on.isoformat()}
        key = f"{UNUSED_TOPIC}:{locked.pk}:{at.isoformat()}"
        outbox.publish(UNUSED_TOPIC, told, dedupe_key=key, at=at)
    return locked


def end_unused(membership: Membership, *, at: datetime) -> Membership:
    """Take away a hat that its wearer did not use, nobody's word needed. Raises UnableToChangeHats."""
    with transaction.atomic():
        locked = _locked(membership)
        refuse_ended(locked)
        locked.reason = UNUSED_REASON
        end(locked, at=at)
        record("accounts.hat.ended", locked, actor=SYSTEM, at=at)
    return locked


def make_first_administrators(users: Iterable[User], *, at: datetime) -> list[Membership]:
    """Give the administrator's hat of the root agency to the first two people. Refused once any administrator exists."""
    pair = list(users)
    with transaction.atomic():
        locks.transaction_lock("accounts.first_administrators")
        if Membership.objects.filter(hat=Hat.ADMINISTRATOR).exists():
            raise UnableToChangeHats(
                _("There are administrators already; a new one is given the hat by two of them."),
                code="exists",
            )
        if len({user.pk for user in pair}) != 2:  # noqa: PLR2004  two people, as everywhere a second one is asked for
            raise UnableToChangeHats(_("Name two different people."), code="own")
        return [_take(user, Membership.Origin.FIRST, Hat.ADMINISTRATOR, at=at) for user in pair]


def use_break_glass(
    *, user: User, agency: Agency, hat: str, days: int = 1, reason: str, at: datetime
) -> Membership:
    """Give a hat in an emergency, by command line, for one to three days; the auditors are told. Raises UnableToChangeHats."""
    if not reason.strip():
        raise UnableToChangeHats(_("Say what the emergency is."), code="reason")
    if not 1 <= days <= BREAK_GLASS_DAYS:
        raise UnableToChangeHats(_("A hat taken in an emergency lasts three days at most."), code="dates")
    with transaction.atomic():
        lock_hat(user, agency, hat, at=at)
        until = clock.local_date(at) + timedelta(days=days - 1)
        membership = _take(
            user, Membership.Origin.BREAK_GLASS, hat, agency=agency, until=until, reason=reason.strip(), at=at
        )
        told = _told(membership, path=f"/admin/accounts/membership/{membership.pk}/")
        outbox.publish(BREAK_GLASS_TOPIC, told, dedupe_key=f"{BREAK_GLASS_TOPIC}:{membership.pk}", at=at)
    return membership


def _take(
    user: User,
    origin: Membership.Origin,
    hat: str,
    *,
    agency: Agency | None = None,
    until: date | None = None,
    reason: str = "",
    at: datetime,
) -> Membership:
    """A hat that no administrator gave: it comes from whoever holds the machine, and the record says so."""
    membership = Membership.objects.create(
        user=user,
        agency=agency or government.root_agency(),
        hat=hat,
        state=Membership.State.ACTIVE,
        origin=origin,
        valid_from=clock.local_date(at),
        valid_until=until,
        reason=reason,
        created_at=at,
    )
    record(
        f"accounts.hat.{'taken_in_emergency' if until else 'given_first'}", membership, actor=SYSTEM, at=at
    )
    return membership


def _told(membership: Membership, *, path: str) -> dict[str, Any]:
    """What a notice about a hat says."""
    return {
        **_details(membership),
        "user": str(membership.user.pseudonym),
        "hat_name": {code: _in(code, Hat(membership.hat).label) for code in Language.values},
        "agency_name": membership.agency.name,
        "path": path,
    }


def _in(language: str, label: Any) -> str:
    """A lazy label in one language."""
    with override(language):
        return str(label)


def _administrator(user: User, *, wearer: User, agency: Agency, at: datetime) -> Actor:
    """The administrator as actor, or a refusal."""
    over = policies.administers(user, agency, at=at)
    actor = actors.acting(user, hat=Hat.ADMINISTRATOR if over else "", agency_code=over)
    if user.pk == wearer.pk:
        audit.note_refusal("accounts.hat.changed", actor=actor, subject=actors.subject_of(wearer), why="own")
        raise UnableToChangeHats(_("Nobody changes their own hats."), code="own", field="user")
    if not over:
        audit.note_refusal(
            "accounts.hat.changed", actor=actor, subject=actors.subject_of(wearer), why="not_administrator"
        )
        raise UnableToChangeHats(
            _("Only an administrator of this agency may do this."), code="not_administrator"
        )
    return actor


def lock_hat(user: User, agency: Agency, hat: str, *, at: datetime) -> None:
    """Let nobody else change this user's hats meanwhile, and close the hat if its last day is past."""
    User.objects.select_for_update().get(pk=user.pk)
    worn = (
        Membership.objects.select_for_update(of=("self",))
        .filter(user=user, agency=agency, hat=hat)
        .exclude(state=Membership.State.ENDED)
        .first()
    )
    if worn is None:
        return
    if worn.valid_until and worn.valid_until < clock.local_date(at):
        end(worn, at=at)
        record("accounts.hat.ended", worn, actor=SYSTEM, at=at)
        return
    raise UnableToChangeHats(
        _("This person has that hat already, or it waits for a second person."), code="worn", field="hat"
    )


def refuse_ended(membership: Membership) -> None:
    """Raise UnableToChangeHats for a hat that has ended."""
    if membership.state == Membership.State.ENDED:
        raise UnableToChangeHats(_("This hat has ended already."), code="ended")


def _locked(membership: Membership) -> Membership:
    return queries.locked_membership(membership.pk)


def end(membership: Membership, *, at: datetime) -> None:
    """Write that a locked hat has ended, with whoever ended it and why."""
    membership.state, membership.ended_at = Membership.State.ENDED, at
    membership.save(update_fields=["state", "ended_at", "ended_by", "reason"])


def record(action: str, membership: Membership, *, actor: Actor, at: datetime) -> None:
    """Record what happened to a hat; whoever acts by mandate is told of it."""
    subject = actors.subject_of(membership.user)
    audit.record(action, actor=actor, subject=subject, at=at, details=_details(membership))
    if membership.origin == Membership.Origin.MANDATE:
        told = {"membership": membership.pk, "state": membership.state}
        key = f"{MANDATE_TOPIC}:{membership.pk}:{membership.state}"
        outbox.publish(MANDATE_TOPIC, told, dedupe_key=key, at=at)


def _details(membership: Membership) -> dict[str, Any]:
    until = membership.valid_until
    by_mandate = membership.origin == Membership.Origin.MANDATE
    mandate = {"mandate": membership.mandate.in_record} if by_mandate else {}
    return mandate | {
        "hat": membership.hat,
        "agency": membership.agency.code,
        "valid_from": membership.valid_from.isoformat(),
        "valid_until": until.isoformat() if until else "",
        "reason": membership.reason,
    }
