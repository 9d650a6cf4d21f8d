"""What the office does that has a report: plan, answer, refuse, hand back, take up again, stand by its answer."""

from collections.abc import Sequence
from datetime import date, datetime
from typing import Any

from django.core.files.uploadedfile import UploadedFile
from django.db import transaction
from django.utils.translation import gettext as _

from complaints import clocks, queries, workflow
from complaints.models import Complaint, Reply
from complaints.operations.drafting import taken_photos
from complaints.operations.intake import say
from complaints.operations.values import UnableToWorkOnReport
from services.accounts.models import User
from services.casework import clocks as shared_clocks
from services.casework import operations as casework
from services.casework import transitions
from services.casework.models import Case, Outcome
from services.casework.workflow import Transition
from services.documents.models import Document
from services.foundation.clock import local_date


def plan_work(
    case: Case,
    *,
    actor: User,
    words: str,
    planned_date: date,
    at: datetime,
    expected_version: int | None = None,
) -> Case:
    """Tell the reporter what will be done and when. That is a first answer; the time to settle the matter runs on."""
    if planned_date < local_date(at):
        raise UnableToWorkOnReport(
            code="planned_date", message=_("Give a day that is not over."), field="planned_date"
        )
    with transaction.atomic():
        locked = transitions.lock(case, expected_version=expected_version)
        started = locked.complete_at or at
        due_at = shared_clocks.given_until(locked.complaint.category.settlement, started)
        moved = transitions.move(
            locked,
            workflow.PLAN,
            actor=actor,
            at=at,
            changes={"due_at": due_at, "place_at": due_at},
            details={"planned": planned_date.isoformat()},
        )
        say(moved, Reply.Kind.PLAN, words=words, actor=actor, planned_date=planned_date, at=at)
        _note_first_answer(moved, at=at)
    return moved


def answer_report(
    case: Case,
    *,
    actor: User,
    words: str,
    photos: Sequence[Document] = (),
    at: datetime,
    expected_version: int | None = None,
) -> Case:
    """Answer in words and photos. The reporter then says whether it is solved; silence closes it in the end."""
    with transaction.atomic():
        locked = transitions.lock(case, expected_version=expected_version)
        moved = transitions.move(
            locked,
            workflow.RESPOND,
            actor=actor,
            at=at,
            changes={
                "due_at": None,
                "assignee": None,
                "applicant_due_at": shared_clocks.given_until(clocks.SILENCE, at),
            },
        )
        reply = say(moved, Reply.Kind.ANSWER, words=words, actor=actor, at=at)
        casework.enclose_documents(moved, prefix=f"reply_{reply.pk}", documents=photos, at=at)
        _note_first_answer(moved, at=at)
    return moved


def answer_with_photos(
    case: Case,
    *,
    actor: User,
    words: str,
    uploads: Sequence[UploadedFile[bytes]] = (),
    at: datetime,
    expected_version: int | None = None,
) -> Case:
    """`answer_report` with photos as a form brings them. Raises UnableToReport where one cannot be used."""
    with taken_photos(uploads, at=at, field="uploads") as photos:
        return answer_report(
            case, actor=actor, words=words, photos=photos, at=at, expected_version=expected_version
        )


def refuse_report(
    case: Case, *, actor: User, words: str, at: datetime, expected_version: int | None = None
) -> Case:
    """Say that it cannot be done, and why. An honest end: it does not count as solved."""
    return _end_as_not_possible(
        case, workflow.REFUSE, actor=actor, words=words, at=at, expected_version=expected_version
    )


def stand_by_answer(
    case: Case, *, actor: User, words: str, at: datetime, expected_version: int | None = None
) -> Case:
    """The head of the office looks at what the reporter twice called unsolved, and says that no more can be done."""
    _require_escalated(case)
    return _end_as_not_possible(
        case, workflow.UPHOLD, actor=actor, words=words, at=at, expected_version=expected_version
    )


def hand_back(
    case: Case, *, actor: User, words: str, at: datetime, expected_version: int | None = None
) -> Case:
    """Give it back to the complaints office, with a note for its eyes saying why it is not ours."""
    with transaction.atomic():
        locked = transitions.lock(case, expected_version=expected_version)
        casework.add_office_note(locked, actor=actor, words=words, at=at)
        Complaint.objects.filter(case=locked).update(assigned_at=None, head_due_at=None)
        return transitions.move(
            transitions.lock(locked),
            workflow.HAND_BACK,
            actor=actor,
            at=at,
            changes={"agency": queries.complaints_office().agency, "assignee": None},
        )


def take_up_again(
    case: Case, *, actor: User, words: str, at: datetime, expected_version: int | None = None
) -> Case:
    """Take up what the reporter twice called unsolved; the words tell them so."""
    _require_escalated(case)
    with transaction.atomic():
        locked = transitions.lock(case, expected_version=expected_version)
        due_at = shared_clocks.given_until(clocks.ANSWER, at)
        Complaint.objects.filter(case=locked).update(escalated_at=None)
        moved = transitions.move(
            locked,
            workflow.TAKE_UP,
            actor=actor,
            at=at,
            changes={"due_at": due_at, "place_at": due_at, "applicant_due_at": None},
        )
        say(moved, Reply.Kind.PLAN, words=words, actor=actor, at=at)
    return moved


def _end_as_not_possible(
    case: Case,
    transition: Transition,
    *,
    actor: User,
    words: str,
    at: datetime,
    expected_version: int | None,
) -> Case:
    changes: dict[str, Any] = {
        "outcome": Outcome.NOT_POSSIBLE,
        "assignee": None,
        "due_at": None,
        "applicant_due_at": None,
    }
    with transaction.atomic():
        locked = transitions.lock(case, expected_version=expected_version)
        moved = transitions.move(locked, transition, actor=actor, at=at, changes=changes)
        say(moved, Reply.Kind.NOT_POSSIBLE, words=words, actor=actor, at=at)
        _note_first_answer(moved, at=at)
    return moved


def _note_first_answer(case: Case, *, at: datetime) -> None:
    Complaint.objects.filter(case=case, first_answer_at=None).update(first_answer_at=at)


def _require_escalated(case: Case) -> None:
    if not Complaint.objects.filter(case=case, escalated_at__isnull=False).exists():
        raise UnableToWorkOnReport(
            code="again", message=_("The reporter has not said for the second time that it is not solved.")
        )
