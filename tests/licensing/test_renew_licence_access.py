"""Who may see a licence and renew it: its holder, and whoever acts for the business that holds it."""

from typing import Any

import pytest
from django.test import Client

from licensing import operations
from licensing.models import BusinessMember, Licence, LicenceApplication
from services.accounts.models import User
from services.foundation import clock
from tests.factories import licensing

OTHERS = ("stranger", "citizen2", "intake", "reviewer", "approver", "supervisor", "auditor", "administrator")


@pytest.fixture
def licence(citizen: User, officers: tuple[User, User, User]) -> Licence:
    """A person's licence that may be renewed."""
    return licensing.ending_in(30, citizen, *officers)


@pytest.mark.parametrize("name", OTHERS)
def test_nobody_else_may(name: str, request: pytest.FixtureRequest, client: Client, licence: Licence) -> None:
    other = request.getfixturevalue(name)
    with pytest.raises(operations.UnableToRenew) as told:
        operations.renew_licence(licence, actor=other, at=clock.now())
    assert told.value.code == "foreign"
    client.force_login(other)
    address = f"/licensing/{licence.case.reference}/"
    assert client.get(address).status_code == 404
    assert client.post(f"{address}renew/").status_code == 404
    assert licence.certificate.number not in client.get("/licensing/").content.decode()
    assert not LicenceApplication.objects.filter(renews=licence).exists()


def test_a_member_of_the_business_may_and_applies_in_their_own_name(
    client: Client, citizen: User, citizen2: User, officers: Any
) -> None:
    business = licensing.business(citizen)
    licence = licensing.ending_in(30, citizen, *officers, of=business)
    BusinessMember.objects.create(business=business, person=citizen2.person, valid_from=clock.today())
    client.force_login(citizen2)
    assert licence.certificate.number in client.get("/licensing/").content.decode()
    answer = client.post(f"/licensing/{licence.case.reference}/renew/")
    assert answer.status_code == 302
    case = LicenceApplication.objects.get(renews=licence).case
    assert case.applicant == citizen2.person
    assert not case.documents.exists(), "the papers of somebody else are theirs"


def test_the_certificate_of_a_colleague_s_case_stays_with_the_colleague(
    client: Client, citizen: User, citizen2: User, officers: Any
) -> None:
    business = licensing.business(citizen)
    licence = licensing.ending_in(30, citizen, *officers, of=business)
    BusinessMember.objects.create(business=business, person=citizen2.person, valid_from=clock.today())
    client.force_login(citizen2)
    page = client.get(f"/licensing/{licence.case.reference}/").content.decode()
    assert f"/verify/{licence.certificate.code}/" in page
    assert f"/cases/{licence.case.reference}/" not in page
    assert client.get(f"/cases/{licence.case.reference}/").status_code == 404


@pytest.mark.parametrize("reference", ["L-00000-00000", "nonsense", "P-7K3F9-QXM2E"])
def test_what_never_was_is_not_there(client: Client, citizen: User, reference: str) -> None:
    client.force_login(citizen)
    assert client.get(f"/licensing/{reference}/").status_code == 404


def test_the_anonymous_are_asked_to_sign_in(client: Client, licence: Licence) -> None:
    for place in ("", f"{licence.case.reference}/", f"{licence.case.reference}/renew/"):
        assert "/login/" in client.get(f"/licensing/{place}")["Location"]
