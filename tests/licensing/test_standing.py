"""What a licence is worth is its certificate's standing: the holder, the desk and `/verify/` see the same at once."""

from datetime import timedelta

import pytest
from django.test import Client

from licensing.models import Licence
from services.accounts.models import User
from services.casework import operations as casework
from services.documents import operations as documents
from services.foundation import clock
from tests.casework.desk import Desk
from tests.factories import licensing

Officers = tuple[User, User, User]


@pytest.fixture
def licence(citizen: User, officers: Officers) -> Licence:
    """A licence in force that ends in a year."""
    return licensing.issued(citizen, *officers)


def own_page(reader: Client, licence: Licence) -> str:
    return reader.get(f"/licensing/{licence.case.reference}/").content.decode()


def test_the_list_says_until_when_and_when_to_renew(reader: Client, licence: Licence) -> None:
    page = reader.get("/licensing/").content.decode()
    assert licence.certificate.number in page
    assert "In force" in page
    assert "It can be renewed from" in page
    assert "Renew</button>" not in page


def test_a_licence_that_may_be_renewed_has_its_button(reader: Client, licence: Licence) -> None:
    clock.move(timedelta(days=300))
    assert "You can renew it now" in reader.get("/licensing/").content.decode()
    assert "Renew it" in own_page(reader, licence)


def test_a_suspension_is_seen_everywhere_with_its_reason_only_for_the_holder(
    reader: Client, licence: Licence, officers: Officers
) -> None:
    casework.suspend_certificate(licence.case, actor=officers[2], reason="Dapur kotor.", at=clock.now())
    assert "Suspended" in reader.get("/licensing/").content.decode()
    page = own_page(reader, licence)
    assert "Dapur kotor." in page
    assert "you may object in writing" in page
    public = reader.get(f"/verify/{licence.certificate.code}/").content.decode()
    assert "Genuine, but suspended" in public
    assert "Dapur" not in public
    casework.reinstate_certificate(licence.case, actor=officers[2], reason="Bersih.", at=clock.now())
    assert "In force" in own_page(reader, licence)


def test_the_time_to_object_is_not_offered_once_it_is_over(
    reader: Client, licence: Licence, officers: Officers
) -> None:
    casework.suspend_certificate(licence.case, actor=officers[2], reason="Dapur kotor.", at=clock.now())
    clock.move(timedelta(days=60))
    page = own_page(reader, licence)
    assert "you may object in writing" not in page
    assert "The time to object in writing" in page


def test_a_revocation_leads_to_applying_anew(reader: Client, licence: Licence, officers: Officers) -> None:
    casework.revoke_certificate(licence.case, actor=officers[2], reason="Tidak benar.", at=clock.now())
    page = own_page(reader, licence)
    assert "Tidak benar." in page
    assert "See how to apply anew" in page


def test_what_has_ended_is_called_so_even_before_beat(reader: Client, licence: Licence) -> None:
    clock.move(timedelta(days=366))
    assert "Expired" in own_page(reader, licence)
    documents.expire_certificates(at=clock.now())
    assert "Expired" in own_page(reader, licence)
    assert "Genuine, but expired" in reader.get(f"/verify/{licence.certificate.code}/").content.decode()


def test_the_page_of_the_case_leads_to_the_licence(reader: Client, licence: Licence) -> None:
    page = reader.get(f"/cases/{licence.case.reference}/").content.decode()
    assert "See the licence, and how to renew it" in page
    assert "In force" in page


def test_a_licence_is_found_from_the_account_and_from_the_cases(reader: Client, citizen: User) -> None:
    assert 'href="/licensing/"' in reader.get("/cases/").content.decode()
    assert 'href="/licensing/"' in reader.get("/account/profile/").content.decode()


def test_without_any_the_page_says_what_to_do(reader: Client) -> None:
    assert "You hold no licence yet" in reader.get("/licensing/").content.decode()


def test_the_desk_sees_the_holder_and_what_they_hold_besides(
    client: Client, citizen: User, licence: Licence, officers: Officers
) -> None:
    waiting = licensing.sent(citizen)
    page = Desk(client).sit(officers[0]).open(waiting)
    assert "Other licences of the holder" in page
    assert licence.certificate.number in page
    assert "the applicant in person" in page
    assert "3 at most" in page


def test_the_desk_sees_the_business_and_who_acts_for_it(
    client: Client, citizen: User, officers: Officers
) -> None:
    business = licensing.business(citizen, nib=licensing.NIB)
    page = Desk(client).sit(officers[0]).open(licensing.sent(citizen, of=business))
    assert "Bakso Pak Slamet" in page
    assert licensing.NIB in page
    assert "Budi Santoso" in page
    assert "None." in page


def test_the_approver_suspends_a_licence_on_its_file(
    client: Client, licence: Licence, officers: Officers
) -> None:
    desk = Desk(client).sit(officers[2])
    answer = desk.press(licence.case, "certificate/suspend/", **{"suspend-reason": "Dapur kotor."})
    assert answer.status_code == 302
    licence.certificate.refresh_from_db()
    assert licence.certificate.standing == "SUSPENDED"
