"""Who may do what with an integrity report: its receivers and its reporter, and not one other person."""

from collections.abc import Callable

import pytest

from complaints.integrity import operations as integrity
from complaints.integrity import workflow
from services.accounts.models import Hat, User
from services.casework import policies, queries, workload
from services.casework.models import Case
from services.casework.operations import add_office_note, take_case, write_message
from services.casework.operations.values import UnableToHandle
from services.casework.policies import Bearer, UnableToAct
from services.foundation import clock
from tests.factories import accounts
from tests.factories import integrity as reports

Act = Callable[[Case, User], Case]
ACTS: dict[str, Act] = {
    "examine": lambda case, user: integrity.begin_examination(case, actor=user, at=clock.now()),
    "hand_over": lambda case, user: integrity.hand_over(case, actor=user, words="Catatan.", at=clock.now()),
    "archive": lambda case, user: integrity.archive_report(
        case, actor=user, reason_code="SPAM", words="Iklan.", at=clock.now()
    ),
}
LATER_ACTS: dict[str, Act] = {
    "ask": lambda case, user: integrity.ask_reporter(case, actor=user, words="Kapan?", at=clock.now()),
    "true": lambda case, user: integrity.find_true(case, actor=user, words="Benar.", at=clock.now()),
    "unproved": lambda case, user: integrity.leave_unproved(case, actor=user, words="Tidak.", at=clock.now()),
}


def everybody_else() -> list[User]:
    """Every hat at the receiver but those that receive; every hat everywhere else; and a citizen."""
    reports.ready()
    inside = [
        accounts.officer(f"{hat} Dalam", hat, agency_code=reports.INSPECTORATE)
        for hat in Hat.values
        if hat not in policies.RECEIVING_HATS
    ]
    outside = [
        accounts.officer(f"{hat} {agency}", hat, agency_code=agency)
        for agency in ("dpmptsp", "dishub", reports.COMMISSION)
        for hat in Hat.values
    ]
    return [*inside, *outside, accounts.signed_up("Warga Biasa")]


def test_nobody_else_can_see_count_or_touch_it() -> None:
    people = everybody_else()
    case = reports.received()
    for user in people:
        office = workload.office_of(user, at=clock.now())
        assert queries.desk_case(user, case.reference, at=clock.now()) is None, user
        assert queries.case_for(user, case.reference) is None
        assert not workload.readable(office).exists()
        assert workload.counts(office, at=clock.now()).open == 0
        assert policies.hats_for(user, case, clock.now()) == frozenset()
        with pytest.raises(UnableToHandle):
            take_case(case, actor=user, at=clock.now())
        with pytest.raises(UnableToHandle):
            write_message(case, actor=user, words="Halo?", at=clock.now())
        with pytest.raises(UnableToHandle):
            add_office_note(case, actor=user, words="Catatan.", at=clock.now())
    assert queries.tracking(case.reference) is None


@pytest.mark.parametrize("name", ACTS)
def test_nobody_else_acts_on_a_received_one(name: str) -> None:
    people = everybody_else()
    case = reports.received()
    for user in people:
        with pytest.raises((UnableToAct, UnableToHandle)):
            ACTS[name](case, user)
    case.refresh_from_db()
    assert case.status == "RECEIVED"


@pytest.mark.parametrize("name", LATER_ACTS)
def test_nobody_else_acts_on_one_in_examination(name: str) -> None:
    people = everybody_else()
    case = reports.in_examination(reports.examiner("Tulus Pemeriksa"))
    for user in people:
        with pytest.raises((UnableToAct, UnableToHandle)):
            LATER_ACTS[name](case, user)
    case.refresh_from_db()
    assert case.status == "IN_EXAMINATION"


@pytest.mark.parametrize("name", ACTS)
def test_an_examiner_acts_only_with_the_file_on_their_desk(name: str) -> None:
    reports.ready()
    user = reports.examiner("Tulus Pemeriksa")
    case = reports.received()
    with pytest.raises(UnableToAct) as refusal:
        ACTS[name](case, user)
    assert refusal.value.code == "assignment"
    assert ACTS[name](reports.taken(case, user), user).status != "RECEIVED"


def test_the_receiver_does_not_answer_for_the_reporter() -> None:
    reports.ready()
    user = reports.examiner("Tulus Pemeriksa")
    case = reports.asked(user)
    assert policies.can_act(Bearer(case.reference), case, workflow.ANSWER, clock.now())
    assert not policies.can_act(user, case, workflow.ANSWER, clock.now())
    assert not policies.can_act(Bearer("C-00000-00000"), case, workflow.ANSWER, clock.now())


def test_silence_is_the_system_s_alone() -> None:
    reports.ready()
    user = reports.examiner("Tulus Pemeriksa")
    case = reports.asked(user)
    assert policies.can_act(None, case, workflow.GO_ON, clock.now())
    assert not policies.can_act(user, case, workflow.GO_ON, clock.now())
