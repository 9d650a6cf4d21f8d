"""My month: what it brought an officer, by service, for their own eyes; their supervisor's look is on record."""

import csv
import io
from datetime import timedelta

from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from permits import operations as permits
from services.accounts.models import User
from services.audit.models import Event
from services.casework import month as months_of
from services.casework import operations as casework
from services.casework.models import Case, Holding
from services.foundation import clock
from services.government.models import Government
from tests.casework.desk import Desk
from tests.factories import casework as cases
from tests.factories import catalogue

MINE = "/admin/casework/month/"


def of(officer: User) -> str:
    return f"/admin/casework/team/{officer.pk}/month/"


def rows_of(client: Client, address: str) -> list[list[str]]:
    answer = client.get(address)
    assert answer["Content-Type"].startswith("text/csv")
    text = b"".join(answer.streaming_content).decode("utf-8-sig")  # type: ignore[attr-defined]
    return list(csv.reader(io.StringIO(text)))


def test_what_was_taken_done_in_time_and_given_back_by_service(
    desk: Desk, citizen: User, citizen2: User, stranger: User, intake: User
) -> None:
    cases.returned_application(citizen, intake)
    cases.accepted_application(citizen2, intake)
    other = cases.submitted_application(stranger, version=catalogue.published_version(slug="lain"))
    desk.sit(intake)
    _take(other, intake)
    _head, *lines = rows_of(desk.client, f"{MINE}sheet.csv")
    assert sorted(line[1:] for line in lines) == [["1", "0", "0", "0"], ["2", "2", "2", "1"]]
    assert "What the month has brought" in desk.read(MINE)
    assert intake.person.name in desk.read(f"{MINE}paper/")


def test_what_was_done_after_its_date_is_done_and_not_in_time(citizen: User, intake: User) -> None:
    case = cases.submitted_application(citizen)
    _take(case, intake)
    Case.objects.filter(pk=case.pk).update(due_at=clock.now() - timedelta(minutes=1))
    case.refresh_from_db()
    permits.accept_application(case, actor=intake, at=clock.now())
    found = months_of.month_of(intake, first=clock.today().replace(day=1))
    assert found.together.numbers == (1, 1, 0, 0)


def test_another_month_is_another_page(desk: Desk, citizen: User, intake: User) -> None:
    cases.accepted_application(citizen, intake)
    before = clock.now() - timedelta(days=40)
    Holding.objects.update(taken_at=before, left_at=before)
    desk.sit(intake)
    assert "No file came onto the desk" in desk.read(MINE)
    assert "No file came onto the desk" not in desk.read(f"{MINE}?month={clock.local_date(before):%Y-%m}")
    assert "No file came onto the desk" in desk.read(f"{MINE}?month=1999-01")


def test_no_cell_of_the_sheet_is_a_formula(desk: Desk, citizen: User, intake: User) -> None:
    sly = {"id": "=HYPERLINK(0)", "en": "=HYPERLINK(0)"}
    _take(cases.submitted_application(citizen, version=catalogue.published_version(name=sly)), intake)
    assert rows_of(desk.sit(intake).client, f"{MINE}sheet.csv")[1][0] == "'=HYPERLINK(0)"


def test_the_supervisor_sees_one_officer_and_the_officer_reads_of_it(
    desk: Desk, citizen: User, intake: User, supervisor: User
) -> None:
    cases.accepted_application(citizen, intake)
    assert "Looks of your supervisor" not in desk.sit(intake).read(MINE)
    page = desk.sit(supervisor).read(of(intake))
    assert "This look is on record" in page
    rows_of(desk.client, f"{of(intake)}sheet.csv")
    looks = Event.objects.filter(
        subject_kind="month", subject_key=str(intake.pseudonym), actor=supervisor.pseudonym
    )
    assert sorted(looks.values_list("action", flat=True)) == [months_of.EXPORTED, months_of.OPENED]
    assert "Looks of your supervisor" in desk.sit(intake).read(MINE)


def test_a_confidential_file_counts_for_its_officer_and_not_before_the_supervisor(
    desk: Desk, citizen: User, intake: User, supervisor: User
) -> None:
    case = cases.submitted_application(citizen)
    _take(case, intake)
    Case.objects.filter(pk=case.pk).update(is_confidential=True)
    assert len(rows_of(desk.sit(intake).client, f"{MINE}sheet.csv")) == 2
    assert len(rows_of(desk.sit(supervisor).client, f"{of(intake)}sheet.csv")) == 1


def test_the_number_of_queries_does_not_grow(
    desk: Desk, citizen: User, citizen2: User, intake: User, government: Government
) -> None:
    desk.sit(intake).read(MINE)
    counted = []
    for somebody in (citizen, citizen2):
        cases.accepted_application(somebody, intake)
        with CaptureQueriesContext(connection) as queries:
            desk.read(MINE)
        counted.append(len(queries))
    assert counted[0] == counted[1]


def _take(case: Case, officer: User) -> Case:
    return casework.take_case(case, actor=officer, reason_code="COUNTER", at=clock.now())
