"""The administrators' page about hats: a list that nobody edits, and three acts."""

from datetime import date

import pytest
from django.test import Client

from services.accounts.models import Hat, Membership, User
from services.foundation import clock
from tests.accounts.pages import landed
from tests.factories import accounts

LIST = "/admin/accounts/membership/"
GIVE = f"{LIST}give/"


def filled_in(user: User, hat: str = Hat.REVIEWER, **changes: str) -> dict[str, str]:
    return {
        "contact": user.phone or "",
        "agency": str(accounts.agency().pk),
        "hat": hat,
        "valid_from": clock.today().isoformat(),
        "valid_until": "",
        "reason": "SK 12/2026",
        **changes,
    }


def test_an_administrator_gives_confirms_and_ends_a_hat(
    client: Client, administrator: User, administrator2: User, stranger: User
) -> None:
    client.force_login(administrator)
    assert client.get(GIVE).status_code == 200
    assert landed(client.post(GIVE, filled_in(stranger, Hat.APPROVER))) == LIST
    membership = stranger.memberships.get()
    page = client.get(f"{LIST}{membership.pk}/")
    assert not page.context["can_confirm"]
    client.force_login(administrator2)
    assert client.get(f"{LIST}{membership.pk}/").context["can_confirm"]
    client.post(f"{LIST}{membership.pk}/confirm/")
    membership.refresh_from_db()
    assert membership.state == Membership.State.ACTIVE
    assert client.post(f"{LIST}{membership.pk}/end/", {"reason": ""}).context["form"].errors["reason"]
    client.post(f"{LIST}{membership.pk}/end/", {"reason": "Retired"})
    membership.refresh_from_db()
    assert membership.state == Membership.State.ENDED


@pytest.mark.parametrize(
    "changes",
    [
        {"contact": "+6281200000000"},
        {"contact": "x"},
        {"hat": "KING"},
        {"reason": ""},
        {"valid_until": "2020-01-01"},
    ],
)
def test_what_is_wrong_is_said_beside_the_field(
    client: Client, administrator: User, stranger: User, changes: dict[str, str]
) -> None:
    client.force_login(administrator)
    response = client.post(GIVE, filled_in(stranger, **changes))
    assert response.status_code == 200
    assert next(iter(changes)) in response.context["form"].errors
    assert not stranger.memberships.exists()


def test_their_own_hats_are_not_theirs_to_change(client: Client, administrator: User) -> None:
    client.force_login(administrator)
    response = client.post(GIVE, filled_in(administrator, Hat.INTAKE))
    assert response.context["form"].errors
    own = administrator.memberships.get()
    assert not client.get(f"{LIST}{own.pk}/").context["can_end"]
    client.post(f"{LIST}{own.pk}/end/", {"reason": "No"})
    own.refresh_from_db()
    assert own.state == Membership.State.ACTIVE


def test_the_list_costs_the_same_for_few_and_many(
    client: Client, administrator: User, django_assert_max_num_queries: object
) -> None:
    client.force_login(administrator)
    for number in range(5):
        accounts.officer(f"Officer {number}", Hat.INTAKE)
    with django_assert_max_num_queries(14):  # type: ignore[operator]
        assert client.get(LIST).status_code == 200


def test_nothing_is_added_changed_or_deleted_by_the_admin_itself(
    client: Client, administrator: User, reviewer: User
) -> None:
    client.force_login(administrator)
    pk = reviewer.memberships.get().pk
    for address in (f"{LIST}add/", f"{LIST}{pk}/change/", f"{LIST}{pk}/delete/", f"{LIST}{pk}/history/"):
        assert client.get(address).status_code == 404


def test_the_list_names_the_months_in_the_readers_language(
    client: Client, administrator: User, intake: User
) -> None:
    Membership.objects.filter(user=intake).update(valid_from=date(2026, 8, 17))
    client.force_login(administrator)
    for language, words in (("id", "17 Agu 2026"), ("en", "Aug. 17, 2026")):
        User.objects.filter(pk=administrator.pk).update(language=language)
        assert words in client.get(LIST).content.decode()
