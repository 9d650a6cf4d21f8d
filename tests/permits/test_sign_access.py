"""Who may sign a paper or send it back: the hat that the version names, in the office of the case, and nobody who worked on it."""

from collections.abc import Callable

import pytest

from services.accounts.models import Hat, Membership, User
from services.casework import papers
from services.casework.models import Case
from services.casework.policies import UnableToAct
from services.foundation import clock
from tests.factories import accounts, mandates, signing


@pytest.fixture
def waiting(citizen: User, intake: User, reviewer: User, approver: User) -> Case:
    return signing.to_sign(citizen, intake, reviewer, approver)


def refused(case: Case, somebody: User) -> str:
    """The code with which both the signature and the sending back are refused; the list does not hold the paper."""
    assert not papers.waiting(somebody, at=clock.now()).exists()
    codes = set()
    for act, told in ((signing.sign, {}), (signing.decline, {"reason": "Keliru."})):
        with pytest.raises(UnableToAct) as refusal:
            act(case, actor=somebody, at=clock.now(), **told)
        codes.add(refusal.value.code)
    (code,) = codes
    return code


def test_the_head_of_the_office_may(waiting: Case, executive: User) -> None:
    assert list(papers.waiting(executive, at=clock.now())) == [waiting]
    assert signing.sign(waiting, actor=executive, at=clock.now()).signed_by == executive


@pytest.mark.parametrize(
    "name",
    ["stranger", "citizen", "intake", "reviewer", "approver", "supervisor", "auditor", "administrator"],
)
def test_nobody_else_may(name: str, request: pytest.FixtureRequest, waiting: Case) -> None:
    assert refused(waiting, request.getfixturevalue(name)) == "hat"


def test_the_head_of_another_office_may_not(waiting: Case) -> None:
    assert refused(waiting, accounts.officer("Kepala Lain", Hat.EXECUTIVE, agency_code="dishub")) == "hat"


def test_whoever_worked_on_it_may_not_sign_it_with_the_hat(
    waiting: Case, intake: User, reviewer: User, wear: Callable[..., Membership]
) -> None:
    wear(reviewer, "EXECUTIVE")
    assert refused(waiting, reviewer) == "four_eyes"


def test_a_head_does_not_sign_their_own_matter(
    executive: User, intake: User, reviewer: User, approver: User
) -> None:
    case = signing.to_sign(executive, intake, reviewer, approver)
    assert refused(case, executive) == "hat"


def test_without_the_pact_one_sees_it_and_signs_nothing(waiting: Case) -> None:
    head = accounts.signed_up("Kepala Baru")
    accounts.unsigned(head, Hat.EXECUTIVE)
    assert list(papers.waiting(head, at=clock.now())) == [waiting]
    with pytest.raises(UnableToAct) as refusal:
        signing.sign(waiting, actor=head, at=clock.now())
    assert refusal.value.code == "pact"


def test_an_acting_signatory_signs_and_sees_only_what_the_letter_reaches(
    citizen: User,
    citizen2: User,
    intake: User,
    reviewer: User,
    approver: User,
    supervisor: User,
    executive: User,
    inspector: User,
) -> None:
    within = signing.signed_service("APPROVER", slug="izin-satu")
    beyond = signing.signed_service("APPROVER", slug="izin-dua")
    first = signing.to_sign(citizen, intake, reviewer, approver, version=within)
    second = signing.to_sign(citizen2, intake, reviewer, approver, version=beyond)
    mandates.acting(inspector, by=supervisor, second=executive, services=["izin-satu"])
    assert list(papers.waiting(inspector, at=clock.now())) == [first]
    with pytest.raises(UnableToAct) as refusal:
        signing.sign(second, actor=inspector, at=clock.now())
    assert refusal.value.code == "mandate"
    assert signing.sign(first, actor=inspector, at=clock.now()).signed_by == inspector
    assert list(papers.waiting(approver, at=clock.now())) == [second]
