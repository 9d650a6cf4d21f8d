"""The reviews of one case of the demo: each office takes its own and says what it found, or has not got to it yet."""

from collections.abc import Iterator
from datetime import datetime
from functools import partial
from typing import TYPE_CHECKING, Final

from portal.demo.data.visiting import Visiting
from services.accounts.models import Hat, User
from services.casework import operations as casework
from services.casework import undoing
from services.casework.models import Review
from services.casework.operations import UnableToHandle
from services.catalogue.definition import ReviewDefinition

if TYPE_CHECKING:
    from portal.demo.data.stories import Step, Story

#: How many in a hundred have a remark of the office on a case that is granted all the same.
CONDITIONAL_SHARE: Final = 0.25
#: Hours that one review takes, as those of the other steps.
HOURS: Final = 12
#: How far an unfinished case has come: reviews that are done, reviews that lie on a desk.
FAR: Final = ((0, 0), (0, 1), (1, 0), (1, 1), (8, 0))
WORDS: Final = {
    Review.Outcome.CONDITIONAL: "Dapat disetujui bila ukurannya dan cara pemasangannya disesuaikan.",
    Review.Outcome.UNFAVOURABLE: "Tidak dapat disetujui karena temuan di atas.",
}


class Reviewing:
    """What the offices do with the reviews of a case; nothing where its service declares none."""

    def __init__(self, story: "Story") -> None:
        self.story, self.chance = story, story.office.reviewing
        self.declared = story.version.parsed.reviews

    def steps(self) -> Iterator["Step"]:
        """As many as the ending of the story lets them do: all before a recommendation, some while they are at it."""
        if not self.declared:
            return
        done, held = self._how_far()
        for number, review in enumerate(self.declared):
            if number >= done + held:
                return
            if review.kind == "inspection":
                yield from Visiting(self, review).steps(is_done=number < done)
            else:
                deed = self._finish if number < done else self._begin
                yield self._hours(), partial(deed, review)

    def _hours(self) -> float:
        return HOURS * self.chance.uniform(0.4, 1.6)

    def _how_far(self) -> tuple[int, int]:
        if self.story.ending in {"READY", "TO_SIGN", "ISSUED", "REFUSED"}:
            return len(self.declared), 0
        if any(each.kind == "inspection" for each in self.declared):
            return 1, 1
        if self.story.ending == "WAITING":
            return len(self.declared), 0  # The whole file is nobody's before its last review.
        return self.chance.choice(FAR) if self.story.ending == "IN_REVIEW" else (1, 1)

    def officer(self, declared: ReviewDefinition) -> User:
        """Who does it: the inspector, a reviewer of the office, or one of the partner's."""
        own = declared.agency in {"", self.story.version.service.agency.code}
        if declared.hat == Hat.INSPECTOR:
            return self.story.staff.inspector
        return self.story.staff.reviewer if own else self.story.staff.partner

    def take(self, declared: ReviewDefinition, at: datetime) -> Review | None:
        """On the desk of its officer; not before the step that opened it stands."""
        if undoing.is_open(self.story.case, at=at):
            return None
        review, officer = self.story.case.reviews.get(key=declared.key), self.officer(declared)
        try:
            return casework.take_review(review, actor=officer, at=at)
        except UnableToHandle:
            return casework.take_review(review, actor=officer, reason_code="SAME_MATTER", at=at)

    def _begin(self, declared: ReviewDefinition, at: datetime) -> None:
        self.take(declared, at)

    def _finish(self, declared: ReviewDefinition, at: datetime) -> None:
        review = self.take(declared, at)
        if review is None:
            return
        outcome = self.outcome()
        found = [declared.findings[0].code] if declared.findings and outcome in WORDS else []
        casework.finish_review(
            review,
            actor=self.officer(declared),
            answers={
                item.key: outcome not in WORDS or number > 0 for number, item in enumerate(declared.checklist)
            },
            outcome=outcome,
            found=found,
            findings=WORDS.get(outcome, ""),
            at=at,
        )

    def outcome(self) -> Review.Outcome:
        """What whoever reviewed says, as the story is to end."""
        if self.story.ending == "REFUSED":
            return Review.Outcome.UNFAVOURABLE
        is_conditional = self.chance.random() < CONDITIONAL_SHARE
        return Review.Outcome.CONDITIONAL if is_conditional else Review.Outcome.FAVOURABLE
