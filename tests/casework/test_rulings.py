"""A court's ruling: entered by one person, confirmed by another; then the certificate and the case follow it."""

from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import IntegrityError, connection, transaction
from django.test import Client

from permits import operations as permits
from permits import workflow
from services.accounts.models import Hat, User
from services.audit import queries as audit
from services.audit.actors import Subject
from services.casework import clocks, queries, transitions
from services.casework import operations as casework
from services.casework.models import Case, Ruling
from services.casework.operations import Ruled, UnableToFile, UnableToHandle
from services.casework.policies import UnableToAct
from services.documents import queries as papers
from services.documents.models import Certificate
from services.foundation import clock
from services.notifications.models import Notice
from tests.casework.desk import Desk
from tests.factories import accounts
from tests.factories import casework as cases
from tests.factories import documents as files

NUMBER = "12/G/2026/PTUN.SBY"
Kind = Ruling.Kind


@pytest.fixture
def issued(citizen: User, intake: User, reviewer: User, approver: User) -> Case:
    return cases.issued_application(citizen, intake, reviewer, approver)


@pytest.fixture
def refused(citizen: User, intake: User, reviewer: User, approver: User) -> Case:
    return cases.refused_application(citizen, intake, reviewer, approver)


@pytest.fixture
def approver2(db: None) -> User:
    """Another signatory of the office."""
    return accounts.officer("Ratih Pejabat", Hat.APPROVER)


def ruled(kind: str, number: str = NUMBER, **said: Any) -> Ruled:
    return Ruled(kind=kind, court="PTUN Surabaya", number=number, ruled_on=clock.today(), **said)


def enter(case: Case, kind: str, actor: User, *, number: str = NUMBER) -> Ruling:
    return casework.enter_ruling(
        case, actor=actor, ruled=ruled(kind, number), uploads=[files.upload()], at=clock.now()
    )


def rule(case: Case, kind: str, by: User, confirmed_by: User, *, number: str = NUMBER) -> Case:
    return casework.confirm_ruling(enter(case, kind, by, number=number), actor=confirmed_by, at=clock.now())


def paper(case: Case) -> Certificate:
    found = papers.certificate_of(case.reference)
    assert found
    return found


def settle() -> None:
    """Let the deferred guards of the database look at it now."""
    with connection.cursor() as cursor:
        cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")
        cursor.execute("SET CONSTRAINTS ALL DEFERRED")


def test_an_entry_changes_nothing_before_a_second_person(issued: Case, executive: User) -> None:
    ruling = enter(issued, Kind.STAY, executive)
    issued.refresh_from_db()
    assert (issued.status, paper(issued).standing, ruling.state) == ("ISSUED", "ACTIVE", "ENTERED")


def test_a_stay_suspends_the_certificate_and_its_end_brings_it_back(
    issued: Case, executive: User, approver: User
) -> None:
    stayed = rule(issued, Kind.STAY, executive, approver)
    settle()
    assert (stayed.status, paper(issued).standing) == ("STAYED", "SUSPENDED")
    assert paper(issued).ruling["number"] == NUMBER
    ended = rule(stayed, Kind.STAY_ENDED, executive, approver)
    settle()
    assert (ended.status, paper(issued).standing, paper(issued).ruling) == ("ISSUED", "ACTIVE", {})


def test_what_the_office_suspended_stays_suspended_after_the_stay(
    issued: Case, executive: User, approver: User
) -> None:
    casework.suspend_certificate(issued, actor=approver, reason="Belum bayar.", at=clock.now())
    stayed = rule(issued, Kind.STAY, executive, approver)
    rule(stayed, Kind.STAY_ENDED, executive, approver)
    assert (paper(issued).standing, paper(issued).suspension_reason) == ("SUSPENDED", "Belum bayar.")


def test_the_office_cannot_lift_a_courts_stay(issued: Case, executive: User, approver: User) -> None:
    stayed = rule(issued, Kind.STAY, executive, approver)
    for change in (casework.reinstate_certificate, casework.revoke_certificate):
        with pytest.raises(UnableToHandle):
            change(stayed, actor=approver, reason="Dicabut.", at=clock.now())


@pytest.mark.parametrize("before", [(), (Kind.STAY,)])
def test_an_annulment_ends_the_certificate(
    before: tuple[str, ...], issued: Case, executive: User, approver: User
) -> None:
    case = issued
    for kind in (*before, Kind.ANNULMENT):
        case = rule(case, kind, executive, approver)
    settle()
    assert (case.status, case.outcome, paper(case).standing) == ("ANNULLED", "GRANTED", "REVOKED")


def test_an_annulled_refusal_is_decided_anew_by_another_person(
    refused: Case, executive: User, approver: User, approver2: User
) -> None:
    case = rule(refused, Kind.ANNULMENT, approver2, executive)
    settle()
    assert (case.status, case.outcome, case.decided_at, case.closed_at) == ("REOPENED", "", None, None)
    now = clock.now()
    assert case.due_at == clocks.office_due_at(case, at=now)
    for officer, count in ((approver, 0), (approver2, 1)):
        waiting = queries.waiting_for(agency=case.agency, hat=Hat.APPROVER, user=officer, at=now)
        assert waiting.count() == count
    with pytest.raises(UnableToHandle):
        casework.take_case(case, actor=approver, at=now)
    casework.take_case(case, actor=approver2, at=now)
    case = permits.grant_application(case, actor=approver2, at=now + timedelta(minutes=1))
    settle()
    assert (case.status, case.decided_by) == ("GRANTED", approver2)


def test_the_database_keeps_the_first_decider_from_deciding_anew(
    refused: Case, executive: User, approver: User, approver2: User
) -> None:
    case = rule(refused, Kind.ANNULMENT, approver2, executive)
    with pytest.raises(IntegrityError, match="somebody else decides anew"), transaction.atomic():
        Case.objects.filter(pk=case.pk).update(decided_by=approver)


def test_the_database_refuses_a_stay_without_a_ruling(issued: Case, approver: User) -> None:
    transitions.apply(issued, workflow.STAY, actor=approver, at=clock.now())
    with pytest.raises(IntegrityError, match="no court has ruled that"):
        settle()


def test_a_ruling_is_confirmed_once_and_not_by_whoever_entered_it(
    issued: Case, executive: User, approver: User
) -> None:
    ruling = enter(issued, Kind.STAY, executive)
    with pytest.raises(UnableToAct) as own:
        casework.confirm_ruling(ruling, actor=executive, at=clock.now())
    assert own.value.code == "four_eyes"
    casework.confirm_ruling(ruling, actor=approver, at=clock.now())
    with pytest.raises(UnableToHandle) as twice:
        casework.confirm_ruling(ruling, actor=approver, at=clock.now())
    assert twice.value.code == "checked"


def test_what_was_sent_back_can_be_entered_anew(issued: Case, executive: User, approver: User) -> None:
    ruling = enter(issued, Kind.STAY, executive)
    with pytest.raises(UnableToHandle) as twice:
        enter(issued, Kind.STAY, executive)
    casework.send_ruling_back(ruling, actor=approver, words="Nomor salah.", at=clock.now())
    assert twice.value.code == "entered"
    assert enter(issued, Kind.STAY, executive).is_open
    with pytest.raises(IntegrityError, match="stays as it is"), transaction.atomic():
        Ruling.objects.filter(pk=ruling.pk).update(number="13")


def test_a_ruling_fits_the_case_and_its_date(issued: Case, refused: Case, executive: User) -> None:
    for case, kind in ((issued, Kind.STAY_ENDED), (refused, Kind.STAY)):
        with pytest.raises(UnableToHandle) as told:
            enter(case, kind, executive)
        assert told.value.code == "ruling"
    for days in (-1, 1):
        day = clock.today() + timedelta(days=days)
        said = Ruled(kind=Kind.STAY, court="PTUN", number="1", ruled_on=day)
        with pytest.raises(UnableToHandle) as when:
            casework.enter_ruling(
                issued, actor=executive, ruled=said, uploads=[files.upload()], at=clock.now()
            )
        assert when.value.field == "ruled_on"


def test_a_paper_that_cannot_be_used_is_refused_and_nothing_stays(issued: Case, executive: User) -> None:
    broken = SimpleUploadedFile("putusan.pdf", b"not a pdf")
    with pytest.raises(UnableToFile) as told:
        casework.enter_ruling(
            issued, actor=executive, ruled=ruled(Kind.STAY), uploads=[broken], at=clock.now()
        )
    assert (told.value.field, Ruling.objects.count()) == ("upload", 0)


def test_it_is_on_record_with_court_number_and_date(issued: Case, executive: User, approver: User) -> None:
    rule(issued, Kind.STAY, executive, approver)
    events = audit.events_of(Subject("case", issued.reference))
    event = next(each for each in events if each.action == "permits.ruling.stayed")
    said = {"ruling": "STAY", "court": "PTUN Surabaya", "number": NUMBER, "date": clock.today().isoformat()}
    assert {key: event.details[key] for key in said} == said


def test_the_second_person_and_the_applicant_are_told(
    issued: Case, executive: User, approver: User, deliver_outbox: Callable[[], int]
) -> None:
    deliver_outbox()
    ruling = enter(issued, Kind.STAY, executive)
    deliver_outbox()
    assert Notice.objects.get(notice="applications/ruling_waits").recipient == approver
    casework.confirm_ruling(ruling, actor=approver, at=clock.now())
    deliver_outbox()
    told = Notice.objects.get(notice="applications/stayed")
    assert NUMBER in told.page_html
    assert not Notice.objects.filter(notice="applications/suspended").exists()


def test_anybody_reads_the_ruling_on_the_page_that_verifies(
    client: Client, issued: Case, executive: User, approver: User, citizen: User
) -> None:
    client.cookies["django_language"] = "en"
    rule(issued, Kind.STAY, executive, approver)
    public = client.get(f"/verify/{paper(issued).code}/").content.decode()
    assert "Genuine, but stayed by a court" in public
    assert NUMBER in public
    assert "Stayed by a court" in client.get(f"/track/{issued.reference}/").content.decode()
    Desk(client).sit(citizen)
    own = client.get(f"/cases/{issued.reference}/").content.decode()
    assert "A court stayed your certificate" in own
    assert "you may object in writing" not in own


def test_one_officer_enters_it_at_the_desk_and_another_confirms_it(
    client: Client, issued: Case, supervisor: User, executive: User
) -> None:
    desk, page = Desk(client), "/admin/casework/case/rulings/"
    desk.sit(supervisor)
    said = {"kind": "STAY", "court": "PTUN Surabaya", "number": NUMBER, "ruled_on": clock.today().isoformat()}
    sent = {f"ruling-{name}": value for name, value in said.items()}
    missing = client.post(page, sent | {"ruling-reference": issued.reference}).content.decode()
    assert "Add the ruling itself." in missing
    unknown = {**sent, "ruling-reference": "P-7K3F9-QXM2E", "ruling-upload": files.upload()}
    assert client.post(page, unknown).status_code == 200
    whole = {**sent, "ruling-reference": issued.reference, "ruling-upload": files.upload()}
    assert client.post(page, whole).status_code == 302
    one = f"{page}{Ruling.objects.get().pk}/"
    assert "A second person confirms it or sends it back" in client.get(one).content.decode()
    desk.sit(executive)
    assert "Waits for a second person" in client.get(page).content.decode()
    assert "Write a few words." in client.post(one, {"back": "1"}).content.decode()
    assert client.post(one).status_code == 302
    issued.refresh_from_db()
    assert issued.status == "STAYED"
    desk.sit(supervisor)
    assert NUMBER in desk.open(issued)
