"""One in so many decisions of the machine is looked at by a person afterwards, whom nobody chose."""

import secrets

import pytest
from django.db import IntegrityError, transaction

from oversight.queries import machine as figures
from services.accounts.models import Hat, User
from services.audit import queries as record
from services.casework import operations as casework
from services.casework import queries, transitions
from services.casework.models import Case, SecondLook
from services.casework.operations import UnableToHandle, second_looks
from services.foundation import clock
from services.government.models import Agency
from services.notifications.models import Notice
from tests.casework.desk import QUEUE, Desk, file
from tests.casework.test_why import deliver
from tests.factories import accounts, catalogue, machine

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
