"""What the machine does, as the citizen's page and the officer's file show it."""

from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
from django.test import Client

from services.accounts import operations as accounts
from services.accounts.models import User
from services.casework import operations as casework
from services.casework.models import Case
from services.foundation import clock
from tests.casework.desk import Desk
from tests.factories import casework as cases
from tests.factories import documents, machine


@pytest.fixture
def known(citizen: User) -> User:
    """A citizen whose NIK is on file."""
    machine.known(citizen)
    return citizen


def address(case: Case, place: str = "") -> str:
    return f"/cases/{case.reference}/{place}"


def seen_in(page: str) -> str:
    """The state that a page says it shows."""
    return page.partition("?seen=")[2].partition('"')[0]


def test_while_the_machine_looks_the_page_says_so_and_asks_again(
    page_of: Callable[..., str], known: User
) -> None:
    case = machine.sent(known)
    page = page_of(known, address(case))

    assert "The system is checking your application." in page
    assert "it decides at once" in page
    assert f'hx-get="{address(case, "now/")}?seen=' in page
    assert "Look again" in page
    assert "htmx-2.min.js" in page


def test_asking_again_brings_nothing_until_something_has_happened(
    page_of: Callable[..., str], client: Client, known: User
) -> None:
    case = machine.sent(known)
    seen = seen_in(page_of(known, address(case)))
    assert client.get(address(case, f"now/?seen={seen}")).status_code == 204

    casework.check_case(case, at=clock.now())
    answer = client.get(address(case, f"now/?seen={seen}"))
    assert answer.status_code == 200
    assert "Your certificate is being made and sealed." in answer.content.decode()


def test_work_that_takes_long_says_so(page_of: Callable[..., str], known: User) -> None:
    case = machine.sent(known, at=clock.now() - timedelta(minutes=5))

    assert "take longer than usual" in page_of(known, address(case))


def test_a_decision_of_the_machine_names_each_check_and_nobody(
    page_of: Callable[..., str], known: User
) -> None:
    case = casework.check_case(machine.sent(known), at=clock.now())
    page = page_of(known, address(case))

    assert "Decided by the system under UU 30/2014" in page
    assert "The documents are complete" in page
    assert "Decided at once" in page
    assert "signatory" not in page


def test_once_the_certificate_is_there_nothing_is_asked_again(
    page_of: Callable[..., str], known: User
) -> None:
    case = casework.check_case(machine.sent(known), at=clock.now())
    documents.signed_certificate(reference=case.reference)
    page = page_of(known, address(case))

    assert "Your certificate is ready." in page
    assert "hx-get" not in page


def test_what_has_not_passed_is_said_and_that_a_person_looks(
    page_of: Callable[..., str], citizen: User
) -> None:
    case = casework.check_case(machine.sent(citizen), at=clock.now())
    page = page_of(citizen, address(case))

    assert "A person at the office looks at what has not passed." in page
    assert "No NIK is on file for the applicant." in page
    assert "The documents are complete" in page
    assert "hx-get" not in page


def test_where_people_decide_the_page_does_not_promise_the_machine(
    page_of: Callable[..., str], known: User
) -> None:
    case = machine.sent(known, decided_by="people")
    assert "it decides at once" not in page_of(known, address(case))

    casework.check_case(case, at=clock.now())
    assert "Every check has passed. The office goes on with it." in page_of(known, address(case))


def test_a_service_without_checks_says_nothing_of_the_machine(
    page_of: Callable[..., str], citizen: User
) -> None:
    page = page_of(citizen, address(cases.submitted_application(citizen)))

    assert "Checked by the system" not in page
    assert "hx-get" not in page


def test_the_page_asks_a_bounded_number_of_queries(
    page_of: Callable[..., str], client: Client, citizen: User, django_assert_max_num_queries: Any
) -> None:
    case = casework.check_case(machine.sent(citizen), at=clock.now())
    page_of(citizen, address(case))
    with django_assert_max_num_queries(13):
        client.get(address(case))
    with django_assert_max_num_queries(7):
        client.get(address(case, "now/"))


def test_the_officer_reads_each_check_with_its_result(desk: Desk, citizen: User, intake: User) -> None:
    case = casework.check_case(machine.sent(citizen), at=clock.now())
    page = desk.sit(intake).open(case)

    assert "No NIK is on file for the applicant." in page
    assert "Failed" in page
    assert "Every document of the standard is there and can be opened." in page
    assert "The applicant filed for themselves." in page


def test_before_the_machine_has_looked_the_officer_reads_that(desk: Desk, known: User, intake: User) -> None:
    page = desk.sit(intake).open(machine.sent(known))

    assert "The system has not looked at it yet." in page


def test_a_comparison_of_the_nik_shows_at_once(desk: Desk, known: User, intake: User) -> None:
    case = casework.check_case(machine.sent(known, decided_by="people"), at=clock.now())
    assert "Nobody has compared it" in desk.sit(intake).open(case)

    accounts.verify_nik(known.person, verifier=intake, agency=case.agency, at=clock.now())
    assert "an officer has compared it" in desk.sit(intake).open(case)
