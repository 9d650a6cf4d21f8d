"""Who hears of a clock that runs out: each rung once, in order, however often and by how many it is swept."""

from datetime import datetime, timedelta
from threading import Barrier, Thread
from zoneinfo import ZoneInfo

import pytest
import time_machine
from django.db import IntegrityError, connection, transaction

from permits import operations as permits
from services.accounts.models import Hat, User
from services.audit.models import Event
from services.casework import ladder, transitions
from services.casework import operations as casework
from services.casework.models import Case, EscalationHop
from services.casework.operations import escalation
from services.foundation import clock, locks
from services.notifications.models import Notice
from services.outbox import delivery
from services.outbox import queries as outbox
from tests.factories import accounts, government
from tests.factories import casework as cases
from tests.factories.escalation import ladder as with_ladder

WIB = ZoneInfo("Asia/Jakarta")
#: A Monday; the five working days of the service end on Monday the 9th, since nothing is closed in between.
START = datetime(2026, 11, 2, 10, tzinfo=WIB)
HOP = "casework.clock.escalated"


def day(number: int, hour: int = 8, minute: int = 0) -> datetime:
    return datetime(2026, 11, number, hour, minute, tzinfo=WIB)


@pytest.fixture
def reviewed(citizen: User, intake: User, reviewer: User) -> Case:
    """In review since START, on the reviewer's desk, with five working days."""
    with_ladder()
    case = cases.accepted_application(citizen, intake, at=START)
    return casework.take_case(case, actor=reviewer, reason_code="COUNTER", at=START)


def sweep(at: datetime) -> list[tuple[int, str]]:
    casework.escalate_clocks(at=at)
    return list(
        EscalationHop.objects.filter(passed_at=at).order_by("percent").values_list("percent", "tells")
    )


def deliver(at: datetime) -> None:
    """Keep what was promised, a message that makes others too."""
    with time_machine.travel(at, tick=False):
        for _round in range(3):
            for message in outbox.due(clock.now()).values_list("id", flat=True):
                delivery.deliver(message)


def told() -> set[tuple[str, str]]:
    rows = Notice.objects.filter(notice__startswith="casework/time_runs")
    return {(row.recipient.person.name if row.recipient else "", row.notice) for row in rows}


def test_each_rung_comes_in_its_order_while_the_offices_work(reviewed: Case) -> None:
    assert sweep(day(5, 11, 59)) == []
    assert sweep(day(5, 12)) == [(50, "OFFICER")]
    assert sweep(day(9, 7, 59)) == []
    assert sweep(day(9)) == [(80, "SUPERVISOR")]
    assert sweep(day(9, 23)) == []
    assert sweep(day(10)) == [(100, "HEAD")]
    assert sweep(day(11)) == [(120, "HEAD_OF_GOVERNMENT")]
    assert sweep(day(12, 12)) == [(150, "INSPECTORATE")]
    assert sweep(day(30)) == []


def test_each_hop_is_an_event_of_the_case(reviewed: Case) -> None:
    for at in (day(5, 12), day(10), day(10)):
        sweep(at)
    events = Event.objects.filter(action=HOP, subject_key=reviewed.reference)
    assert events.count() == EscalationHop.objects.count() == 3


def test_a_clock_that_was_moved_far_passes_every_rung_once(reviewed: Case) -> None:
    assert [percent for percent, _who in sweep(day(30))] == [50, 80, 100, 120, 150]
    assert sweep(day(30) + timedelta(days=90)) == []


def test_the_officer_and_the_supervisor_get_a_notice_and_nobody_above(
    reviewed: Case, reviewer: User, supervisor: User, executive: User
) -> None:
    casework.escalate_clocks(at=day(5, 12))
    deliver(day(5, 12))
    assert told() == {("Agus Penelaah", "casework/time_runs")}
    casework.escalate_clocks(at=day(30))
    deliver(day(30))
    assert told() == {("Agus Penelaah", "casework/time_runs"), ("Hadi Pengawas", "casework/time_runs")}
    assert (
        "Budi"
        not in Notice.objects.filter(notice="casework/time_runs").values_list("page_html", flat=True)[0]
    )


def test_of_a_file_that_nobody_has_the_supervisor_hears_at_once(
    reviewed: Case, supervisor: User, reviewer: User
) -> None:
    casework.release_case(reviewed, actor=reviewer, at=START)
    casework.escalate_clocks(at=day(5, 12))
    deliver(day(5, 12))
    assert told() == {("Hadi Pengawas", "casework/time_runs")}


def test_a_supervisor_whose_own_matter_it_is_hears_nothing(reviewed: Case, citizen: User) -> None:
    accounts.wearing(citizen, Hat.SUPERVISOR)
    casework.escalate_clocks(at=day(9))
    deliver(day(9))
    assert told() == {("Agus Penelaah", "casework/time_runs")}


def test_while_the_applicant_is_asked_no_rung_is_passed(
    reviewed: Case, citizen: User, reviewer: User
) -> None:
    permits.ask_applicant(reviewed, actor=reviewer, things=cases.a_fact("Berapa?"), at=day(3))
    assert sweep(day(11)) == []
    cases.answered(reviewed, citizen, "Tiga", at=day(11))
    # Six working days stood still, so what would have come on the 5th comes on the 13th.
    assert sweep(day(13, 11)) == []
    assert sweep(day(13, 12)) == [(50, "OFFICER")]


def test_a_holiday_that_came_moves_the_rungs_that_are_still_to_come(reviewed: Case) -> None:
    assert sweep(day(5, 12)) == [(50, "OFFICER")]
    government.with_overrides(government.override("2026-11-06", works=False))
    casework.recompute_open_clocks(at=day(5, 13))
    assert sweep(day(9)) == []
    assert sweep(day(10)) == [(80, "SUPERVISOR")]
    assert Event.objects.filter(action="casework.clock.moved", subject_key=reviewed.reference).exists()


def test_a_service_may_have_a_ladder_of_its_own(reviewed: Case) -> None:
    with_ladder(izin_uji=[(20, "HEAD")])
    assert sweep(day(30)) == [(20, "HEAD")]


def test_without_a_ladder_nobody_is_told(reviewed: Case) -> None:
    casework.set_ladders(ladders={}, at=START)
    assert sweep(day(30)) == []


def test_a_decided_case_has_no_clock(reviewed: Case, reviewer: User, approver: User) -> None:
    case = permits.recommend_application(reviewed, actor=reviewer, recommendation="GRANT", at=day(3))
    casework.take_case(case, actor=approver, reason_code="COUNTER", at=day(3))
    permits.grant_application(case, actor=approver, at=day(3))
    assert sweep(day(30)) == []


def test_of_a_confidential_case_only_its_receivers_hear_and_no_message_says_what(
    reviewed: Case, reviewer: User, intake: User, supervisor: User, executive: User
) -> None:
    Case.objects.filter(pk=reviewed.pk).update(is_confidential=True)
    assert {who for _percent, who in sweep(day(30))} == {"OFFICER"}
    deliver(day(30))
    assert told() == {
        ("Agus Penelaah", "casework/time_runs_sealed"),
        ("Wulan Intake", "casework/time_runs_sealed"),
    }
    for notice in Notice.objects.filter(notice__startswith="casework/time_runs"):
        assert reviewed.reference not in notice.page_html + notice.title + notice.dedupe_key + notice.path
        assert notice.reference == ""


def test_where_another_sweep_is_under_way_this_one_stops(
    reviewed: Case, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(locks, "try_transaction_lock", lambda _name: False)
    assert casework.escalate_clocks(at=day(30)) == 0


def test_the_database_refuses_a_rung_a_second_time(reviewed: Case) -> None:
    sweep(day(5, 12))
    hop = EscalationHop.objects.get()
    hop.pk = None
    with pytest.raises(IntegrityError), transaction.atomic():
        hop.save(force_insert=True)


def test_a_worker_that_is_killed_in_between_leaves_nothing_half_done(
    reviewed: Case, monkeypatch: pytest.MonkeyPatch
) -> None:
    def killed(*_args: object, **_kwargs: object) -> None:
        raise SystemExit

    with monkeypatch.context() as patched:
        patched.setattr(transitions, "promise", killed)
        with pytest.raises(SystemExit):
            casework.escalate_clocks(at=day(5, 12))
    assert not EscalationHop.objects.exists()
    assert not Event.objects.filter(action=HOP).exists()
    assert sweep(day(5, 12)) == [(50, "OFFICER")]


def test_what_one_chunk_has_done_stays_when_the_next_one_dies(
    reviewed: Case, citizen2: User, intake: User, monkeypatch: pytest.MonkeyPatch
) -> None:
    cases.accepted_application(citizen2, intake, version=reviewed.service_version, at=START)
    note, seen = escalation._note, []

    def second_dies(case: Case, *args: object, **kwargs: object) -> int:
        seen.append(case)
        if len(seen) > 1:
            raise SystemExit
        return note(case, *args, **kwargs)  # type: ignore[arg-type]

    with monkeypatch.context() as patched:
        patched.setattr(escalation, "_note", second_dies)
        with pytest.raises(SystemExit):
            casework.escalate_clocks(at=day(5, 12), chunk=1)
    assert EscalationHop.objects.count() == 1
    casework.escalate_clocks(at=day(5, 12), chunk=1)
    assert EscalationHop.objects.count() == Event.objects.filter(action=HOP).count() == 2


@pytest.mark.django_db(transaction=True)
def test_two_beats_at_once_pass_each_rung_once(reviewed: Case) -> None:
    start, problems = Barrier(4), list[BaseException]()

    def beat() -> None:
        try:
            start.wait(timeout=10)
            casework.escalate_clocks(at=day(30))
        except BaseException as problem:  # noqa: BLE001 (told to the test's own thread)
            problems.append(problem)
        finally:
            connection.close()

    threads = [Thread(target=beat) for _beat in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(timeout=60)
    assert not problems
    assert EscalationHop.objects.filter(case=reviewed).count() == 5
    assert Event.objects.filter(action=HOP).count() == 5


def test_a_sweep_asks_no_more_for_many_clocks_that_have_nothing_due(
    reviewed: Case, citizen2: User, intake: User, django_assert_num_queries: pytest.FixtureRequest
) -> None:
    cases.accepted_application(citizen2, intake, version=reviewed.service_version, at=START)
    ladder.rungs()
    with django_assert_num_queries(7):  # type: ignore[operator]
        casework.escalate_clocks(at=clock.now() - timedelta(days=3650))
