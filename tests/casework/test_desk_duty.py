"""What a supervisor sees of the team: the load of each officer, and the cases that nobody on duty may take."""

from datetime import timedelta
from typing import Any

from django.db import connection
from django.test.utils import CaptureQueriesContext

from services.accounts.models import Hat, Membership, User
from services.casework import duty, shut, workload
from services.casework import operations as casework
from services.casework.models import Case
from services.foundation import clock
from services.government.models import Government
from tests.casework.desk import Desk
from tests.factories import accounts, reviews
from tests.factories import casework as cases

FIRST_PAGE = "/admin/"
STUCK = "Nobody on duty may take these"


def test_a_supervisor_sees_the_load_of_each_officer(
    desk: Desk, citizen: User, intake: User, reviewer: User, supervisor: User
) -> None:
    late = cases.submitted_application(citizen, at=clock.now() - timedelta(days=9))
    casework.take_case(late, actor=intake, at=clock.now())
    page = desk.sit(supervisor).read(FIRST_PAGE)
    team = page.split("Load of my team")[1]
    assert team.index(intake.person.name) < team.index(reviewer.person.name)
    assert "<td>1</td>" in team


def test_only_a_supervisor_sees_it_and_only_of_their_own_agency(
    desk: Desk, citizen: User, intake: User, foreign_intake: User, executive: User, auditor: User
) -> None:
    cases.submitted_application(citizen)
    other = accounts.officer("Sari Atasan", Hat.SUPERVISOR, agency_code="dishub")
    for reader in (intake, executive, auditor):
        assert "Load of my team" not in desk.sit(reader).read(FIRST_PAGE)
    page = desk.sit(other).read(FIRST_PAGE)
    assert intake.person.name not in page
    assert foreign_intake.person.name in page


def test_a_case_whose_hat_nobody_wears_is_shown_with_its_cause(
    desk: Desk, citizen: User, supervisor: User
) -> None:
    case = cases.submitted_application(citizen)
    page = desk.sit(supervisor).read(FIRST_PAGE)
    assert case.reference in page.split(STUCK)[1]
    assert "Nobody at " in page


def test_a_case_that_its_only_approver_recommended_needs_a_second_person(
    desk: Desk, citizen: User, intake: User, reviewer: User, supervisor: User, approver: User
) -> None:
    accounts.wearing(reviewer, Hat.APPROVER)
    case = cases.recommended_application(citizen, intake, reviewer)
    assert STUCK not in desk.sit(supervisor).read(FIRST_PAGE)
    Membership.objects.filter(user=approver).update(
        state=Membership.State.ENDED, ended_at=clock.now(), valid_until=clock.local_date(clock.now())
    )
    page = desk.sit(supervisor).read(FIRST_PAGE)
    assert case.reference in page.split(STUCK)[1]
    assert "a second person is needed." in page


def test_the_own_matter_of_everybody_on_duty_is_shown_with_its_cause(
    desk: Desk, intake: User, supervisor: User
) -> None:
    case = cases.submitted_application(intake)
    page = desk.sit(supervisor).read(FIRST_PAGE)
    assert case.reference in page.split(STUCK)[1]
    assert "It is the own matter of everybody" in page


def test_what_somebody_can_take_or_has_taken_is_not_stuck(
    desk: Desk, citizen: User, citizen2: User, intake: User, supervisor: User
) -> None:
    cases.submitted_application(citizen)
    casework.take_case(
        cases.submitted_application(citizen2), actor=intake, reason_code="COUNTER", at=clock.now()
    )
    assert STUCK not in desk.sit(supervisor).read(FIRST_PAGE)


def test_a_confidential_case_is_in_no_load_and_not_among_the_stuck(
    desk: Desk, citizen: User, citizen2: User, intake: User, supervisor: User
) -> None:
    taken = casework.take_case(cases.submitted_application(citizen), actor=intake, at=clock.now())
    Case.objects.filter(pk=taken.pk).update(is_confidential=True)
    nobodys = cases.submitted_application(intake)
    Case.objects.filter(pk=nobodys.pk).update(is_confidential=True)
    page = desk.sit(supervisor).read(FIRST_PAGE)
    assert STUCK not in page
    assert "<td>1</td>" not in page


def test_the_first_page_of_a_supervisor_asks_a_fixed_number_of_queries(
    desk: Desk,
    citizen: User,
    intake: User,
    reviewer: User,
    supervisor: User,
    government: Government,
    django_assert_num_queries: Any,
) -> None:
    desk.sit(supervisor).read(FIRST_PAGE)
    for number in range(3):
        with django_assert_num_queries(9):
            desk.client.get(FIRST_PAGE)
        cases.submitted_application(citizen, at=clock.now() - timedelta(days=9 * number))
        accounts.officer(f"Petugas {number}", Hat.INTAKE)


def test_a_hat_for_which_nobody_has_signed_the_pact_holds_the_case_up(
    desk: Desk, citizen: User, supervisor: User
) -> None:
    case = cases.submitted_application(citizen)
    accounts.unsigned(accounts.signed_up("Petugas Baru", email="baru@warga.example"), Hat.INTAKE)
    page = desk.sit(supervisor).read(FIRST_PAGE)
    assert case.reference in page.split(STUCK)[1]
    assert "has not signed the integrity pact." in page
    accounts.officer("Petugas Lama", Hat.INTAKE)
    assert STUCK not in desk.read(FIRST_PAGE)


def test_a_case_is_stuck_however_many_wear_the_hat_if_each_of_them_may_not_take_it(
    desk: Desk, citizen: User, citizen2: User, intake: User, supervisor: User
) -> None:
    free, case = cases.submitted_application(citizen), cases.submitted_application(citizen2)
    colleagues = [intake, *(accounts.officer(f"Petugas {number}", Hat.INTAKE) for number in range(4))]
    for officer in colleagues[:-1]:
        casework.recuse_officer(case, actor=officer, reason="A cousin of mine.", at=clock.now())
    assert STUCK not in desk.sit(supervisor).read(FIRST_PAGE)
    casework.recuse_officer(case, actor=colleagues[-1], reason="A cousin of mine.", at=clock.now())
    stuck = desk.read(FIRST_PAGE).split(STUCK)[1]
    assert case.reference in stuck
    assert free.reference not in stuck


def test_what_is_stuck_is_found_without_a_look_through_the_backlog(
    citizen: User, intake: User, reviewer: User, supervisor: User
) -> None:
    cases.submitted_application(citizen)
    office = workload.office_of(supervisor, at=clock.now())
    team = duty.team_of(office, at=clock.now())
    with CaptureQueriesContext(connection) as captured, connection.cursor() as cursor:
        assert not shut.keys(office, team.wearers, at=clock.now(), most=duty.SHOWN)
        cursor.execute("SET LOCAL enable_seqscan = off")
        cursor.execute(f"EXPLAIN {captured.captured_queries[0]['sql']}")
        plan = "\n".join(line for (line,) in cursor.fetchall())
    assert "Seq Scan on casework_case" not in plan


def test_what_waits_for_reviews_is_not_stuck_though_nobody_wears_the_hat_after_them(
    citizen: User, intake: User, supervisor: User
) -> None:
    case = cases.accepted_application(citizen, intake, version=reviews.reviewed_service())
    casework.recuse_officer(case, actor=intake, reason="A cousin of mine.", at=clock.now())
    office = workload.office_of(supervisor, at=clock.now())
    only_intake = {(case.agency_id, str(Hat.INTAKE)): [intake]}
    assert case.pk not in shut.keys(office, only_intake, at=clock.now(), most=10)
