"""The book of the desks: a file is entered where an officer takes it, and struck out where it leaves them."""

from datetime import datetime

from services.accounts.models import User
from services.casework.models import Case, Holding, Left, Review
from services.foundation import locks


def lock_desk(officer: User) -> None:
    """Before any file is locked: let no file come to this desk while its officer's absence begins, nor the other way round."""
    lock_desk_of(officer.pk)


def lock_desk_of(officer: int) -> None:
    """`lock_desk` by the officer's id."""
    locks.transaction_lock(f"casework.desk:{officer}")


def begin(
    case: Case, *, officer: User, hat: str, at: datetime, overtook: int = 0, left: Left = Left.MOVED
) -> None:
    """Enter that an officer has the file from now on; `left` is how it leaves whoever had it."""
    end(case, how=left, at=at)
    Holding.objects.create(
        case=case, officer=officer, agency=case.agency, hat=hat, taken_at=at, overtook=min(overtook, 32_000)
    )


def end(case: Case, *, how: Left, at: datetime, in_time: bool | None = None, step: str = "") -> None:
    """Strike out the file, whoever has it; nothing where nobody does."""
    open_ones = Holding.objects.filter(case=case, review=None, left_at=None)
    open_ones.update(left_at=at, left_by=how, in_time=in_time, step=step)


def begin_review(review: Review, *, officer: User, at: datetime, overtook: int = 0) -> None:
    """Enter that an officer has one review of a file from now on."""
    Holding.objects.create(
        case=review.case,
        review=review,
        officer=officer,
        agency=review.agency,
        hat=review.hat,
        taken_at=at,
        overtook=min(overtook, 32_000),
    )


def end_review(review: Review, *, how: Left, at: datetime, in_time: bool | None = None) -> None:
    """Strike out a review, whoever has it; nothing where nobody does."""
    open_ones = Holding.objects.filter(review=review, left_at=None)
    open_ones.update(left_at=at, left_by=how, in_time=in_time)


def lay_back(review: Review, *, how: Left, at: datetime) -> None:
    """Take a review, whose row is locked, off the desk of whoever has it: into its queue again, where it keeps its place."""
    review.assignee = None
    review.save(update_fields=["assignee"])
    end_review(review, how=how, at=at)


def reopen(case: Case, *, holder: int, left_at: datetime) -> None:
    """Enter again the span that ended by a step at this moment, since the step was undone."""
    ended = Holding.objects.filter(case=case, officer=holder, left_at=left_at)
    ended.update(left_at=None, left_by="", in_time=None, step="")


def end_by_a_step(
    case: Case, step: str, *, holder: int | None, by: User | None, due_at: datetime | None, at: datetime
) -> None:
    """After a transition (`step`): strike the file out if it left its holder by it; note whether it was theirs and in time."""
    if holder is None or (case.assignee_id == holder and case.closed_at is None):
        return
    if by is None or by.pk != holder:
        end(case, how=Left.MOVED, at=at)
    else:
        end(case, how=Left.DONE, at=at, in_time=due_at is None or at <= due_at, step=step)
