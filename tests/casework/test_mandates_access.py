"""Who gives, confirms and ends a mandate: heads and supervisors of the office, never for themselves, never by a mandate."""

import pytest
from django.test import Client

from services.accounts.models import Hat, User
from services.accounts.operations import UnableToChangeHats
from services.casework import operations as casework
from services.casework.operations import UnableToHandle
from services.casework.policies import UnableToAct
from services.foundation import clock
from tests.factories import accounts, mandates

PAGE = "/admin/casework/acting/"


@pytest.mark.parametrize(
    "name", ["citizen", "reviewer", "approver", "auditor", "administrator", "foreign_approver"]
)
def test_nobody_else_gives_one(name: str, request: pytest.FixtureRequest, inspector: User) -> None:
    with pytest.raises(UnableToAct) as refused:
        mandates.given(inspector, by=request.getfixturevalue(name))
    assert refused.value.code == "hat"


def test_a_supervisor_gives_nobody_the_post_of_the_head_and_the_head_of_government_does(
    inspector: User, supervisor: User
) -> None:
    with pytest.raises(UnableToAct):
        mandates.given(inspector, by=supervisor, hat="EXECUTIVE")
    accounts.agency("pemkot", is_root=True)
    mayor = accounts.officer("Wali Kota", Hat.EXECUTIVE, agency_code="pemkot")
    assert mandates.given(inspector, by=mayor, hat="EXECUTIVE").state == "ACTIVE"


def test_nobody_gives_one_to_themselves_or_confirms_their_own(
    supervisor: User, executive: User, inspector: User
) -> None:
    with pytest.raises(UnableToHandle) as own:
        mandates.given(supervisor, by=supervisor)
    assert own.value.code == "own"
    worn = mandates.given(inspector, by=supervisor)
    with pytest.raises(UnableToChangeHats) as giver:
        casework.confirm_mandate(worn, actor=supervisor, at=clock.now())
    assert giver.value.code == "same_giver"
    with pytest.raises(UnableToAct):
        casework.confirm_mandate(worn, actor=inspector, at=clock.now())
    with pytest.raises(UnableToAct):
        casework.end_mandate(worn, actor=inspector, reason="Tidak mau", at=clock.now())
    casework.confirm_mandate(worn, actor=executive, at=clock.now())


def test_an_administrator_may_be_the_second_person(
    supervisor: User, administrator: User, inspector: User
) -> None:
    worn = mandates.given(inspector, by=supervisor)
    assert casework.confirm_mandate(worn, actor=administrator, at=clock.now()).state == "ACTIVE"


def test_whoever_supervises_by_mandate_hands_no_mandate_on(
    supervisor: User, executive: User, inspector: User, reviewer: User
) -> None:
    mandates.away(supervisor)
    worn = mandates.given(inspector, by=executive, holder=supervisor, hat="SUPERVISOR")
    from_mandate = pytest.raises(UnableToAct)
    assert worn.state == "ACTIVE"
    with from_mandate:
        mandates.given(reviewer, by=inspector)


def test_a_supervisor_without_the_pact_gives_none(inspector: User) -> None:
    unsigned = accounts.signed_up("Pengawas Baru")
    accounts.unsigned(unsigned, Hat.SUPERVISOR)
    with pytest.raises(UnableToAct) as refused:
        mandates.given(inspector, by=unsigned)
    assert refused.value.code == "pact"


def test_the_pages_are_for_those_of_the_office(
    client: Client, inspector: User, supervisor: User, executive: User, auditor: User
) -> None:
    worn = mandates.given(inspector, by=supervisor)
    elsewhere = accounts.officer("Pengawas Luar", Hat.SUPERVISOR, agency_code="dishub")
    for reader, status in ((inspector, 404), (elsewhere, 404), (auditor, 200), (executive, 200)):
        client.force_login(reader)
        assert client.get(f"{PAGE}{worn.pk}/").status_code == status, reader
    assert client.get(f"{PAGE}{worn.pk}/letter/").status_code == 404, "the letter is not drawn yet"
    client.post(f"{PAGE}{worn.pk}/", {"confirm": "1"})
    worn.refresh_from_db()
    assert worn.confirmed_by == executive
