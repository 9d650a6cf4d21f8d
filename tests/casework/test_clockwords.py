"""A clock explains itself, to the citizen and at the desk, in both languages."""

from collections.abc import Callable
from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

import time_machine
from django.utils.translation import override

from permits import operations as permits
from services.accounts.models import User
from services.casework import clocks, clockwords
from services.casework import operations as casework
from services.casework.models import Case
from services.catalogue.definition import Duration
from tests.casework.desk import Desk
from tests.factories import casework as cases
from tests.factories import government, machine
from tests.factories.escalation import ladder as with_ladder

WIB = ZoneInfo("Asia/Jakarta")
EID = datetime(2026, 3, 16, 10, tzinfo=WIB)
NOVEMBER = datetime(2026, 11, 2, 10, tzinfo=WIB)


def in_review(citizen: User, intake: User, *, at: datetime, **changes: object) -> Case:
    return cases.accepted_application(citizen, intake, version=machine.service(**changes), at=at)


def said(case: Case, *, at: datetime, language: str = "en") -> str:
    with override(language):
        return clockwords.explain(case, at=at)


def test_joint_leave_and_holidays_are_named_as_one_span(citizen: User, intake: User) -> None:
    case = in_review(citizen, intake, at=NOVEMBER)
    due_at = clocks.due_after(EID, Duration(amount=5))
    Case.objects.filter(pk=case.pk).update(created_at=EID, submitted_at=EID, complete_at=EID, due_at=due_at)
    case.refresh_from_db()
    words = "5 working days from 16 March, without 18\N{EN DASH}24 March: holidays and joint leave"
    assert said(case, at=EID) == words
    assert "18\N{EN DASH}24 Maret" in said(case, at=EID, language="id")


def test_where_nothing_is_closed_nothing_is_said_of_it(citizen: User, intake: User) -> None:
    case = in_review(citizen, intake, at=NOVEMBER)
    assert said(case, at=NOVEMBER) == "5 working days from 2 November"


def test_a_day_that_the_government_closes_is_named(citizen: User, intake: User) -> None:
    government.with_overrides(government.override("2026-11-05", works=False))
    case = in_review(citizen, intake, at=NOVEMBER)
    assert said(case, at=NOVEMBER).endswith("without 5 November: the offices are closed")


def test_a_weekend_on_which_they_work_parts_two_spans(citizen: User, intake: User) -> None:
    government.with_overrides(
        government.override("2026-11-06", works=False),
        government.override("2026-11-07", works=True),
        government.override("2026-11-09", works=False),
    )
    case = in_review(citizen, intake, at=NOVEMBER)
    assert "6 November: the offices are closed; 9 November: the offices are closed" in said(case, at=NOVEMBER)


def test_waiting_for_the_applicant_is_named(citizen: User, intake: User, reviewer: User) -> None:
    case = in_review(citizen, intake, at=NOVEMBER)
    casework.take_case(case, actor=reviewer, reason_code="COUNTER", at=NOVEMBER)
    permits.ask_applicant(case, actor=reviewer, things=cases.a_fact("Berapa?"), at=NOVEMBER)
    answered = NOVEMBER + timedelta(days=2)
    case = cases.answered(case, citizen, "Tiga", at=answered)
    assert said(case, at=answered) == (
        "5 working days from 2 November, without 2 working days of waiting for the applicant"
    )


def test_hours_are_told_to_the_minute(citizen: User, intake: User) -> None:
    step = {"key": "look", "title": {"id": "Periksa", "en": "Check"}, "hat": "REVIEWER", "days": 4}
    case = in_review(citizen, intake, at=NOVEMBER, time={"amount": 4, "unit": "HOUR"}, steps=[step])
    assert said(case, at=NOVEMBER) == "4 hours from 2 November 2026, 10:00 WIB"


def test_a_decided_case_explains_nothing(citizen: User, intake: User, reviewer: User, approver: User) -> None:
    case = cases.granted_application(citizen, intake, reviewer, approver)
    assert said(case, at=NOVEMBER) == clockwords.afterwards(case) == ""


def test_what_happens_afterwards_names_who_hears_of_it(citizen: User, intake: User) -> None:
    case = in_review(citizen, intake, at=NOVEMBER)
    with override("en"):
        follows = "If nobody has decided by then, this is recorded and the inspectorate is told. Nothing is granted by it."
        assert clockwords.afterwards(case) == follows
        with_ladder()
        assert clockwords.afterwards(case).endswith(
            f"Head of the office, Head of the government, Inspectorate. {follows}"
        )
        case.is_confidential = True
        assert "Head" not in clockwords.afterwards(case)


@time_machine.travel(NOVEMBER + timedelta(hours=1), tick=False)
def test_the_citizen_and_the_officer_read_it(
    citizen: User, intake: User, reviewer: User, desk: Desk, page_of: Callable[..., str]
) -> None:
    with_ladder()
    case = in_review(citizen, intake, at=NOVEMBER)
    page = page_of(citizen, f"/cases/{case.reference}/")
    assert "5 working days from 2 November" in page
    assert "If the date passes" in page
    page = desk.sit(reviewer).open(case)
    assert "5 working days from 2 November" in page
    assert "Next, at 50%: Whoever has the file" in page
    casework.escalate_clocks(at=NOVEMBER + timedelta(days=7, hours=-2))
    page = desk.open(case)
    assert "50%: Whoever has the file" in page
    assert "Next, at 100%: Head of the office" in page
