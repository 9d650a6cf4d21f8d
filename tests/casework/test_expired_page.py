"""The inspectorate's list of decisions that nobody took in time."""

from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
import time_machine

from services.accounts.models import Hat, User
from services.casework import expired
from services.casework import operations as casework
from services.casework.models import Case
from tests.casework.desk import QUEUE, Desk
from tests.factories import accounts, catalogue
from tests.factories import casework as cases

START = datetime(2026, 11, 2, 10, tzinfo=ZoneInfo("Asia/Jakarta"))
PASSED = START + timedelta(days=9)
LIST = f"{QUEUE}expired/"


@pytest.fixture
def examiner() -> User:
    """Somebody who examines at the inspectorate."""
    agency = accounts.agency("inspektorat")
    agency.role = agency.Role.INSPECTORATE
    agency.save(update_fields=["role"])
    return accounts.officer("Indra Auditor", Hat.REVIEWER, agency_code="inspektorat")


@pytest.fixture
def passed(citizen: User, citizen2: User, intake: User) -> tuple[Case, Case]:
    """One that the law granted, and one that is still undecided."""
    found = []
    for slug, mode, person in (("izin-diam", "auto_issue", citizen), ("izin-lambat", "flag_only", citizen2)):
        version = catalogue.published_version(slug=slug, deemed_approval=mode)
        found.append(cases.accepted_application(person, intake, at=START, version=version))
    casework.expire_clocks(at=PASSED)
    return found[0], found[1]


def test_the_inspectorate_reads_every_date_that_passed_and_nobodys_name(
    desk: Desk, passed: tuple[Case, Case], examiner: User, citizen: User
) -> None:
    granted, waiting = passed
    with time_machine.travel(PASSED, tick=False):
        page = desk.sit(examiner).read(LIST)
        assert granted.reference in page
        assert f'href="/admin/casework/case/{waiting.reference}/clock/"' in page
        assert "Still undecided, 2 days late" in page
        assert str(citizen.person.name) not in page
        assert "Nobody decided in time" in desk.read("/admin/")
        assert granted.reference not in desk.read(f"{LIST}?show=open")
        assert waiting.reference not in desk.read(f"{LIST}?show=law")


def test_a_date_that_a_holiday_has_put_off_is_not_listed(passed: tuple[Case, Case], examiner: User) -> None:
    Case.objects.filter(pk=passed[1].pk).update(due_at=PASSED + timedelta(days=1))
    assert [row.case for row in expired.for_inspection(examiner, at=PASSED)] == [passed[0]]


def test_nobody_of_the_inspectorate_reads_of_their_own_matter(
    passed: tuple[Case, Case], citizen: User, examiner: User
) -> None:
    accounts.wearing(citizen, Hat.INTAKE, agency_code="inspektorat")
    assert [row.case for row in expired.for_inspection(citizen, at=PASSED)] == [passed[1]]


@pytest.mark.parametrize("name", ["reviewer", "auditor", "executive"])
def test_for_every_other_office_there_is_no_such_list(
    name: str, request: pytest.FixtureRequest, desk: Desk
) -> None:
    desk.sit(request.getfixturevalue(name))
    assert desk.client.get(LIST).status_code == 404
    assert LIST not in desk.read("/admin/")
