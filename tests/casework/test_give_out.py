"""The machine gives out files by lot: fairly, to whoever may act, by nobody's choice."""

from collections import Counter
from datetime import timedelta
from random import Random

import pytest
from hypothesis import given, settings
from hypothesis import strategies as some

from services.accounts.models import Hat, User
from services.audit import queries as record
from services.casework import duty, lots, transitions, workload
from services.casework import operations as casework
from services.casework.lots import Lot
from services.casework.models import Case, Holding
from services.casework.operations import UnableToHandle
from services.catalogue.models import ServiceVersion
from services.foundation import clock
from services.notifications.models import Notice
from tests.casework.desk import Desk
from tests.casework.test_why import deliver
from tests.factories import accounts as people
from tests.factories import casework as cases
from tests.factories import catalogue

ROUNDS = 4000


@pytest.fixture
def by_lot(db: None) -> ServiceVersion:
    """A service whose files the machine gives out."""
    return catalogue.published_version(slug="izin-undian", assignment="machine", undo_seconds=0)


def holder(case: Case) -> User | None:
    case.refresh_from_db()
    return case.assignee


@given(loads=some.lists(some.integers(0, 40), min_size=2, max_size=6), seed=some.integers(0, 2**32))
@settings(max_examples=25, deadline=None, derandomize=True)
def test_each_is_drawn_as_often_as_the_weight_says(loads: list[int], seed: int) -> None:
    candidates = [Lot(officer=User(pk=number + 1), load=load) for number, load in enumerate(loads)]
    source = Random(seed)  # noqa: S311 (the test needs the same numbers again)
    drawn = Counter(lots.draw(candidates, below=source.randrange).chosen for _ in range(ROUNDS))
    total = sum(lot.weight for lot in candidates)
    for lot in set(candidates):
        share = lot.weight / total
        spread = (ROUNDS * share * (1 - share)) ** 0.5
        assert abs(drawn[lot] - ROUNDS * share) <= 5 * spread + 1


def test_an_empty_desk_weighs_twice_as_much_as_one_with_a_file() -> None:
    assert [Lot(officer=User(), load=load).weight for load in (0, 1, 3, 5000)] == [1000, 500, 250, 1]


def test_the_number_that_is_drawn_says_on_whom_it_fell() -> None:
    candidates = [Lot(officer=User(pk=number), load=number) for number in range(3)]
    numbers = [0, 999, 1000, 1499, 1500]

    def below(_total: int) -> int:
        return numbers.pop(0)

    fell = [lots.draw(candidates, below=below).chosen.load for _draw in range(5)]
    assert fell == [0, 0, 1, 1, 2]


def test_a_file_goes_to_an_officer_on_duty_and_the_draw_is_on_record(
    by_lot: ServiceVersion, citizen: User, intake: User
) -> None:
    second = people.officer("Ika Penerima", Hat.INTAKE)
    case = cases.submitted_application(citizen, version=by_lot)
    assert casework.give_out_cases(at=clock.now(), below=lambda total: total - 1) == 1
    assert holder(case) == second
    event = record.events_of(transitions.subject_of(case))[-1]
    assert (event.action, event.details["candidates"]) == ("casework.case.given_out", 2)
    assert (event.details["drawn"], event.details["of"]) == (1999, 2000)
    assert [lot["officer"] for lot in event.details["lots"]] == [
        str(intake.pseudonym),
        str(second.pseudonym),
    ]
    assert event.details["to"] == str(second.pseudonym)
    assert Holding.objects.get(case=case, left_at=None).officer == second
    deliver()
    assert Notice.objects.get(notice="casework/given_out").recipient == second
    assert casework.give_out_cases(at=clock.now()) == 0


def test_the_fuller_desk_is_drawn_less_often(by_lot: ServiceVersion, citizen: User, intake: User) -> None:
    second = people.officer("Ika Penerima", Hat.INTAKE)
    for _file in range(2):
        lying = cases.submitted_application(citizen)
        Case.objects.filter(pk=lying.pk).update(assignee=second)
    case = cases.submitted_application(citizen, version=by_lot)
    casework.give_out_cases(at=clock.now())
    weights = record.events_of(transitions.subject_of(case))[-1].details["lots"]
    assert [(lot["open"], lot["weight"]) for lot in weights] == [(0, 1000), (2, 333)]


def test_nobody_takes_one_by_choice(by_lot: ServiceVersion, citizen: User, intake: User, desk: Desk) -> None:
    case = cases.submitted_application(citizen, version=by_lot)
    with pytest.raises(UnableToHandle) as chosen:
        casework.take_case(case, actor=intake, reason_code="COUNTER", at=clock.now())
    with pytest.raises(UnableToHandle) as following:
        casework.take_next_case(actor=intake, agency=case.agency, hat="INTAKE", at=clock.now())
    assert (chosen.value.code, following.value.code) == ("lot", "queue_empty")
    page = desk.sit(intake).open(case)
    assert "The system draws an officer by lot" in page
    assert "Take this case" not in page


def test_whoever_is_away_unsigned_or_a_party_is_not_drawn(
    by_lot: ServiceVersion, citizen: User, intake: User, supervisor: User
) -> None:
    away = people.officer("Ika Penerima", Hat.INTAKE)
    today = clock.today()
    casework.declare_absence(
        officer=away, kind="LEAVE", first_date=today, last_date=today, actor=away, at=clock.now()
    )
    people.unsigned(people.signed_up("Umi Belum"), Hat.INTAKE)
    people.wearing(citizen, Hat.INTAKE)
    case = cases.submitted_application(citizen, version=by_lot)
    casework.give_out_cases(at=clock.now())
    assert holder(case) == intake
    assert record.events_of(transitions.subject_of(case))[-1].details["candidates"] == 1


def test_what_nobody_may_take_stays_and_the_supervisor_reads_why(
    by_lot: ServiceVersion, citizen: User, supervisor: User
) -> None:
    case = cases.submitted_application(citizen, version=by_lot)
    assert casework.give_out_cases(at=clock.now()) == 0
    assert holder(case) is None
    team = duty.team_of(workload.office_of(supervisor, at=clock.now()), at=clock.now())
    (stuck,) = duty.stuck(team)
    assert stuck.case == case
    assert stuck.cause


def test_whoever_laid_it_back_is_not_drawn_again_while_somebody_else_is_there(
    by_lot: ServiceVersion, citizen: User, intake: User
) -> None:
    case = cases.submitted_application(citizen, version=by_lot)
    casework.give_out_cases(at=clock.now())
    casework.release_case(case, actor=intake, at=clock.now())
    second = people.officer("Ika Penerima", Hat.INTAKE)
    casework.give_out_cases(at=clock.now(), below=lambda _total: 0)
    assert holder(case) == second


def test_an_absence_that_begins_brings_it_to_somebody_else(
    by_lot: ServiceVersion, citizen: User, intake: User
) -> None:
    case = cases.submitted_application(citizen, version=by_lot)
    casework.give_out_cases(at=clock.now())
    second = people.officer("Ika Penerima", Hat.INTAKE)
    today = clock.today()
    casework.declare_absence(
        officer=intake, kind="LEAVE", first_date=today, last_date=today, actor=intake, at=clock.now()
    )
    assert holder(case) is None
    casework.give_out_cases(at=clock.now())
    assert holder(case) == second


def test_a_step_that_may_be_undone_is_waited_for(by_lot: ServiceVersion, citizen: User, intake: User) -> None:
    case = cases.submitted_application(citizen, version=by_lot)
    until = clock.now() + timedelta(minutes=10)
    Case.objects.filter(pk=case.pk).update(undo_until=until, undo={})
    assert casework.give_out_cases(at=clock.now()) == 0
    assert casework.give_out_cases(at=until) == 1


def test_only_of_what_is_applied_for_here() -> None:
    with pytest.raises(ValueError, match="assignment"):
        catalogue.published_version(assignment="machine", authority="national", national_link="https://x.id/")
