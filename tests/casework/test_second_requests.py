"""What is asked a second time goes out only when a supervisor lets it."""

from datetime import datetime, timedelta

import pytest

from permits import operations as permits
from services.accounts.models import User
from services.casework import asking
from services.casework import operations as casework
from services.casework.models import Case, Review
from services.casework.operations import Given, Thing, UnableToHandle
from services.foundation import clock
from tests.factories import casework as cases
from tests.factories import reviews

DRAWING = Thing(kind="CLEARER", key="drawing", words="Mohon gambar yang berskala.")
TEXT = Thing(kind="CORRECTION", key="shown_text", words="Tulis seluruh teks.")
FACT = Thing(kind="FACT", words="Siapa yang membukakan pintu?", reason="Petugas perlu masuk.")
LATER = timedelta(days=14)


@pytest.fixture
def case(citizen: User, intake: User, reviewer: User) -> Case:
    """A file in review, on the reviewer's desk."""
    return casework.take_case(cases.accepted_application(citizen, intake), actor=reviewer, at=clock.now())


@pytest.fixture
def branches(citizen: User, intake: User, reviewer: User, foreign_reviewer: User) -> dict[str, Review]:
    """A file whose two reviews lie on the desks of two offices."""
    case = cases.accepted_application(citizen, intake, version=reviews.reviewed_service())
    return {
        key: reviews.taken(officer, reviews.of(case, key))
        for key, officer in (("content", reviewer), ("traffic", foreign_reviewer))
    }


def asked(case: Case, reviewer: User, *things: Thing, at: datetime | None = None) -> Case:
    return permits.ask_applicant(case, actor=reviewer, things=things, at=at or clock.now())


def states(case: Case) -> list[str]:
    return list(case.requests.order_by("pk").values_list("state", flat=True))


def fresh(case: Case) -> Case:
    return Case.objects.get(pk=case.pk)


def correct(case: Case, citizen: User, text: str = "Warung Bu Sri, Rungkut") -> Case:
    row = case.requests.get(kind="CORRECTION", state="OPEN")
    given = Given(answers={"shown_text": text})
    return permits.answer_request(case, actor=citizen, number=row.pk, given=given, at=clock.now())


def answered_once(case: Case, citizen: User, reviewer: User) -> Case:
    """The text was asked for and corrected; the office asks for it again."""
    corrected = correct(asked(case, reviewer, TEXT), citizen)
    return asked(corrected, reviewer, TEXT)


def test_the_same_thing_asked_again_is_not_sent_but_proposed(
    case: Case, citizen: User, reviewer: User
) -> None:
    again = answered_once(case, citizen, reviewer)
    assert again.status == "IN_REVIEW"
    assert states(case) == ["ANSWERED", "PROPOSED"]
    assert not again.pauses.filter(ended_at=None).exists()
    assert asking.open_requests(again) == []


def test_what_is_asked_for_the_first_time_goes_out_beside_what_is_proposed(
    case: Case, citizen: User, reviewer: User
) -> None:
    corrected = correct(asked(case, reviewer, TEXT), citizen)
    waiting = asked(corrected, reviewer, TEXT, DRAWING)
    assert waiting.status == "WAITING_APPLICANT"
    assert states(case) == ["ANSWERED", "PROPOSED", "OPEN"]


def test_a_supervisor_lets_it_out_with_its_whole_time_and_stands_for_it(
    case: Case, citizen: User, reviewer: User, supervisor: User
) -> None:
    again = answered_once(case, citizen, reviewer)
    number, at = again.requests.get(state="PROPOSED").pk, clock.now() + timedelta(days=3)
    released = permits.release_request(again, actor=supervisor, number=number, at=at)
    row = case.requests.get(pk=number)
    assert (released.status, row.state, row.released_by_id) == ("WAITING_APPLICANT", "OPEN", supervisor.pk)
    assert row.due_at > case.requests.exclude(pk=number).get().due_at
    assert released.applicant_due_at == row.due_at
    assert correct(released, citizen, "Warung Bu Sri, Rungkut 2").status == "IN_REVIEW"


def test_a_supervisor_may_say_no_and_it_is_never_asked(
    case: Case, citizen: User, reviewer: User, supervisor: User
) -> None:
    again = answered_once(case, citizen, reviewer)
    number = again.requests.get(state="PROPOSED").pk
    casework.decline_request(again, actor=supervisor, number=number, at=clock.now())
    assert states(case) == ["ANSWERED", "DECLINED"]
    assert fresh(case).status == "IN_REVIEW"


def test_a_proposal_of_a_review_goes_out_for_that_review(
    branches: dict[str, Review], citizen: User, reviewer: User, supervisor: User
) -> None:
    content, case = branches["content"], branches["content"].case
    casework.ask_for_review(content, actor=reviewer, things=[TEXT], at=clock.now())
    correct(fresh(case), citizen)
    casework.ask_for_review(content, actor=reviewer, things=[TEXT], at=clock.now())
    assert reviews.of(case, "content").state == "OPEN"
    number = case.requests.get(state="PROPOSED").pk
    permits.release_request(fresh(case), actor=supervisor, number=number, at=clock.now())
    assert reviews.of(case, "content").state == "WAITING"
    assert fresh(case).status == "IN_REVIEW"


def test_the_same_thing_is_not_proposed_twice_nor_asked_while_it_is_waited_for(
    case: Case, citizen: User, reviewer: User
) -> None:
    again = answered_once(case, citizen, reviewer)
    with pytest.raises(UnableToHandle) as refused:
        asked(again, reviewer, TEXT)
    assert refused.value.code == "asked"


def test_two_questions_of_one_form_for_the_same_paper_are_refused(case: Case, reviewer: User) -> None:
    another = Thing(kind="DOCUMENT", key="drawing", words="Gambar lain.")
    with pytest.raises(UnableToHandle) as refused:
        asked(case, reviewer, DRAWING, another)
    assert refused.value.code == "asked"


def test_an_appointment_for_which_no_time_was_found_may_be_offered_again(
    case: Case, citizen: User, reviewer: User
) -> None:
    times = (clock.now() + timedelta(days=3),)
    visit = Thing(kind="APPOINTMENT", words="Kami lihat.", reason="Foto tidak cukup.", times=times)
    waiting = asked(case, reviewer, visit)
    number = waiting.requests.get().pk
    given = Given(words="Saya bisa hari Jumat.")
    back = permits.answer_request(waiting, actor=citizen, number=number, given=given, at=clock.now())
    assert asked(back, reviewer, visit).status == "WAITING_APPLICANT"
