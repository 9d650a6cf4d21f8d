"""Declaring an interest and ending it; stepping back from a case; noting what a conflict kept somebody from."""

from datetime import date, datetime
from typing import Final

from django.db import transaction
from django.utils.translation import gettext as _

from services.accounts import actors
from services.accounts.models import User
from services.accounts.operations.nik import index_of
from services.audit import operations as audit
from services.audit.actors import Subject
from services.foundation import identity
from services.foundation.clock import local_date
from services.foundation.errors import UnableTo
from services.integrity.models import Interest, Recusal, Refusal

NIB_DIGITS: Final = 13


class UnableToDeclare(UnableTo):
    """The register cannot take this. `code`: name, kind, number, from, until, ended."""


def declare_interest(
    *,
    user: User,
    kind: str,
    name: str,
    relation: str = "",
    nik: str = "",
    phone: str = "",
    nib: str = "",
    valid_from: date | None = None,
    valid_until: date | None = None,
    at: datetime,
) -> Interest:
    """Write a relative or a business into an officer's own register; of a NIK only its blind index and mask are kept.

    Raises UnableToDeclare, identity.NotANik and identity.NotAPhone.
    """
    today = local_date(at)
    starts = valid_from or today
    _require_line(kind=kind, name=name, numbers=(nik, phone, nib))
    _require_days(starts, valid_until, today=today)
    number = identity.parse_nik(nik).number if nik else ""
    with transaction.atomic():
        interest = Interest.objects.create(
            user=user,
            kind=kind,
            name=name.strip(),
            relation=relation.strip(),
            nik_index=index_of(number) if number else None,
            nik_mask=identity.mask_nik(number) if number else "",
            phone=identity.parse_phone(phone) if phone else "",
            nib=nib,
            valid_from=starts,
            valid_until=valid_until,
            declared_at=at,
        )
        _record("integrity.interest.declared", interest, at=at)
    return interest


def end_interest(interest: Interest, *, user: User, at: datetime) -> Interest:
    """Let a line of one's own register end today; it counts until the end of the day. Raises UnableToDeclare."""
    today = local_date(at)
    with transaction.atomic():
        locked = Interest.objects.select_for_update().get(pk=interest.pk)
        if locked.user_id != user.pk:
            raise UnableToDeclare(_("This line is not yours."), code="owner")
        if locked.valid_until is not None and locked.valid_until <= today:
            raise UnableToDeclare(_("This line has ended already."), code="ended")
        locked.valid_until = today
        locked.save(update_fields=["valid_until"])
        _record("integrity.interest.ended", locked, at=at)
    return locked


def step_back(*, reference: str, user: User, reason: str, at: datetime) -> bool:
    """Keep an officer out of a case from now on; whether they were not out before. Whoever calls records it with the case."""
    _row, is_new = Recusal.objects.get_or_create(
        reference=reference, user=user, defaults={"reason": reason, "at": at}
    )
    return is_new


def note_refusal(*, user: User, rule: str, doing: str, reference: str, at: datetime) -> None:
    """Keep that a conflict kept somebody from something; called once what they tried is rolled back."""
    Refusal.objects.create(user=user, rule=rule, doing=doing[:60], reference=reference, at=at)


def _require_line(*, kind: str, name: str, numbers: tuple[str, ...]) -> None:
    if kind not in Interest.Kind.values:
        raise UnableToDeclare(_("Choose whom it concerns."), code="kind", field="kind")
    if not name.strip():
        raise UnableToDeclare(_("Enter the name."), code="name", field="name")
    nik, phone, nib = numbers
    if nib and (len(nib) != NIB_DIGITS or not nib.isdigit()):
        raise UnableToDeclare(_("An NIB has 13 digits."), code="number", field="nib")
    if kind == Interest.Kind.RELATIVE and not (nik or phone):
        raise UnableToDeclare(
            _("Enter the NIK or the phone number: a name alone is shared by many."),
            code="number",
            field="nik",
        )


def _require_days(starts: date, until: date | None, *, today: date) -> None:
    if starts > today:
        raise UnableToDeclare(_("Enter today or an earlier day."), code="from", field="valid_from")
    if until is not None and until < starts:
        raise UnableToDeclare(_("The last day comes after the first."), code="until", field="valid_until")


def _record(action: str, interest: Interest, *, at: datetime) -> None:
    """On record as the officer's own act, without name or number of anybody."""
    audit.record(
        action,
        actor=actors.acting(interest.user),
        subject=Subject("interest", str(interest.pk)),
        at=at,
        details={"kind": interest.kind},
    )
