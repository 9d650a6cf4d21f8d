"""The cases of a bench: only where it is one, whole and in the record, and with every guard as it was."""

from collections.abc import Iterator
from io import StringIO

import psycopg2
import pytest
from django.core.management import CommandError, call_command
from django.db import connections, transaction
from django.test import Client

from portal.bench import copying, marker, multiply
from portal.bench.tables import of_a_case
from services.accounts.models import User
from services.audit import queries as audit
from services.audit.models import Event
from services.casework import clocks, queries
from services.casework.models import Case
from services.foundation import clock
from tests.casework.desk import explain, file
from tests.factories import casework as cases
from tests.factories import government

pytestmark = pytest.mark.django_db(transaction=True, databases=["default", "owner"])
#: Months of the record are made when they are needed, and their guards with them.
GUARDS = r"""
    SELECT tgrelid::regclass::text, tgname, tgenabled::text FROM pg_trigger
    WHERE NOT tgisinternal AND tgrelid::regclass::text !~ '_\d{4}_\d\d$' ORDER BY 1, 2
"""
KEYS = r"""
    SELECT conrelid::regclass::text, conname, pg_get_constraintdef(oid), convalidated FROM pg_constraint
    WHERE contype = 'f' AND conparentid = 0 AND conrelid::regclass::text !~ '_\d{4}_\d\d$' ORDER BY 1, 2
"""


@pytest.fixture
def bench() -> Iterator[None]:
    """A marked database, which is none any more afterwards."""
    marker.mark()
    yield
    with marker.owner().cursor() as cursor:
        cursor.execute("SELECT quote_ident(current_database())")
        cursor.execute(f"COMMENT ON DATABASE {cursor.fetchone()[0]} IS NULL")


def asked(words: str) -> list[tuple[str, ...]]:
    with connections["owner"].cursor() as cursor:
        cursor.execute(words)
        return list(cursor.fetchall())


def test_real_databases_are_refused(citizen: User) -> None:
    cases.submitted_application(citizen)
    with pytest.raises(CommandError, match="no bench"):
        call_command("make_cases", "200", stdout=StringIO())
    assert Case.objects.count() == 1


def test_only_an_empty_database_becomes_a_bench(citizen: User) -> None:
    with pytest.raises(CommandError, match="only an empty one"):
        call_command("make_bench", stdout=StringIO())
    assert not marker.is_marked()


def test_nothing_comes_of_nothing(bench: None) -> None:
    with pytest.raises(marker.UnableToBench) as refused:
        multiply.make_cases(200, at=clock.now())
    assert refused.value.code == "no_prototypes"


@pytest.fixture
def prototypes(
    bench: None, citizen: User, citizen2: User, intake: User, reviewer: User, approver: User
) -> None:
    """A draft, one that waits, one in review and one that ended."""
    government.two_levels()
    cases.draft_application(citizen)
    cases.submitted_application(citizen2)
    cases.accepted_application(citizen, intake)
    cases.issued_application(citizen, intake, reviewer, approver)


def test_copies_are_cases_of_their_own_people_and_their_pages_open(
    prototypes: None, client: Client, intake: User
) -> None:
    guards, keys = asked(GUARDS), asked(KEYS)
    assert multiply.make_cases(200, at=clock.now()) == 196
    assert Case.objects.count() == 200
    assert asked(GUARDS) == guards
    assert asked(KEYS) == keys
    assert Case.objects.filter(closed_at__isnull=False).count() > 100
    ended = Case.objects.filter(status="ISSUED").order_by("-pk").first()
    waiting = Case.objects.filter(status="SUBMITTED").order_by("-pk").first()
    assert ended is not None
    assert waiting is not None
    assert ended.applicant is not None
    assert ended.permit.certificate is not None
    assert ended.permit.certificate.holder_name == ended.applicant.name
    assert ended.applicant.user is not None
    assert clocks.office_due_at(waiting, at=clock.now()) == waiting.due_at
    client.force_login(intake)
    explain(client, ended)
    for case in (ended, waiting):
        assert client.get(file(case)).status_code == 200
    client.force_login(ended.applicant.user)
    assert ended.reference in client.get(f"/cases/{ended.reference}/").content.decode()


def test_copies_stand_in_the_record_by_events_that_keep_their_promise(prototypes: None) -> None:
    multiply.make_cases(30, at=clock.now())
    newest = Case.objects.filter(status="ISSUED").order_by("-pk").first()
    assert newest
    assert [step.action for step in queries.timeline(newest)][-1].startswith("permits.")
    events = Event.objects.filter(subject_kind="case", subject_key=newest.reference)
    assert events.count() > 3
    assert all(audit.keeps_its_promise(event) for event in events)


def test_a_batch_that_fails_leaves_nothing_and_every_guard_where_it_was(prototypes: None) -> None:
    guards, keys = asked(GUARDS), asked(KEYS)
    names = [table.name for table in of_a_case()]
    with pytest.raises(psycopg2.IntegrityError), transaction.atomic(using="owner"), copying.guards_off(names):
        copying.copy("casework_casedocument", "case_id, slot", "1\tktp\n")
    assert asked(GUARDS) == guards
    assert asked(KEYS) == keys
