"""The register is for auditors, of whichever agency; for everybody else it is not there."""

import pytest
from django.test import Client

from services.audit.models import Event

PAGES = (
    "/oversight/register/",
    "/oversight/register/cases.csv",
    "/oversight/register/helpers/",
    "/oversight/register/helpers.csv",
)


def test_the_anonymous_sign_in_first(client: Client) -> None:
    for page in PAGES:
        answer = client.get(page)
        assert answer.status_code == 302
        assert "/account/login/" in answer["Location"]


@pytest.mark.parametrize(
    "who",
    ["citizen", "intake", "reviewer", "inspector", "approver", "supervisor", "executive", "administrator"],
)
def test_nobody_but_an_auditor_finds_it(who: str, request: pytest.FixtureRequest, client: Client) -> None:
    client.force_login(request.getfixturevalue(who))

    for page in PAGES:
        assert client.get(page).status_code == 404
    assert not Event.objects.filter(action__startswith="oversight.").exists()
