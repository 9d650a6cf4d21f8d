"""Whoever applies may ask for a person: before the machine decides, and afterwards for somebody who looks at it anew."""

from datetime import timedelta

import pytest
from django.db import IntegrityError, transaction
from django.test import Client

from oversight.queries import machine as figures
from permits import operations as permits
from services.accounts.models import User
from services.casework import clocks, looking_again, queries, timeline
from services.casework import operations as casework
from services.casework.models import Case, SecondLook
from services.casework.operations import UnableToFile, UnableToHandle
from services.foundation import clock
from services.notifications.models import Notice
from tests.casework.desk import QUEUE, Desk
from tests.casework.test_why import deliver
from tests.factories import casework as cases
from tests.factories import machine


def sent_to_a_person(citizen: User) -> Case:
    """Everything about the applicant is known, and they want a person to decide."""
    machine.known(citizen)
    case = cases.filled_application(citizen, version=machine.service())
    return permits.submit_application(case, actor=citizen, submission_key="k", by_person=True, at=clock.now())


def asked(citizen: User, words: str = "Foto gerobak saya tertukar.") -> SecondLook:
    """A look that the applicant asked for at what the machine granted; not drawn as well."""
    case = machine.granted(citizen, human_looks_at_one_in=1000)
    return casework.ask_for_a_person(case, actor=citizen, words=words, at=clock.now())


def test_where_a_person_is_wanted_the_machine_looks_and_leaves_it_in_the_queue(
    citizen: User, intake: User, desk: Desk
) -> None:
    case = casework.check_case(sent_to_a_person(citizen), at=clock.now())
    assert (case.status, case.decided_at) == ("SUBMITTED", None)
    assert {row.result for row in case.check_results.all()} == {"PASSED"}
    assert queries.timeline(case)[-1].action == "casework.case.checked"
    said = [line.sentence for line in timeline.for_citizen(case, queries.timeline(case))]
    assert "Pemohon ingin petugas yang memutuskan." in " ".join(said)
    assert "wants a person to decide" in desk.sit(intake).open(case)
    assert casework.take_next_case(actor=intake, agency=case.agency, hat="INTAKE", at=clock.now()) == case


def test_the_database_keeps_the_machine_from_deciding_it(citizen: User) -> None:
    case = machine.granted(citizen)
    with pytest.raises(IntegrityError, match="whoever_asked_for_one"), transaction.atomic():
        Case.objects.filter(pk=case.pk).update(person_asked_at=clock.now())


def test_where_people_decide_anyway_nothing_is_asked(citizen: User) -> None:
    case = cases.filled_application(citizen)
    case = permits.submit_application(case, actor=citizen, submission_key="k", by_person=True, at=clock.now())
    assert case.person_asked_at is None


def test_the_applicant_asks_and_reads_what_a_person_found(
    citizen: User, reviewer: User, approver: User, desk: Desk
) -> None:
    case = machine.granted(citizen, human_looks_at_one_in=1000)
    client = Client()
    client.force_login(citizen)
    page = f"/cases/{case.reference}/person/"
    assert f'href="{page}"' in client.get(f"/cases/{case.reference}/").content.decode()
    assert "Minta diperiksa petugas" in client.get(page).content.decode()
    client.post(page, {"words": "Foto gerobak saya tertukar."})
    assert "Foto gerobak saya tertukar." in client.get(page).content.decode()
    deliver()
    assert {row.recipient for row in Notice.objects.filter(notice="casework/person_asked")} == {
        reviewer,
        approver,
    }

    assert "Asked for by the applicant" in desk.sit(reviewer).read(f"{QUEUE}again/")
    assert "Foto gerobak saya tertukar." in desk.read(f"{QUEUE}{case.reference}/again/")
    desk.press(case, "again/", **{"look-result": "CONFIRMED", "look-words": "Foto sudah cocok."})
    deliver()
    told = Notice.objects.get(notice="applications/person_answered")
    assert told.recipient == citizen
    assert "Foto sudah cocok." in client.get(page).content.decode()


def test_an_error_is_told_to_the_applicant_and_to_whoever_may_take_the_paper_back(
    citizen: User, reviewer: User, approver: User, supervisor: User
) -> None:
    casework.look_again(
        asked(citizen), actor=reviewer, result="ERROR", words="Bukan gerobak.", at=clock.now()
    )
    deliver()
    for notice, people in (
        ("casework/machine_erred", {approver, supervisor}),
        ("applications/person_answered", {citizen}),
    ):
        assert {row.recipient for row in Notice.objects.filter(notice=notice)} == people
    (line,) = figures.look_lines()
    assert (line.asked, line.asked_wrong) == (1, 1)


def test_whoever_asked_is_answered_in_words(citizen: User, reviewer: User) -> None:
    with pytest.raises(UnableToHandle) as refusal:
        casework.look_again(asked(citizen), actor=reviewer, result="CONFIRMED", at=clock.now())
    assert refusal.value.code == "words"


def test_how_often_a_person_is_wanted_is_public(citizen: User) -> None:
    sent_to_a_person(citizen)
    (line,) = figures.look_lines()
    assert (line.asked_before, line.drawn) == (1, 0)


def test_it_is_asked_once_and_within_the_time_to_object(citizen: User) -> None:
    case = machine.granted(citizen, human_looks_at_one_in=1000)
    over = clocks.given_until(clocks.TIME_TO_OBJECT, clock.now()) + timedelta(seconds=1)
    with pytest.raises(UnableToFile) as late:
        casework.ask_for_a_person(case, actor=citizen, at=over)
    casework.ask_for_a_person(case, actor=citizen, at=clock.now())
    with pytest.raises(UnableToFile) as twice:
        casework.ask_for_a_person(case, actor=citizen, at=clock.now())
    assert (late.value.code, twice.value.code) == ("over", "asked")
    assert case.second_looks.filter(origin="ASKED").count() == 1


def test_what_people_decided_is_objected_to_and_not_asked_about(
    citizen: User, intake: User, reviewer: User, approver: User
) -> None:
    case = cases.granted_application(citizen, intake, reviewer, approver)
    with pytest.raises(UnableToFile):
        casework.ask_for_a_person(case, actor=citizen, at=clock.now())


def test_drawn_and_asked_for_two_people_look(citizen: User, reviewer: User, approver: User) -> None:
    case = machine.granted(citizen)
    look = casework.ask_for_a_person(case, actor=citizen, at=clock.now())
    casework.look_again(look, actor=reviewer, result="CONFIRMED", words="Benar.", at=clock.now())
    assert not looking_again.awaited(reviewer, at=clock.now()).exists()
    (other,) = looking_again.awaited(approver, at=clock.now())
    assert other.origin == "DRAWN"
    with pytest.raises(IntegrityError, match="has looked"), transaction.atomic():
        SecondLook.objects.filter(pk=other.pk).update(
            result="CONFIRMED", looked_by=reviewer, looked_at=clock.now()
        )


@pytest.mark.parametrize("name", ["stranger", "intake", "approver"])
def test_nobody_but_the_side_of_the_citizen_asks(
    name: str, request: pytest.FixtureRequest, citizen: User
) -> None:
    case = machine.granted(citizen)
    with pytest.raises(UnableToFile) as refusal:
        casework.ask_for_a_person(case, actor=request.getfixturevalue(name), at=clock.now())
    assert refusal.value.code == "side"
