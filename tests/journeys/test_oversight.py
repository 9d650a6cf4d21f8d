"""A head of an agency finds the late cases; an auditor takes three years away; everybody sees the same without persons."""

import csv
from collections.abc import Callable
from datetime import timedelta
from pathlib import Path

import pytest
from playwright.sync_api import Page, expect

from oversight import operations
from oversight.tables import SMALL
from services.accounts.models import User
from services.audit.models import Event
from services.casework.models import Case
from services.foundation import clock
from tests.factories import accounts
from tests.factories import casework as made
from tests.journeys.conftest import Camera, Manner
from tests.journeys.people import Officer, Somebody
from tests.journeys.test_permit import AT_A_DESK, ON_A_PHONE

APPLICANT = "Sulastri"


@pytest.fixture
def late(officers: dict[str, User]) -> Case:
    """A case that waits past its date, among others that do not; the figures know of it."""
    applicant, now = accounts.signed_up(APPLICANT), clock.now()
    found = made.submitted_application(applicant, at=now - timedelta(days=12))
    neighbour = accounts.signed_up("Budi Santoso")
    for _number in range(SMALL):
        made.submitted_application(neighbour, at=now)
    made.issued_application(accounts.signed_up("Ratna Dewi"), *officers.values(), at=now)
    operations.refresh_figures(at=now)
    return found


class Overseer(Officer):
    """An officer who looks and does not act: their desk tells nothing of the story."""

    def picture(self, name: str) -> None:
        """Keep a picture of what they see away from the desk."""
        if not self.page.url.endswith("/admin/"):
            super().picture(name)


def officer(user: User, role: str, manner: Manner, browse: Callable[[Manner], Page]) -> Overseer:
    """Somebody who oversees, signed in."""
    user.language = manner.language
    user.save(update_fields=["language"])
    found = Overseer(browse(manner), manner, Camera(f"oversight-{manner}"), user=user, role=role)
    found.sign_in()
    return found


@pytest.mark.parametrize("manner", [ON_A_PHONE, AT_A_DESK], ids=str)
def test_a_head_finds_the_late_cases(
    manner: Manner, browse: Callable[[Manner], Page], late: Case, executive: User
) -> None:
    head = officer(executive, "executive", manner, browse)
    head.page.goto("/account/profile/")
    head.click(head.say("Dashboard"), role="link")
    expect(head.page.get_by_role("table").first).to_be_visible()
    head.sees(late.reference)
    head.picture("dashboard")
    head.click(head.say("Everything that is late"), role="link")
    expect(head.page.get_by_role("main").get_by_role("listitem")).to_have_count(1)
    head.sees(late.reference)
    assert APPLICANT not in head.page.content()
    head.picture("late")
    head.page.get_by_role("main").get_by_role("listitem").get_by_role("link").click()
    expect(head.page).to_have_url(f"/track/{late.reference}/")


@pytest.mark.parametrize("manner", [ON_A_PHONE, AT_A_DESK], ids=str)
def test_an_auditor_takes_three_years_away(
    manner: Manner, browse: Callable[[Manner], Page], late: Case, auditor: User, tmp_path: Path
) -> None:
    reader = officer(auditor, "auditor", manner, browse)
    reader.page.goto("/account/profile/")
    reader.click(reader.say("Register of decisions"), role="link")
    reader.sees(APPLICANT)
    reader.picture("register")
    with reader.page.expect_download() as download:
        reader.click(reader.say("All of these as one CSV"), role="link")
    sheet = tmp_path / "register.csv"
    download.value.save_as(sheet)

    rows = list(csv.DictReader(sheet.read_text(encoding="utf-8-sig").splitlines()))

    assert {row["reference"] for row in rows} == set(Case.objects.values_list("reference", flat=True))
    assert {row["outcome"] for row in rows} == {"", "GRANTED"}
    assert Event.objects.filter(action="oversight.register.exported", actor=auditor.pseudonym).count() == 1


@pytest.mark.parametrize("manner", [ON_A_PHONE, AT_A_DESK], ids=str)
def test_everybody_sees_the_same_without_persons(
    manner: Manner, browse: Callable[[Manner], Page], late: Case
) -> None:
    anybody = Somebody(browse(manner), manner, Camera(f"oversight-{manner}"))
    anybody.choose_language()
    anybody.page.get_by_role("contentinfo").get_by_role("link", name=anybody.say("How we serve")).click()
    expect(anybody.page.get_by_role("table").first).to_be_visible()
    expect(anybody.page.get_by_role("img").first).to_be_visible()
    anybody.picture("transparency")
    anybody.click(anybody.say("Register of permits and licences"), role="link")
    anybody.sees(anybody.say("a person"))
    assert "Ratna" not in anybody.page.content()
