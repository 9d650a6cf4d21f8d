"""A refused applicant objects once, in time; a superior without a hand in the decision answers, and the paper follows."""

from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
from django.db import IntegrityError, connection, transaction
from django.test import Client

from permits import operations as permits
from permits import workflow
from services.accounts.models import Hat, User
from services.casework import operations as casework
from services.casework import queries, transitions, workload
from services.casework.models import Case, Objection
from services.casework.operations import UnableToFile, UnableToHandle
from services.casework.transitions import UnableToMove
from services.documents import queries as papers
from services.foundation import clock
from services.foundation.clock import local_date
from services.government import calendar
from services.government.models import HolidayOverride
from services.notifications.models import Notice
from tests.casework.desk import Desk
from tests.factories import accounts
from tests.factories import casework as cases

pytestmark = pytest.mark.django_db
WORDS = "Tempat ibadah itu sudah pindah; lihat foto terlampir."
ANSWER = "Jarak diukur ulang dan kurang dari 50 meter."

object_to, confirm, replace = (
    permits.BY_TRANSITION[name] for name in ("object", "confirm_decision", "replace_decision")
)


@pytest.fixture
def refused(citizen: User, intake: User, reviewer: User, approver: User) -> Case:
    return cases.refused_application(citizen, intake, reviewer, approver)


@pytest.fixture
def superior(db: None) -> User:
    """Another signatory of the office."""
    return accounts.officer("Ratih Atasan", Hat.APPROVER)


@pytest.fixture
def objected(refused: Case, citizen: User) -> Case:
    return object_to(refused, actor=citizen, words=WORDS, at=clock.now())


def told(notice: str) -> int:
    return Notice.objects.filter(notice=f"applications/{notice}").count()


def test_an_objection_opens_the_case_again_under_the_superiors_clock(refused: Case, objected: Case) -> None:
    assert (objected.status, objected.closed_at, objected.outcome) == ("OBJECTION", None, "REFUSED")
    objection = objected.objections.get()
    assert objected.due_at == objection.due_at
    assert objection.decision_at == refused.decided_at
    assert objection.decision_by == refused.decided_by
    with connection.cursor() as cursor:
        cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")


def test_the_superior_confirms_and_the_case_ends_again(
    objected: Case, superior: User, deliver_outbox: Callable[[], int]
) -> None:
    before = objected.decided_at
    case = confirm(objected, actor=superior, reason=ANSWER, at=clock.now())
    assert (case.status, case.outcome, case.decided_at) == ("REFUSED", "REFUSED", before)
    assert case.closed_at is not None
    deliver_outbox()
    page = Notice.objects.get(notice="applications/objection_confirmed").page_html
    assert ANSWER in str(page)
    assert "PTUN" in str(page)


def test_the_superior_grants_and_the_certificate_follows(
    objected: Case, superior: User, deliver_outbox: Callable[[], int]
) -> None:
    case = replace(objected, actor=superior, reason="Permohonan memenuhi syarat.", at=clock.now())
    assert (case.status, case.outcome, case.decided_by) == ("GRANTED", "GRANTED", superior)
    deliver_outbox()
    assert papers.certificate_of(case.reference) is not None
    assert told("objection_granted") == 1


def test_the_applicant_and_the_superiors_are_told_and_the_decider_is_not(
    objected: Case, superior: User, executive: User, approver: User, deliver_outbox: Callable[[], int]
) -> None:
    deliver_outbox()
    assert told("objection_received") == 1
    waiting = Notice.objects.filter(notice="applications/objection_waits")
    assert set(waiting.values_list("recipient", flat=True)) == {superior.pk, executive.pk}


def test_a_decision_is_objected_to_once(objected: Case, superior: User, citizen: User) -> None:
    case = confirm(objected, actor=superior, reason=ANSWER, at=clock.now() + timedelta(hours=1))
    with pytest.raises(UnableToFile) as refusal:
        object_to(case, actor=citizen, words=WORDS, at=clock.now() + timedelta(hours=2))
    assert refusal.value.code == "over"


def test_an_objection_comes_in_time_and_says_why(refused: Case, citizen: User) -> None:
    with pytest.raises(UnableToFile) as late:
        object_to(refused, actor=citizen, words=WORDS, at=clock.now() + timedelta(days=60))
    with pytest.raises(UnableToFile) as empty:
        object_to(refused, actor=citizen, words="  ", at=clock.now())
    assert (late.value.code, empty.value.code) == ("over", "words")


def test_an_answer_says_why(objected: Case, superior: User) -> None:
    with pytest.raises(UnableToHandle):
        confirm(objected, actor=superior, reason=" ", at=clock.now())


def test_an_answer_is_given_once(objected: Case, superior: User) -> None:
    confirm(objected, actor=superior, reason=ANSWER, at=clock.now())
    with pytest.raises(UnableToMove):
        replace(objected, actor=superior, reason=ANSWER, at=clock.now())


def test_the_queue_gives_it_to_a_superior_and_never_to_the_decider(
    objected: Case, superior: User, approver: User
) -> None:
    now = clock.now()
    for officer, count in ((superior, 1), (approver, 0)):
        office = workload.office_of(officer, at=now)
        assert workload.counts(office, at=now).queue == count
        waiting = queries.waiting_for(agency=objected.agency, hat=Hat.APPROVER, user=officer, at=now)
        assert waiting.count() == count
    with pytest.raises(UnableToHandle):
        casework.take_case(objected, actor=approver, at=now)
    late = now + timedelta(days=40)
    assert workload.counts(workload.office_of(superior, at=late), at=late).late == 1


def test_a_changed_calendar_moves_the_date_of_an_open_objection(objected: Case) -> None:
    due = objected.due_at
    assert due is not None
    assert casework.recompute_objections(at=clock.now()) == 0
    HolidayOverride.objects.create(
        date=local_date(due), is_working=False, name={"id": "Libur", "en": "Day off"}
    )
    calendar.forget_overrides()
    assert casework.recompute_objections(at=clock.now()) == 1
    objected.refresh_from_db()
    assert objected.due_at is not None
    assert objected.due_at > due


@pytest.mark.parametrize("name", ["approver", "reviewer", "intake"])
def test_the_database_itself_refuses_an_answer_by_whoever_had_a_hand_in_it(
    name: str, objected: Case, request: pytest.FixtureRequest, wear: Any
) -> None:
    officer = request.getfixturevalue(name)
    if name == "intake":
        Case.objects.filter(pk=objected.pk).update(late_defects_allowed_by=officer)
    with pytest.raises(IntegrityError), transaction.atomic():
        Objection.objects.filter(case=objected).update(
            result="CONFIRMED", answer="x", answered_by=officer, answered_at=clock.now()
        )


def test_the_database_refuses_an_end_without_an_answer(objected: Case, superior: User) -> None:
    transitions.apply(objected, workflow.CONFIRM, actor=superior, at=clock.now())
    with pytest.raises(IntegrityError, match="is not answered"), connection.cursor() as cursor:
        cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")


def test_the_citizen_objects_on_the_page_of_the_case_and_gets_a_receipt(
    refused: Case, citizen: User, client: Client
) -> None:
    client.force_login(citizen)
    address = f"/cases/{refused.reference}/objection/"
    assert address in client.get(f"/cases/{refused.reference}/").content.decode()
    empty = client.post(address, {"words": ""})
    assert empty.status_code == 200
    answer = client.post(address, {"words": WORDS}, follow=True)
    page = answer.content.decode()
    assert answer.redirect_chain == [(address, 302)]
    assert "Tempat ibadah itu sudah pindah" in page
    again = client.post(address, {"words": "Lagi."}, follow=True)
    assert "Lagi." not in again.content.decode()
    assert Objection.objects.count() == 1


def test_who_writes_until_the_time_is_over_loses_no_word(
    refused: Case, citizen: User, client: Client
) -> None:
    Desk(client).sit(citizen)
    address = f"/cases/{refused.reference}/objection/"
    clock.move(timedelta(days=60))
    answer = client.post(address, {"words": WORDS, "version": refused.row_version})
    assert answer.status_code == 409
    assert WORDS in answer.content.decode()
    assert client.post(address, {"words": " "})["Location"] == f"/cases/{refused.reference}/"


def test_the_superior_answers_at_the_desk_and_the_citizen_reads_it(
    objected: Case, superior: User, approver: User, citizen: User, client: Client
) -> None:
    desk = Desk(client).sit(approver)
    page = desk.open(objected)
    assert WORDS in page
    assert "act-confirm_decision" not in page
    page = desk.sit(superior).open(objected)
    assert "act-confirm_decision" in page
    desk.press(objected, "act/confirm_decision/", **{"confirm_decision-reason": ANSWER})
    objected.refresh_from_db()
    assert objected.status == "REFUSED"
    client.force_login(citizen)
    answer = client.get(f"/cases/{objected.reference}/objection/").content.decode()
    assert ANSWER in answer
    assert "PTUN" in answer
    assert "Ratih Atasan" in answer


def test_the_head_reads_the_file_while_it_is_objected_to(
    objected: Case, executive: User, superior: User, client: Client
) -> None:
    desk = Desk(client).sit(executive)
    page = desk.open(objected)
    assert WORDS in page
    assert "act-replace_decision" in page
    confirm(objected, actor=executive, reason=ANSWER, at=clock.now())
    assert WORDS not in desk.open(objected)
