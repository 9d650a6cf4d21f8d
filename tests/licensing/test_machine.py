"""A street vendor is registered by the machine; a second registration of the same stall is looked at by a person."""

from collections.abc import Callable

import pytest

from licensing import operations
from licensing.models import Licence
from services.accounts import actors
from services.accounts import operations as accounts
from services.accounts.models import User
from services.casework import operations as casework
from services.casework.models import Case
from services.documents import operations as documents
from services.foundation import clock
from tests.factories import applications, licensing

CHECKS = ["identity_known", "documents_complete", "no_open_duplicate", "not_already_held", "declaration_made"]


@pytest.fixture
def vendor(citizen: User) -> User:
    """Somebody whose NIK is on file."""
    accounts.keep_nik(citizen.person, applications.NIK, actor=actors.acting(citizen), at=clock.now())
    citizen.person.refresh_from_db()
    return User.objects.get(pk=citizen.pk)


def send(vendor: User, business: object, **changes: object) -> Case:
    version = licensing.registration(checks=CHECKS, decided_by="machine", **changes)
    case = licensing.sent(vendor, of=business, version=version)
    return casework.check_case(case, at=clock.now())


def test_the_machine_registers_a_stall(vendor: User, deliver_outbox: Callable[[], int]) -> None:
    case = send(vendor, licensing.business(vendor))
    assert (case.status, case.decided_by) == ("GRANTED", None)
    deliver_outbox()
    case.refresh_from_db()
    assert case.status == "ISSUED"
    assert Licence.objects.get(case=case).certificate.holder_name == "Bakso Pak Slamet"


def test_the_same_stall_twice_is_left_to_a_person(vendor: User, deliver_outbox: Callable[[], int]) -> None:
    business = licensing.business(vendor)
    send(vendor, business)
    deliver_outbox()
    assert send(vendor, business).status == "SUBMITTED"


def test_another_stall_of_the_same_vendor_is_not_the_same(
    vendor: User, deliver_outbox: Callable[[], int]
) -> None:
    send(vendor, licensing.business(vendor))
    deliver_outbox()
    assert send(vendor, licensing.business(vendor, name="Es Slamet")).status == "GRANTED"


def test_a_suspended_stall_does_not_get_a_fresh_paper_from_the_machine(
    vendor: User, approver: User, deliver_outbox: Callable[[], int]
) -> None:
    business = licensing.business(vendor)
    case = send(vendor, business)
    deliver_outbox()
    case.refresh_from_db()
    casework.suspend_certificate(case, actor=approver, reason="Menutup trotoar.", at=clock.now())
    assert send(vendor, business).status == "SUBMITTED"


def test_a_renewal_is_not_stopped_by_what_it_renews(vendor: User, deliver_outbox: Callable[[], int]) -> None:
    case = send(vendor, licensing.business(vendor), renewal_days=365)
    deliver_outbox()
    licence = Licence.objects.select_related("business").get(case=case)
    renewal = operations.renew_licence(licence, actor=vendor, at=clock.now())
    renewal = operations.submit_application(renewal, actor=vendor, submission_key="again", at=clock.now())
    assert casework.check_case(renewal, at=clock.now()).status == "GRANTED"


def test_what_the_machine_granted_can_be_suspended_by_people(
    vendor: User, approver: User, deliver_outbox: Callable[[], int]
) -> None:
    case = send(vendor, licensing.business(vendor))
    deliver_outbox()
    case.refresh_from_db()
    certificate = casework.suspend_certificate(
        case, actor=approver, reason="Menutup trotoar.", at=clock.now()
    )
    assert certificate.standing == "SUSPENDED"
    with pytest.raises(documents.UnableToSuspend):
        documents.suspend_certificate(
            certificate, actor=actors.acting(approver), reason="Lagi", at=clock.now()
        )
