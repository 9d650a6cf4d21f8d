"""The cast: one fixture a hat, so that a test says who acts by naming them. Everybody's password is PASSWORD."""

from collections.abc import Callable

import pytest

from services.accounts.models import Hat, Membership, User
from tests.factories import accounts

PASSWORD = accounts.PASSWORD
AGENCY = "dpmptsp"
OTHER_AGENCY = "dishub"


@pytest.fixture
def citizen(db: None) -> User:
    """Somebody who applies."""
    return accounts.signed_up("Budi Santoso")


@pytest.fixture
def citizen2(db: None) -> User:
    """Somebody else who applies."""
    return accounts.signed_up("Ratna Dewi")


@pytest.fixture
def stranger(db: None) -> User:
    """A citizen who has nothing here."""
    return accounts.signed_up("Joko Susilo")


@pytest.fixture
def intake(db: None) -> User:
    """Checks completeness."""
    return accounts.officer("Wulan Intake", Hat.INTAKE)


@pytest.fixture
def reviewer(db: None) -> User:
    """Checks substance and recommends."""
    return accounts.officer("Agus Penelaah", Hat.REVIEWER)


@pytest.fixture
def reviewer2(db: None) -> User:
    """Another reviewer of the same agency."""
    return accounts.officer("Dian Penelaah", Hat.REVIEWER)


@pytest.fixture
def inspector(db: None) -> User:
    """Visits the place."""
    return accounts.officer("Tono Pemeriksa", Hat.INSPECTOR)


@pytest.fixture
def approver(db: None) -> User:
    """Decides."""
    return accounts.officer("Sri Pejabat", Hat.APPROVER)


@pytest.fixture
def supervisor(db: None) -> User:
    """Sees to it that the work goes on."""
    return accounts.officer("Hadi Pengawas", Hat.SUPERVISOR)


@pytest.fixture
def executive(db: None) -> User:
    """The head of the agency."""
    return accounts.officer("Lestari Kepala", Hat.EXECUTIVE)


@pytest.fixture
def auditor(db: None) -> User:
    """Reads the record."""
    return accounts.officer("Maya Auditor", Hat.AUDITOR)


@pytest.fixture
def administrator(db: None) -> User:
    """Gives and ends hats."""
    return accounts.officer("Eko Admin", Hat.ADMINISTRATOR)


@pytest.fixture
def administrator2(db: None) -> User:
    """The second person."""
    return accounts.officer("Nina Admin", Hat.ADMINISTRATOR)


@pytest.fixture
def foreign_intake(db: None) -> User:
    """Checks completeness in another agency."""
    return accounts.officer("Yuni Intake", Hat.INTAKE, agency_code=OTHER_AGENCY)


@pytest.fixture
def foreign_reviewer(db: None) -> User:
    """Reviews in another agency."""
    return accounts.officer("Rudi Penelaah", Hat.REVIEWER, agency_code=OTHER_AGENCY)


@pytest.fixture
def foreign_approver(db: None) -> User:
    """Decides in another agency."""
    return accounts.officer("Bambang Pejabat", Hat.APPROVER, agency_code=OTHER_AGENCY)


@pytest.fixture
def named(request: pytest.FixtureRequest) -> Callable[[str], User]:
    """`named("intake")` is one of the cast, for a test of many of them with one case."""
    return request.getfixturevalue


@pytest.fixture
def wear(db: None) -> Callable[..., Membership]:
    """`wear(user, "APPROVER", agency_code="dpmptsp")` puts one more hat on somebody."""
    return accounts.wearing
