"""Whatever offices, inspector, signatory and superior try in whatever order: none of them gets past the work of another."""

from datetime import datetime, timedelta
from functools import partial
from typing import ClassVar, Final
from uuid import uuid4

import pytest
from hypothesis import strategies as st
from hypothesis.stateful import initialize, invariant, rule

from permits import operations as permits
from services.accounts.models import Hat, User
from services.casework import operations as casework
from services.casework.models import Case, Minutes, Objection, Review
from services.catalogue.models import ServiceVersion
from tests.factories import accounts, catalogue, inspections, reviews
from tests.factories import casework as made
from tests.factories.catalogue import said
from tests.permits.attempts import ACTS, Act, Attempt, try_all

#: An officer a hat, colleagues who can do what those may not, one who wears every hat, and another office.
HATS: Final = {
    "intake": Hat.INTAKE,
    "reviewer": Hat.REVIEWER,
    "recommender": Hat.REVIEWER,
    "inspector": Hat.INSPECTOR,
    "approver": Hat.APPROVER,
    "superior": Hat.APPROVER,
    "executive": Hat.EXECUTIVE,
}
PEOPLE: Final = ("applicant", *HATS, "everything", "foreigner")
people = st.sampled_from(PEOPLE)
STEPS: Final = [
    {"key": "decision", "title": said("Keputusan", "Decision"), "hat": "APPROVER", "days": 1},
    {
        "key": "signing",
        "title": said("Tanda tangan", "Signing"),
        "hat": "EXECUTIVE",
        "days": 1,
        "signs": True,
    },
]
MOVES: Final = permits.BY_TRANSITION


def service() -> ServiceVersion:
    """Two reviews at once, one of them at the place; a decision, and a signature of another; ten minutes to undo a step."""
    both = [reviews.CONTENT, inspections.VISIT]
    return catalogue.published_version(slug="izin-banyak-tangan", reviews=both, steps=STEPS, undo_seconds=600)


def branch(case: Case, key: str) -> Review:
    """One review, or the refusal of whoever asks for it before the file is complete."""
    review = case.reviews.select_related("agency", "case__service_version").filter(key=key).first()
    if review is None:
        raise casework.UnableToHandle(code="review", message="Nothing is reviewed yet.")
    return review


def reviewed(
    case: Case, *, key: str = "content", actor: User, at: datetime, outcome: str = "FAVOURABLE"
) -> None:
    """Take one review and say what was found."""
    review = casework.take_review(branch(case, key), actor=actor, reason_code="COUNTER", at=at)
    answers = {item.key: True for item in review.definition.checklist}
    words = "Ada catatan."
    casework.finish_review(review, actor=actor, answers=answers, outcome=outcome, findings=words, at=at)


def inspected(case: Case, *, actor: User, at: datetime) -> None:
    """Take the inspection, stand at the place on the day that was named, and sign the minutes."""
    review = casework.take_review(branch(case, "visit"), actor=actor, reason_code="COUNTER", at=at)
    there = inspections.appointed(actor, review, at=at).begins_at
    for item in review.definition.checklist:
        casework.note_point(review, actor=actor, key=uuid4(), item=item.key, answer="YES", at=there)
    inspections.signed(actor, review, at=there)


def signed_at_once(case: Case, *, actor: User, at: datetime) -> None:
    """Sign the minutes of a place where nobody was."""
    inspections.signed(actor, branch(case, "visit"), at=at)


ALL_ACTS: Final[dict[str, Act]] = {
    **ACTS,
    "review": reviewed,
    "review against": partial(reviewed, outcome="UNFAVOURABLE"),
    "review the place from the desk": partial(reviewed, key="visit"),
    "inspect": inspected,
    "sign minutes at once": signed_at_once,
    "grant for signature": MOVES["grant_for_signature"],
    "sign": MOVES["sign"],
    "send back unsigned": partial(MOVES["decline_to_sign"], reason="Nomornya salah."),
    "object": partial(MOVES["object"], words="Tempatnya tidak terlarang."),
    "confirm": partial(MOVES["confirm_decision"], reason="Tempatnya terlarang."),
    "replace": partial(MOVES["replace_decision"], reason="Tempatnya tidak terlarang."),
    "undo": casework.undo_step,
    "recuse": partial(casework.recuse_officer, reason="Saya mengenal pemohonnya."),
}
#: Who takes the next step as it is meant.
NEXT: Final = {
    "DRAFT": ("applicant", ("send",)),
    "SUBMITTED": ("intake", ("take", "accept")),
    "READY_FOR_DECISION": ("approver", ("take", "{}")),
    "TO_SIGN": ("executive", ("sign",)),
    "REFUSED": ("applicant", ("object",)),
    "OBJECTION": ("superior", ("replace",)),
}


#: How far a permit is when everybody begins to try: after so many steps as they are meant, with this decision.
GRANT, REFUSE = "grant for signature", "refuse"
BEGINNINGS: Final = {
    "SUBMITTED": (1, GRANT),
    "IN_REVIEW": (2, GRANT),
    "READY_FOR_DECISION": (3, GRANT),
    "TO_SIGN": (4, GRANT),
    "GRANTED": (5, GRANT),
    "REFUSED": (4, REFUSE),
    "OBJECTION": (5, REFUSE),
}


class ManyHands(Attempt):
    """One permit through every pair of eyes that a service can ask for, tried by everybody."""

    reached: ClassVar[set[str]] = set()
    beginning: ClassVar[str]

    @initialize()
    def begin(self) -> None:
        """A filled draft, and the people."""
        self.cast = {name: accounts.officer(name.title(), hat) for name, hat in HATS.items()}
        self.cast["applicant"] = accounts.signed_up("Budi Santoso")
        self.cast["everything"] = everything = accounts.officer("Serba Bisa", Hat.INTAKE)
        for hat in sorted(set(HATS.values()) - {Hat.INTAKE}):
            accounts.wearing(everything, hat)
        self.cast["foreigner"] = accounts.officer("Bambang", Hat.APPROVER, agency_code="dishub")
        applicant = self.cast["applicant"]
        self.reference = made.filled_application(applicant, version=service(), at=self.at).reference
        steps, decision = BEGINNINGS[self.beginning]
        for _step in range(steps):
            self.goes_on(alone=False, decision=decision)

    @rule(act=st.sampled_from(sorted(ALL_ACTS)), who=people)
    def somebody_tries_something(self, act: str, who: str) -> None:
        """Anything by anybody, at any time."""
        self.tries(ALL_ACTS[act], actor=self.cast[who])

    @rule(alone=st.booleans(), decision=st.sampled_from([GRANT, REFUSE]))
    def it_goes_on(self, *, alone: bool, decision: str) -> None:
        """The next step as it is meant, by its officer or by the one who wears every hat."""
        self.goes_on(alone=alone, decision=decision)

    def goes_on(self, *, alone: bool, decision: str) -> None:
        """The next step, once the one before can be undone no more."""
        self.at += timedelta(minutes=11)
        status = self.case.status
        if status == "IN_REVIEW":
            self.is_reviewed(alone=alone)
        elif status == "GRANTED":
            self.is_made()
        elif status in NEXT:
            name, acts = NEXT[status]
            who = "everything" if alone and name != "applicant" else name
            for act in acts:
                self.tries(ALL_ACTS[act.format(decision)], actor=self.cast[who])

    def is_reviewed(self, *, alone: bool) -> None:
        """What is still open is looked at, and then somebody recommends."""
        for name, act in (("reviewer", "review"), ("inspector", "inspect")):
            self.tries(ALL_ACTS[act], actor=self.cast["everything" if alone else name])
        self.at = max(self.at, *(row.done_at or self.at for row in self.case.reviews.all()))
        for act in ("take", "recommend GRANT"):
            self.tries(ALL_ACTS[act], actor=self.cast["everything" if alone else "recommender"])

    @rule(who=people)
    def move_without_an_operation(self, who: str) -> None:
        """A road that does not exist is refused by the database, whoever writes it."""
        self.moves_without_an_operation(who)

    @invariant()
    def whoever_prepared_neither_decides_nor_signs(self) -> None:
        case = self.case_or_none()
        if case is None:
            return
        prepared = {*case.reviews.values_list("reviewer", flat=True), case.recommended_by_id}
        prepared |= set(case.requests.values_list("asked_by", flat=True))
        prepared |= set(Minutes.objects.filter(review__case=case).values_list("signed_by", flat=True))
        assert {case.decided_by_id, case.signed_by_id}.isdisjoint(prepared - {None})

    @invariant()
    def nothing_is_recommended_before_all_have_looked(self) -> None:
        case = self.case_or_none()
        if case and case.recommended_at:
            assert {row.state for row in case.reviews.all()} == {Review.State.DONE}
            assert Minutes.objects.filter(review__case=case).count() == 1

    @invariant()
    def no_paper_without_a_signature(self) -> None:
        case = self.case_or_none()
        if case and case.status in {"GRANTED", "ISSUED"}:
            replaced = case.objections.filter(result=Objection.Result.REPLACED)
            assert case.signed_by_id or replaced.exists()

    @invariant()
    def nobody_answers_an_objection_to_themselves(self) -> None:
        case = self.case_or_none()
        if case:
            answered = case.objections.exclude(answered_by=None)
            hands = {case.recommended_by_id, case.applicant_id}
            assert all(row.answered_by_id not in {row.decision_by_id, *hands} for row in answered)


@pytest.mark.parametrize("beginning", BEGINNINGS)
def test_no_order_of_acts_leads_past_another_pair_of_eyes(
    beginning: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(ManyHands, "beginning", beginning, raising=False)
    try_all(ManyHands, examples=2, steps=12)
    assert beginning in ManyHands.reached
