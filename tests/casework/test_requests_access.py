"""Who may ask, withdraw, answer, and let a second request go out."""

import pytest

from permits import operations as permits
from services.accounts.models import Hat, User
from services.casework import operations as casework
from services.casework.models import Case
from services.casework.operations import Given, Thing, UnableToFile, UnableToHandle
from services.casework.policies import UnableToAct
from services.foundation import clock
from tests.factories import accounts, reviews
from tests.factories import casework as cases

TEXT = Thing(kind="CORRECTION", key="shown_text", words="Tulis seluruh teks.")


@pytest.fixture
def waiting(citizen: User, intake: User, reviewer: User) -> Case:
    taken = casework.take_case(cases.accepted_application(citizen, intake), actor=reviewer, at=clock.now())
    return permits.ask_applicant(taken, actor=reviewer, things=[TEXT], at=clock.now())


def test_nobody_but_the_citizens_side_answers(waiting: Case, citizen2: User, reviewer: User) -> None:
    given = Given(answers={"shown_text": "Palsu"})
    for user in (citizen2, reviewer):
        with pytest.raises(UnableToFile):
            permits.answer_request(
                waiting, actor=user, number=waiting.requests.get().pk, given=given, at=clock.now()
            )
    assert waiting.requests.get().state == "OPEN"


def test_only_whoever_has_the_file_withdraws_what_it_asked(
    waiting: Case, reviewer2: User, supervisor: User
) -> None:
    for user in (reviewer2, supervisor):
        with pytest.raises(UnableToAct):
            permits.withdraw_request(waiting, actor=user, number=waiting.requests.get().pk, at=clock.now())


def test_a_review_is_asked_for_only_by_whoever_has_it(
    citizen: User, intake: User, reviewer: User, foreign_reviewer: User
) -> None:
    case = cases.accepted_application(citizen, intake, version=reviews.reviewed_service())
    held = reviews.taken(reviewer, reviews.of(case, "content"))
    with pytest.raises(UnableToHandle):
        casework.ask_for_review(held, actor=foreign_reviewer, things=[TEXT], at=clock.now())
    casework.ask_for_review(held, actor=reviewer, things=[TEXT], at=clock.now())
    with pytest.raises(UnableToHandle):
        casework.withdraw_for_review(
            held, actor=foreign_reviewer, number=case.requests.get().pk, at=clock.now()
        )


def test_only_a_supervisor_who_did_not_ask_lets_a_second_request_out(
    waiting: Case, citizen: User, reviewer: User, reviewer2: User, foreign_approver: User
) -> None:
    corrected = permits.answer_request(
        waiting,
        actor=citizen,
        number=waiting.requests.get().pk,
        given=Given(answers={"shown_text": "Penuh"}),
        at=clock.now(),
    )
    again = permits.ask_applicant(corrected, actor=reviewer, things=[TEXT], at=clock.now())
    number = again.requests.get(state="PROPOSED").pk
    accounts.wearing(reviewer, Hat.SUPERVISOR)
    for user, code in ((reviewer, "own"), (reviewer2, "hat"), (foreign_approver, "hat"), (citizen, "hat")):
        for operation in (permits.release_request, casework.decline_request):
            with pytest.raises(UnableToHandle) as refused:
                operation(again, actor=user, number=number, at=clock.now())
            assert refused.value.code == code
    assert again.requests.get(pk=number).state == "PROPOSED"
