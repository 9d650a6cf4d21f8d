"""The machine grants what has just been sent, where the service lets it and every check has passed; nothing else."""

from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
from django.db import DatabaseError, connection, transaction

from permits import operations as permits
from permits.workflow import GRANT_BY_MACHINE
from services.accounts.models import User
from services.casework import operations as casework
from services.casework import queries, timeline, transitions
from services.casework.models import Case, CheckResult
from services.documents.models import Certificate
from services.foundation import clock
from services.notifications.models import Notice
from services.outbox.models import Message
from tests.factories import casework as cases
from tests.factories import machine

CHECKED = "permits.application.submitted"


def settle() -> None:
    """Let the deferred triggers speak now, as they would at the commit."""
    with connection.cursor() as cursor:
        cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")
        cursor.execute("SET CONSTRAINTS ALL DEFERRED")


def write(case: Case, **columns: Any) -> None:
    """What somebody with the web role's password could write, up to the commit."""
    Case.objects.filter(pk=case.pk).update(**columns)
    settle()


def grant_anyway(case: Case) -> None:
    """Take the machine's road, whatever its checks have found, up to the commit."""
    changes = {"complete_at": clock.now(), "outcome": "GRANTED"}
    transitions.apply(case, GRANT_BY_MACHINE, actor=None, at=clock.now(), changes=changes)
    settle()


def actions(case: Case) -> list[str]:
    return [step.action for step in queries.timeline(case)]


def results(case: Case) -> dict[str, str]:
    return dict(case.check_results.filter(round=case.rounds).values_list("check_name", "result"))


@pytest.fixture
def known(citizen: User) -> User:
    """A citizen whose NIK is on file."""
    machine.known(citizen)
    return citizen


def test_where_every_check_passes_the_machine_grants_at_once(known: User) -> None:
    case = casework.check_case(machine.sent(known), at=clock.now())
    settle()

    assert (case.status, case.outcome) == ("GRANTED", "GRANTED")
    assert case.decided_by is None
    assert case.complete_at == case.decided_at == case.status_at
    assert results(case) == dict.fromkeys(machine.CHECKS, "PASSED")


def test_the_event_names_each_check_and_its_result(known: User) -> None:
    case = casework.check_case(machine.sent(known), at=clock.now())
    step = queries.timeline(case)[-1]

    assert step.action == "permits.application.granted_by_machine"
    assert step.details["checks"] == dict.fromkeys(machine.CHECKS, "PASSED")
    assert step.hat == ""


def test_one_check_that_fails_leaves_the_case_to_a_person(citizen: User, intake: User) -> None:
    case = casework.check_case(machine.sent(citizen), at=clock.now())
    settle()

    assert case.status == "SUBMITTED"
    assert case.decided_at is None
    assert results(case)["identity_known"] == "FAILED"
    assert actions(case)[-1] == "casework.case.checked"
    taken = casework.take_next_case(actor=intake, agency=case.agency, hat="INTAKE", at=clock.now())
    assert taken.reference == case.reference


def test_what_is_not_known_is_never_granted_and_never_refused(known: User) -> None:
    checks = ["identity_known", "registry_name_matches"]
    case = casework.check_case(machine.sent(known, checks=checks), at=clock.now())

    assert case.status == "SUBMITTED"
    assert results(case) == {"identity_known": "PASSED", "registry_name_matches": "UNKNOWN"}


def test_where_people_decide_the_checks_only_help_them(known: User) -> None:
    case = casework.check_case(machine.sent(known, decided_by="people"), at=clock.now())

    assert case.status == "SUBMITTED"
    assert set(results(case).values()) == {"PASSED"}


def test_a_service_without_checks_is_left_alone(known: User) -> None:
    case = casework.check_case(cases.submitted_application(known), at=clock.now())

    assert case.status == "SUBMITTED"
    assert results(case) == {}
    assert actions(case)[-1] == "permits.application.submitted"


def test_looking_twice_at_one_sending_changes_nothing(known: User, citizen2: User) -> None:
    granted, left = machine.sent(known), machine.sent(citizen2)
    for case in (granted, left, granted, left):
        casework.check_case(case, at=clock.now())

    assert actions(granted).count("permits.application.granted_by_machine") == 1
    assert actions(left).count("casework.case.checked") == 1
    assert CheckResult.objects.count() == 2 * len(machine.CHECKS)


def test_a_withdrawn_case_is_not_granted(known: User) -> None:
    case = machine.sent(known)
    permits.withdraw_application(case, actor=known, at=clock.now())
    left = casework.check_case(case, at=clock.now())

    assert left.status == "WITHDRAWN"
    assert results(left) == {}


def test_what_changes_before_the_lock_counts(known: User) -> None:
    case = machine.sent(known)
    cases.submitted_application(known, version=case.service_version)
    left = casework.check_case(case, at=clock.now())

    assert results(left)["no_open_duplicate"] == "FAILED"
    assert left.status == "SUBMITTED"


def test_a_case_that_an_officer_accepted_meanwhile_is_theirs(known: User, intake: User) -> None:
    case = machine.sent(known)
    casework.take_case(case, actor=intake, at=clock.now())
    permits.accept_application(case, actor=intake, at=clock.now())

    assert casework.check_case(case, at=clock.now()).status == "IN_REVIEW"


def test_a_mended_file_is_looked_at_again_and_granted(citizen: User, intake: User) -> None:
    now = clock.now()
    case = machine.sent(citizen, at=now)
    casework.check_case(case, at=now)
    casework.take_case(case, actor=intake, at=now)
    permits.return_application(case, actor=intake, defects=[cases.WRONG_TEXT], at=now)
    machine.known(citizen)
    casework.remember_answers(case, actor=citizen, answers={"shown_text": "Warung Baru"}, at=now)
    again = permits.resubmit_application(case, actor=citizen, at=now)
    granted = casework.check_case(again, at=now)
    settle()

    assert granted.status == "GRANTED"
    assert granted.check_results.filter(round=1, result="FAILED").exists()
    assert results(granted) == dict.fromkeys(machine.CHECKS, "PASSED")


def test_the_database_refuses_a_decision_by_nobody(known: User, intake: User, reviewer: User) -> None:
    case = cases.recommended_application(known, intake, reviewer)
    settle()
    with pytest.raises(DatabaseError, match="not by the machine"), transaction.atomic():
        write(case, decided_at=clock.now(), outcome="GRANTED")


def test_the_database_refuses_a_decision_of_the_machine_without_its_checks(known: User) -> None:
    case = machine.sent(known, checks=["identity_known", "registry_name_matches"])
    casework.check_case(case, at=clock.now())
    with pytest.raises(DatabaseError, match="only when every check has passed"), transaction.atomic():
        grant_anyway(case)


def test_the_database_refuses_a_refusal_by_nobody(known: User, intake: User, reviewer: User) -> None:
    case = cases.recommended_application(known, intake, reviewer)
    with pytest.raises(DatabaseError, match="the_machine_never_refuses"), transaction.atomic():
        write(case, decided_at=clock.now(), outcome="REFUSED", reason_code="FORBIDDEN_PLACE")


def test_what_a_check_found_is_never_changed(known: User) -> None:
    casework.check_case(machine.sent(known), at=clock.now())
    with pytest.raises(DatabaseError, match="permission denied"), transaction.atomic():
        CheckResult.objects.update(result="PASSED")


def test_from_sending_to_the_certificate_by_promises_alone(
    known: User, deliver_outbox: Callable[[], int]
) -> None:
    case = machine.sent(known)
    deliver_outbox()
    case.refresh_from_db()
    certificate = Certificate.objects.get(reference=case.reference)

    assert case.status == "ISSUED"
    assert certificate.is_signed
    assert certificate.signer == Certificate.Signer.SEAL
    told = {notice.notice for notice in Notice.objects.all()}
    assert told >= {"applications/granted_by_machine", "applications/issued"}


def test_the_paper_and_the_letter_name_each_check_in_place_of_a_signatory(
    known: User, deliver_outbox: Callable[[], int]
) -> None:
    case = machine.sent(known)
    deliver_outbox()
    content = Certificate.objects.get(reference=case.reference).content

    assert content["signatory"]["name"] == ""
    assert "UU 30/2014" in content["signatory"]["role"]["id"]
    assert [check["en"] for check in content["checks"]] == [
        "The applicant's NIK is known",
        "The documents are complete",
        "Nothing else of the same kind is open",
        "The applicant declared that all is true",
    ]
    letter = Notice.objects.get(notice="applications/granted_by_machine").page_html
    assert "UU 30/2014" in letter
    assert "NIK pemohon diketahui" in letter


def test_a_promise_delivered_twice_grants_once(known: User, deliver_outbox: Callable[[], int]) -> None:
    case = machine.sent(known)
    deliver_outbox()
    Message.objects.filter(topic=CHECKED).update(done_at=None, attempts=0, due_at=clock.now())
    deliver_outbox()

    assert actions(case).count("permits.application.granted_by_machine") == 1
    assert Certificate.objects.filter(reference=case.reference).count() == 1


def test_the_history_says_that_the_system_decided(known: User) -> None:
    case = casework.check_case(machine.sent(known), at=clock.now())
    line = timeline.for_citizen(case, queries.timeline(case))[-1]

    assert "Sistem mengabulkan" in line.sentence
    assert line.by == "Sistem"


def test_the_machine_never_looks_before_it_was_sent(known: User) -> None:
    case = cases.filled_application(known, version=machine.service())

    assert casework.check_case(case, at=clock.now() + timedelta(days=1)).status == "DRAFT"
