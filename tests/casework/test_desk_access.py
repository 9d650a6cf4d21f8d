"""Who reaches the desk and its files."""

import pytest
from django.test import Client

from services.accounts.models import User
from services.casework import operations as casework
from services.casework.models import Case
from services.foundation import clock
from tests.casework.desk import QUEUE, explain, file
from tests.factories import casework as cases

READERS = ("intake", "reviewer", "inspector", "approver", "supervisor", "executive", "auditor")
OTHERS = (
    "citizen",
    "citizen2",
    "stranger",
    "administrator",
    "foreign_intake",
    "foreign_reviewer",
    "foreign_approver",
)
ACTS = (
    "take/",
    "release/",
    "notes/",
    "late-defects/",
    "nik/",
    "act/accept/",
    "act/return/",
    "act/grant/",
    "act/withdraw/",
)


def places(case: Case) -> list[str]:
    document = case.documents.get(slot="ktp", replaced_at=None).document_id
    papers = (f"documents/{document}/", f"documents/{document}/original/", f"documents/{document}/pages/1/")
    return [file(case, place) for place in ("", *ACTS, *papers)]


@pytest.mark.parametrize("name", READERS)
def test_officers_of_the_agency_read_its_files(
    name: str, request: pytest.FixtureRequest, client: Client, citizen: User
) -> None:
    case = cases.submitted_application(citizen)
    client.force_login(request.getfixturevalue(name))
    assert client.get(QUEUE).status_code == 200
    explain(client, case)
    assert client.get(file(case)).status_code == 200


@pytest.mark.parametrize("name", OTHERS)
def test_for_everybody_else_there_is_no_such_file(
    name: str, request: pytest.FixtureRequest, client: Client, citizen: User
) -> None:
    case = cases.submitted_application(citizen)
    client.force_login(request.getfixturevalue(name))
    for place in places(case):
        assert client.get(place).status_code == 404, place
        assert client.post(place).status_code in {404, 405}, place
    case.refresh_from_db()
    assert (case.status, case.assignee) == ("SUBMITTED", None)


@pytest.mark.parametrize("name", ["citizen", "stranger", "administrator"])
def test_whoever_reads_no_case_has_no_queue(
    name: str, request: pytest.FixtureRequest, client: Client
) -> None:
    client.force_login(request.getfixturevalue(name))
    assert client.get(QUEUE).status_code == 404
    assert client.post(f"{QUEUE}take-next/").status_code == 404


def test_an_officer_does_not_reach_their_own_application(client: Client, intake: User) -> None:
    case = cases.submitted_application(intake)
    client.force_login(intake)
    for place in places(case):
        assert client.get(place).status_code == 404, place
        assert client.post(place).status_code in {404, 405}, place


def test_a_draft_is_on_no_desk(
    client: Client, citizen: User, intake: User, supervisor: User, auditor: User
) -> None:
    case = cases.filled_application(citizen)
    for officer in (intake, supervisor, auditor):
        client.force_login(officer)
        assert client.get(file(case)).status_code == 404


def test_the_anonymous_are_asked_to_sign_in(client: Client, citizen: User) -> None:
    case = cases.submitted_application(citizen)
    for place in (QUEUE, *places(case)):
        answer = client.get(place)
        assert answer.status_code == 302, place
        assert "/login/" in answer["Location"], place


@pytest.mark.parametrize("name", [name for name in READERS if name != "intake"])
def test_other_hats_cannot_do_what_intake_does(
    name: str, request: pytest.FixtureRequest, client: Client, citizen: User
) -> None:
    case = cases.submitted_application(citizen)
    client.force_login(request.getfixturevalue(name))
    for place in ("take/", "release/", "act/accept/", "act/return/"):
        assert client.post(file(case, place)).status_code in {200, 302}
    case.refresh_from_db()
    assert (case.status, case.assignee) == ("SUBMITTED", None)


@pytest.mark.parametrize("name", [name for name in READERS if name != "supervisor"])
def test_only_a_supervisor_allows_one_more_return(
    name: str, request: pytest.FixtureRequest, client: Client, citizen: User, intake: User
) -> None:
    case = cases.mended_application(citizen, intake)
    client.force_login(request.getfixturevalue(name))
    client.post(file(case, "late-defects/"), {"late-reason": "Boleh saja"})
    case.refresh_from_db()
    assert case.late_defects_allowed_by is None


def test_an_executive_reads_but_is_offered_nothing(
    client: Client, citizen: User, intake: User, executive: User
) -> None:
    case = casework.take_case(cases.submitted_application(citizen), actor=intake, at=clock.now())
    client.force_login(executive)
    explain(client, case)
    page = client.get(file(case)).content.decode()
    assert 'id="act-' not in page


def test_a_head_reads_how_a_file_goes_and_not_whose_it_is(
    client: Client, citizen: User, executive: User
) -> None:
    case = cases.submitted_application(citizen)
    document = case.documents.get(slot="ktp", replaced_at=None).document_id
    client.force_login(executive)
    explain(client, case)
    page = client.get(file(case)).content.decode()
    assert citizen.person.name not in page
    assert "NIK" not in page
    assert str(document) not in page
    for place in ("", "original/", "pages/1/"):
        assert client.get(file(case, f"documents/{document}/{place}")).status_code == 404
