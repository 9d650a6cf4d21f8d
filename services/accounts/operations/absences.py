"""Days on which an officer is away: noted, begun and ended. Whose word it takes, and what becomes of files, casework knows."""

from datetime import date, datetime
from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _

from services.accounts import actors, queries
from services.accounts.models import Absence, User
from services.audit import operations as audit
from services.audit.actors import SYSTEM, Actor
from services.foundation import clock
from services.foundation.errors import UnableTo


class UnableToNoteAbsence(UnableTo):
    """The days cannot be noted so. `code`: dates, past, overlap, kind, over (it has ended already)."""


def note_absence(
    *, officer: User, kind: str, first_date: date, last_date: date, actor: User, by: Actor, at: datetime
) -> Absence:
    """Note that an officer is away on these days, both included. Raises UnableToNoteAbsence."""
    _require_days(kind, first_date, last_date, at=at)
    with transaction.atomic():
        User.objects.select_for_update().get(pk=officer.pk)
        met = Absence.objects.filter(
            officer=officer, ended_at=None, first_date__lte=last_date, last_date__gte=first_date
        )
        if met.exists():
            raise UnableToNoteAbsence(
                code="overlap",
                message=_("Some of these days are declared already."),
                field="first_date",
            )
        absence = Absence.objects.create(
            officer=officer,
            kind=kind,
            first_date=first_date,
            last_date=last_date,
            declared_by=actor,
            declared_at=at,
        )
        _record("accounts.absence.declared", absence, by=by, at=at)
    return absence


def begin_absence(absence: Absence, *, files: int, at: datetime) -> Absence:
    """Note that it took effect, and how many files left the desk; the caller holds the lock on its row."""
    with transaction.atomic():
        absence.begun_at, absence.files = at, files
        absence.save(update_fields=["begun_at", "files"])
        _record("accounts.absence.begun", absence, by=SYSTEM, at=at, files=files)
    return absence


def end_absence(absence: Absence, *, actor: User, by: Actor, at: datetime) -> Absence:
    """End it now, or call it off before it begins; the days that were declared stay. Raises UnableToNoteAbsence (over)."""
    with transaction.atomic():
        locked = queries.locked_absence(absence.pk)
        if locked.ended_at is not None or locked.last_date < clock.local_date(at):
            raise UnableToNoteAbsence(code="over", message=_("This absence has ended already."))
        locked.ended_at, locked.ended_by = at, actor
        locked.save(update_fields=["ended_at", "ended_by"])
        _record("accounts.absence.ended", locked, by=by, at=at)
    return locked


def _require_days(kind: str, first_date: date, last_date: date, *, at: datetime) -> None:
    if kind not in Absence.Kind.values:
        raise UnableToNoteAbsence(code="kind", message=_("Choose the reason."), field="kind")
    if last_date < first_date:
        raise UnableToNoteAbsence(
            code="dates", message=_("The last day lies before the first one."), field="last_date"
        )
    if first_date < clock.local_date(at):
        raise UnableToNoteAbsence(
            code="past", message=_("The first day is today or later."), field="first_date"
        )


def _record(action: str, absence: Absence, *, by: Actor, at: datetime, **more: Any) -> None:
    details = {
        "absence": absence.pk,
        "kind": absence.kind,
        "first_date": absence.first_date.isoformat(),
        "last_date": absence.last_date.isoformat(),
        **more,
    }
    audit.record(action, actor=by, subject=actors.subject_of(absence.officer), at=at, details=details)
