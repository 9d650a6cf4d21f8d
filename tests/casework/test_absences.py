"""Whoever is away has no files: what is on the desk goes back with its place, and nothing new comes."""

from datetime import date, timedelta
from typing import Any

import pytest
from django.utils.translation import override

from services.accounts.models import Absence, Hat, User
from services.accounts.operations import UnableToNoteAbsence
from services.audit import queries as audit
from services.audit.actors import Subject
from services.casework import operations as casework
from services.casework.models import Case, Holding
from services.casework.operations import UnableToHandle
from services.casework.policies import UnableToAct
from services.foundation import clock
from services.notifications.models import Notice
from services.outbox import delivery
from services.outbox.models import Message
from tests.casework.desk import Desk
from tests.factories import accounts, reviews
from tests.factories import casework as cases

DAY = timedelta(days=1)


def on_the_desk(citizen: User, officer: User) -> Case:
    case = cases.submitted_application(citizen)
    return casework.take_case(case, actor=officer, reason_code="COUNTER", at=clock.now())


def away(officer: User, *, by: User | None = None, first: date | None = None, days: int = 3) -> Absence:
    first = first or clock.today()
    return casework.declare_absence(
        officer=officer,
        kind="LEAVE",
        first_date=first,
        last_date=first + days * DAY,
        actor=by or officer,
        at=clock.now(),
    )


def happened(subject: Subject) -> list[str]:
    return [event.action for event in audit.events_of(subject, since=clock.now() - DAY)]


def fresh(case: Case) -> Case:
    return Case.objects.get(pk=case.pk)


def test_the_desk_is_cleared_at_once_and_each_file_keeps_its_place(
    citizen: User, citizen2: User, intake: User, supervisor: User
) -> None:
    held = [on_the_desk(person, intake) for person in (citizen, citizen2)]
    Case.objects.filter(pk=held[1].pk).update(is_confidential=True)
    absence = away(intake, by=supervisor)
    assert absence.files == 2
    for case in held:
        assert (fresh(case).assignee, fresh(case).place_at) == (None, case.place_at)
        assert case.holdings.get().left_by == "AWAY"
        assert happened(Subject("case", case.reference)).count("casework.case.left_absent_officer") == 1
    told = happened(Subject("user", str(intake.pseudonym)))
    assert told.count("accounts.absence.declared") == told.count("accounts.absence.begun") == 1


def test_a_review_on_the_desk_goes_back_too_and_none_is_taken(
    citizen: User, intake: User, reviewer: User
) -> None:
    case = cases.accepted_application(citizen, intake, version=reviews.reviewed_service())
    review = reviews.taken(reviewer, reviews.of(case, "content"))
    assert away(reviewer).files == 1
    review.refresh_from_db()
    assert review.assignee is None
    assert Holding.objects.get(review=review).left_by == "AWAY"
    with pytest.raises(UnableToAct) as refused:
        casework.take_next_review(actor=reviewer, agency=review.agency, hat=review.hat, at=clock.now())
    assert refused.value.code == "away"


def test_nothing_new_comes_to_whoever_is_away_and_the_refusal_says_until_when(
    citizen: User, citizen2: User, intake: User, supervisor: User
) -> None:
    other = accounts.officer("Rini Penerima", Hat.INTAKE)
    case, held = cases.submitted_application(citizen), on_the_desk(citizen2, other)
    away(intake)
    for take in (
        lambda: casework.take_case(case, actor=intake, reason_code="COUNTER", at=clock.now()),
        lambda: casework.take_next_case(actor=intake, agency=case.agency, hat=Hat.INTAKE, at=clock.now()),
        lambda: casework.add_office_note(case, actor=intake, words="Saya lihat.", at=clock.now()),
    ):
        with override("en"), pytest.raises(UnableToAct, match="You are declared away until") as refused:
            take()
        assert refused.value.code == "away"
    with override("en"), pytest.raises(UnableToHandle, match="This officer is away until") as kept:
        casework.hand_over(
            [held.reference],
            actor=supervisor,
            agency=held.agency,
            to=intake,
            reason_code="LOAD",
            at=clock.now(),
        )
    assert (kept.value.code, fresh(held).assignee) == ("away", other)


def test_what_begins_later_is_begun_by_beat_once(citizen: User, intake: User) -> None:
    case = on_the_desk(citizen, intake)
    away(intake, first=clock.today() + 2 * DAY)
    assert casework.begin_absences(at=clock.now()) == 0
    assert fresh(case).assignee == intake
    then = clock.now() + 2 * DAY
    assert [casework.begin_absences(at=then), casework.begin_absences(at=then)] == [1, 0]
    assert fresh(case).assignee is None
    with pytest.raises(UnableToAct):
        casework.take_case(case, actor=intake, at=then)


def test_what_was_called_off_never_begins(citizen: User, intake: User) -> None:
    case = on_the_desk(citizen, intake)
    casework.end_absence(away(intake, first=clock.today() + DAY), actor=intake, at=clock.now())
    assert casework.begin_absences(at=clock.now() + DAY) == 0
    assert fresh(case).assignee == intake


def test_it_ends_early_once_and_both_are_kept(citizen: User, intake: User, supervisor: User) -> None:
    absence = away(intake, by=supervisor)
    ended = casework.end_absence(absence, actor=intake, at=clock.now())
    assert (ended.last_date, ended.declared_by, ended.ended_by) == (absence.last_date, supervisor, intake)
    with pytest.raises(UnableToNoteAbsence) as refused:
        casework.end_absence(absence, actor=intake, at=clock.now())
    assert refused.value.code == "over"
    case = cases.submitted_application(citizen)
    assert casework.take_case(case, actor=intake, at=clock.now()).assignee == intake


def test_it_ends_by_itself_after_the_last_day(citizen: User, intake: User) -> None:
    away(intake, days=1)
    case = cases.submitted_application(citizen)
    assert casework.take_case(case, actor=intake, at=clock.now() + 2 * DAY).assignee == intake


@pytest.mark.parametrize(
    ("wanted", "code"),
    [
        ({"kind": "FLU"}, "kind"),
        ({"last_date": -1}, "dates"),
        ({"first_date": -1}, "past"),
        ({"first_date": 3, "last_date": 9}, "overlap"),
    ],
)
def test_days_that_cannot_be_are_refused(wanted: dict[str, Any], code: str, intake: User) -> None:
    away(intake, first=clock.today() + 2 * DAY)
    given: dict[str, Any] = {"kind": "LEAVE", "first_date": 0, "last_date": 1} | wanted
    days = {name: clock.today() + given[name] * DAY for name in ("first_date", "last_date")}
    with pytest.raises(UnableToNoteAbsence) as refused:
        casework.declare_absence(officer=intake, actor=intake, kind=given["kind"], at=clock.now(), **days)
    assert refused.value.code == code


def test_whoever_is_declared_away_by_a_supervisor_reads_it_once(intake: User, supervisor: User) -> None:
    away(intake, by=supervisor)
    for message in Message.objects.filter(topic="casework.declared_away"):
        delivery.deliver(message.pk)
        delivery.deliver(message.pk)
    assert Notice.objects.filter(recipient=intake, notice="casework/declared_away").count() == 1


def test_a_queue_whose_only_officer_is_away_is_shown_with_its_cause(
    desk: Desk, citizen: User, intake: User, supervisor: User
) -> None:
    case = cases.submitted_application(citizen)
    away(intake)
    page = desk.sit(supervisor).read("/admin/")
    assert case.reference in page.split("Nobody on duty may take these")[1]
    assert "Whoever wears the hat Intake officer is away." in page
    assert "away until" in page.split("Load of my team")[1]


def test_the_team_shows_who_is_away_until_when(desk: Desk, intake: User, supervisor: User) -> None:
    other = accounts.officer("Rini Penerima", Hat.INTAKE)
    desk.sit(supervisor)
    assert "away until" not in desk.read("/admin/casework/team/")
    away(intake)
    assert "away until" in desk.read("/admin/casework/team/")
    assert f'value="{intake.pk}"' not in desk.read(f"/admin/casework/team/{other.pk}/")


def test_a_supervisor_declares_it_on_the_page_and_is_told_what_is_missing(
    desk: Desk, citizen: User, intake: User, supervisor: User
) -> None:
    case = on_the_desk(citizen, intake)
    page = f"/admin/casework/team/{intake.pk}/absence/"
    missing = desk.sit(supervisor).client.post(page, {"first_date": "2020-01-01"}).content.decode()
    assert "Choose the day." in missing
    assert 'value="2020-01-01"' in missing
    days = {"first_date": f"{clock.today():%F}", "last_date": f"{clock.today() + DAY:%F}", "kind": "ILLNESS"}
    answer = desk.client.post(page, days, follow=True).content.decode()
    assert "The files went back into the queue" in answer
    assert fresh(case).assignee is None
    assert "Some of these days are declared already." in desk.client.post(page, days).content.decode()


def test_whoever_is_away_sees_it_cannot_act_and_comes_back(desk: Desk, citizen: User, intake: User) -> None:
    case = cases.submitted_application(citizen)
    absence = away(intake)
    desk.sit(intake)
    for address in ("/admin/", "/admin/casework/case/"):
        assert "You are declared away until" in desk.read(address)
    assert "You are declared away until" in desk.open(case)
    assert "The integrity pact is not signed yet" not in desk.open(case)
    desk.press(case, "take/")
    assert fresh(case).assignee is None
    desk.client.post("/admin/casework/absence/", {"end": absence.pk})
    assert "You are declared away" not in desk.read("/admin/")
    desk.press(case, "take/")
    assert fresh(case).assignee == intake
