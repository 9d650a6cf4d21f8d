"""A street vendor is registered by the machine while they look, and a person looks at it afterwards; what it cannot tell, it gives to a person."""

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Page, expect

from services.accounts.models import User
from services.casework import queries
from services.casework.models import Case
from services.catalogue import operations as catalogue
from services.catalogue.models import ServiceVersion
from services.documents.models import Certificate
from services.foundation import clock
from tests.journeys import papers
from tests.journeys.conftest import Camera, Manner
from tests.journeys.office import sits_down
from tests.journeys.people import Citizen, Officer, sms_with

ON_A_PHONE = Manner(language="id", width=360, javascript=False)
AT_A_DESK = Manner(language="en", width=1280, javascript=True)
PHONE = "0812 3456 7810"
NAME = "Slamet Riyanto"
NIK = "3578035502900000"
WORDS = "Apakah lapak saya di taman itu memang boleh?"
FOUND = "Lapaknya di luar taman: boleh, sesuai denah."
PLACE = {"street": "Jalan Rungkut Asri 5, depan taman", "district": "Rungkut"}
ANSWERS: dict[str, dict[str, dict[str, Any]]] = {
    "tanda-daftar-usaha-pkl": {
        "stall": {"goods": "food", "stall_kind": "cart", "hours": "evening"},
        "place": {"stall_address": PLACE},
        "promises": {"declares_passage": True, "declares_cleared": True},
    },
    "pengantar-skck": {
        "purpose": {"purpose": "job", "police_office": "polsek"},
        "home": {"home_address": PLACE},
        "promises": {"declares_own_data": False},
    },
}


class Story:
    """One application for a service that the machine decides."""

    def __init__(
        self, name: str, slug: str, manner: Manner, browse: Callable[[Manner], Page], folder: Path
    ) -> None:
        self.manner, self.browse, self.folder = manner, browse, folder
        self.definition = ServiceVersion.objects.get(service__slug=slug, retired_at=None).parsed
        self.say = manner.words
        self.camera = Camera(f"{name}-{manner}")
        self.citizen = Citizen(browse(manner), manner, self.camera)

    def begins(self, typed: str) -> None:
        """Types a word of their own, reads the page, makes an account and begins."""
        citizen, say = self.citizen, self.say
        citizen.choose_language()
        citizen.find_service(typed, self.definition)
        citizen.picture("service")
        citizen.click(say("Apply now"), role="link")
        citizen.sign_up_by_phone(phone=PHONE, name=NAME)
        citizen.page.get_by_role("radio", name=say("For myself")).check()
        citizen.click(say("Begin"))

    def names_the_stall(self) -> None:
        """Says what the business is called and where letters reach it."""
        citizen, say = self.citizen, self.say
        citizen.field(say("Name of the business")).fill("Bakso Pak Slamet")
        citizen.field(say("Address of the business")).fill("Jalan Rungkut Lor 7")
        citizen.page.get_by_role("main").get_by_role("combobox").first.select_option(label="Rungkut")
        citizen.picture("business")
        citizen.click(say("Save and continue"))

    def fills_in(self) -> None:
        """The NIK, every group of questions, a photo for every document."""
        citizen, say = self.citizen, self.say
        expect(citizen.page.get_by_role("main").get_by_role("heading", level=1)).to_be_visible()
        if not citizen.field(say("NIK")).count():
            citizen.click(say("Your name and NIK"), role="link")
        citizen.field(say("NIK")).fill(NIK)
        citizen.click(say("Save and continue"))
        for group in self.definition.groups:
            citizen.answer_group(group, ANSWERS[self.definition.slug][group.key])
        for wanted in self.definition.documents:
            sheet = papers.photograph(self.folder, wanted.key, wanted.title.id)
            citizen.add_document(wanted, [sheet])

    def sends(self) -> None:
        """Checks everything once more, declares, sends, and goes to the page of the case."""
        citizen, say = self.citizen, self.say
        citizen.click(say("Check and send"), role="link")
        citizen.page.get_by_role("checkbox").check()
        expect(citizen.page.get_by_role("radio", name=say("The system"), exact=True)).to_be_checked()
        citizen.picture("check")
        citizen.click(say("Declare and send"))
        citizen.sees(say("Your application has arrived"))
        citizen.picture("receipt")
        citizen.click(say("Follow this case"), role="link")
        self.reference = Case.objects.latest("id").reference

    def asks_for_a_person(self) -> None:
        """One button, and a word: somebody shall look at what the machine decided."""
        citizen, say = self.citizen, self.say
        citizen.click(say("Ask for a person"), role="link")
        citizen.field(say("What should the person look at?")).fill(WORDS)
        citizen.picture("ask-for-a-person")
        citizen.click(say("Ask for a person"))
        citizen.sees(say("You asked for a person"))

    def is_looked_at_by(self, reviewer: User) -> None:
        """The decision stands on the list twice, drawn and asked for; an officer says what they found, and the applicant reads it."""
        say = self.say
        officer = sits_down(reviewer, "reviewer", self.manner.at_a_desk, self.camera, self.browse)
        officer.page.goto("/admin/casework/case/again/")
        rows = officer.main.get_by_role("row").filter(has_text=self.reference)
        expect(rows).to_contain_text([say("Asked for by the applicant"), say("Drawn at random")])
        officer.picture("drawn-and-asked-for")
        rows.first.get_by_role("link").click()
        officer.sees(WORDS)
        officer.main.get_by_role("radio", name=say("The machine decided rightly")).check()
        officer.field(say("What you found, in words")).fill(FOUND)
        officer.picture("looked-at-again")
        officer.click(say("Put on record"))
        officer.is_told(say("It is on record. Thank you for looking."))
        self.citizen.page.reload()
        self.citizen.sees(FOUND)
        self.citizen.picture("what-the-person-found")

    def case(self) -> Case:
        """The case as the database has it now."""
        return Case.objects.select_related("service_version__service", "agency").get(reference=self.reference)

    def sees_it_happen(self, *words: str) -> None:
        """The page itself comes to say this; without JavaScript it is looked at again."""
        citizen = self.citizen
        for said in map(self.say, words):
            there = citizen.page.get_by_role("main").get_by_text(said).first
            if self.manner.javascript:
                expect(there).to_be_visible()
            else:
                citizen.eventually(there.is_visible)
        citizen.picture("case")


@pytest.mark.parametrize("manner", [ON_A_PHONE, AT_A_DESK], ids=str)
def test_a_street_vendor_is_registered_in_under_a_minute_by_the_machine(
    manner: Manner, town: str, browse: Callable[[Manner], Page], tmp_path: Path, reviewer: User
) -> None:
    said = ServiceVersion.objects.get(service__slug="tanda-daftar-usaha-pkl", retired_at=None).parsed
    each = said.model_copy(update={"human_looks_at_one_in": 1, "published": clock.today()})
    catalogue.publish_version(definition=each, at=clock.now())
    story = Story("machine", "tanda-daftar-usaha-pkl", manner, browse, tmp_path)
    story.begins("gerobak")
    story.names_the_stall()
    story.fills_in()
    story.sends()
    story.sees_it_happen("Your certificate is ready.", "Granted, the certificate is issued")

    citizen, say, case = story.citizen, story.say, story.case()
    assert (case.status, case.decided_by) == ("ISSUED", None)
    citizen.sees(say("The applicant's NIK is known"))
    citizen.sees(say("Decided at once"))
    with citizen.page.expect_download() as download:
        citizen.click(say("Download the certificate (PDF)"), role="link")
    assert Path(download.value.path()).read_bytes().startswith(b"%PDF")
    sms_with(story.reference, to=PHONE)
    stranger = Citizen(browse(manner), manner, story.camera)
    stranger.choose_language()
    stranger.page.goto(f"/verify/{Certificate.objects.get(reference=story.reference).code}/")
    stranger.sees(say("Genuine and valid"))
    stranger.picture("verified")
    story.asks_for_a_person()
    story.is_looked_at_by(reviewer)


def test_what_the_machine_cannot_tell_goes_to_a_person_with_the_results(
    town: str,
    officers: dict[str, User],
    wear: Callable[..., Any],
    browse: Callable[[Manner], Page],
    tmp_path: Path,
) -> None:
    wear(officers["intake"], "INTAKE", agency_code="dispendukcapil")
    story = Story("machine-unsure", "pengantar-skck", ON_A_PHONE, browse, tmp_path)
    story.begins("skck")
    story.fills_in()
    story.sends()
    story.sees_it_happen(
        "A person at the office looks at what has not passed. You are told as soon as something happens."
    )

    case = story.case()
    assert (case.status, case.decided_at) == ("SUBMITTED", None)
    assert queries.timeline(case)[-1].action == "casework.case.checked"
    manner = Manner(language="id", width=1280, javascript=True)
    intake = Officer(browse(manner), manner, story.camera, user=officers["intake"], role="intake")
    intake.sign_in()
    intake.page.goto(f"/admin/casework/case/{story.reference}/")
    intake.sees(story.say("The applicant declared that all is true"))
    intake.picture("file")
