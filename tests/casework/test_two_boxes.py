"""A message goes to the applicant, a note stays in the office, and nobody can take one for the other."""

from collections.abc import Callable
from typing import Any

import pytest
from django.db import connection
from django.test import Client
from psycopg2 import sql

from services.accounts.models import User
from services.audit.models import Payload
from services.casework import operations as casework
from services.casework.models import Case, Message
from services.foundation import clock
from services.notifications.models import Notice
from tests.casework.desk import Desk
from tests.factories import casework as cases

WORDS = "Berkas Anda sudah kami terima lengkap."
SECRET = "Pemohon terdengar gugup."


@pytest.fixture
def case(citizen: User, intake: User) -> Case:
    """A sent application on the desk of intake."""
    return casework.take_case(cases.submitted_application(citizen), actor=intake, at=clock.now())


def test_each_button_names_its_reader(desk: Desk, case: Case, intake: User) -> None:
    page = desk.sit(intake).open(case)
    assert "A message to the applicant" in page
    assert "Send to the applicant" in page
    assert "Keep for the office" in page


def test_a_message_is_told_once_and_stands_on_the_page_of_the_case(
    desk: Desk,
    page_of: Callable[..., str],
    case: Case,
    citizen: User,
    intake: User,
    deliver_outbox: Callable[[], int],
) -> None:
    answer = desk.sit(intake).press(case, "messages/", **{"message-words": WORDS})
    assert answer.status_code == 302
    assert WORDS in desk.open(case)
    deliver_outbox()
    assert [WORDS in notice.page_html for notice in Notice.objects.filter(notice="applications/message")] == [
        True
    ]
    page = page_of(citizen, f"/cases/{case.reference}/")
    assert "What the office wrote to you" in page
    assert WORDS in page
    assert intake.person.name not in page


def test_an_empty_message_is_refused_beside_its_field(desk: Desk, case: Case, intake: User) -> None:
    page = desk.sit(intake).press(case, "messages/", **{"message-words": " "}).content.decode()
    assert "Write a few words." in page
    assert not Message.objects.exists()


def test_whoever_does_not_work_on_files_cannot_write_to_the_applicant(
    desk: Desk, case: Case, approver: User
) -> None:
    assert "Send to the applicant" not in desk.sit(approver).open(case)
    page = desk.press(case, "messages/", **{"message-words": WORDS}).content.decode()
    assert "You may not do this with this case." in page
    assert WORDS in page
    assert not Message.objects.exists()


def test_a_note_never_leaves_the_office(
    desk: Desk, client: Client, case: Case, citizen: User, intake: User, deliver_outbox: Callable[[], int]
) -> None:
    desk.sit(intake).press(case, "notes/", **{"note-words": SECRET})
    deliver_outbox()
    assert SECRET in desk.open(case)
    assert not [notice for notice in Notice.objects.all() if SECRET in notice.page_html]
    assert not [row for row in Payload.objects.all() if SECRET in str(row.payload)]
    client.logout()
    assert SECRET not in client.get(f"/track/{case.reference}/").content.decode()
    client.force_login(citizen)
    assert SECRET not in client.get(f"/cases/{case.reference}/").content.decode()


def test_a_note_is_kept_in_one_place_of_the_database(case: Case, intake: User) -> None:
    casework.add_office_note(case, actor=intake, words=SECRET, at=clock.now())
    holding: list[Any] = []
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT table_name FROM information_schema.tables WHERE table_schema = 'public' AND table_type = 'BASE TABLE'"
        )
        for (table,) in cursor.fetchall():
            query = sql.SQL("SELECT count(*) FROM {} AS kept WHERE kept::text LIKE %s")
            cursor.execute(query.format(sql.Identifier(table)), [f"%{SECRET}%"])
            holding += [table] if cursor.fetchone()[0] else []
    assert holding == ["casework_officenote"]
