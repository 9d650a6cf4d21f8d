"""What the receiver does: take it up, ask, hand it to the other receiver, and say what was found."""

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any, Final

from django.db import transaction
from django.utils.translation import gettext as _

from complaints import clocks
from complaints.integrity import queries, workflow
from complaints.integrity.matters import ArchiveReason, Maladministration
from complaints.integrity.values import UnableToExamine
from services.accounts.models import User
from services.casework import clocks as shared_clocks
from services.casework import operations as casework
from services.casework import transitions
from services.casework.handlers import Handler
from services.casework.models import Case, Outcome
from services.casework.transitions import LockedCase
from services.casework.workflow import Transition
from services.foundation import sealing
from services.government.models import Agency


def begin_examination(
    case: Case,
    *,
    actor: User,
    axis: str = "",
    officers: Sequence[str] = (),
    at: datetime,
    expected_version: int | None = None,
) -> Case:
    """Take it up: classify it on the second axis, and keep away whoever of the own office it is about."""
    with transaction.atomic():
        locked = transitions.lock(case, expected_version=expected_version)
        _exclude(locked, officers, actor=actor, at=at)
        locked = transitions.lock(locked)
        due_at = shared_clocks.due_after(at, locked.service_version.parsed.time)
        moved = transitions.move(
            locked,
            workflow.EXAMINE,
            actor=actor,
            at=at,
            changes={"due_at": due_at, "place_at": due_at, "assignee": None},
        )
        _classify(moved, axis)
    return moved


def ask_reporter(
    case: Case, *, actor: User, words: str, at: datetime, expected_version: int | None = None
) -> Case:
    """Ask the reporter; the clock stands still until they answer or the time for it is over."""
    with transaction.atomic():
        locked = transitions.lock(case, expected_version=expected_version)
        until = shared_clocks.given_until(clocks.NEEDS_DATA, at)
        moved = transitions.move(
            locked, workflow.ASK, actor=actor, at=at, changes={"applicant_due_at": until}
        )
        shared_clocks.stand_still(moved, cause="NEEDS_DATA", at=at)
        casework.write_message(moved, actor=actor, words=words, is_announced=False, at=at)
    return Case.objects.get(pk=moved.pk)


def hand_over(
    case: Case,
    *,
    actor: User,
    words: str,
    officers: Sequence[str] = (),
    at: datetime,
    expected_version: int | None = None,
) -> Case:
    """Give it to the other receiver, with a note for its eyes. Whoever gives it away cannot read it any longer.

    To the inspectorate only what is not against it or the head, and where the reporter allowed it; to the commission, which
    stands outside, always. Raises UnableToExamine.
    """
    if not words.strip():
        raise UnableToExamine(code="words", message=_("Say why it is handed over."), field="words")
    with transaction.atomic():
        locked = transitions.lock(case, expected_version=expected_version)
        other = _other_receiver(locked)
        _exclude(locked, officers, actor=actor, at=at)
        casework.add_office_note(locked, actor=actor, words=words, at=at)
        locked = transitions.lock(locked)
        due_at = shared_clocks.due_after(at, locked.service_version.parsed.intake_time)
        return transitions.move(
            locked,
            workflow.HAND_OVER,
            actor=actor,
            at=at,
            changes={"agency": other, "assignee": None, "due_at": due_at, "place_at": due_at},
            details={"agency": other.code},
        )


def find_true(
    case: Case, *, actor: User, words: str, at: datetime, expected_version: int | None = None
) -> Case:
    """Say that it is true, and to the reporter what follows."""
    return _end(
        case,
        workflow.SUBSTANTIATE,
        Outcome.SUBSTANTIATED,
        actor=actor,
        words=words,
        at=at,
        expected_version=expected_version,
    )


def leave_unproved(
    case: Case, *, actor: User, words: str, at: datetime, expected_version: int | None = None
) -> Case:
    """Say that it could not be proved, and to the reporter why."""
    return _end(
        case,
        workflow.LEAVE_UNPROVED,
        Outcome.UNSUBSTANTIATED,
        actor=actor,
        words=words,
        at=at,
        expected_version=expected_version,
    )


def archive_report(
    case: Case,
    *,
    actor: User,
    reason_code: str,
    words: str,
    at: datetime,
    expected_version: int | None = None,
) -> Case:
    """Put it aside without a finding, with a reason code, and to the reporter why."""
    if reason_code not in ArchiveReason.values:
        raise UnableToExamine(code="reason", message=_("Choose the reason."), field="reason_code")
    return _end(
        case,
        workflow.ARCHIVE,
        Outcome.ARCHIVED,
        actor=actor,
        words=words,
        reason_code=reason_code,
        at=at,
        expected_version=expected_version,
    )


#: What the desk calls, by the name of the transition.
BY_TRANSITION: Final[Mapping[str, Handler]] = {
    workflow.EXAMINE.name: begin_examination,
    workflow.ASK.name: ask_reporter,
    workflow.HAND_OVER.name: hand_over,
    workflow.SUBSTANTIATE.name: find_true,
    workflow.LEAVE_UNPROVED.name: leave_unproved,
    workflow.ARCHIVE.name: archive_report,
}


def _other_receiver(case: Case) -> Agency:
    other, report = queries.other_receiver(case.agency), case.integrity_report
    if other is None:
        raise UnableToExamine(code="agency", message=_("There is no other receiver."))
    is_inside = other.role != Agency.Role.COMMISSION
    if is_inside and (report.commission_alone or not report.may_be_handed_over):
        raise UnableToExamine(
            code="agency", message=_("This report is for the commission alone; it cannot be handed over.")
        )
    return other


def _exclude(case: LockedCase, pseudonyms: Sequence[str], *, actor: User, at: datetime) -> None:
    """Keep colleagues away whom the report is about. Nobody can keep themselves: they hand it over."""
    for user in queries.users_by_pseudonym(pseudonyms):
        if user.pk == actor.pk:
            raise UnableToExamine(
                code="officers",
                message=_("You cannot keep yourself away and go on. Hand the report to the other receiver."),
                field="officers",
            )
        casework.exclude_officer(case, user=user, actor=actor, hat=case.current.queue_hat, at=at)


def _classify(case: Case, axis: str) -> None:
    """Keep where the examiner puts it on the second axis, inside the seal."""
    if axis not in Maladministration.values:
        return
    report = case.integrity_report
    told = queries.told_of(report).on_axis(axis)
    report.told_sealed = sealing.seal(told.written(), bound_to=report.told_binding)
    report.save(update_fields=["told_sealed"])


def _end(
    case: Case,
    road: Transition,
    outcome: Outcome,
    *,
    actor: User,
    words: str,
    at: datetime,
    expected_version: int | None,
    reason_code: str = "",
) -> Case:
    """End it with words to the reporter, who reads them in the dialogue."""
    changes: dict[str, Any] = {"outcome": outcome, "assignee": None, "applicant_due_at": None}
    with transaction.atomic():
        locked = transitions.lock(case, expected_version=expected_version)
        moved = transitions.move(locked, road, actor=actor, at=at, reason_code=reason_code, changes=changes)
        casework.write_message(moved, actor=actor, words=words, is_announced=False, at=at)
    return Case.objects.get(pk=moved.pk)
