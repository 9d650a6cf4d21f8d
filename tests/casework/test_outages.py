"""An outage puts off what citizens owe, once and never the other way; no clock of the office moves by it."""

from datetime import UTC, date, datetime, timedelta

import pytest
from django.db import DatabaseError, connection, transaction

from services.accounts.models import User
from services.audit import queries as audit
from services.audit.actors import Subject
from services.audit.models import Event
from services.casework import clocks, objecting, outages
from services.casework import operations as casework
from services.casework.models import Case, Outage, OutageMove, Reminder
from services.casework.operations import Thing, UnableToHandle
from services.foundation.clock import local_date
from tests.factories import casework as cases
from tests.factories import catalogue, government, reviews
from tests.factories import outages as out

#: A Monday, ten in the morning in the west of the country.
START = datetime(2026, 11, 2, 3, tzinfo=UTC)
HOUR, DAY = timedelta(hours=1), timedelta(days=1)
ASKED = Thing(kind="CLEARER", key="drawing", words="Mohon gambar yang berskala.")


@pytest.fixture
def returned(citizen: User, intake: User) -> Case:
    """A file returned on Monday, 2 November."""
    return cases.returned_application(citizen, intake, at=START)


def fresh(case: Case) -> Case:
    return Case.objects.get(pk=case.pk)


def office(case: Case) -> tuple[object, ...]:
    """Everything that the office has promised for a case."""
    found = fresh(case)
    pauses = list(found.pauses.values_list("started_at", "ended_at"))
    branches = list(found.reviews.order_by("key").values_list("due_at", "place_at", "days_added"))
    answers = list(found.objections.values_list("due_at", flat=True))
    return found.due_at, found.place_at, pauses, branches, answers


def due(case: Case) -> date:
    found = fresh(case).applicant_due_at
    assert found
    return local_date(found)


def test_an_outage_puts_off_what_is_waited_for_by_its_length_rounded_up(returned: Case) -> None:
    before, promised = due(returned), office(returned)
    out.confirmed(begins_at=START + DAY, lasts=25 * HOUR)
    assert casework.move_dates(at=START + 3 * DAY) == 1
    assert due(returned) == before + 2 * DAY
    assert office(returned) == promised
    move = returned.outage_moves.get()
    assert (move.what, move.since, move.days) == ("FILE", returned.status_at, 2)
    last = audit.events_of(Subject("case", returned.reference))[-1]
    assert last.action == "casework.outage.dates_moved"


def test_a_date_moves_once_however_often_the_sweep_runs(returned: Case) -> None:
    out.confirmed(begins_at=START + DAY, lasts=HOUR)
    moved = [casework.move_dates(at=START + 2 * DAY + number * HOUR) for number in range(3)]
    assert moved == [1, 0, 0]
    assert returned.outage_moves.count() == 1
    outage = Outage.objects.get()
    assert (outage.moved, outage.moved_at) == (1, START + 2 * DAY)
    assert Event.objects.filter(action="casework.outage.settled").count() == 1


def test_at_least_one_whole_working_day_remains_after_it(returned: Case) -> None:
    Case.objects.filter(pk=returned.pk).update(applicant_due_at=START + 4 * DAY)
    friday = START + 4 * DAY
    out.confirmed(begins_at=friday - HOUR, lasts=2 * HOUR, at=friday + 3 * HOUR)
    casework.move_dates(at=friday + 3 * HOUR)
    assert due(returned) == date(2026, 11, 9)


def test_a_date_never_falls_on_a_day_on_which_the_offices_are_closed(returned: Case) -> None:
    Case.objects.filter(pk=returned.pk).update(applicant_due_at=START + 9 * DAY)
    government.with_overrides(government.override("2026-11-12", works=False))
    out.confirmed(begins_at=START + DAY, lasts=HOUR)
    casework.move_dates(at=START + 2 * DAY)
    assert due(returned) == date(2026, 11, 13)


@pytest.mark.parametrize(("begins", "lasts"), [(-2 * DAY, DAY), (60 * DAY, HOUR)])
def test_a_period_that_an_outage_did_not_touch_stays(
    returned: Case, begins: timedelta, lasts: timedelta
) -> None:
    before = due(returned)
    out.confirmed(begins_at=START + begins, lasts=lasts, at=START + max(begins + lasts, DAY))
    casework.move_dates(at=START + 61 * DAY)
    assert due(returned) == before


def test_an_outage_of_one_service_touches_no_other(returned: Case) -> None:
    before = due(returned)
    other = catalogue.published_version(slug="izin-lain").service
    out.confirmed(begins_at=START + DAY, lasts=HOUR, services=[other.slug])
    assert casework.move_dates(at=START + 2 * DAY) == 0
    assert due(returned) == before


def test_the_same_hours_are_given_once_where_two_outages_overlap(returned: Case) -> None:
    before = due(returned)
    service = returned.service_version.service.slug
    out.confirmed(begins_at=START + DAY, lasts=2 * DAY, services=[service])
    out.confirmed(begins_at=START + DAY, lasts=2 * DAY + HOUR, at=START + 4 * DAY)
    out.confirmed(begins_at=START + DAY, lasts=DAY, at=START + 5 * DAY)
    for number in range(6, 8):
        casework.move_dates(at=START + number * DAY)
    assert sum(move.days for move in returned.outage_moves.all()) == (due(returned) - before).days
    assert returned.outage_moves.count() == 2
    assert outages.days_of(Outage.objects.earliest("confirmed_at"), service) == 2


def test_each_thing_that_was_asked_moves_and_the_branches_do_not(
    citizen: User, intake: User, reviewer: User
) -> None:
    case = cases.accepted_application(citizen, intake, version=reviews.reviewed_service(), at=START)
    held = reviews.taken(reviewer, reviews.of(case, "content"), at=START)
    casework.ask_for_review(held, actor=reviewer, things=[ASKED], at=START)
    row, promised = case.requests.get(), office(case)
    out.confirmed(begins_at=START + DAY, lasts=HOUR)
    casework.move_dates(at=START + 2 * DAY)
    moved = case.requests.get()
    assert moved.due_at > row.due_at
    assert fresh(case).applicant_due_at == moved.due_at
    assert office(case) == promised


def test_the_time_to_object_grows_and_the_superiors_does_not(
    citizen: User, intake: User, reviewer: User, approver: User
) -> None:
    case = cases.refused_application(citizen, intake, reviewer, approver, at=START)
    decided_at = fresh(case).decided_at
    assert decided_at
    before = clocks.objection_until(case, decided_at)
    out.confirmed(begins_at=before - HOUR, lasts=2 * DAY)
    late = before + 2 * DAY + HOUR
    assert objecting.open_to(fresh(case), citizen, at=late), "an outage that is not settled holds the date"
    casework.move_dates(at=late)
    after = clocks.objection_until(case, decided_at)
    assert after > late
    assert objecting.open_to(fresh(case), citizen, at=after)
    assert objecting.open_to(fresh(case), citizen, at=after + HOUR) is None


def test_nothing_lapses_while_an_outage_that_touches_it_is_not_settled(returned: Case) -> None:
    lapse = returned.workflow.transition("lapse")
    ends = fresh(returned).applicant_due_at
    assert ends
    one, other = out.administrator("Satu"), out.administrator("Dua")
    outage = out.declared(one, begins_at=ends - HOUR, at=ends)
    later = ends + 2 * DAY
    assert casework.lapse_silent_cases(lapse, kind=returned.kind, at=later) == 0
    assert casework.remind_silent_applicants(lapse, kind=returned.kind, at=later) == 0
    outage = casework.end_outage(outage, actor=one, ends_at=ends + DAY, at=later)
    out.settle()
    casework.confirm_outage(outage, actor=other, at=later)
    casework.move_dates(at=later)
    assert casework.lapse_silent_cases(lapse, kind=returned.kind, at=later + HOUR) == 0
    assert casework.remind_silent_applicants(lapse, kind=returned.kind, at=later + HOUR) == 1
    assert Reminder.objects.get().ends_at == fresh(returned).applicant_due_at


def test_what_was_taken_back_holds_nothing_and_moves_nothing(returned: Case) -> None:
    before = due(returned)
    one = out.administrator()
    outage = out.declared(one, begins_at=START + DAY, at=START + 2 * DAY)
    casework.withdraw_outage(outage, actor=one, reason="Keliru", at=START + 2 * DAY)
    assert casework.move_dates(at=START + 2 * DAY) == 0
    assert due(returned) == before
    assert not outages.holds(fresh(returned), fresh(returned).applicant_due_at)


def test_after_it_has_moved_dates_it_is_only_corrected(returned: Case) -> None:
    outage = out.confirmed(begins_at=START + DAY, lasts=HOUR)
    one = out.administrator("Satu")
    casework.move_dates(at=START + 2 * DAY)
    moved = due(returned)
    with pytest.raises(UnableToHandle) as refused:
        casework.withdraw_outage(outage, actor=one, reason="Keliru", at=START + 2 * DAY)
    assert refused.value.code == "over"
    casework.correct_outage(outage, actor=one, words="Hanya satu jam.", at=START + 2 * DAY)
    assert due(returned) == moved
    assert Outage.objects.get().correction == "Hanya satu jam."


def test_a_holiday_that_comes_after_an_outage_adds_its_day_too(returned: Case) -> None:
    out.confirmed(begins_at=START + DAY, lasts=HOUR)
    casework.move_dates(at=START + 2 * DAY)
    moved = due(returned)
    government.with_overrides(government.override("2026-11-05", works=False))
    assert casework.recompute_applicants_dates(at=START + 2 * DAY) == 1
    assert due(returned) > moved


def test_a_draft_is_kept_longer(citizen: User) -> None:
    draft = cases.draft_application(citizen, at=START)
    before = due(draft)
    out.confirmed(begins_at=START + DAY, lasts=HOUR)
    casework.move_dates(at=START + 2 * DAY)
    assert due(draft) > before


@pytest.mark.parametrize(
    ("said", "field"),
    [
        ({"begins_at": START + 3 * DAY}, "begins_at"),
        ({"begins_at": START - 40 * DAY}, "begins_at"),
        ({"begins_at": START, "ends_at": START}, "ends_at"),
        ({"begins_at": START, "ends_at": START + 3 * DAY}, "ends_at"),
        ({"begins_at": START, "services": ["tidak-ada"]}, "services"),
        ({"begins_at": START, "words": {"id": "Mati", "en": " "}}, "words_en"),
    ],
)
def test_what_cannot_be_is_told_beside_its_field(said: dict[str, object], field: str, db: None) -> None:
    with pytest.raises(UnableToHandle) as refused:
        out.declared(out.administrator(), at=START + 2 * DAY, **said)  # type: ignore[arg-type]
    assert refused.value.field == field


def test_the_database_lets_no_outage_move_a_clock_of_the_office(returned: Case) -> None:
    outage = out.confirmed(begins_at=START + DAY, lasts=HOUR)
    for statement in (
        "UPDATE casework_case SET due_at = due_at + interval '1 day' WHERE id = %s",
        "UPDATE casework_case SET place_at = place_at + interval '1 day' WHERE id = %s",
        "UPDATE casework_clockpause SET ended_at = started_at + interval '1 day' WHERE case_id = %s",
    ):
        with pytest.raises(DatabaseError, match="moves no clock of the office"):
            _move_with(outage, returned, statement)


def test_the_database_moves_no_date_without_a_second_person_and_keeps_what_was_declared(
    returned: Case,
) -> None:
    one = out.administrator("Satu")
    outage = out.declared(one, begins_at=START + DAY, ends_at=START + 2 * DAY, at=START + 2 * DAY)
    move = {"outage": outage, "case": returned, "what": "FILE", "since": START, "moved_at": START + 2 * DAY}
    with pytest.raises(DatabaseError, match="by a confirmed outage"), transaction.atomic():
        OutageMove.objects.create(**move, before=START, after=START + DAY)
    with pytest.raises(DatabaseError, match="stays as it is"), transaction.atomic():
        Outage.objects.filter(pk=outage.pk).update(begins_at=START)
    with pytest.raises(DatabaseError, match="outage_is_confirmed_by_another"), transaction.atomic():
        Outage.objects.filter(pk=outage.pk).update(confirmed_by=one, confirmed_at=START + 2 * DAY)
    casework.confirm_outage(outage, actor=out.administrator("Dua"), at=START + 2 * DAY)
    with pytest.raises(DatabaseError, match="brings_no_date_earlier"), transaction.atomic():
        OutageMove.objects.create(**move, before=START + DAY, after=START)


@transaction.atomic
def _move_with(outage: Outage, case: Case, statement: str) -> None:
    ends = START + 30 * DAY
    with connection.cursor() as cursor:
        cursor.execute(statement, [case.pk])
        OutageMove.objects.create(
            outage=outage, case=case, what="FILE", since=START, before=ends, after=ends + DAY, moved_at=ends
        )
        cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")
