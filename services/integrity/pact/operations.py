"""Publishing the text of the pact, signing it, and reminding those who must."""

import hashlib
import json
from datetime import date, datetime, timedelta

from django.db import transaction
from django.utils.translation import gettext as _

from services.accounts import actors
from services.accounts.models import Membership, User
from services.audit import operations as audit
from services.audit.actors import SYSTEM, Subject
from services.foundation import locks
from services.foundation.clock import local_date
from services.foundation.errors import UnableTo
from services.integrity.models import PactSignature, PactVersion
from services.integrity.pact import queries
from services.integrity.pact.definition import PactDefinition
from services.outbox import operations as outbox

#: Promised for somebody who has not signed, and for somebody whose year ends.
UNSIGNED_TOPIC = "integrity.pact.unsigned"
ENDING_TOPIC = "integrity.pact.ending"


class UnableToSign(UnableTo):
    """The pact cannot be signed. `code`: no_text, version (another text is in force now), signed (nothing to sign)."""


class UnableToPublish(UnableTo):
    """The text cannot be published. `code`: changed (this number stands under another text), number (an older one)."""


def publish_pact(*, definition: PactDefinition, at: datetime) -> list[str]:
    """Publish a text of the pact under its number; one line if it is new. What is published never changes."""
    text = definition.model_dump(mode="json", exclude={"number"})
    digest = hashlib.sha256(json.dumps(text, sort_keys=True, ensure_ascii=False).encode()).hexdigest()
    with transaction.atomic():
        locks.transaction_lock("integrity.pact.publish")
        newest = queries.current_version()
        if newest and newest.number == definition.number and newest.digest == digest:
            return []
        _refuse_number(definition.number, newest)
        PactVersion.objects.create(number=definition.number, text=text, digest=digest, published_at=at)
        audit.record(
            "integrity.pact.published",
            actor=SYSTEM,
            subject=Subject("pact", str(definition.number)),
            at=at,
            details={"digest": digest},
        )
    return [f"integrity pact: version {definition.number} published"]


def sign_pact(*, user: User, version: int, at: datetime) -> list[PactSignature]:
    """Sign the text of this number for every hat worn today, for a year. Whoever calls has asked for the password again.

    Raises UnableToSign.
    """
    with transaction.atomic():
        User.objects.select_for_update().get(pk=user.pk)
        text = _text_in_force(version)
        standing = queries.standing_of(user, at=at)
        if not standing.may_sign:
            raise UnableToSign(_("You have signed for every hat that you wear."), code="signed")
        today = local_date(at)
        signed_today = PactSignature.objects.filter(membership__in=standing.hats, signed_date=today)
        known = set(signed_today.values_list("membership_id", flat=True))
        written = PactSignature.objects.bulk_create(
            PactSignature(
                membership=worn, version=text, signed_at=at, signed_date=today, valid_until=year_after(today)
            )
            for worn in standing.hats
            if worn.pk not in known
        )
        audit.record(
            "integrity.pact.signed",
            actor=actors.acting(user),
            subject=actors.subject_of(user),
            at=at,
            details={
                "version": text.number,
                "valid_until": year_after(today).isoformat(),
                "hats": [[row.membership.hat, row.membership.agency.code] for row in written],
            },
        )
    return written


def remind_signers(*, at: datetime) -> int:
    """Remind whoever's year ends within two weeks, once for each year, and whoever has not signed, once a week; returns how many.

    A second beat that comes meanwhile finds it done, and a second run promises nothing anew.
    """
    with transaction.atomic():
        if not locks.try_transaction_lock("integrity.pact.remind"):
            return 0
        due = queries.due(at=at)
        unsigned = {row.user: row for row in due if row.signed_until is None}  # type: ignore[attr-defined]
        ending = {row.user: row for row in due if row.user not in unsigned}
        for user in unsigned:
            _remind(UNSIGNED_TOPIC, user, period=f"{local_date(at):%G-W%V}", last_day=None, at=at)
        for user, row in ending.items():
            last_day = _last_day(row)
            _remind(ENDING_TOPIC, user, period=last_day.isoformat(), last_day=last_day, at=at)
    return len(unsigned) + len(ending)


def _remind(topic: str, user: User, *, period: str, last_day: date | None, at: datetime) -> None:
    payload = {
        "user": str(user.pseudonym),
        "period": period,
        "valid_until": last_day and last_day.isoformat(),
        "path": "/pact/sign/",
    }
    outbox.publish(topic, payload, dedupe_key=f"{topic}:{user.pk}:{period}", at=at)


def _last_day(row: Membership) -> date:
    last_day: date = row.signed_until  # type: ignore[attr-defined]
    return last_day


def _refuse_number(number: int, newest: PactVersion | None) -> None:
    """Raise UnableToPublish for a number that is taken, or lies below the newest."""
    if PactVersion.objects.filter(number=number).exists():
        raise UnableToPublish(
            f"version {number} is published with another text, and what people signed never changes:"
            " give this text the next number",
            code="changed",
            field="number",
        )
    if newest and number < newest.number:
        raise UnableToPublish(
            f"version {newest.number} is published already: this text needs a higher number",
            code="number",
            field="number",
        )


def _text_in_force(number: int) -> PactVersion:
    newest = queries.current_version()
    if newest is None:
        raise UnableToSign(_("There is no text to sign yet. Tell your administrator."), code="no_text")
    if newest.number != number:
        raise UnableToSign(
            _("The text has changed since you opened this page. Read it again, then sign."), code="version"
        )
    return newest


def year_after(day: date) -> date:
    """The last day of the year that begins on this day."""
    try:
        following = day.replace(year=day.year + 1)
    except ValueError:
        following = date(day.year + 1, 3, 1)
    return following - timedelta(days=1)
