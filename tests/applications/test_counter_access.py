"""Who serves at the counter: intake that has signed the pact, and nobody for themselves."""

from collections.abc import Callable
from datetime import timedelta

import pytest
from django.test import Client

from permits import operations as permits
from services.accounts.models import Hat, Membership, User
from services.audit import queries as audit
from services.audit.actors import Subject
from services.casework import operations as casework
from services.casework.models import Case
from services.casework.operations import UnableToFile
from services.casework.policies import UnableToAct
from services.foundation import clock
from tests.factories import accounts, applications


def start(user: User, **more: object) -> Case:
    version = applications.full_service()
    fields = {"applicant": None, "helper_relation": "COUNTER", **more}
    return permits.start_application(version=version, actor=user, at=clock.now(), **fields)  # type: ignore[arg-type]


@pytest.mark.parametrize("hat", [hat for hat in Hat.values if hat != Hat.INTAKE])
def test_no_other_hat_serves(hat: str, db: None) -> None:
    with pytest.raises(UnableToAct) as refusal:
        start(accounts.officer("Orang Lain", hat))
    assert refusal.value.code == "hat"


def test_a_citizen_does_not_say_that_they_stand_behind_the_counter(citizen: User) -> None:
    with pytest.raises(UnableToAct) as refusal:
        start(citizen)
    assert refusal.value.code == "hat"


def test_without_the_pact_nobody_is_served(citizen: User, client: Client) -> None:
    accounts.unsigned(citizen, Hat.INTAKE)
    with pytest.raises(UnableToAct) as refusal:
        start(citizen)
    assert refusal.value.code == "pact"


def test_nobody_serves_themselves(intake: User) -> None:
    with pytest.raises(UnableToFile) as refusal:
        start(intake, applicant=intake.person)
    assert refusal.value.code == "own"
    case = start(intake)
    with pytest.raises(UnableToFile):
        casework.set_applicant(case, actor=intake, applicant=intake.person, at=clock.now())


def test_whoever_left_the_counter_changes_and_sends_nothing(intake: User) -> None:
    case = start(intake)
    today = clock.today()
    past = {"valid_from": today - timedelta(days=9), "valid_until": today - timedelta(days=2)}
    Membership.objects.filter(user=intake).update(**past)
    with pytest.raises(UnableToAct):
        casework.remember_answers(case, actor=intake, answers={}, at=clock.now())
    with pytest.raises(UnableToAct):
        permits.submit_application(case, actor=intake, submission_key="a" * 32, at=clock.now())


def test_whoever_is_away_reads_why_they_serve_nobody(intake: User, client: Client) -> None:
    today = clock.today()
    casework.declare_absence(
        officer=intake, kind="LEAVE", first_date=today, last_date=today, actor=intake, at=clock.now()
    )
    with pytest.raises(UnableToAct) as refusal:
        start(intake)
    assert refusal.value.code == "away"
    client.force_login(intake)
    page = client.get("/admin/counter/").content.decode()
    assert "Anda dinyatakan tidak hadir sampai" in page
    assert "Sampai saat itu Anda hanya dapat melacak nomor berkas." in page


def test_whoever_serves_for_several_offices_does_so_for_the_one_of_the_service(
    intake: User, wear: Callable[..., Membership]
) -> None:
    wear(intake, "INTAKE", agency_code="bapenda")
    case = start(intake)
    (event,) = [
        each
        for each in audit.events_of(Subject("case", case.reference))
        if each.action == casework.AT_COUNTER
    ]
    assert event.actor.agency == case.agency.code == "dpmptsp"
