"""A certificate is suspended and reinstated by whom it was granted, with reasons that its holder reads."""

from collections.abc import Callable

import pytest
from django.test import Client

from services.accounts.models import User
from services.audit import queries as audit
from services.audit.actors import Subject
from services.casework import operations as casework
from services.casework.models import Case
from services.documents import operations as documents
from services.documents import queries as papers
from services.documents.models import Certificate
from services.foundation import clock
from services.notifications.models import Notice
from tests.casework.desk import Desk
from tests.factories import casework as cases

WHY = "Dapur tidak lagi memenuhi syarat."
WHY_NOT = "Dapur sudah diperbaiki dan diperiksa."


@pytest.fixture
def issued(citizen: User, intake: User, reviewer: User, approver: User) -> Case:
    """A certificate in force."""
    return cases.issued_application(citizen, intake, reviewer, approver)


@pytest.fixture
def desk(client: Client) -> Desk:
    """An officer's browser."""
    return Desk(client)


def suspend(case: Case, actor: User, reason: str = WHY) -> Certificate:
    return casework.suspend_certificate(case, actor=actor, reason=reason, at=clock.now())


def reinstate(case: Case, actor: User, reason: str = WHY_NOT) -> Certificate:
    return casework.reinstate_certificate(case, actor=actor, reason=reason, at=clock.now())


def standing(case: Case) -> str:
    found = papers.certificate_of(case.reference)
    assert found
    return found.standing


def test_the_certificate_is_suspended_and_the_case_stays_as_it_ended(issued: Case, approver: User) -> None:
    assert suspend(issued, approver).suspension_reason == WHY
    issued.refresh_from_db()
    assert (standing(issued), issued.status, issued.outcome) == ("SUSPENDED", "ISSUED", "GRANTED")


def test_both_are_on_record_with_their_reasons(issued: Case, approver: User) -> None:
    number = suspend(issued, approver).number
    reinstate(issued, approver)
    events = audit.events_of(Subject("case", issued.reference))[-2:]
    assert [event.action for event in events] == [
        "casework.certificate.suspended",
        "casework.certificate.reinstated",
    ]
    assert [event.details for event in events] == [
        {"certificate": number, "reason": WHY},
        {"certificate": number, "reason": WHY_NOT},
    ]
    assert {event.actor.hat for event in events} == {"APPROVER"}


def test_a_suspension_needs_a_reason(issued: Case, approver: User) -> None:
    with pytest.raises(documents.UnableToSuspend) as told:
        suspend(issued, approver, reason=" ")
    assert told.value.field == "reason"


def test_what_is_not_suspended_cannot_be_reinstated(issued: Case, approver: User) -> None:
    with pytest.raises(casework.UnableToHandle) as told:
        reinstate(issued, approver)
    assert told.value.code == "certificate"


def test_a_suspended_certificate_can_be_revoked_and_nothing_else_after(issued: Case, approver: User) -> None:
    suspend(issued, approver)
    casework.revoke_certificate(issued, actor=approver, reason="Tetap kotor.", at=clock.now())
    assert standing(issued) == "REVOKED"
    for change in (suspend, reinstate):
        with pytest.raises(casework.UnableToHandle):
            change(issued, approver)


def test_the_holder_is_told_of_each_once(
    issued: Case, approver: User, deliver_outbox: Callable[[], int]
) -> None:
    deliver_outbox()
    suspend(issued, approver)
    reinstate(issued, approver)
    deliver_outbox()
    suspended = Notice.objects.get(notice="applications/suspended")
    assert WHY in suspended.page_html, "even though the suspension is lifted by now"
    assert "UU 30/2014" in suspended.page_html
    assert WHY_NOT in Notice.objects.get(notice="applications/reinstated").page_html


def test_the_approver_suspends_and_reinstates_at_the_desk(desk: Desk, issued: Case, approver: User) -> None:
    page = desk.sit(approver).open(issued)
    assert "Suspend it" in page
    assert "Make it valid again" not in page
    assert desk.press(issued, "certificate/suspend/", **{"suspend-reason": WHY}).status_code == 302
    page = desk.open(issued)
    assert "The certificate is suspended." in page
    assert WHY in page
    assert "Suspend it" not in page
    assert desk.press(issued, "certificate/reinstate/", **{"reinstate-reason": WHY_NOT}).status_code == 302
    assert f"The suspension was lifted. The certificate is valid again. {WHY_NOT}" in desk.open(issued)


def test_a_missing_reason_is_said_beside_its_field(desk: Desk, issued: Case, approver: User) -> None:
    page = desk.sit(approver).press(issued, "certificate/suspend/").content.decode()
    assert "Write a few words." in page
    assert '<details class="desk-details" id="suspend" open>' in page
    assert standing(issued) == "ACTIVE"


def test_its_holder_reads_why_and_everybody_that_it_is_suspended(
    client: Client, issued: Case, approver: User, citizen: User
) -> None:
    code = suspend(issued, approver).code
    client.cookies["django_language"] = "en"
    public = client.get(f"/verify/{code}/").content.decode()
    assert "Genuine, but suspended" in public
    assert WHY not in public
    tracked = client.get(f"/track/{issued.reference}/").content.decode()
    assert "Suspended" in tracked
    assert WHY not in tracked
    Desk(client).sit(citizen)
    own = client.get(f"/cases/{issued.reference}/").content.decode()
    assert "Your certificate was suspended on" in own
    assert WHY in own
    assert "you may object in writing" in own
    assert "Suspended" in client.get("/cases/").content.decode()
