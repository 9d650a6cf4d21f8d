"""Who takes reports down: intake that has signed the pact and is here, until it is sent."""

from datetime import timedelta

import pytest
from django.test import Client

from complaints import operations as complaints
from complaints.operations import Taken
from services.accounts.models import Hat, Membership, User
from services.casework.models import Case
from services.casework.policies import UnableToAct
from services.foundation import clock
from tests.factories import accounts
from tests.factories import complaints as reports


def receive(officer: User) -> Case:
    return complaints.receive_report(
        reports.report(with_account=True),
        actor=officer,
        submission_key="k" * 32,
        passphrase=reports.PASSPHRASE,
        language="id",
        taken=Taken(officer, "COUNTER"),
        at=clock.now(),
    )


@pytest.mark.parametrize("hat", [Hat.REVIEWER, Hat.SUPERVISOR, Hat.ADMINISTRATOR])
def test_no_other_hat_takes_a_report_down(hat: str) -> None:
    officer = accounts.officer("Orang Lain", hat)
    reports.ready()
    with pytest.raises(UnableToAct):
        complaints.start_draft(taken=Taken(officer, "COUNTER"), at=clock.now())
    with pytest.raises(UnableToAct):
        receive(officer)


def test_without_the_pact_nobody_takes_a_report_down(citizen: User) -> None:
    accounts.unsigned(citizen, Hat.INTAKE)
    with pytest.raises(UnableToAct) as refusal:
        receive(citizen)
    assert refusal.value.code == "pact"


def test_whoever_left_the_counter_sends_nothing_more(intake: User, client: Client) -> None:
    reports.ready()
    draft = complaints.start_draft(taken=Taken(intake, "COUNTER"), at=clock.now())
    today = clock.today()
    past = {"valid_from": today - timedelta(days=9), "valid_until": today - timedelta(days=2)}
    Membership.objects.filter(user=intake).update(**past)
    with pytest.raises(UnableToAct):
        complaints.send_draft(draft, reports.report(), actor=intake, language="id", at=clock.now())
    assert not Case.objects.exists()


def test_it_is_never_tied_to_the_account_of_the_officer(intake: User) -> None:
    assert receive(intake).applicant is None
