"""Saying that the portal, or a service of it, could not be used: declared, ended, confirmed by a second person, taken back, corrected."""

from collections.abc import Mapping, Sequence
from datetime import datetime, timedelta
from typing import Any, Final

from django.db import transaction
from django.db.models import Q
from django.utils.translation import gettext as _

from services.accounts import actors
from services.accounts import queries as accounts
from services.accounts.models import Hat, User
from services.audit import operations as audit
from services.audit.actors import Actor, Subject
from services.casework import outages, policies
from services.casework.models import Outage
from services.casework.operations import moving
from services.casework.operations.values import UnableToHandle
from services.catalogue.models import Service
from services.government import queries as government
from services.outbox import operations as outbox

#: Who says so, at the head of the government: nobody of an office that gains time by it, which no office does.
HATS: Final = (Hat.SUPERVISOR, Hat.ADMINISTRATOR)
#: What lies longer ago has ended the cases that it would have touched.
LOOKS_BACK: Final = timedelta(days=30)
CONFIRMED: Final = "casework.outage.confirmed"


def declare_outage(
    *,
    actor: User,
    begins_at: datetime,
    ends_at: datetime | None = None,
    services: Sequence[str] = (),
    words: Mapping[str, str],
    at: datetime,
) -> Outage:
    """Say since when the whole portal, or the `services` named by slug, cannot be used; `ends_at` where it is over already.

    `words` are for the public, {"id": …, "en": …}. No date that it touches runs out from now on. Raises
    UnableToHandle (begins_at, ends_at, services, words), policies.UnableToAct (hat, away, pact).
    """
    by = require_word(actor, at)
    _require_begin(begins_at, at=at)
    if ends_at is not None:
        _require_end(ends_at, begins_at, at=at)
    said = _said(words)
    named = sorted(set(services))
    if Service.objects.filter(slug__in=named).count() != len(named):
        raise UnableToHandle(code="services", message=_("Choose from the services."), field="services")
    with transaction.atomic():
        outage = Outage.objects.create(
            begins_at=begins_at,
            ends_at=ends_at,
            services=named,
            words=said,
            declared_by=actor,
            declared_at=at,
            ended_by=actor if ends_at else None,
            ended_at=at if ends_at else None,
        )
        details = {"begins_at": begins_at, "ends_at": ends_at, "services": named, "words": said}
        _record(outage, "casework.outage.declared", by=by, at=at, details=details)
    return outage


def end_outage(outage: Outage, *, actor: User, ends_at: datetime, at: datetime) -> Outage:
    """Say since when it works again. Dates move once another person has confirmed it.

    Raises UnableToHandle (over, ends_at), policies.UnableToAct (hat, away, pact).
    """
    by = require_word(actor, at)
    with transaction.atomic():
        locked = _lock(outage)
        if not locked.is_running:
            raise UnableToHandle(code="over", message=_("This outage has ended already."))
        _require_end(ends_at, locked.begins_at, at=at)
        locked.ends_at, locked.ended_by, locked.ended_at = ends_at, actor, at
        locked.save(update_fields=["ends_at", "ended_by", "ended_at"])
        _record(locked, "casework.outage.ended", by=by, at=at, details={"ends_at": ends_at})
    return locked


def confirm_outage(outage: Outage, *, actor: User, at: datetime) -> Outage:
    """Be the second person: the outage was, from then until then. The dates of citizens move now, and nothing brings them back.

    Never whoever said when it ended, nor anybody whose own case would get another date. Raises UnableToHandle (over),
    policies.UnableToAct (hat, away, pact, four_eyes, own).
    """
    by = require_word(actor, at)
    with transaction.atomic():
        locked = _lock(outage)
        if locked.ends_at is None or locked.withdrawn_at or locked.confirmed_at:
            raise UnableToHandle(code="over", message=_("There is nothing to confirm."))
        if actor.pk == locked.ended_by_id:
            words = _("You said when it ended. Another person confirms it.")
            raise policies.UnableToAct(code="four_eyes", message=words)
        own = Q(applicant__user=actor) | Q(helper=actor)
        if moving.touched(locked).filter(own).exists():
            words = _("A case of your own would get another date. Somebody else confirms it.")
            raise policies.UnableToAct(code="own", message=words)
        locked.confirmed_by, locked.confirmed_at = actor, at
        locked.save(update_fields=["confirmed_by", "confirmed_at"])
        _record(locked, CONFIRMED, by=by, at=at)
        outbox.publish(CONFIRMED, {"outage": locked.pk}, dedupe_key=f"{CONFIRMED}:{locked.pk}", at=at)
    return locked


def withdraw_outage(outage: Outage, *, actor: User, reason: str, at: datetime) -> Outage:
    """Take back what was declared wrongly, before it has moved any date. Raises UnableToHandle (over, reason), policies.UnableToAct."""
    by = require_word(actor, at)
    if not reason.strip():
        raise UnableToHandle(code="reason", message=_("Say why it is taken back."), field="reason")
    with transaction.atomic():
        locked = _lock(outage)
        if locked.confirmed_at or locked.withdrawn_at:
            words = _("It has moved dates, and cannot be taken back. Say instead what is wrong with it.")
            raise UnableToHandle(code="over", message=words)
        locked.withdrawn_by, locked.withdrawn_at, locked.withdrawn_why = actor, at, reason.strip()
        locked.save(update_fields=["withdrawn_by", "withdrawn_at", "withdrawn_why"])
        _record(locked, "casework.outage.withdrawn", by=by, at=at, details={"reason": reason.strip()})
    return locked


def correct_outage(outage: Outage, *, actor: User, words: str, at: datetime) -> Outage:
    """Say what was wrong with an outage that has moved dates; the public reads it, and no date comes earlier.

    Raises UnableToHandle (over, words), policies.UnableToAct (hat, away, pact).
    """
    by = require_word(actor, at)
    if not words.strip():
        raise UnableToHandle(code="words", message=_("Say what is wrong with it."), field="reason")
    with transaction.atomic():
        locked = _lock(outage)
        if locked.confirmed_at is None:
            raise UnableToHandle(code="over", message=_("It has moved no date yet: take it back instead."))
        locked.correction, locked.corrected_by, locked.corrected_at = words.strip(), actor, at
        locked.save(update_fields=["correction", "corrected_by", "corrected_at"])
        _record(locked, "casework.outage.corrected", by=by, at=at, details={"reason": words.strip()})
    return locked


def require_word(actor: User, at: datetime) -> Actor:
    """The actor as a supervisor or administrator at the head of the government. Raises policies.UnableToAct (hat, away, pact)."""
    root = government.agencies().filter(is_root=True).first()
    worn = accounts.hats_of(actor, agency=root, at=at) if root else frozenset()
    hat = next((hat for hat in HATS if hat in worn), None)
    if root is None or hat is None:
        words = _("A supervisor or an administrator at the head of the government says so.")
        raise policies.UnableToAct(code="hat", message=words)
    policies.require_post(actor, root, hat, at)
    return actors.acting(actor, hat=hat, agency_code=root.code)


def may_say(user: User, at: datetime) -> bool:
    """Whether the forms are drawn for this user."""
    try:
        require_word(user, at)
    except policies.UnableToAct:
        return False
    return True


def _lock(outage: Outage) -> Outage:
    return Outage.objects.select_for_update().get(pk=outage.pk)


def _require_begin(begins_at: datetime, *, at: datetime) -> None:
    if begins_at > at:
        words = _("Say when it began: not later than now.")
        raise UnableToHandle(code="begins_at", message=words, field="begins_at")
    if begins_at < at - LOOKS_BACK:
        words = _("That is longer than 30 days ago. What it would have touched has ended.")
        raise UnableToHandle(code="begins_at", message=words, field="begins_at")


def _require_end(ends_at: datetime, begins_at: datetime, *, at: datetime) -> None:
    if ends_at > at:
        words = _("Say when it ended: not later than now.")
        raise UnableToHandle(code="ends_at", message=words, field="ends_at")
    if ends_at <= begins_at:
        words = _("The end must be later than the beginning.")
        raise UnableToHandle(code="ends_at", message=words, field="ends_at")


def _said(words: Mapping[str, str]) -> dict[str, str]:
    said = {language: words.get(language, "").strip() for language in ("id", "en")}
    for language, text in said.items():
        if not text:
            message = _("Say in a sentence what people cannot do.")
            raise UnableToHandle(code="words", message=message, field=f"words_{language}")
    return said


def _record(
    outage: Outage, action: str, *, by: Actor, at: datetime, details: dict[str, Any] | None = None
) -> None:
    """Write the event, and let go of what the banner keeps: now, and again once others can see the row."""
    subject = Subject("outage", str(outage.pk))
    audit.record(action, actor=by, subject=subject, at=at, details=details or {})
    outages.forget_shown()
    transaction.on_commit(outages.forget_shown)
