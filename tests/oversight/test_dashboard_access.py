"""Who sees whose figures, and who is named in them."""

from collections.abc import Callable

import pytest
from django.test import Client

from oversight import operations
from services.accounts.models import User
from tests.factories import accounts, catalogue
from tests.oversight.world import Office, may, officer, worn_long

Read = Callable[..., str]
InMay = Callable[[int], None]
PAGES = ("/dashboard/", "/dashboard/cases/", "/dashboard/services.csv")


@pytest.fixture
def two_agencies(office: Office, citizen: User, in_may: InMay) -> tuple[str, str]:
    """One case in each of two agencies; their references."""
    version = catalogue.published_version(
        agency_code="dishub", slug="izin-jalan", name=catalogue.said("Izin Jalan", "Road permit")
    )
    there = Office("dishub").sent(citizen, may(4), version=version)
    here = office.sent(citizen, may(4))
    in_may(12)
    operations.refresh_figures(at=may(12))
    return here.reference, there.reference


def test_the_anonymous_sign_in_first(client: Client) -> None:
    for page in PAGES:
        answer = client.get(page)
        assert answer.status_code == 302
        assert "/account/login/" in answer["Location"]


@pytest.mark.parametrize(
    "who", ["citizen", "intake", "reviewer", "inspector", "approver", "auditor", "administrator"]
)
def test_nobody_else_finds_the_dashboard(who: str, request: pytest.FixtureRequest, client: Client) -> None:
    client.force_login(request.getfixturevalue(who))
    for page in PAGES:
        assert client.get(page).status_code == 404


def test_staff_without_a_second_factor_make_one_first(client: Client) -> None:
    user = accounts.signed_up("Lestari Kepala")
    accounts.wearing(user, "EXECUTIVE")
    client.force_login(user)

    answer = client.get("/dashboard/")

    assert answer.status_code == 302
    assert "/2fa/totp/activate/" in answer["Location"]


def test_the_head_of_an_agency_sees_its_cases_alone(two_agencies: tuple[str, str], read: Read) -> None:
    here, there = two_agencies
    head = officer("Lestari Kepala", "EXECUTIVE")

    page = read(head, "/dashboard/cases/?figure=in")

    assert here in page
    assert there not in page
    assert there not in read(head, "/dashboard/cases/?figure=in&agency=dishub")
    assert "Road permit" not in read(head, "/dashboard/")
    assert "Road permit" not in read(head, "/dashboard/?agency=dishub")
    assert "Road permit" not in read(head, "/dashboard/services.csv")


def test_the_head_of_government_sees_every_agency(two_agencies: tuple[str, str], read: Read) -> None:
    accounts.agency("pemkot", is_root=True)
    mayor = officer("Wali Kota", "EXECUTIVE", "pemkot")

    page = read(mayor, "/dashboard/cases/?figure=in")
    dashboard = read(mayor, "/dashboard/")

    assert all(reference in page for reference in two_agencies)
    assert "By agency" in dashboard
    assert "Road permit" in dashboard
    assert "Road permit" not in read(mayor, "/dashboard/?agency=dpmptsp")


def test_a_supervisor_of_the_root_agency_does_not_see_every_agency(
    two_agencies: tuple[str, str], read: Read
) -> None:
    accounts.agency("pemkot", is_root=True)
    supervisor = officer("Hendra Sekda", "SUPERVISOR", "pemkot")

    page = read(supervisor, "/dashboard/cases/?figure=in")

    assert not any(reference in page for reference in two_agencies)


def test_an_executive_reads_no_applicants_name_and_is_led_to_the_public_page(
    two_agencies: tuple[str, str], citizen: User, read: Read
) -> None:
    head = officer("Lestari Kepala", "EXECUTIVE")
    for address in ("/dashboard/", "/dashboard/cases/?figure=in", "/dashboard/cases/?figure=late"):
        page = read(head, address)
        assert citizen.person.name not in page
        assert "/admin/casework/" not in page
    assert f"/track/{two_agencies[0]}/" in read(head, "/dashboard/cases/?figure=in")


def test_a_supervisor_reads_names_where_they_supervise_and_nowhere_else(
    two_agencies: tuple[str, str], citizen: User, read: Read, wear: Callable[..., object]
) -> None:
    here, there = two_agencies
    supervisor = officer("Hendra Atasan", "SUPERVISOR")
    wear(supervisor, "EXECUTIVE", agency_code="dishub")
    worn_long(supervisor)

    page = read(supervisor, "/dashboard/cases/?figure=in")

    assert page.count(f"For {citizen.person.name}") == 1
    assert f"/admin/casework/case/{here}/" in page
    assert f"/track/{there}/" in page


def test_ones_own_matter_is_named_to_nobody(office: Office, in_may: InMay, read: Read) -> None:
    supervisor = officer("Hendra Atasan", "SUPERVISOR")
    own = office.sent(supervisor, may(4))
    in_may(12)
    operations.refresh_figures(at=may(12))

    page = read(supervisor, "/dashboard/cases/?figure=in")

    assert f"/track/{own.reference}/" in page
    assert f"/admin/casework/case/{own.reference}/" not in page
