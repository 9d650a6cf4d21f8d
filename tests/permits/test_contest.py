"""A holder objects to a revocation, a suspension or a condition; a superior confirms it, or the certificate follows the answer."""

from collections.abc import Callable
from datetime import timedelta

import pytest
from django.db import IntegrityError, connection, transaction
from django.test import Client

from permits import operations as permits
from permits import workflow
from services.accounts.models import Hat, User
from services.casework import operations as casework
from services.casework import transitions
from services.casework.models import Case, CaseDocument, EscalationHop, Objection, StandingChange
from services.casework.operations import UnableToFile, UnableToHandle
from services.casework.policies import UnableToAct
from services.documents import operations as sealing
from services.documents import queries as papers
from services.documents.models import Certificate
from services.foundation import clock
from services.notifications.models import Notice
from tests.casework.desk import Desk
from tests.factories import accounts, escalation
from tests.factories import casework as cases
from tests.factories import documents as files

pytestmark = pytest.mark.django_db
WORDS = "Dapur sudah diperbaiki sejak Senin."
ANSWER = "Setelah diperiksa ulang, dapurnya memenuhi syarat."

contest, confirm, lift, replace = (
    permits.BY_TRANSITION[name] for name in ("contest", "confirm_paper", "lift_suspension", "replace_paper")
)


@pytest.fixture
def issued(citizen: User, intake: User, reviewer: User, approver: User) -> Case:
    return cases.issued_application(citizen, intake, reviewer, approver)


@pytest.fixture
def superior(db: None) -> User:
    """Another signatory of the office."""
    return accounts.officer("Ratih Atasan", Hat.APPROVER)


@pytest.fixture
def suspended(issued: Case, approver: User) -> Case:
    casework.suspend_certificate(issued, actor=approver, reason="Dapur kotor.", at=clock.now())
    return issued


@pytest.fixture
def revoked(issued: Case, approver: User) -> Case:
    casework.revoke_certificate(issued, actor=approver, reason="Dapur kotor.", at=clock.now())
    return issued


def paper(case: Case) -> Certificate:
    found = papers.certificate_of(case.reference)
    assert found
    return found


def settle() -> None:
    """Let the deferred guards of the database look at it now."""
    with connection.cursor() as cursor:
        cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")
        cursor.execute("SET CONSTRAINTS ALL DEFERRED")


def object_to(case: Case, citizen: User, **further: object) -> Case:
    return contest(case, actor=citizen, words=WORDS, at=clock.now(), **further)


def sign(case: Case, deliver_outbox: Callable[[], int]) -> Case:
    """Let the new certificate be made, and the case end again."""
    deliver_outbox()
    sealing.sign_certificate(paper(case).pk, at=clock.now())
    deliver_outbox()
    case.refresh_from_db()
    return case


def test_a_suspension_is_lifted_by_a_superior(suspended: Case, citizen: User, superior: User) -> None:
    case = object_to(suspended, citizen)
    settle()
    assert (case.status, case.closed_at, paper(case).standing) == ("CONTESTED", None, "SUSPENDED")
    assert case.objections.get().about == "SUSPENSION"
    case = lift(case, actor=superior, reason=ANSWER, at=clock.now())
    settle()
    assert (case.status, case.outcome, paper(case).standing) == ("ISSUED", "GRANTED", "ACTIVE")
    assert case.standing_changes.order_by("pk").last().way == StandingChange.Way.REINSTATED  # type: ignore[union-attr]


def test_a_confirmed_suspension_stays_and_is_not_objected_to_again(
    suspended: Case, citizen: User, superior: User
) -> None:
    case = confirm(object_to(suspended, citizen), actor=superior, reason=ANSWER, at=clock.now())
    settle()
    assert (case.status, paper(case).standing) == ("ISSUED", "SUSPENDED")
    with pytest.raises(UnableToFile) as again:
        object_to(case, citizen)
    assert again.value.code == "over"


def test_after_a_revocation_a_new_certificate_takes_the_place_of_the_old(
    revoked: Case, citizen: User, superior: User, deliver_outbox: Callable[[], int]
) -> None:
    old = paper(revoked)
    case = replace(object_to(revoked, citizen), actor=superior, reason=ANSWER, at=clock.now())
    settle()
    assert case.status == "GRANTED"
    case = sign(case, deliver_outbox)
    new = paper(case)
    old.refresh_from_db()
    assert (case.status, new.standing, old.replaced_by) == ("ISSUED", "ACTIVE", new)
    assert (new.valid_until, new.content["signatory"]["name"]) == (old.valid_until, "Ratih Atasan")


def test_a_condition_taken_away_stands_not_on_the_new_certificate(
    issued: Case, citizen: User, superior: User, approver: User, deliver_outbox: Callable[[], int]
) -> None:
    old = paper(issued)
    conditions = old.content["conditions"]
    with pytest.raises(UnableToFile) as none:
        object_to(issued, citizen)
    assert none.value.field == "conditions"
    case = object_to(issued, citizen, conditions=[0])
    assert case.objections.get().conditions == conditions[:1]
    case = sign(replace(case, actor=superior, reason=ANSWER, at=clock.now()), deliver_outbox)
    old.refresh_from_db()
    assert paper(case).content["conditions"] == conditions[1:]
    assert (case.decided_by, old.standing) == (approver, "REVOKED")


def test_whoever_verifies_the_old_paper_reads_what_took_its_place(
    issued: Case, citizen: User, superior: User, client: Client, deliver_outbox: Callable[[], int]
) -> None:
    old = paper(issued)
    case = object_to(issued, citizen, conditions=[0])
    case = sign(replace(case, actor=superior, reason=ANSWER, at=clock.now()), deliver_outbox)
    client.cookies["django_language"] = "en"
    page = client.get(f"/verify/{old.code}/").content.decode()
    assert "Genuine, but replaced" in page
    assert paper(case).number in page


def test_the_answer_fits_what_was_objected_to(suspended: Case, citizen: User, superior: User) -> None:
    case = object_to(suspended, citizen)
    with pytest.raises(UnableToHandle):
        replace(case, actor=superior, reason=ANSWER, at=clock.now())


def test_one_objects_in_time_and_to_what_was_decided(issued: Case, suspended: Case, citizen: User) -> None:
    with pytest.raises(UnableToFile) as late:
        contest(suspended, actor=citizen, words=WORDS, at=clock.now() + timedelta(days=60))
    assert late.value.code == "over"


def test_whoever_suspended_it_does_not_answer(suspended: Case, citizen: User, approver: User) -> None:
    case = object_to(suspended, citizen)
    with pytest.raises(UnableToAct) as told:
        confirm(case, actor=approver, reason=ANSWER, at=clock.now())
    assert told.value.code == "four_eyes"
    with pytest.raises(IntegrityError), transaction.atomic():
        Objection.objects.update(
            result="CONFIRMED", answer="x", answered_by=approver, answered_at=clock.now()
        )


def test_the_database_refuses_an_end_without_an_answer(
    suspended: Case, citizen: User, superior: User
) -> None:
    case = object_to(suspended, citizen)
    transitions.apply(case, workflow.CONFIRM_PAPER, actor=superior, at=clock.now())
    with pytest.raises(IntegrityError, match="is not answered"):
        settle()


def test_papers_go_with_an_objection(suspended: Case, citizen: User) -> None:
    case = object_to(suspended, citizen, uploads=[files.upload(), files.upload()])
    slots = CaseDocument.objects.filter(case=case, slot__startswith="objection_")
    assert slots.count() == 2


def test_the_ladder_runs_over_objections_too(suspended: Case, citizen: User) -> None:
    escalation.ladder()
    case = object_to(suspended, citizen)
    assert case.due_at is not None
    for days in (4, 5):
        casework.escalate_clocks(at=case.due_at + timedelta(days=days))
    hops = EscalationHop.objects.filter(case=case, clock="objection", clock_started_at=case.status_at)
    assert hops.filter(percent__in=(50, 80, 100)).count() == 3
    assert casework.expire_clocks(at=case.due_at + timedelta(days=5)) == 0


def test_the_superiors_and_the_holder_are_told(
    suspended: Case, citizen: User, superior: User, approver: User, deliver_outbox: Callable[[], int]
) -> None:
    case = object_to(suspended, citizen)
    deliver_outbox()
    waiting = Notice.objects.filter(notice="applications/objection_waits")
    assert set(waiting.values_list("recipient", flat=True)) == {superior.pk}
    confirm(case, actor=superior, reason=ANSWER, at=clock.now())
    deliver_outbox()
    assert ANSWER in Notice.objects.get(notice="applications/paper_confirmed").page_html


def test_the_holder_objects_on_the_page_and_the_superior_answers_at_the_desk(
    suspended: Case, citizen: User, superior: User, client: Client
) -> None:
    Desk(client).sit(citizen)
    address = f"/cases/{suspended.reference}/objection/"
    assert address in client.get(f"/cases/{suspended.reference}/").content.decode()
    assert "was suspended" in client.get(address).content.decode()
    broken = client.post(address, {"words": WORDS, "upload": files.upload(b"x", name="a.pdf")})
    assert broken.status_code == 200
    assert client.post(address, {"words": WORDS, "upload": files.upload()}).status_code == 302
    assert "The suspension of the certificate" in client.get(address).content.decode()
    desk = Desk(client).sit(superior)
    page = desk.open(suspended)
    assert WORDS in page
    assert "act-lift_suspension" in page
    assert "act-replace_paper" not in page
    desk.press(suspended, "act/lift_suspension/", **{"lift_suspension-reason": ANSWER})
    assert paper(suspended).standing == "ACTIVE"


def test_a_condition_is_chosen_on_the_page(issued: Case, citizen: User, client: Client) -> None:
    Desk(client).sit(citizen)
    address = f"/cases/{issued.reference}/objection/"
    assert "Object to a condition" in client.get(f"/cases/{issued.reference}/").content.decode()
    missing = client.post(address, {"words": WORDS}).content.decode()
    assert "Choose the conditions that you object to." in missing
    assert client.post(address, {"words": WORDS, "conditions": ["0"]}).status_code == 302
    assert Objection.objects.get().conditions == paper(issued).content["conditions"][:1]
