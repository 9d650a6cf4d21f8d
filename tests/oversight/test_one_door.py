"""Oversight reads cases, and what hangs on them, through one door: a confidential case is behind none other."""

import ast

import pytest

from oversight.models import Stay
from oversight.queries import cases as seen
from services.accounts.models import User
from services.casework.models import Case
from tests.architecture import source
from tests.oversight.world import Office, may

DOOR = "oversight/queries/cases.py"
#: Whose managers read cases or tell of them. The figures' own operations write stays, and forget hidden ones.
OF_CASES = {
    "Case",
    "Defect",
    "Certificate",
    "ClockPause",
    "CaseDocument",
    "Submission",
    "Message",
    "OfficeNote",
}
KEEPER = "oversight/operations/figures.py"


def readers(path: str) -> set[str]:
    """The models whose managers a file names."""
    tree = source.tree(source.ROOT / path)
    found = (
        node.value for node in ast.walk(tree) if isinstance(node, ast.Attribute) and node.attr == "objects"
    )
    return {source.last_name(value) for value in found}


def test_nothing_else_reads_cases() -> None:
    ours = [source.name(path) for path in source.python_files() if source.name(path).startswith("oversight/")]

    strays = {
        path: names for path in ours if path != DOOR and (names := readers(path) & (OF_CASES | {"Stay"}))
    }

    assert len(ours) > 20
    assert strays == {KEEPER: {"Stay"}}


def test_the_guard_sees_a_reader() -> None:
    assert {"Case", "Defect", "Stay"} <= readers(DOOR)


@pytest.mark.parametrize("what", ["cases", "stays", "defects", "certificates", "undrawn_cases"])
def test_a_confidential_case_and_a_draft_are_behind_no_door(what: str, citizen: User) -> None:
    office = Office()
    hidden = office.returned(office.sent(citizen, may(4)), may(5))
    Stay.objects.create(
        case=hidden,
        case_version=1,
        service=hidden.service_version.service,
        agency=hidden.agency,
        number=1,
        is_arrival=True,
        holder="INTAKE",
        began_at=may(4),
    )
    Case.objects.filter(pk=hidden.pk).update(is_confidential=True)

    assert not getattr(seen, what)().exists()
