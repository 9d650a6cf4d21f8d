"""One in so many decisions of the machine is looked at by a person afterwards, whom nobody chose."""

import secrets
from datetime import datetime, timedelta

import pytest
from django.db import IntegrityError, connection, transaction
from django.test.utils import CaptureQueriesContext

from oversight.queries import machine as figures
from services.accounts.models import Hat, User
from services.audit import queries as record
from services.casework import heads, queries, transitions
from services.casework import operations as casework
from services.casework.looking_again import answer_by
from services.casework.models import Case, EscalationHop, SecondLook
from services.casework.operations import UnableToHandle, second_looks
from services.foundation import clock
from services.government.calendar import working_days_between
from services.government.models import Agency
from services.notifications.models import Notice
from tests.casework.desk import QUEUE, Desk, file
from tests.casework.test_escalation import deliver as deliver_at
from tests.casework.test_why import deliver
from tests.factories import accounts, catalogue, escalation, machine
from tests.factories import casework as sent

AGAIN = f"{QUEUE}again/"


def drawn_of(case: Case) -> dict[str, int]:
    """What the event of the decision says of the draw."""
    events = record.events_of(transitions.subject_of(case))
    (event,) = [each for each in events if each.action.endswith("granted_by_machine")]
    drawn: dict[str, int] = event.details["second_look"]
    return drawn


def test_what_is_drawn_waits_to_be_looked_at_and_the_event_holds_the_draw(citizen: User) -> None:
    case = machine.granted(citizen)
    assert drawn_of(case) == {"one_in": 1, "drawn": 0}
    look = case.second_looks.get()
    assert (look.one_in, look.result) == (1, "")
    assert case.status == "GRANTED"


def test_what_is_not_drawn_waits_for_nobody(citizen: User, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(secrets, "randbelow", lambda many: many - 1)
    case = machine.granted(citizen, human_looks_at_one_in=20)
    assert drawn_of(case) == {"one_in": 20, "drawn": 19}
    assert not SecondLook.objects.exists()


def test_the_draw_takes_about_one_in_so_many() -> None:
    definition = machine.service(human_looks_at_one_in=4).parsed
    taken = sum(second_looks.draw(definition)["drawn"] == 0 for _number in range(2000))
    assert 380 < taken < 620


def test_only_where_the_machine_decides_is_something_drawn() -> None:
    with pytest.raises(ValueError, match="human_looks_at_one_in"):
        catalogue.published_version(human_looks_at_one_in=5)


def test_a_reviewer_confirms_and_it_leaves_the_list(desk: Desk, citizen: User, reviewer: User) -> None:
    case = machine.granted(citizen)
    assert case.reference in desk.sit(reviewer).read(AGAIN)
    assert "The machine granted it" in desk.read(file(case, "again/"))
    desk.press(case, "again/", **{"look-result": "CONFIRMED"})
    look = SecondLook.objects.get()
    assert (look.result, look.looked_by) == ("CONFIRMED", reviewer)
    assert queries.timeline(case)[-1].action == "casework.machine.confirmed"
    assert "Nothing waits" in desk.read(AGAIN)
    case.refresh_from_db()
    assert case.status == "GRANTED"


def test_an_error_is_said_in_words_and_told(
    desk: Desk, citizen: User, reviewer: User, supervisor: User, approver: User
) -> None:
    inspector_general = accounts.officer("Ida Inspektur", Hat.EXECUTIVE, agency_code="inspektorat")
    Agency.objects.filter(code="inspektorat").update(role=Agency.Role.INSPECTORATE)
    case = machine.granted(citizen)
    answer = desk.sit(reviewer).press(case, "again/", **{"look-result": "ERROR"})
    assert "Say what is wrong." in answer.content.decode()
    desk.press(case, "again/", **{"look-result": "ERROR", "look-words": "Foto bukan gerobak."})
    assert SecondLook.objects.get().words == "Foto bukan gerobak."
    deliver()
    told = Notice.objects.filter(notice="casework/machine_erred")
    assert {notice.recipient for notice in told} == {supervisor, approver, inspector_general}
    assert "Foto bukan gerobak." in desk.sit(supervisor).open(case)


def test_it_is_said_once(citizen: User, reviewer: User, approver: User) -> None:
    look = machine.granted(citizen).second_looks.get()
    casework.look_again(look, actor=reviewer, result="CONFIRMED", at=clock.now())
    with pytest.raises(UnableToHandle) as refusal:
        casework.look_again(look, actor=approver, result="ERROR", words="Salah.", at=clock.now())
    assert refusal.value.code == "looked"
    with pytest.raises(IntegrityError), transaction.atomic():
        SecondLook.objects.update(result="ERROR", words="Salah.")


def test_an_unknown_answer_is_refused(citizen: User, reviewer: User) -> None:
    look = machine.granted(citizen).second_looks.get()
    for result, words, code in (("", "", "result"), ("MAYBE", "", "result"), ("ERROR", " ", "words")):
        with pytest.raises(UnableToHandle) as refusal:
            casework.look_again(look, actor=reviewer, result=result, words=words, at=clock.now())
        assert refusal.value.code == code


def test_everybody_reads_how_often_the_machine_was_wrong(citizen: User, reviewer: User) -> None:
    look = machine.granted(citizen).second_looks.get()
    casework.look_again(look, actor=reviewer, result="ERROR", words="Salah.", at=clock.now())
    (line,) = figures.look_lines()
    assert (line.drawn, line.confirmed, line.wrong) == (1, 0, 1)


def looks_at(passed: datetime) -> list[tuple[int, str]]:
    """The rungs of looks that one sweep notes."""
    casework.escalate_looks(at=passed)
    rows = EscalationHop.objects.filter(passed_at=passed, clock__in=SecondLook.CLOCKS.values())
    return list(rows.order_by("percent").values_list("percent", "tells"))


def test_a_look_that_nobody_takes_climbs_the_ladder_each_rung_once(
    citizen: User, reviewer: User, approver: User, supervisor: User, executive: User
) -> None:
    escalation.ladder()
    case = machine.granted(citizen)
    look = case.second_looks.get()
    assert working_days_between(clock.local_date(look.drawn_at), clock.local_date(answer_by(look))) == 5
    over = answer_by(look) + timedelta(minutes=1)
    assert looks_at(look.drawn_at + timedelta(minutes=1)) == []
    rungs = looks_at(over)
    assert [percent for percent, _tells in rungs] in ([50, 80], [50, 80, 100])
    later = over + timedelta(days=20)
    assert len(rungs) + len(looks_at(later)) == len(escalation.LADDER)
    assert looks_at(later + timedelta(days=1)) == []
    deliver_at(later)
    told = Notice.objects.filter(notice="casework/look_waits")
    assert {notice.recipient for notice in told} == {reviewer, approver, supervisor}
    head = heads.head_of(executive, at=clock.now())
    assert head is not None
    assert list(heads.looks_that_came_up_to(head)) == [look]
    actions = [event.action for event in record.events_of(transitions.subject_of(case))]
    assert actions.count("casework.clock.escalated") == len(escalation.LADDER)
    assert not heads.come_up_to(head, at=later).exists()


@pytest.mark.parametrize("number", [1, 3])
def test_the_sweep_asks_as_much_for_many_looks_as_for_one(citizen: User, number: int) -> None:
    escalation.ladder()
    machine.known(citizen)
    version = machine.service(checks=["documents_complete"], human_looks_at_one_in=1)
    for _each in range(number):
        casework.check_case(sent.submitted_application(citizen, version=version), at=clock.now())
    assert SecondLook.objects.count() == number
    with CaptureQueriesContext(connection) as asked:
        assert casework.escalate_looks(at=clock.now() + timedelta(minutes=1)) == 0
    assert sum("casework_clockpause" in query["sql"] for query in asked.captured_queries) == 1


def test_once_somebody_has_looked_nobody_hears_of_it(citizen: User, reviewer: User, executive: User) -> None:
    escalation.ladder()
    look = machine.granted(citizen).second_looks.get()
    over = answer_by(look) + timedelta(days=20)
    looks_at(over)
    casework.look_again(look, actor=reviewer, result="CONFIRMED", at=clock.now())
    deliver_at(over)
    assert not Notice.objects.filter(notice="casework/look_waits").exists()
    head = heads.head_of(executive, at=clock.now())
    assert head is not None
    assert not heads.looks_that_came_up_to(head).exists()
    assert looks_at(over + timedelta(days=20)) == []


def test_the_database_keeps_a_rung_of_a_look_once(citizen: User) -> None:
    escalation.ladder()
    look = machine.granted(citizen).second_looks.get()
    looks_at(answer_by(look) + timedelta(days=20))
    hop = EscalationHop.objects.filter(case=look.case).first()
    assert hop is not None
    hop.pk = None
    with pytest.raises(IntegrityError, match="one_hop_a_rung_and_clock"), transaction.atomic():
        hop.save()


def test_the_head_reads_in_the_list_what_nobody_has_looked_at(
    desk: Desk, citizen: User, executive: User
) -> None:
    escalation.ladder()
    look = machine.granted(citizen).second_looks.get()
    looks_at(answer_by(look) + timedelta(days=20))
    page = desk.sit(executive).read(f"{QUEUE}escalated/")
    assert "no person has looked at again" in page
    assert look.case.reference in page
