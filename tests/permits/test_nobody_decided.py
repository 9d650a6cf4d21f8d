"""What nobody decided in time is noted, or granted by operation of law where the service says so: once, and with evidence."""

import hashlib
from datetime import datetime, timedelta
from threading import Barrier, Thread
from typing import Any
from zoneinfo import ZoneInfo

import pytest
import time_machine
from django.db import DatabaseError, connection, transaction
from django.test import Client
from pydantic import ValidationError

from permits import operations as permits
from permits.workflow import GRANT_BY_LAW
from services.accounts.models import Hat, User
from services.audit.canonical import canonical
from services.audit.models import Event
from services.casework import operations as casework
from services.casework import policies, transitions
from services.casework.models import Case, Expiry, Review
from services.catalogue.definition import ServiceDefinition
from services.documents.models import Certificate
from services.foundation import clock
from services.government.models import Agency
from services.notifications.models import Notice
from services.outbox import delivery
from services.outbox import queries as outbox
from tests.factories import accounts, catalogue, government, reviews
from tests.factories import casework as cases

WIB = ZoneInfo("Asia/Jakarta")
#: A Monday; the five working days of the service end with Monday the 9th.
START = datetime(2026, 11, 2, 10, tzinfo=WIB)
IN_TIME = datetime(2026, 11, 9, 23, 59, 59, tzinfo=WIB)
PASSED = datetime(2026, 11, 10, 0, 5, tzinfo=WIB)
BY_LAW = "permits.application.granted_by_law"
NOTED = "casework.clock.expired"


def complete(citizen: User, intake: User, **changes: Any) -> Case:
    """A complete application of a service with these changes, its clock running since START."""
    version = catalogue.published_version(**{"slug": "izin-diam", **changes})
    return cases.accepted_application(citizen, intake, at=START, version=version)


@pytest.fixture
def granting(citizen: User, intake: User) -> Case:
    """A complete application that counts as granted when nobody decides."""
    return complete(citizen, intake, deemed_approval="auto_issue")


@pytest.fixture
def noting(citizen: User, intake: User) -> Case:
    """A complete application whose delay is told to the inspectorate."""
    return complete(citizen, intake, deemed_approval="flag_only")


@pytest.fixture
def inspectorate() -> User:
    """A reviewer of the inspectorate."""
    Agency.objects.create(
        code="inspektorat", name={"id": "Inspektorat"}, short_name={"id": "Inspektorat"}, role="INSPECTORATE"
    )
    return accounts.officer("Indra Auditor", Hat.REVIEWER, agency_code="inspektorat")


def settle() -> None:
    """Let the deferred triggers speak now, as they would at the commit."""
    with connection.cursor() as cursor:
        cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")
        cursor.execute("SET CONSTRAINTS ALL DEFERRED")


def grant_anyway(case: Case) -> None:
    """Take the law's road without its evidence, up to the commit."""
    transitions.apply(case, GRANT_BY_LAW, actor=None, at=PASSED, changes={"outcome": "GRANTED"})
    settle()


def deliver(at: datetime) -> None:
    """Keep what was promised, a message that makes others too."""
    with time_machine.travel(at, tick=False):
        for _round in range(3):
            for message in outbox.due(clock.now()).values_list("id", flat=True):
                delivery.deliver(message)


def told(notice: str) -> set[str]:
    rows = Notice.objects.filter(notice=notice)
    return {row.recipient.person.name for row in rows if row.recipient}


def events(case: Case, action: str) -> int:
    return Event.objects.filter(action=action, subject_key=case.reference).count()


def test_until_the_last_second_of_the_date_nothing_happens(granting: Case) -> None:
    assert casework.expire_clocks(at=IN_TIME) == 0
    granting.refresh_from_db()
    assert granting.status == "IN_REVIEW"


def test_a_step_that_may_still_be_undone_is_waited_for(citizen: User, intake: User) -> None:
    version = catalogue.published_version(slug="izin-diam", deemed_approval="auto_issue", undo_seconds=600)
    case = cases.accepted_application(citizen, intake, at=START, version=version)
    Case.objects.filter(pk=case.pk).update(undo_until=PASSED + timedelta(minutes=1))
    assert casework.expire_clocks(at=PASSED) == 0
    assert casework.expire_clocks(at=PASSED + timedelta(minutes=1)) == 1


def test_what_the_law_grants_need_not_be_reviewed_any_longer(citizen: User, intake: User) -> None:
    accounts.agency("dishub")
    case = complete(citizen, intake, **{**reviews.SHAPE, "deemed_approval": "auto_issue"})
    assert casework.expire_clocks(at=PASSED) == 1
    assert {row.state for row in case.reviews.all()} == {Review.State.CANCELLED}


def test_what_nobody_decided_counts_as_granted(granting: Case) -> None:
    assert casework.expire_clocks(at=PASSED) == 1
    settle()
    granting.refresh_from_db()
    assert (granting.status, granting.outcome, granting.decided_by) == ("GRANTED", "GRANTED", None)
    assert granting.is_granted_by_law
    assert granting.decided_at == PASSED
    assert events(granting, BY_LAW) == 1


def test_the_signatory_who_has_it_on_the_desk_does_not_hold_it_back(
    granting: Case, reviewer: User, approver: User
) -> None:
    case = casework.take_case(granting, actor=reviewer, at=START)
    case = permits.recommend_application(
        case, actor=reviewer, recommendation="REFUSE", reason_code="FORBIDDEN_PLACE", at=START
    )
    casework.take_case(case, actor=approver, at=START)
    casework.expire_clocks(at=PASSED)
    settle()
    case.refresh_from_db()
    assert (case.status, case.assignee) == ("GRANTED", None)


def test_the_certificate_is_of_its_own_kind_and_names_no_signatory(granting: Case) -> None:
    casework.expire_clocks(at=PASSED)
    deliver(PASSED)
    paper = Certificate.objects.get(reference=granting.reference)
    assert paper.content["by_law"] is True
    assert paper.content["signatory"]["name"] == ""
    assert "by operation of law" in paper.title["en"]
    assert "9 November 2026" in paper.content["body"]["en"]
    assert paper.title["id"] != paper.title["en"]


def test_the_applicant_the_head_and_the_inspectorate_are_told(
    granting: Case, citizen: User, executive: User, inspectorate: User
) -> None:
    casework.expire_clocks(at=PASSED)
    deliver(PASSED)
    assert told("applications/granted_by_law") == {citizen.person.name}
    assert told("casework/nobody_decided") == {executive.person.name, inspectorate.person.name}


def test_where_silence_grants_nothing_it_is_noted_and_told_to_the_inspectorate(
    noting: Case, executive: User, inspectorate: User
) -> None:
    assert casework.expire_clocks(at=PASSED) == 1
    deliver(PASSED)
    noting.refresh_from_db()
    assert noting.status == "IN_REVIEW"
    assert events(noting, NOTED) == 1
    assert told("casework/nobody_decided") == {inspectorate.person.name}


def test_where_the_service_says_none_nothing_follows(citizen: User, intake: User) -> None:
    complete(citizen, intake, deemed_approval="none")
    assert casework.expire_clocks(at=PASSED) == 0


def test_sweeping_again_finds_nothing(granting: Case, citizen2: User, intake: User) -> None:
    cases.accepted_application(citizen2, intake, at=START, version=granting.service_version)
    assert casework.expire_clocks(at=PASSED, chunk=1) == 2
    assert casework.expire_clocks(at=PASSED + timedelta(days=30), chunk=1) == 0
    assert Expiry.objects.count() == 2


def test_an_open_request_stops_the_clock(granting: Case, citizen: User, reviewer: User) -> None:
    case = casework.take_case(granting, actor=reviewer, at=START)
    case = permits.ask_applicant(case, actor=reviewer, things=cases.a_fact("Berapa?"), at=START)
    assert casework.expire_clocks(at=PASSED) == 0
    cases.answered(case, citizen, "Tiga", at=PASSED)
    assert casework.expire_clocks(at=PASSED + timedelta(hours=1)) == 0
    assert casework.expire_clocks(at=PASSED + timedelta(days=9)) == 1
    clock_as_it_ran = Expiry.objects.get().evidence
    assert [pause["cause"] for pause in clock_as_it_ran["pauses"]] == ["WAITING_APPLICANT"]


def test_a_holiday_that_came_counts_before_the_dates_are_computed_again(granting: Case) -> None:
    government.with_overrides(government.override("2026-11-06", works=False))
    assert casework.expire_clocks(at=PASSED) == 0
    casework.recompute_open_clocks(at=PASSED)
    assert casework.expire_clocks(at=PASSED + timedelta(days=1)) == 1
    assert Expiry.objects.get().evidence["closed_days"] == [{"day": "2026-11-06", "why": "CLOSED"}]


def test_a_holiday_that_comes_later_takes_the_mark_away_until_the_new_date(noting: Case) -> None:
    casework.expire_clocks(at=PASSED)
    government.with_overrides(
        government.override("2026-11-10", works=False), government.override("2026-11-06", works=False)
    )
    casework.recompute_open_clocks(at=PASSED)
    assert casework.expire_clocks(at=PASSED) == 0
    assert casework.expire_clocks(at=PASSED + timedelta(days=2)) == 1
    assert Expiry.objects.filter(case=noting).count() == 2


def test_the_evidence_is_the_clock_and_its_digest(granting: Case) -> None:
    casework.expire_clocks(at=PASSED)
    expiry = Expiry.objects.get()
    assert expiry.evidence["time"] == {"amount": 5, "unit": "WORKING_DAY"}
    assert expiry.evidence["started_at"] == "2026-11-02T03:00:00.000000Z"
    assert expiry.evidence["due_at"] == "2026-11-09T16:59:59.000000Z"
    assert expiry.digest == hashlib.sha256(canonical(expiry.evidence).encode()).hexdigest()


def test_a_pack_cannot_let_silence_decide_what_protects_people() -> None:
    for barred in ({"protects": ["safety"]}, {"protects": ["environment"]}, {"fee": {"amount": 1000}}):
        with pytest.raises(ValidationError, match="auto_issue"):
            ServiceDefinition.model_validate(catalogue.definition(deemed_approval="auto_issue", **barred))


def test_what_is_excluded_by_the_version_in_force_is_not_granted_either(granting: Case) -> None:
    catalogue.published_version(
        slug="izin-diam", deemed_approval="none", protects=["safety"], published="2026-11-04"
    )
    assert casework.expire_clocks(at=PASSED) == 1
    granting.refresh_from_db()
    assert granting.status == "IN_REVIEW"
    assert Expiry.objects.get().mode == "FLAG_ONLY"


def test_nobody_else_takes_this_road_and_the_database_asks_for_the_evidence(
    granting: Case, approver: User
) -> None:
    with pytest.raises(policies.UnableToAct):
        transitions.apply(granting, GRANT_BY_LAW, actor=approver, at=PASSED)
    with pytest.raises(DatabaseError, match="not granted by the law"), transaction.atomic():
        grant_anyway(granting)


def test_the_applicant_reads_what_happens_and_gets_the_evidence(granting: Case, citizen: User) -> None:
    reader = Client()
    reader.force_login(citizen)
    address = f"/cases/{granting.reference}/"
    with time_machine.travel(IN_TIME, tick=False):
        assert "dianggap dikabulkan menurut hukum" in reader.get(address).content.decode()
        assert reader.get(f"{address}clock/").status_code == 404
    casework.expire_clocks(at=PASSED)
    with time_machine.travel(PASSED, tick=False):
        assert "Dikabulkan menurut hukum" in reader.get(address).content.decode()
        given = reader.get(f"{address}clock/")
    assert hashlib.sha256(given.content).hexdigest() == Expiry.objects.get().digest


def test_the_inspectorate_gets_the_evidence_and_a_stranger_does_not(
    noting: Case, inspectorate: User, citizen2: User
) -> None:
    casework.expire_clocks(at=PASSED)
    address = f"/admin/casework/case/{noting.reference}/clock/"
    for user, status in ((inspectorate, 200), (citizen2, 404)):
        reader = Client()
        reader.force_login(user)
        with time_machine.travel(PASSED, tick=False):
            assert reader.get(address).status_code in ({200} if status == 200 else {302, 404})


@pytest.mark.django_db(transaction=True)
def test_two_sweeps_at_once_grant_one_case_once(citizen: User, intake: User) -> None:
    case = complete(citizen, intake, deemed_approval="auto_issue")
    start, done = Barrier(2), []

    def sweep() -> None:
        start.wait()
        done.append(casework.expire_clocks(at=PASSED))
        connection.close()

    threads = [Thread(target=sweep) for _ in range(2)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert sum(done) == 1
    assert (events(case, BY_LAW), Expiry.objects.count()) == (1, 1)
