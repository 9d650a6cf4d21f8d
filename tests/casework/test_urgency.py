"""What is urgent an officer proposes and the supervisor decides; then the case stands in front, and who was overtaken is counted."""

from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
from django.db import IntegrityError, connection, transaction
from django.test import Client
from pydantic import ValidationError

from permits import operations as permits
from services.accounts.models import Hat, User
from services.audit import queries as audit
from services.audit.actors import Subject
from services.casework import operations as casework
from services.casework import queries
from services.casework.models import Case, Urgency
from services.casework.operations import UnableToHandle
from services.casework.policies import UnableToAct
from services.catalogue.definition import ServiceDefinition
from services.foundation import clock
from services.notifications.models import Notice
from tests.casework.desk import Desk
from tests.factories import casework as cases
from tests.factories import catalogue

CLASS = {
    "code": "FUNERAL",
    "label": {"id": "Upacara pemakaman", "en": "A funeral"},
    "evidence": {"id": "Surat keterangan kematian", "en": "The certificate of death"},
}
WHY = "Pemakaman besok pagi; surat kematian terlampir."
OUTSIDERS = ("foreign_intake", "auditor", "executive", "supervisor", "administrator", "citizen", "stranger")


@pytest.fixture
def waiting(citizen: User, citizen2: User) -> tuple[Case, Case]:
    """Two cases of one service at intake, the first and the last sent."""
    version = catalogue.published_version(slug="izin-segera", urgent=[CLASS])
    now = clock.now()
    first = cases.submitted_application(citizen2, version=version, at=now - timedelta(days=2))
    return first, cases.submitted_application(citizen, version=version, at=now)


def propose(case: Case, actor: User, **said: Any) -> Urgency:
    return casework.propose_urgency(
        case, actor=actor, **{"code": "FUNERAL", "words": WHY, "at": clock.now(), **said}
    )


def decide(case: Case, actor: User, *, is_granted: bool = True) -> Urgency:
    return casework.decide_urgency(
        case, actor=actor, is_granted=is_granted, answer="Benar mendesak.", at=clock.now()
    )


def queue(case: Case, user: User, hat: str = Hat.INTAKE) -> list[Case]:
    return list(queries.waiting_for(agency=case.agency, hat=hat, user=user, at=clock.now()))


def settle() -> None:
    with connection.cursor() as cursor:
        cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")


def test_a_class_is_named_once_in_a_standard() -> None:
    with pytest.raises(ValidationError, match="urgent code used twice"):
        ServiceDefinition.model_validate(catalogue.definition() | {"urgent": [CLASS, CLASS]})


def test_a_granted_case_stands_in_front_and_the_overtaken_are_counted(
    waiting: tuple[Case, Case], intake: User, supervisor: User
) -> None:
    first, last = waiting
    propose(last, intake)
    assert queue(last, intake) == [first, last], "a proposal changes nothing"
    assert decide(last, supervisor).overtook == 1
    settle()
    last.refresh_from_db()
    assert queue(last, intake) == [last, first]
    assert (last.urgent_code, last.overtook) == ("FUNERAL", 1)
    assert casework.take_next_case(actor=intake, agency=last.agency, hat=Hat.INTAKE, at=clock.now()) == last


def test_it_stands_before_those_promised_for_the_same_day(
    waiting: tuple[Case, Case], citizen: User, intake: User, supervisor: User
) -> None:
    later = cases.submitted_application(citizen, version=waiting[1].service_version)
    assert later.place_at == waiting[1].place_at
    propose(later, intake)
    assert decide(later, supervisor).overtook == 2
    assert queue(later, intake) == [later, *waiting]


def test_it_keeps_its_place_in_front_at_the_next_step(
    waiting: tuple[Case, Case], intake: User, reviewer: User, supervisor: User
) -> None:
    first, last = waiting
    propose(last, intake)
    decide(last, supervisor)
    for case in (first, last):
        casework.take_case(case, actor=intake, reason_code="COUNTER", at=clock.now())
        permits.accept_application(case, actor=intake, at=clock.now())
    assert queue(last, reviewer, Hat.REVIEWER) == [last, first]


def test_a_declined_case_keeps_its_place_and_may_be_proposed_anew(
    waiting: tuple[Case, Case], intake: User, supervisor: User
) -> None:
    first, last = waiting
    propose(last, intake)
    with pytest.raises(UnableToHandle):
        propose(last, intake)
    assert decide(last, supervisor, is_granted=False).overtook == 0
    assert queue(last, intake) == [first, last]
    assert propose(last, intake).state == "PROPOSED"
    with pytest.raises(IntegrityError, match="stays as it is"), transaction.atomic():
        Urgency.objects.filter(state="DECLINED").update(words="x")


def test_a_proposal_names_a_class_of_the_standard_and_says_why(
    waiting: tuple[Case, Case], intake: User
) -> None:
    for wrong, field in (({"code": "HURRY"}, "code"), ({"words": " "}, "words")):
        with pytest.raises(UnableToHandle) as told:
            propose(waiting[1], intake, **wrong)
        assert told.value.field == field


def test_nobody_calls_a_case_urgent_alone(waiting: tuple[Case, Case], intake: User, wear: Any) -> None:
    last = waiting[1]
    with pytest.raises(UnableToHandle) as told:
        casework.take_case(last, actor=intake, reason_code="URGENT", at=clock.now())
    assert told.value.code == "out_of_order"
    wear(intake, "SUPERVISOR")
    propose(last, intake)
    with pytest.raises(UnableToAct) as own:
        decide(last, intake)
    assert own.value.code == "four_eyes"
    Case.objects.filter(pk=last.pk).update(urgent_code="FUNERAL")
    with pytest.raises(IntegrityError, match="no supervisor"):
        settle()


@pytest.mark.parametrize("name", OUTSIDERS)
def test_nobody_else_proposes(name: str, waiting: tuple[Case, Case], request: pytest.FixtureRequest) -> None:
    with pytest.raises(UnableToAct):
        propose(waiting[1], request.getfixturevalue(name))


@pytest.mark.parametrize("name", ["intake", "reviewer", "approver", "executive", "citizen", "foreign_intake"])
def test_nobody_else_decides(
    name: str, waiting: tuple[Case, Case], reviewer2: User, request: pytest.FixtureRequest
) -> None:
    propose(waiting[1], reviewer2)
    with pytest.raises(UnableToAct):
        decide(waiting[1], request.getfixturevalue(name))


def test_it_is_on_record_and_the_supervisor_is_told(
    waiting: tuple[Case, Case], intake: User, supervisor: User, deliver_outbox: Callable[[], int]
) -> None:
    propose(waiting[1], intake)
    deliver_outbox()
    assert Notice.objects.get(notice="casework/urgency_proposed").recipient == supervisor
    decide(waiting[1], supervisor)
    event = audit.events_of(Subject("case", waiting[1].reference))[-1]
    assert (event.action, event.details["class"], event.details["overtook"]) == (
        "casework.urgency.granted", "FUNERAL", 1,
    )  # fmt: skip


def test_the_desk_proposes_and_decides_and_the_applicant_sees_it(
    waiting: tuple[Case, Case], intake: User, supervisor: User, citizen: User, client: Client
) -> None:
    case = waiting[1]
    desk = Desk(client).sit(intake)
    assert "Propose as urgent" in desk.open(case)
    assert "Choose the urgent class." in desk.press(case, "urgent/", **{"urgent-words": WHY}).content.decode()
    sent = {"urgent-code": "FUNERAL", "urgent-words": WHY}
    assert desk.press(case, "urgent/", **sent).status_code == 302
    page = desk.sit(supervisor).open(case)
    assert WHY in page
    assert "It goes before others" in page
    answer = {"urgency-answer": "Benar mendesak.", "grant": "1"}
    assert desk.press(case, "urgent/decide/", **answer).status_code == 302
    desk.sit(citizen)
    own = client.get(f"/cases/{case.reference}/").content.decode()
    assert "The supervisor decided that your case goes before others." in own
    assert "A funeral" in own
