"""A permit is taken back: by whom it was granted, with a reason, and its holder is told."""

from collections.abc import Callable

import pytest
from django.test import Client

from permits import operations as permits
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

REASON = "Tiang menutup trotoar; pemilik tidak memindahkannya."


@pytest.fixture
def issued(citizen: User, intake: User, reviewer: User, approver: User) -> Case:
    """A permit in force."""
    return cases.issued_application(citizen, intake, reviewer, approver)


@pytest.fixture
def desk(client: Client) -> Desk:
    """An officer's browser."""
    return Desk(client)


def certificate_of(case: Case) -> Certificate:
    found = papers.certificate_of(case.reference)
    assert found
    return found


def revoke(case: Case, actor: User, reason: str = REASON) -> Certificate:
    return casework.revoke_certificate(case, actor=actor, reason=reason, at=clock.now())


def test_the_certificate_is_revoked_and_the_case_stays_as_it_ended(issued: Case, approver: User) -> None:
    revoked = revoke(issued, approver)
    issued.refresh_from_db()
    assert revoked.standing == "REVOKED"
    assert revoked.revocation_reason == REASON
    assert (issued.status, issued.outcome) == ("ISSUED", "GRANTED")


def test_the_case_and_the_certificate_both_have_it_on_record(issued: Case, approver: User) -> None:
    number = revoke(issued, approver).number
    of_case = audit.events_of(Subject("case", issued.reference))[-1]
    of_paper = audit.events_of(Subject("certificate", number))[-1]
    assert of_case.action == "casework.certificate.revoked"
    assert of_case.details == {"certificate": number, "reason": REASON}
    assert of_paper.action == "documents.certificate.revoked"
    for event in (of_case, of_paper):
        assert (event.actor.pseudonym, event.actor.hat) == (approver.pseudonym, "APPROVER")


def test_it_needs_a_reason(issued: Case, approver: User) -> None:
    with pytest.raises(documents.UnableToRevoke) as told:
        revoke(issued, approver, reason="  ")
    assert told.value.field == "reason"
    assert certificate_of(issued).standing == "ACTIVE"


def test_it_happens_once(issued: Case, approver: User) -> None:
    revoke(issued, approver)
    with pytest.raises(casework.UnableToHandle) as told:
        revoke(issued, approver, reason="Sekali lagi")
    assert told.value.code == "certificate"
    assert certificate_of(issued).revocation_reason == REASON


def test_what_is_not_issued_yet_cannot_be_revoked(
    citizen: User, intake: User, reviewer: User, approver: User
) -> None:
    case = cases.granted_application(citizen, intake, reviewer, approver)
    permits.order_certificate(case, at=clock.now())
    with pytest.raises(casework.UnableToHandle) as told:
        revoke(case, approver)
    assert told.value.code == "certificate"


def test_the_holder_is_told_once_why_and_how_to_object(
    issued: Case, approver: User, deliver_outbox: Callable[[], int]
) -> None:
    deliver_outbox()
    revoke(issued, approver)
    deliver_outbox()
    notice = Notice.objects.get(notice="applications/revoked")
    assert notice.person == issued.applicant
    assert REASON in notice.page_html
    assert "UU 30/2014" in notice.page_html
    assert certificate_of(issued).number in notice.page_html


def test_the_approver_revokes_at_the_desk(desk: Desk, issued: Case, approver: User) -> None:
    assert "Revoke it for good" in desk.sit(approver).open(issued)
    answer = desk.press(issued, "certificate/revoke/", **{"revoke-reason": REASON})
    assert answer.status_code == 302
    page = desk.open(issued)
    assert "The certificate is revoked." in page
    assert "Revoke it for good" not in page
    assert f"The certificate was revoked. It is not valid from this moment on. {REASON}" in page


def test_a_missing_reason_is_said_beside_its_field(desk: Desk, issued: Case, approver: User) -> None:
    page = desk.sit(approver).press(issued, "certificate/revoke/").content.decode()
    assert "Write a few words." in page
    assert '<details class="desk-details" id="revoke" open>' in page
    assert 'aria-describedby="id_revoke-reason_helptext id_revoke-reason_error"' in page
    assert certificate_of(issued).standing == "ACTIVE"


def test_its_holder_reads_why_and_everybody_that_it_is_revoked(
    client: Client, issued: Case, approver: User, citizen: User
) -> None:
    code = revoke(issued, approver).code
    client.cookies["django_language"] = "en"
    public = client.get(f"/verify/{code}/").content.decode()
    assert "Revoked: no longer valid" in public
    assert REASON not in public
    Desk(client).sit(citizen)
    own = client.get(f"/cases/{issued.reference}/").content.decode()
    assert "Your certificate was revoked on" in own
    assert REASON in own
    assert "you may object in writing" in own
    assert "Your certificate is ready" not in own
    assert "Keep the certificate" not in own


def test_no_list_and_no_tracking_page_still_calls_a_revoked_permit_issued(
    client: Client, issued: Case, approver: User, citizen: User
) -> None:
    revoke(issued, approver)
    client.cookies["django_language"] = "en"
    tracked = client.get(f"/track/{issued.reference}/").content.decode()
    assert "Revoked" in tracked
    assert REASON not in tracked
    Desk(client).sit(citizen)
    mine = client.get("/cases/").content.decode()
    assert "Revoked" in mine
    assert "Issued" not in mine
