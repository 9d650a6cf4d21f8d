"""Who reaches the pages of a case: its citizen's side, and nobody else."""

import pytest
from django.test import Client

from services.accounts.models import User
from services.casework.models import Case
from tests.factories import casework as cases

PLACES = ("", "answer/", "withdraw/", "certificate/", "certificate/letter/", "now/")
OTHERS = (
    "stranger",
    "citizen2",
    "intake",
    "reviewer",
    "approver",
    "supervisor",
    "auditor",
    "administrator",
    "executive",
    "foreign_intake",
)


def places(case: Case) -> list[str]:
    document = case.documents.get(slot="ktp", replaced_at=None).document_id
    papers = (f"documents/{document}/", f"documents/{document}/pages/1/")
    return [f"/cases/{case.reference}/{place}" for place in (*PLACES, *papers)]


@pytest.mark.parametrize("name", OTHERS)
def test_everybody_else_gets_404(
    name: str, request: pytest.FixtureRequest, client: Client, citizen: User
) -> None:
    case = cases.submitted_application(citizen)
    client.force_login(request.getfixturevalue(name))
    for place in places(case):
        assert client.get(place).status_code == 404, place
        assert client.post(place).status_code in {404, 405}, place


def test_the_anonymous_are_asked_to_sign_in(client: Client, citizen: User) -> None:
    case = cases.submitted_application(citizen)
    for place in places(case):
        answer = client.get(place)
        assert answer.status_code == 302, place
        assert "/account/login/" in answer["Location"]


def test_a_mangled_reference_is_404(client: Client, citizen: User) -> None:
    client.force_login(citizen)
    assert client.get("/cases/P-00000-00001/").status_code == 404
    assert client.get("/cases/nonsense/").status_code == 404


def test_a_document_of_another_case_is_404(client: Client, citizen: User, citizen2: User) -> None:
    case, other = cases.submitted_application(citizen), cases.submitted_application(citizen2)
    foreign = other.documents.get(slot="ktp", replaced_at=None).document_id
    client.force_login(citizen)
    assert client.get(f"/cases/{case.reference}/documents/{foreign}/").status_code == 404
