"""Whose month somebody may see: their own, and a supervisor that of each officer of their office."""

import pytest
from django.test import Client

from services.accounts.models import User
from tests.casework.test_month import MINE, of

KINDS = ("", "sheet.csv", "paper/")


@pytest.mark.parametrize("name", ["citizen", "auditor", "administrator"])
def test_whoever_works_no_queue_has_no_month(
    name: str, request: pytest.FixtureRequest, client: Client
) -> None:
    client.force_login(request.getfixturevalue(name))
    assert [client.get(f"{MINE}{kind}").status_code for kind in KINDS] == [404, 404, 404]


@pytest.mark.parametrize("name", ["citizen", "intake", "reviewer", "executive", "auditor", "administrator"])
def test_nobody_but_a_supervisor_sees_the_month_of_somebody(
    name: str, request: pytest.FixtureRequest, client: Client, intake: User
) -> None:
    client.force_login(request.getfixturevalue(name))
    assert [client.get(f"{of(intake)}{kind}").status_code for kind in KINDS] == [404, 404, 404]


def test_a_supervisor_sees_no_month_of_another_office(
    client: Client, supervisor: User, foreign_intake: User
) -> None:
    client.force_login(supervisor)
    assert [client.get(f"{of(foreign_intake)}{kind}").status_code for kind in KINDS] == [404, 404, 404]
