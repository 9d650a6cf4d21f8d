"""Who says when an officer is away: the officer, and a supervisor of the office who is here and has signed the pact."""

import pytest
from django.test import Client

from services.accounts.models import Absence, Hat, User
from services.casework import operations as casework
from services.casework.policies import UnableToAct
from services.foundation import clock
from tests.factories import accounts


def declare(officer: User, *, actor: User) -> Absence:
    today = clock.today()
    return casework.declare_absence(
        officer=officer, kind="LEAVE", first_date=today, last_date=today, actor=actor, at=clock.now()
    )


@pytest.mark.parametrize(
    "name", ["citizen", "stranger", "reviewer", "approver", "executive", "auditor", "administrator"]
)
def test_nobody_else_declares_or_ends_it(name: str, request: pytest.FixtureRequest, intake: User) -> None:
    other = request.getfixturevalue(name)
    with pytest.raises(UnableToAct) as refused:
        declare(intake, actor=other)
    assert refused.value.code == "hat"
    with pytest.raises(UnableToAct):
        casework.end_absence(declare(intake, actor=intake), actor=other, at=clock.now())


def test_a_supervisor_of_another_office_does_not(intake: User) -> None:
    elsewhere = accounts.officer("Pengawas Luar", Hat.SUPERVISOR, agency_code="dishub")
    with pytest.raises(UnableToAct):
        declare(intake, actor=elsewhere)


def test_a_supervisor_who_has_not_signed_the_pact_does_not(intake: User) -> None:
    unsigned = accounts.signed_up("Pengawas Baru")
    accounts.unsigned(unsigned, Hat.SUPERVISOR)
    with pytest.raises(UnableToAct) as refused:
        declare(intake, actor=unsigned)
    assert refused.value.code == "pact"


def test_a_supervisor_who_is_away_says_so_of_themselves_alone(intake: User, supervisor: User) -> None:
    declare(supervisor, actor=supervisor)
    with pytest.raises(UnableToAct) as refused:
        declare(intake, actor=supervisor)
    assert refused.value.code == "away"


def test_nobody_ends_on_their_page_what_is_somebody_elses(
    client: Client, intake: User, reviewer: User
) -> None:
    absence = declare(intake, actor=intake)
    client.force_login(reviewer)
    assert client.post("/admin/casework/absence/", {"end": absence.pk}).status_code == 404
    assert client.post("/admin/casework/absence/", {"end": "x"}).status_code == 404


def test_a_supervisor_sees_no_page_of_another_office(
    client: Client, supervisor: User, foreign_intake: User
) -> None:
    client.force_login(supervisor)
    assert client.get(f"/admin/casework/team/{foreign_intake.pk}/absence/").status_code == 404
