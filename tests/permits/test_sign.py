"""A paper that a person signs: it waits for them, is granted with their signature, or goes back with a reason."""

from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
from django.db import DatabaseError, connection, transaction

from permits import operations as permits
from services.accounts.models import User
from services.casework import operations as casework
from services.casework import papers, queries
from services.casework.models import Case, Holding
from services.casework.operations import UnableToHandle
from services.casework.policies import UnableToAct
from services.casework.transitions import UnableToMove
from services.documents import queries as documents
from services.documents.models import Certificate
from services.foundation import clock
from services.notifications.models import Notice
from tests.factories import casework as cases
from tests.factories import signing

Deliver = Callable[[], int]
Officers = tuple[User, User, User]


@pytest.fixture
def officers(intake: User, reviewer: User, approver: User) -> Officers:
    return intake, reviewer, approver


@pytest.fixture
def waiting(citizen: User, officers: Officers) -> Case:
    return signing.to_sign(citizen, *officers)


def told(case: Case) -> int:
    return Notice.objects.filter(notice="applications/granted", reference=case.reference).count()


def event(case: Case, name: str) -> Any:
    return next(row for row in queries.timeline(case) if row.action == f"permits.application.{name}")


def test_a_decision_waits_for_its_signature_and_nobody_is_told(
    waiting: Case, deliver_outbox: Deliver
) -> None:
    deliver_outbox()
    assert (waiting.status, waiting.signer_hat, waiting.decided_at) == ("TO_SIGN", "EXECUTIVE", None)
    assert waiting.outcome == ""
    assert documents.certificate_of(waiting.reference) is None
    assert told(waiting) == 0


def test_the_signature_grants_it_and_the_paper_names_the_signer(
    waiting: Case, executive: User, approver: User, deliver_outbox: Deliver
) -> None:
    at = clock.now()
    signed = signing.sign(waiting, actor=executive, at=at)
    assert (signed.status, signed.outcome, signed.decided_at) == ("GRANTED", "GRANTED", at)
    assert (signed.decided_by, signed.signed_by) == (approver, executive)
    deliver_outbox()
    certificate = documents.certificate_of(waiting.reference)
    assert certificate is not None
    assert (certificate.signer, certificate.state) == (Certificate.Signer.PERSONAL, Certificate.State.SIGNED)
    signatory = certificate.content["signatory"]
    assert signatory["name"] == executive.person.name
    assert signatory["role"]["en"].startswith("Head of ")
    assert signatory["in_person"] is True
    assert told(waiting) == 1
    assert Case.objects.get(pk=waiting.pk).status == "ISSUED"


def test_the_record_keeps_whether_the_signer_had_opened_the_paper(
    citizen: User, citizen2: User, officers: Officers, executive: User, waiting: Case
) -> None:
    other = signing.to_sign(citizen2, *officers, version=waiting.service_version)
    opened_at = clock.now()
    casework.record_opening(other, viewer=executive, hat="EXECUTIVE", at=opened_at, what=papers.PAPER)
    for case in (waiting, other):
        signing.sign(case, actor=executive, at=clock.now())
    assert event(waiting, "signed").details["opened_at"] == "never"
    assert event(other, "signed").details["opened_at"] == opened_at.isoformat()


def test_an_opening_before_the_paper_went_back_does_not_count(
    waiting: Case, executive: User, approver: User
) -> None:
    casework.record_opening(waiting, viewer=executive, hat="EXECUTIVE", at=clock.now(), what=papers.PAPER)
    back = signing.decline(waiting, actor=executive, reason="Nama jalan keliru.", at=clock.now())
    again = signing.grant_for_signature(back, actor=approver, at=clock.now() + timedelta(seconds=1))
    assert papers.opened_by(executive, [again]) == {}


def test_whoever_decided_may_sign_where_the_version_says_so(citizen: User, officers: Officers) -> None:
    case = signing.to_sign(citizen, *officers, version=signing.signed_service("APPROVER"))
    assert signing.sign(case, actor=officers[2], at=clock.now()).signed_by == officers[2]


def test_a_refused_signature_comes_back_to_whoever_decided(
    waiting: Case, executive: User, approver: User
) -> None:
    back = signing.decline(waiting, actor=executive, reason="Nama jalan keliru.", at=clock.now())
    assert (back.status, back.assignee, back.decided_by, back.signer_hat) == (
        "READY_FOR_DECISION",
        approver,
        None,
        "",
    )
    assert Holding.objects.filter(case=back, officer=approver, left_at=None).count() == 1
    assert event(back, "sent_back_unsigned").details["reason"] == "Nama jalan keliru."
    refused = permits.refuse_application(back, actor=approver, reason_code="FORBIDDEN_PLACE", at=clock.now())
    assert refused.status == "REFUSED"


def test_it_goes_into_the_queue_where_the_decider_is_gone(
    waiting: Case, executive: User, approver: User
) -> None:
    approver.memberships.update(state="ENDED", ended_at=clock.now(), valid_until=clock.today())
    assert signing.decline(waiting, actor=executive, reason="Keliru.", at=clock.now()).assignee is None


def test_a_refusal_to_sign_says_why(waiting: Case, executive: User) -> None:
    with pytest.raises(UnableToHandle) as refusal:
        signing.decline(waiting, actor=executive, reason="  ", at=clock.now())
    assert (refusal.value.code, refusal.value.field) == ("words", "reason")


def test_the_decision_can_be_undone_before_anybody_signs(
    citizen: User, officers: Officers, executive: User
) -> None:
    at = clock.now()
    version = signing.signed_service(undo_seconds=600)
    accepted = cases.accepted_application(citizen, officers[0], version=version, at=at - timedelta(days=2))
    before = at - timedelta(days=1)
    casework.take_case(accepted, actor=officers[1], reason_code="COUNTER", at=before)
    recommended = permits.recommend_application(
        accepted, actor=officers[1], recommendation="GRANT", at=before
    )
    casework.take_case(recommended, actor=officers[2], reason_code="COUNTER", at=at)
    granted = signing.grant_for_signature(recommended, actor=officers[2], at=at)
    assert list(papers.waiting(executive, at=at)) == []
    with pytest.raises(UnableToMove):
        signing.sign(granted, actor=executive, at=at)
    undone = casework.undo_step(granted, actor=officers[2], at=at + timedelta(seconds=5))
    assert (undone.status, undone.signer_hat, undone.decided_by) == ("READY_FOR_DECISION", "", None)


def test_one_that_cannot_be_signed_takes_no_other_with_it(
    citizen: User, citizen2: User, officers: Officers, executive: User, waiting: Case
) -> None:
    other = signing.to_sign(citizen2, *officers, version=waiting.service_version)
    chosen = {
        other.reference: other.row_version + 7,
        waiting.reference: waiting.row_version,
        "P-00000-00000": 1,
    }
    done = casework.sign_papers(chosen, actor=executive, at=clock.now())
    assert [case.reference for case in done.cases] == [waiting.reference]
    assert set(done.refused) == {other.reference, "P-00000-00000"}
    again = casework.sign_papers(chosen, actor=executive, at=clock.now())
    assert again.cases == []
    assert len([row for row in queries.timeline(waiting) if row.action.endswith(".signed")]) == 1


def test_a_grant_takes_the_road_that_its_version_says(
    citizen: User, citizen2: User, officers: Officers
) -> None:
    at = clock.now()
    sealed = cases.recommended_application(citizen, *officers[:2], at=at)
    signed = cases.recommended_application(citizen2, *officers[:2], version=signing.signed_service(), at=at)
    for case in (sealed, signed):
        casework.take_case(case, actor=officers[2], reason_code="COUNTER", at=at)
    for case, grant in ((sealed, signing.grant_for_signature), (signed, permits.grant_application)):
        with pytest.raises(UnableToAct) as refusal:
            grant(case, actor=officers[2], at=at)
        assert refusal.value.code == "signature"


def test_the_database_knows_who_may_not_sign(waiting: Case, reviewer: User, citizen: User) -> None:
    for user in (reviewer, citizen):
        with pytest.raises(DatabaseError), transaction.atomic(), connection.cursor() as cursor:
            cursor.execute(
                "UPDATE casework_case SET signed_by_id = %s, status = 'GRANTED', outcome = 'GRANTED',"
                " row_version = row_version + 1 WHERE id = %s",
                [user.pk, waiting.pk],
            )


def test_a_signature_is_never_missing_under_what_was_to_be_signed(waiting: Case) -> None:
    with pytest.raises(DatabaseError), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(
            "UPDATE casework_case SET status = 'GRANTED', outcome = 'GRANTED', row_version = row_version + 1"
            " WHERE id = %s",
            [waiting.pk],
        )


def test_what_nobody_signs_in_time_the_law_may_grant(
    citizen: User, officers: Officers, deliver_outbox: Deliver
) -> None:
    version = signing.signed_service(deemed_approval="auto_issue")
    at = clock.now() - timedelta(days=30)
    case = signing.to_sign(citizen, *officers, version=version, at=at)
    assert casework.expire_clocks(at=clock.now()) == 1
    case.refresh_from_db()
    assert (case.status, case.decided_by, case.signed_by, case.signer_hat) == ("GRANTED", None, None, "")
    deliver_outbox()
    certificate = documents.certificate_of(case.reference)
    assert certificate is not None
    assert certificate.signer == Certificate.Signer.SEAL


def test_the_applicant_may_still_withdraw(waiting: Case, citizen: User) -> None:
    assert permits.withdraw_application(waiting, actor=citizen, at=clock.now()).status == "WITHDRAWN"
