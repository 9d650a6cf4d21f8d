"""The one message of the morning: to heads alone, once a day, with numbers and offices and nobody's name."""

from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

import pytest

from services.accounts.models import Hat, User
from services.casework import morning
from services.casework import operations as casework
from services.casework.models import Case
from services.government.models import Agency
from services.notifications.models import Notice
from tests.factories import accounts
from tests.factories import casework as cases
from tests.factories.escalation import ladder as with_ladder

WIB = ZoneInfo("Asia/Jakarta")
START = datetime(2026, 11, 2, 10, tzinfo=WIB)


def morning_of(number: int, hour: int = 6, minute: int = 30) -> datetime:
    return datetime(2026, 11, number, hour, minute, tzinfo=WIB)


@pytest.fixture
def case(citizen: User, intake: User) -> Case:
    """Accepted on the 2nd, due at the end of the 9th."""
    with_ladder()
    return cases.accepted_application(citizen, intake, at=START)


@pytest.fixture
def mayor(db: None) -> User:
    Agency.objects.update_or_create(
        code="pemkot", defaults={"name": {"id": "Kota"}, "short_name": {"id": "Kota"}, "is_root": True}
    )
    return accounts.officer("Ibu Wali", Hat.EXECUTIVE, agency_code="pemkot")


def read_by(user: User) -> str:
    return " ".join(
        Notice.objects.filter(recipient=user, notice=morning.NOTICE).values_list("page_html", flat=True)
    )


def test_before_half_past_six_nobody_is_told(case: Case, executive: User) -> None:
    assert morning.tell_heads(at=morning_of(3, 6, 29)) == 0
    assert morning.tell_heads(at=morning_of(3)) == 1


def test_it_is_one_message_a_day_however_many_beats_run(case: Case, executive: User) -> None:
    told = [morning.tell_heads(at=morning_of(3) + timedelta(minutes=10 * beat)) for beat in range(5)]
    assert told == [1, 0, 0, 0, 0]
    assert morning.tell_heads(at=morning_of(4)) == 1
    assert Notice.objects.filter(notice=morning.NOTICE).count() == 2


def test_a_beat_that_was_down_tells_later_that_morning(case: Case, executive: User) -> None:
    assert morning.tell_heads(at=morning_of(3, 9, 50)) == 1


def test_it_counts_what_came_and_went_the_day_before_and_what_is_late(case: Case, executive: User) -> None:
    morning.tell_heads(at=morning_of(3))
    assert "1 masuk dan 0 selesai" in read_by(executive)
    assert case.reference not in read_by(executive)
    morning.tell_heads(at=morning_of(10))
    assert case.reference in read_by(executive)


def test_the_head_of_an_office_reads_of_that_office_alone(case: Case, mayor: User) -> None:
    other = accounts.officer("Kepala Lain", Hat.EXECUTIVE, agency_code="dishub")
    morning.tell_heads(at=morning_of(10))
    assert case.reference in read_by(mayor)
    assert case.reference not in read_by(other)
    assert "Tidak ada yang terlambat" in read_by(other)


def test_who_heads_two_offices_gets_one_message(case: Case, executive: User) -> None:
    accounts.wearing(executive, Hat.EXECUTIVE, agency_code="dishub")
    assert morning.tell_heads(at=morning_of(3)) == 1


def test_it_names_no_applicant_and_no_confidential_case(
    case: Case, citizen2: User, intake: User, mayor: User
) -> None:
    secret = cases.accepted_application(citizen2, intake, version=case.service_version, at=START)
    Case.objects.filter(pk=secret.pk).update(is_confidential=True)
    morning.tell_heads(at=morning_of(10))
    page = read_by(mayor)
    assert case.reference in page
    assert secret.reference not in page
    assert "1 terlambat" in page
    assert "Budi" not in page


def test_it_names_the_three_oldest(case: Case, citizen2: User, intake: User, mayor: User) -> None:
    later = [
        cases.accepted_application(
            citizen2, intake, version=case.service_version, at=START + timedelta(hours=24 * number)
        )
        for number in range(1, 4)
    ]
    morning.tell_heads(at=morning_of(20))
    page = read_by(mayor)
    assert all(row.reference in page for row in (case, *later[:2]))
    assert later[2].reference not in page


def test_the_inspectorate_reads_of_what_has_come_up_to_it(case: Case) -> None:
    Agency.objects.create(
        code="inspektorat", name={"id": "Inspektorat"}, short_name={"id": "Inspektorat"}, role="INSPECTORATE"
    )
    inspector = accounts.officer("Kepala Inspektorat", Hat.EXECUTIVE, agency_code="inspektorat")
    morning.tell_heads(at=morning_of(10))
    assert case.reference not in read_by(inspector)
    casework.escalate_clocks(at=morning_of(13))
    morning.tell_heads(at=morning_of(13))
    assert case.reference in read_by(inspector)


def test_officers_get_none(case: Case, supervisor: User, reviewer: User) -> None:
    assert morning.tell_heads(at=morning_of(10)) == 0
