"""A certificate expires by itself; it is suspended, reinstated and revoked by someone with a reason."""

from datetime import timedelta
from typing import Any

import pytest
from django.db import connection
from django.db.utils import Error as DatabaseError

from services.accounts import actors
from services.accounts.models import User
from services.audit import queries as audit
from services.audit.actors import Subject
from services.documents import operations, tasks
from services.documents.models import Certificate
from services.foundation import clock
from tests.factories import documents

pytestmark = pytest.mark.django_db


def test_a_certificate_is_good_through_its_last_day_and_not_longer() -> None:
    today = clock.today()
    certificate = documents.ordered_certificate(valid_until=today)
    endless = documents.ordered_certificate(valid_until=None)
    assert operations.expire_certificates(at=clock.now()) == 0
    assert operations.expire_certificates(at=clock.now() + timedelta(days=1)) == 1
    assert operations.expire_certificates(at=clock.now() + timedelta(days=1)) == 0
    certificate.refresh_from_db()
    endless.refresh_from_db()
    assert certificate.standing == Certificate.Standing.EXPIRED
    assert endless.standing == Certificate.Standing.ACTIVE


def test_beat_expires_what_a_moved_clock_has_ended() -> None:
    certificate = documents.signed_certificate(valid_until=clock.today() + timedelta(days=3))
    clock.move(timedelta(days=4))
    tasks.expire_certificates()
    certificate.refresh_from_db()
    assert certificate.standing == Certificate.Standing.EXPIRED
    (event,) = [
        event
        for event in audit.events_of(Subject("certificate", certificate.number))
        if event.action == "documents.certificate.expired"
    ]
    assert event.actor.kind == "SYSTEM"
    assert event.details == {"reference": certificate.reference}


def test_a_revocation_keeps_its_reason_and_who_did_it(approver: User) -> None:
    certificate = documents.signed_certificate()
    actor = actors.acting(approver, hat="APPROVER", agency_code="dpmptsp")
    revoked = operations.revoke_certificate(certificate, actor=actor, reason=" Roboh ", at=clock.now())
    assert (revoked.standing, revoked.revocation_reason) == (Certificate.Standing.REVOKED, "Roboh")
    event = audit.events_of(Subject("certificate", certificate.number))[-1]
    assert (event.action, event.actor) == ("documents.certificate.revoked", actor)
    assert event.details["reason"] == "Roboh"


def test_a_revocation_needs_a_reason_and_happens_once(approver: User) -> None:
    certificate = documents.signed_certificate()
    actor = actors.acting(approver)
    with pytest.raises(operations.UnableToRevoke) as refused:
        operations.revoke_certificate(certificate, actor=actor, reason="  ", at=clock.now())
    assert (refused.value.code, refused.value.field) == ("no_reason", "reason")
    operations.revoke_certificate(certificate, actor=actor, reason="Roboh", at=clock.now())
    with pytest.raises(operations.UnableToRevoke) as refused:
        operations.revoke_certificate(certificate, actor=actor, reason="Lagi", at=clock.now())
    assert refused.value.code == "revoked_already"


def test_a_revoked_certificate_does_not_expire_as_well(approver: User) -> None:
    certificate = documents.signed_certificate(valid_until=clock.today())
    operations.revoke_certificate(certificate, actor=actors.acting(approver), reason="Roboh", at=clock.now())
    assert operations.expire_certificates(at=clock.now() + timedelta(days=9)) == 0


def test_the_database_itself_takes_no_revocation_back(approver: User) -> None:
    certificate = documents.signed_certificate()
    operations.revoke_certificate(certificate, actor=actors.acting(approver), reason="Roboh", at=clock.now())
    with connection.cursor() as cursor, pytest.raises(DatabaseError, match="stays revoked"):
        cursor.execute(
            "UPDATE documents_certificate SET standing = 'ACTIVE', revoked_at = NULL, revocation_reason = ''"
        )


def suspended(approver: User, **wanted: Any) -> Certificate:
    certificate = documents.signed_certificate(**wanted)
    return operations.suspend_certificate(
        certificate, actor=actors.acting(approver), reason="Dapur kotor", at=clock.now()
    )


def test_a_suspension_keeps_its_reason_and_who_did_it(approver: User) -> None:
    certificate = documents.signed_certificate()
    actor = actors.acting(approver, hat="APPROVER", agency_code="dpmptsp")
    changed = operations.suspend_certificate(certificate, actor=actor, reason=" Dapur kotor ", at=clock.now())
    assert (changed.standing, changed.suspension_reason) == ("SUSPENDED", "Dapur kotor")
    event = audit.events_of(Subject("certificate", certificate.number))[-1]
    assert (event.action, event.actor) == ("documents.certificate.suspended", actor)
    assert event.details["reason"] == "Dapur kotor"


def test_a_suspension_is_lifted_and_the_record_keeps_both(approver: User) -> None:
    certificate = suspended(approver)
    actor = actors.acting(approver)
    lifted = operations.reinstate_certificate(certificate, actor=actor, reason="Sudah bersih", at=clock.now())
    assert (lifted.standing, lifted.suspension_reason, lifted.suspended_at) == ("ACTIVE", "", None)
    happened = [event.action for event in audit.events_of(Subject("certificate", certificate.number))]
    assert happened[-2:] == ["documents.certificate.suspended", "documents.certificate.reinstated"]


def test_what_was_reinstated_can_be_suspended_again(approver: User) -> None:
    actor, certificate = actors.acting(approver), suspended(approver)
    operations.reinstate_certificate(certificate, actor=actor, reason="Sudah bersih", at=clock.now())
    clock.move(timedelta(minutes=1))
    again = operations.suspend_certificate(certificate, actor=actor, reason="Kotor lagi", at=clock.now())
    assert again.suspension_reason == "Kotor lagi"


@pytest.mark.parametrize("change", [operations.suspend_certificate, operations.reinstate_certificate])
def test_both_need_a_reason(change: Any, approver: User) -> None:
    with pytest.raises(operations.UnableToSuspend) as refused:
        change(documents.signed_certificate(), actor=actors.acting(approver), reason=" ", at=clock.now())
    assert (refused.value.code, refused.value.field) == ("no_reason", "reason")


def test_only_what_is_in_force_is_suspended_and_only_what_is_suspended_reinstated(approver: User) -> None:
    certificate, actor = suspended(approver), actors.acting(approver)
    with pytest.raises(operations.UnableToSuspend) as refused:
        operations.suspend_certificate(certificate, actor=actor, reason="Lagi", at=clock.now())
    assert refused.value.code == "not_in_force"
    with pytest.raises(operations.UnableToSuspend) as refused:
        operations.reinstate_certificate(
            documents.signed_certificate(), actor=actor, reason="Baik", at=clock.now()
        )
    assert refused.value.code == "not_suspended"


def test_a_suspended_certificate_expires_and_can_be_revoked(approver: User) -> None:
    ends, taken_back = suspended(approver, valid_until=clock.today()), suspended(approver)
    assert operations.expire_certificates(at=clock.now() + timedelta(days=1)) == 1
    ends.refresh_from_db()
    assert (ends.standing, ends.suspension_reason) == ("EXPIRED", "")
    revoked = operations.revoke_certificate(
        taken_back, actor=actors.acting(approver), reason="Roboh", at=clock.now()
    )
    assert (revoked.standing, revoked.suspended_at) == ("REVOKED", None)
