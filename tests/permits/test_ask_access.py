"""Who may ask the applicant of a permit for something, answer, and let the same be asked again; whoever asked does not decide."""

from collections.abc import Callable
from typing import Any

import pytest

from permits import operations as permits
from services.accounts.models import User
from services.casework import operations as casework
from services.casework.models import ApplicantRequest, Case
from services.casework.operations import Given, Thing, UnableToFile, UnableToHandle
from services.casework.policies import UnableToAct
from services.foundation import clock
from tests.factories import accounts
from tests.factories import casework as cases

TEXT = Thing(kind="CORRECTION", key="shown_text", words="Tulis seluruh teks.")
GIVEN = Given(answers={"shown_text": "Seluruh teks"})
OFFICERS = (
    "intake",
    "reviewer2",
    "inspector",
    "approver",
    "supervisor",
    "executive",
    "auditor",
    "administrator",
)
OUTSIDE = ("citizen", "stranger", "foreign_reviewer")


def ask(case: Case, somebody: User) -> Case:
    return permits.ask_applicant(case, actor=somebody, things=[TEXT], at=clock.now())


def answer(case: Case, somebody: User) -> Any:
    number = ApplicantRequest.objects.get(case=case).pk
    return permits.answer_request(case, actor=somebody, number=number, given=GIVEN, at=clock.now())


@pytest.fixture
def taken(citizen: User, intake: User, reviewer: User) -> Case:
    return casework.take_case(cases.accepted_application(citizen, intake), actor=reviewer, at=clock.now())


def test_the_reviewer_who_has_the_file_asks_and_nobody_else(
    taken: Case, reviewer: User, named: Callable[[str], User]
) -> None:
    for name in (*OFFICERS, *OUTSIDE):
        with pytest.raises(UnableToAct) as refused:
            ask(taken, named(name))
        assert refused.value.code == ("assignment" if name == "reviewer2" else "hat"), name
    assert ask(taken, reviewer).status == "WAITING_APPLICANT"


def test_the_applicant_answers_and_nobody_of_the_office(
    taken: Case, citizen: User, reviewer: User, named: Callable[[str], User]
) -> None:
    asked = ask(taken, reviewer)
    for name in (*OFFICERS, "reviewer", "stranger", "foreign_reviewer"):
        with pytest.raises(UnableToFile):
            answer(asked, named(name))
    assert answer(asked, citizen).status == "IN_REVIEW"


def test_the_supervisor_of_the_office_lets_the_same_be_asked_again_and_nobody_else(
    taken: Case, citizen: User, reviewer: User, supervisor: User, named: Callable[[str], User]
) -> None:
    proposed = ask(answer(ask(taken, reviewer), citizen), reviewer)
    row = ApplicantRequest.objects.get(case=proposed, state="PROPOSED").pk
    for name in (*OFFICERS, *OUTSIDE, "reviewer"):
        if name == "supervisor":
            continue
        with pytest.raises(UnableToHandle) as refused:
            permits.release_request(proposed, actor=named(name), number=row, at=clock.now())
        assert refused.value.code == "hat", name
    again = permits.release_request(proposed, actor=supervisor, number=row, at=clock.now())
    assert again.status == "WAITING_APPLICANT"


def test_neither_whoever_asked_nor_whoever_let_it_be_asked_again_decides(
    taken: Case, citizen: User, reviewer: User, reviewer2: User, supervisor: User
) -> None:
    proposed = ask(answer(ask(taken, reviewer), citizen), reviewer)
    row = ApplicantRequest.objects.get(case=proposed, state="PROPOSED").pk
    permits.release_request(proposed, actor=supervisor, number=row, at=clock.now())
    number = ApplicantRequest.objects.get(case=proposed, state="OPEN").pk
    case = permits.answer_request(proposed, actor=citizen, number=number, given=GIVEN, at=clock.now())
    casework.release_case(case, actor=reviewer, at=clock.now())
    casework.take_case(case, actor=reviewer2, at=clock.now())
    case = permits.recommend_application(case, actor=reviewer2, recommendation="GRANT", at=clock.now())
    for hand in (reviewer, supervisor):
        accounts.wearing(hand, "APPROVER")
        casework.take_case(case, actor=hand, at=clock.now())
        with pytest.raises(UnableToAct) as refused:
            permits.grant_application(case, actor=hand, at=clock.now())
        assert refused.value.code == "four_eyes"
        casework.release_case(case, actor=hand, at=clock.now())
