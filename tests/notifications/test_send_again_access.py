"""Who may send again, and who may see deliveries at all."""

import pytest
from django.test import Client
from django.urls import reverse

from services.accounts.models import User
from services.foundation import clock
from services.notifications import operations
from tests.factories.notifications import parked_delivery

pytestmark = pytest.mark.django_db
LIST = "admin:notifications_delivery_changelist"


@pytest.mark.parametrize("who", ["supervisor", "administrator"])
def test_a_supervisor_or_an_administrator_sends_again_at_the_desk(
    who: str, citizen: User, client: Client, request: pytest.FixtureRequest
) -> None:
    parked = parked_delivery(citizen)
    client.force_login(request.getfixturevalue(who))
    page = client.get(reverse(LIST), {"state__exact": "PARKED"}).content.decode()
    assert parked.address_masked in page
    assert "no such number" in page
    assert parked.address not in page
    client.post(reverse(LIST), {"action": "send_again", "_selected_action": [str(parked.id)]}, follow=True)
    parked.refresh_from_db()
    assert (parked.state, parked.round) == ("WAITING", 2)


@pytest.mark.parametrize(
    "who", ["citizen2", "intake", "reviewer", "inspector", "approver", "executive", "auditor"]
)
def test_nobody_else_sends_again(who: str, citizen: User, request: pytest.FixtureRequest) -> None:
    parked = parked_delivery(citizen)
    with pytest.raises(operations.UnableToSendAgain) as refusal:
        operations.send_again(parked, actor=request.getfixturevalue(who), at=clock.now())
    assert refusal.value.code == "no_hat"


@pytest.mark.parametrize("who", ["citizen", "intake", "reviewer", "approver"])
def test_nobody_else_sees_deliveries(
    who: str, citizen: User, client: Client, request: pytest.FixtureRequest
) -> None:
    parked = parked_delivery(citizen)
    client.force_login(request.getfixturevalue(who))
    response = client.get(reverse(LIST))
    assert response.status_code in {302, 403, 404}
    assert parked.address_masked not in response.content.decode()


def test_a_delivery_is_shown_and_never_edited(citizen: User, administrator: User, client: Client) -> None:
    parked = parked_delivery(citizen)
    client.force_login(administrator)
    page = client.get(reverse("admin:notifications_delivery_change", args=[parked.id])).content.decode()
    assert "PermanentRefusal" in page
    assert 'name="state"' not in page
    assert client.get(reverse("admin:notifications_delivery_add")).status_code == 403
