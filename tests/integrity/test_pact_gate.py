"""Without this year's signature under the integrity pact everything can be seen and nothing done, by whichever door."""

from collections.abc import Callable
from datetime import date, timedelta
from typing import Any

import pytest
from django.test import Client

from complaints import operations as complaints
from complaints.integrity import operations as reports_in_confidence
from complaints.models import Category
from permits import operations as permits
from services.accounts.models import Hat, User
from services.casework import operations as casework
from services.casework import queries
from services.casework.models import Case, Recommendation
from services.casework.policies import UnableToAct
from services.foundation import clock
from services.integrity.models import PactSignature
from tests.casework.desk import QUEUE, Desk, file
from tests.factories import accounts, pact
from tests.factories import casework as cases
from tests.factories import complaints as reports
from tests.factories import integrity as told
from tests.factories.government import surabaya

YEAR = timedelta(days=366)

Cast = dict[str, User]
#: A deed under the cast, so much later than what went before it.
Deed = Callable[[Cast, timedelta], Any]


@pytest.fixture
def cast(
    citizen: User, intake: User, reviewer: User, approver: User, supervisor: User, foreign_reviewer: User
) -> Cast:
    """Everybody who works on a case, all with their signature of today."""
    return {
        "citizen": citizen,
        "intake": intake,
        "reviewer": reviewer,
        "approver": approver,
        "supervisor": supervisor,
        "foreign_reviewer": foreign_reviewer,
    }


def submitted(cast: Cast) -> Case:
    return cases.submitted_application(cast["citizen"])


def at_intake(cast: Cast) -> Case:
    return casework.take_case(submitted(cast), actor=cast["intake"], at=clock.now())


def in_review(cast: Cast) -> Case:
    case = cases.accepted_application(cast["citizen"], cast["intake"])
    return casework.take_case(case, actor=cast["reviewer"], reason_code="COUNTER", at=clock.now())


def recommended(cast: Cast) -> Case:
    case = permits.recommend_application(
        in_review(cast), actor=cast["reviewer"], recommendation=Recommendation.GRANT, at=clock.now()
    )
    return casework.take_case(case, actor=cast["approver"], reason_code="COUNTER", at=clock.now())


def issued(cast: Cast) -> Case:
    return cases.issued_application(cast["citizen"], cast["intake"], cast["reviewer"], cast["approver"])


def at_complaints_office(cast: Cast) -> Case:
    return casework.take_case(reports.received_report(), actor=cast["intake"], at=clock.now())


def examined(_cast: Cast) -> tuple[Case, User]:
    examiner = told.examiner("Bagus Pemeriksa")
    case = told.received()
    return casework.take_case(case, actor=examiner, at=clock.now()), examiner


def _examine(cast: Cast, later: timedelta) -> Case:
    case, examiner = examined(cast)
    return reports_in_confidence.begin_examination(case, actor=examiner, at=clock.now() + later)


DEEDS: dict[str, Deed] = {
    "take": lambda cast, later: casework.take_case(
        submitted(cast), actor=cast["intake"], at=clock.now() + later
    ),
    "take next": lambda cast, later: casework.take_next_case(
        actor=cast["intake"], agency=submitted(cast).agency, hat=Hat.INTAKE, at=clock.now() + later
    ),
    "release": lambda cast, later: casework.release_case(
        at_intake(cast), actor=cast["intake"], at=clock.now() + later
    ),
    "note": lambda cast, later: casework.add_office_note(
        at_intake(cast), actor=cast["intake"], words="x", at=clock.now() + later
    ),
    "verify NIK": lambda cast, later: casework.verify_nik(
        at_intake(cast), actor=cast["intake"], at=clock.now() + later
    ),
    "return": lambda cast, later: permits.return_application(
        at_intake(cast), actor=cast["intake"], defects=[cases.UNREADABLE_DRAWING], at=clock.now() + later
    ),
    "accept": lambda cast, later: permits.accept_application(
        at_intake(cast), actor=cast["intake"], at=clock.now() + later
    ),
    "allow late defects": lambda cast, later: casework.allow_late_defects(
        at_intake(cast), actor=cast["supervisor"], reason="x", at=clock.now() + later
    ),
    "ask": lambda cast, later: permits.ask_applicant(
        in_review(cast), actor=cast["reviewer"], things=cases.a_fact("Berapa?"), at=clock.now() + later
    ),
    "recommend": lambda cast, later: permits.recommend_application(
        in_review(cast), actor=cast["reviewer"], recommendation=Recommendation.GRANT, at=clock.now() + later
    ),
    "grant": lambda cast, later: permits.grant_application(
        recommended(cast), actor=cast["approver"], at=clock.now() + later
    ),
    "refuse": lambda cast, later: permits.refuse_application(
        recommended(cast), actor=cast["approver"], reason_code="FORBIDDEN_PLACE", at=clock.now() + later
    ),
    "suspend": lambda cast, later: casework.suspend_certificate(
        issued(cast), actor=cast["approver"], reason="x", at=clock.now() + later
    ),
    "revoke": lambda cast, later: casework.revoke_certificate(
        issued(cast), actor=cast["approver"], reason="x", at=clock.now() + later
    ),
    "verify report": lambda cast, later: complaints.verify_report(
        at_complaints_office(cast),
        actor=cast["intake"],
        category=Category.objects.get(code="waste"),
        agency=None,
        at=clock.now() + later,
    ),
    "ask for data": lambda cast, later: complaints.ask_for_data(
        at_complaints_office(cast), actor=cast["intake"], words="Di mana?", at=clock.now() + later
    ),
    "archive report": lambda cast, later: complaints.archive_report(
        at_complaints_office(cast), actor=cast["intake"], reason_code="SPAM", at=clock.now() + later
    ),
    "write": lambda cast, later: casework.write_message(
        at_complaints_office(cast), actor=cast["intake"], words="Terima kasih.", at=clock.now() + later
    ),
    "plan": lambda cast, later: complaints.plan_work(
        reports.taken_report(cast["intake"], cast["foreign_reviewer"]),
        actor=cast["foreign_reviewer"],
        words="Senin.",
        planned_date=date(2031, 1, 1),
        at=clock.now() + later,
    ),
    "answer report": lambda cast, later: complaints.answer_report(
        reports.taken_report(cast["intake"], cast["foreign_reviewer"]),
        actor=cast["foreign_reviewer"],
        words="Sudah.",
        at=clock.now() + later,
    ),
    "hand back": lambda cast, later: complaints.hand_back(
        reports.taken_report(cast["intake"], cast["foreign_reviewer"]),
        actor=cast["foreign_reviewer"],
        words="Bukan kami.",
        at=clock.now() + later,
    ),
    "examine": _examine,
}


@pytest.mark.parametrize("name", DEEDS)
def test_nothing_is_done_once_the_year_is_over(name: str, cast: Cast) -> None:
    with pytest.raises(UnableToAct) as refusal:
        DEEDS[name](cast, YEAR)
    assert refusal.value.code == "pact"
    assert "pakta integritas" in refusal.value.message


@pytest.mark.parametrize(
    "name", [name for name in DEEDS if name not in {"refuse", "verify NIK", "archive report"}]
)
def test_the_same_is_done_within_the_year(name: str, cast: Cast) -> None:
    DEEDS[name](cast, timedelta())


def test_a_hat_that_came_after_the_signature_is_not_covered(citizen: User, reviewer: User) -> None:
    case = cases.submitted_application(citizen)
    accounts.unsigned(reviewer, Hat.INTAKE)
    with pytest.raises(UnableToAct) as refusal:
        casework.take_case(case, actor=reviewer, at=clock.now())
    assert refusal.value.code == "pact"


def test_the_hat_of_another_agency_is_covered_apart(citizen: User, foreign_intake: User) -> None:
    case = cases.submitted_application(citizen)
    worn = accounts.unsigned(foreign_intake, Hat.INTAKE)
    with pytest.raises(UnableToAct):
        casework.take_case(case, actor=foreign_intake, at=clock.now())
    pact.signature(worn)
    casework.take_case(case, actor=foreign_intake, at=clock.now())


def test_the_last_day_of_the_year_still_counts(citizen: User) -> None:
    newcomer = accounts.signed_up("Baru Masuk")
    worn = accounts.unsigned(newcomer, Hat.INTAKE)
    last_day = pact.signature(worn, days_ago=5).valid_until
    case = cases.submitted_application(citizen)
    moment = clock.now() + (last_day - clock.today())
    with pytest.raises(UnableToAct):
        casework.take_case(case, actor=newcomer, at=moment + timedelta(days=1))
    casework.take_case(case, actor=newcomer, at=moment)


def test_a_stranger_is_told_that_it_is_not_theirs_and_nothing_of_a_pact(
    citizen: User, stranger: User
) -> None:
    case = cases.submitted_application(citizen)
    with pytest.raises(casework.UnableToHandle) as refusal:
        casework.take_case(case, actor=stranger, at=clock.now())
    assert refusal.value.code == "hat"


def test_citizens_and_the_machine_need_no_pact(citizen: User) -> None:
    assert not PactSignature.objects.exists()
    case = cases.submitted_application(citizen)
    ended = permits.withdraw_application(case, actor=citizen, at=clock.now())
    assert ended.status == "WITHDRAWN"


def test_without_a_signature_the_file_is_read_and_has_no_button(client: Client, citizen: User) -> None:
    case = cases.submitted_application(citizen)
    newcomer = accounts.signed_up("Baru Masuk")
    worn = accounts.unsigned(newcomer, Hat.INTAKE)
    accounts.second_factor(newcomer)
    desk = Desk(client).sit(newcomer)
    surabaya()

    for place in ("/admin/", QUEUE, file(case)):
        page = desk.read(place)
        assert "The integrity pact is not signed yet" in page, place
        assert "/pact/sign/?next=" in page
    assert "act-accept" not in page
    assert file(case, "take/") not in page

    pact.signature(worn)
    page = desk.open(case)
    assert "The integrity pact is not signed yet" not in page
    assert file(case, "take/") in page


@pytest.mark.parametrize("place", ["take/", "notes/", "act/accept/"])
def test_a_press_all_the_same_is_refused_in_plain_words(client: Client, citizen: User, place: str) -> None:
    case = cases.submitted_application(citizen)
    newcomer = accounts.signed_up("Baru Masuk")
    accounts.unsigned(newcomer, Hat.INTAKE)
    accounts.second_factor(newcomer)
    desk = Desk(client).sit(newcomer)

    answer = desk.client.post(
        file(case, place), {"note-words": "Lengkap.", "take-reason_code": ""}, follow=True
    )

    assert "Until you sign it you can look, and do nothing." in answer.content.decode()
    case.refresh_from_db()
    assert case.assignee is None
    assert case.status == "SUBMITTED"


def test_taking_the_next_case_is_refused_from_the_queue(client: Client, citizen: User) -> None:
    case = cases.submitted_application(citizen)
    newcomer = accounts.signed_up("Baru Masuk")
    accounts.unsigned(newcomer, Hat.INTAKE)
    accounts.second_factor(newcomer)
    desk = Desk(client).sit(newcomer)
    asked = {"agency": case.agency.code, "hat": "INTAKE"}
    answer = desk.client.post(f"{QUEUE}take-next/", asked, follow=True)
    assert "Until you sign it you can look, and do nothing." in answer.content.decode()
    assert queries.full().get(pk=case.pk).assignee is None
