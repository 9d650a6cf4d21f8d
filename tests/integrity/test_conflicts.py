"""Conflicts of interest: what an officer declares keeps them out of the matching cases, in the program and the database."""

from datetime import timedelta
from typing import Any

import pytest
from django.db import DatabaseError, transaction

from permits import operations as permits
from services.accounts.models import User
from services.audit.models import Event
from services.casework import operations as casework
from services.casework import policies
from services.casework.models import Case
from services.casework.policies import InConflict
from services.foundation import clock
from services.integrity.conflicts import operations
from services.integrity.models import Interest, Refusal, Rule
from tests.factories import casework as cases
from tests.factories import complaints
from tests.factories import licensing as licences
from tests.integrity.interests import relative, rule_that_refuses, take, waits_for, with_nik


@pytest.fixture
def file(citizen: User, intake: User) -> Case:
    """A permit that waits for a reviewer; its applicant's NIK is on file."""
    with_nik(citizen)
    return cases.accepted_application(citizen, intake)


def test_without_a_conflict_the_case_is_taken(file: Case, reviewer: User) -> None:
    relative(reviewer, nik="3578010101800000")
    assert waits_for(file, reviewer)
    assert take(file, reviewer).assignee == reviewer


def test_a_relative_is_known_by_nik(file: Case, reviewer: User, reviewer2: User) -> None:
    relative(reviewer)
    assert rule_that_refuses(file, reviewer) == Rule.NIK
    assert not waits_for(file, reviewer)
    assert waits_for(file, reviewer2)


def test_a_relative_is_known_by_the_phone_of_the_login(file: Case, citizen: User, reviewer: User) -> None:
    relative(reviewer, nik="", phone=str(citizen.phone))
    assert rule_that_refuses(file, reviewer) == Rule.PHONE
    assert not waits_for(file, reviewer)


def test_an_own_nik_needs_no_declaration(file: Case, reviewer: User) -> None:
    with_nik(reviewer)
    assert rule_that_refuses(file, reviewer) == Rule.OWN_NIK


def test_a_helper_counts_as_the_applicant_does(file: Case, citizen2: User, reviewer: User) -> None:
    Case.objects.filter(pk=file.pk).update(helper=citizen2, helper_relation="FAMILY")
    relative(reviewer, nik="", phone=str(citizen2.phone))
    assert rule_that_refuses(file, reviewer) == Rule.PHONE


@pytest.mark.parametrize("line", [{"name": "bakso pak slamet"}, {"name": "Lain", "nib": licences.NIB}])
def test_a_business_is_known_by_nib_or_whole_name(citizen: User, intake: User, line: dict[str, Any]) -> None:
    case = licences_sent(citizen)
    operations.declare_interest(user=intake, kind="COMPANY", at=clock.now(), **line)
    assert rule_that_refuses(case, intake) == Rule.COMPANY
    assert not waits_for(case, intake)


def licences_sent(owner: User) -> Case:
    return licences.sent(owner, of=licences.business(owner, nib=licences.NIB))


def test_a_line_counts_until_its_last_day_and_not_before_its_first(file: Case, reviewer: User) -> None:
    today = clock.local_date(clock.now())
    line = relative(reviewer, valid_from=today - timedelta(days=3), valid_until=today)
    assert rule_that_refuses(file, reviewer) == Rule.NIK
    Interest.objects.filter(pk=line.pk).update(valid_until=today - timedelta(days=1))
    assert take(file, reviewer).assignee == reviewer


def test_it_is_asked_again_when_the_case_is_acted_on(file: Case, reviewer: User) -> None:
    taken = take(file, reviewer)
    relative(reviewer)
    with pytest.raises(InConflict):
        permits.recommend_application(taken, actor=reviewer, recommendation="GRANT", at=clock.now())
    assert not Event.objects.filter(subject_key=file.reference, action__endswith="recommended").exists()


def test_whoever_decides_is_asked_too(file: Case, reviewer: User, approver: User) -> None:
    taken = take(file, reviewer)
    ready = permits.recommend_application(taken, actor=reviewer, recommendation="GRANT", at=clock.now())
    taken = take(ready, approver)
    relative(approver)
    with pytest.raises(InConflict):
        permits.grant_application(taken, actor=approver, at=clock.now())


def test_take_next_passes_it_by(file: Case, reviewer: User) -> None:
    relative(reviewer)
    with pytest.raises(casework.UnableToHandle) as refusal:
        casework.take_next_case(actor=reviewer, agency=file.agency, hat="REVIEWER", at=clock.now())
    assert refusal.value.code == "queue_empty"


def test_the_citizen_side_is_not_asked(file: Case, citizen: User) -> None:
    relative(citizen)
    assert policies.hats_for(citizen, file, clock.now()) == {"APPLICANT"}
    assert not Refusal.objects.exists()


@pytest.mark.parametrize("field", ["assignee", "recommended_by", "decided_by"])
def test_the_database_keeps_them_out_too(file: Case, reviewer: User, field: str) -> None:
    relative(reviewer)
    with pytest.raises(DatabaseError, match="conflict of interest"), transaction.atomic():
        Case.objects.filter(pk=file.pk).update(**{field: reviewer})


def test_the_database_keeps_out_whoever_stepped_back_and_looks_at_nobody_else(
    file: Case, reviewer: User, reviewer2: User
) -> None:
    Case.objects.filter(pk=file.pk).update(recommended_by=reviewer)
    operations.step_back(reference=file.reference, user=reviewer, reason="Ipar saya.", at=clock.now())
    with pytest.raises(DatabaseError, match="stepped back"), transaction.atomic():
        Case.objects.filter(pk=file.pk).update(assignee=reviewer)
    assert Case.objects.filter(pk=file.pk).update(assignee=reviewer2) == 1


def test_certificates_messages_and_late_defects_are_shut_too(
    citizen: User, intake: User, reviewer: User, approver: User, supervisor: User
) -> None:
    with_nik(citizen)
    case = cases.accepted_application(citizen, intake)
    report = complaints.received_report()
    for officer in (approver, supervisor, intake):
        relative(officer)
        operations.step_back(reference=report.reference, user=officer, reason="Ipar.", at=clock.now())
    with pytest.raises(InConflict):
        casework.allow_late_defects(case, actor=supervisor, reason="Perlu.", at=clock.now())
    with pytest.raises(InConflict):
        casework.revoke_certificate(case, actor=approver, reason="Salah.", at=clock.now())
    with pytest.raises(InConflict):
        casework.write_message(report, actor=intake, words="Halo.", at=clock.now())
