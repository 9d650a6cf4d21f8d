"""What the complaints office does with a report: verify, ask, hand to an office, or put an end to it with a reason."""

from datetime import datetime
from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _

from complaints import clocks, workflow
from complaints.models import Category, Complaint, Reply, Visibility
from complaints.operations.values import UnableToWorkOnReport
from complaints.reasons import ArchiveReason
from services.accounts.models import User
from services.casework import clocks as shared_clocks
from services.casework import operations as casework
from services.casework import queries as cases
from services.casework import transitions
from services.casework.models import Case, Outcome
from services.casework.transitions import LockedCase
from services.foundation import references
from services.government.models import Agency


def verify_report(
    case: Case,
    *,
    actor: User,
    category: Category,
    agency: Agency | None,
    at: datetime,
    expected_version: int | None = None,
) -> Case:
    """Say what it is about; from now on the public may read it. With an `agency` it goes there at once.

    A category that is always confidential makes the report so; no category opens one that was closed.
    """
    with transaction.atomic():
        locked = transitions.lock(case, expected_version=expected_version)
        complaint = locked.complaint
        complaint.category = category
        if category.is_confidential:
            complaint.visibility, complaint.shows_name = Visibility.CONFIDENTIAL, False
        complaint.published_at = None if complaint.visibility == Visibility.CONFIDENTIAL else at
        complaint.save(update_fields=["category", "visibility", "shows_name", "published_at"])
        due_at = shared_clocks.given_until(clocks.ANSWER, at)
        moved = transitions.move(
            locked,
            workflow.VERIFY,
            actor=actor,
            at=at,
            changes={
                "due_at": due_at,
                "place_at": due_at,
                "topic": category.name,
                "is_confidential": complaint.visibility == Visibility.CONFIDENTIAL,
            },
            details={"category": category.code},
        )
        if agency is None:
            return moved
        return _assign(LockedCase(moved), actor=actor, agency=agency, at=at)


def assign_report(
    case: Case, *, actor: User, agency: Agency, at: datetime, expected_version: int | None = None
) -> Case:
    """Hand a verified report to an office, where it takes its place in the queue."""
    with transaction.atomic():
        locked = transitions.lock(case, expected_version=expected_version)
        return _assign(locked, actor=actor, agency=agency, at=at)


def ask_for_data(
    case: Case, *, actor: User, words: str, at: datetime, expected_version: int | None = None
) -> Case:
    """Ask the reporter for what is missing; the clock of the verification stands still meanwhile."""
    with transaction.atomic():
        locked = transitions.lock(case, expected_version=expected_version)
        moved = transitions.move(
            locked,
            workflow.ASK_DATA,
            actor=actor,
            at=at,
            changes={"applicant_due_at": shared_clocks.given_until(clocks.NEEDS_DATA, at), "assignee": None},
        )
        shared_clocks.stand_still(moved, cause="NEEDS_DATA", at=at)
        casework.write_message(moved, actor=actor, words=words, is_announced=False, at=at)
    return Case.objects.get(pk=moved.pk)


def archive_report(
    case: Case,
    *,
    actor: User,
    reason_code: str,
    reason: str = "",
    at: datetime,
    expected_version: int | None = None,
) -> Case:
    """Put it aside with a reason that the reporter reads. What was published is taken back."""
    if reason_code not in ArchiveReason.values:
        raise UnableToWorkOnReport(code="reason", message=_("Choose the reason."), field="reason_code")
    with transaction.atomic():
        locked = transitions.lock(case, expected_version=expected_version)
        Complaint.objects.filter(case=locked).update(published_at=None)
        return transitions.move(
            locked,
            workflow.ARCHIVE,
            actor=actor,
            at=at,
            reason_code=reason_code,
            reason=reason,
            changes=_ended(Outcome.ARCHIVED),
        )


def hand_over_report(
    case: Case, *, actor: User, words: str, at: datetime, expected_version: int | None = None
) -> Case:
    """Say that it is not this government's authority, and in words who is responsible and how to reach them."""
    with transaction.atomic():
        locked = transitions.lock(case, expected_version=expected_version)
        moved = transitions.move(
            locked, workflow.HAND_OVER, actor=actor, at=at, changes=_ended(Outcome.NOT_OURS)
        )
        say(moved, Reply.Kind.NOT_OURS, words=words, actor=actor, at=at)
    return moved


def mark_duplicate(
    case: Case, *, actor: User, reference: str, at: datetime, expected_version: int | None = None
) -> Case:
    """Say that the same matter was reported before. The earlier report must be one that the public may read."""
    with transaction.atomic():
        locked = transitions.lock(case, expected_version=expected_version)
        earlier = _published(reference)
        if earlier is None or earlier.pk == locked.pk:
            raise UnableToWorkOnReport(
                code="reference",
                message=_("There is no other public report with this reference."),
                field="reference",
            )
        Complaint.objects.filter(case=locked).update(duplicate_of=earlier, head_due_at=None)
        return transitions.move(
            locked,
            workflow.MERGE,
            actor=actor,
            at=at,
            changes=_ended(Outcome.DUPLICATE),
            details={"earlier": earlier.reference},
        )


def say(
    case: Case, kind: str, *, words: str, actor: User, at: datetime, agency: Agency | None = None, **more: Any
) -> Reply:
    """Keep what the office says to a report, for everybody who may read it. Raises UnableToWorkOnReport."""
    if not words.strip():
        raise UnableToWorkOnReport(code="words", message=_("Write a few words."), field="words")
    return Reply.objects.create(
        complaint_id=case.pk,
        kind=kind,
        agency=agency or case.agency,
        author=actor,
        words=words.strip(),
        written_at=at,
        **more,
    )


def _assign(locked: LockedCase, *, actor: User, agency: Agency, at: datetime) -> Case:
    if not agency.is_active:
        raise UnableToWorkOnReport(
            code="agency", message=_("This office works no longer. Choose another."), field="agency"
        )
    Complaint.objects.filter(case=locked).update(
        assigned_at=at, head_due_at=shared_clocks.given_until(clocks.HEAD_OF_GOVERNMENT, at)
    )
    return transitions.move(
        locked,
        workflow.ASSIGN,
        actor=actor,
        at=at,
        changes={"agency": agency, "assignee": None},
        details={"agency": agency.code},
    )


def _published(reference: str) -> Case | None:
    published = cases.full().filter(complaint__published_at__isnull=False)
    return references.look_up(reference, lambda known: published.filter(reference=known).first())


def _ended(outcome: str) -> dict[str, Any]:
    return {"outcome": outcome, "assignee": None, "applicant_due_at": None}
