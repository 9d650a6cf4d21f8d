"""Holders are reminded ninety, thirty and seven days before the end, each once, and told when it has come."""

from collections.abc import Callable
from datetime import timedelta

import pytest

from licensing import operations, tasks
from licensing.models import BusinessMember, Licence
from services.accounts.models import User
from services.casework import operations as casework
from services.documents import operations as documents
from services.foundation import clock
from services.notifications.models import Notice
from tests.factories import licensing

Officers = tuple[User, User, User]


def days_pass(days: int) -> None:
    clock.move(timedelta(days=days))
    documents.expire_certificates(at=clock.now())
    tasks.remind_holders()


def told(notice: str = "licensing/ends_soon") -> int:
    return Notice.objects.filter(notice=notice).count()


@pytest.fixture
def licence(citizen: User, officers: Officers) -> Licence:
    """A licence that ends in a hundred days."""
    return licensing.ending_in(100, citizen, *officers)


def test_each_reminder_is_given_once(licence: Licence, deliver_outbox: Callable[[], int]) -> None:
    counts = []
    for days in (0, 10, 1, 59, 1, 22, 1, 6):
        days_pass(days)
        deliver_outbox()
        counts.append(told())
    assert counts == [0, 1, 1, 2, 2, 3, 3, 3]


def test_a_second_beat_does_no_harm(licence: Licence, deliver_outbox: Callable[[], int]) -> None:
    days_pass(10)
    assert operations.remind_holders(at=clock.now()) == 0
    deliver_outbox()
    assert told() == 1


def test_who_is_told_late_is_told_the_nearest_only(
    licence: Licence, deliver_outbox: Callable[[], int]
) -> None:
    days_pass(95)
    deliver_outbox()
    assert told() == 1
    licence.refresh_from_db()
    assert licence.reminded_days == 7


def test_a_reminder_leads_to_the_licence(licence: Licence, deliver_outbox: Callable[[], int]) -> None:
    days_pass(70)
    deliver_outbox()
    notice = Notice.objects.get(notice="licensing/ends_soon")
    assert notice.path == f"/licensing/{licence.case.reference}/"
    assert licence.certificate.number in notice.title


def test_the_end_itself_is_told_once_and_nothing_after_it(
    licence: Licence, deliver_outbox: Callable[[], int]
) -> None:
    days_pass(100)
    deliver_outbox()
    assert (told(), told("licensing/ended")) == (1, 0), "the last day is a day in force"
    days_pass(1)
    deliver_outbox()
    days_pass(30)
    deliver_outbox()
    assert (told(), told("licensing/ended")) == (1, 1)


def test_whose_renewal_is_sent_hears_nothing(
    licence: Licence, citizen: User, deliver_outbox: Callable[[], int]
) -> None:
    clock.move(timedelta(days=20))
    case = operations.renew_licence(licence, actor=citizen, at=clock.now())
    operations.submit_application(case, actor=citizen, submission_key="renewal", at=clock.now())
    days_pass(1)
    deliver_outbox()
    assert told() == 0


def test_a_renewal_that_was_only_begun_is_no_reason_to_be_silent(
    licence: Licence, citizen: User, deliver_outbox: Callable[[], int]
) -> None:
    clock.move(timedelta(days=20))
    operations.renew_licence(licence, actor=citizen, at=clock.now())
    days_pass(1)
    deliver_outbox()
    assert told() == 1


def test_who_has_renewed_is_not_told_of_the_end_of_the_old_one(
    licence: Licence, citizen: User, officers: Officers, deliver_outbox: Callable[[], int]
) -> None:
    clock.move(timedelta(days=20))
    case = operations.renew_licence(licence, actor=citizen, at=clock.now())
    case = operations.submit_application(case, actor=citizen, submission_key="renewal", at=clock.now())
    licensing.sealed(licensing.granted(case, *officers))
    days_pass(90)
    deliver_outbox()
    assert (told(), told("licensing/ended")) == (0, 0)


def test_what_was_revoked_is_not_reminded_of(
    licence: Licence, officers: Officers, deliver_outbox: Callable[[], int]
) -> None:
    casework.revoke_certificate(licence.case, actor=officers[2], reason="Tutup.", at=clock.now())
    days_pass(50)
    deliver_outbox()
    assert told() == 0


def test_what_has_no_end_is_never_reminded_of(
    citizen: User, officers: Officers, deliver_outbox: Callable[[], int]
) -> None:
    licensing.issued(citizen, *officers, version=licensing.practice(validity={}))
    days_pass(5000)
    deliver_outbox()
    assert told() == 0


def test_everybody_who_acts_for_a_business_is_told(
    citizen: User, citizen2: User, officers: Officers, deliver_outbox: Callable[[], int]
) -> None:
    business = licensing.business(citizen)
    licence = licensing.ending_in(30, citizen, *officers, of=business)
    BusinessMember.objects.create(business=business, person=citizen2.person, valid_from=clock.today())
    tasks.remind_holders()
    deliver_outbox()
    readers = set(Notice.objects.filter(notice="licensing/ends_soon").values_list("recipient", flat=True))
    assert readers == {citizen.pk, citizen2.pk}
    casework.suspend_certificate(licence.case, actor=officers[2], reason="Kotor.", at=clock.now())
    deliver_outbox()
    suspended = Notice.objects.filter(notice="applications/suspended")
    assert {(notice.recipient_id, notice.path) for notice in suspended} == {
        (citizen.pk, f"/cases/{licence.case.reference}/"),
        (citizen2.pk, f"/licensing/{licence.case.reference}/"),
    }
