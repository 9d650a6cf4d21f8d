"""From a citizen's phone to a certificate that verifies: the whole story in a real browser, in both manners."""

import re
from collections.abc import Callable
from datetime import timedelta
from pathlib import Path

import pytest
from playwright.sync_api import Page, expect

from services.accounts.models import User
from services.casework.models import Case
from services.catalogue.definition import Text
from services.catalogue.models import ServiceVersion
from services.documents.models import Certificate
from services.foundation import clock
from tests.journeys import papers
from tests.journeys.conftest import Camera, Manner
from tests.journeys.people import Citizen, Officer, sms_with, soon
from tests.journeys.steps import Steps

ON_A_PHONE = Manner(language="id", width=360, javascript=False)
AT_A_DESK = Manner(language="en", width=1280, javascript=True)
PHONE = "0812 3456 7801"
NAME = "Sulastri"
NIK = "3578035502900000"
DAYS_TO_START = 20


class Story(Steps):
    """One telling: who takes part, and what they have found out so far. `slug` is what is applied for."""

    slug = "izin-reklame"

    def __init__(
        self, manner: Manner, browse: Callable[[Manner], Page], officers: dict[str, User], folder: Path
    ) -> None:
        self.manner, self.browse, self.folder = manner, browse, folder
        self.camera = Camera(self.folder_of_pictures())
        self.say = manner.words
        self.definition = ServiceVersion.objects.get(service__slug=self.slug, retired_at=None).parsed
        self.officers = {role: self.officer(role, user) for role, user in officers.items()}
        self.citizen = self.somebody()
        self.reference = ""

    def folder_of_pictures(self) -> str:
        """Where the pictures of this telling are kept."""
        return str(self.manner)

    def somebody(self) -> Citizen:
        """A person with a browser that remembers nothing."""
        return Citizen(self.browse(self.manner), self.manner, self.camera)

    def officer(self, role: str, user: User) -> Officer:
        """An officer at a desk: officers have a screen and JavaScript in every telling."""
        manner = Manner(language=self.manner.language, width=1280, javascript=True)
        user.language = manner.language
        user.save(update_fields=["language"])
        return Officer(self.browse(manner), manner, self.camera, user=user, role=role)

    def tell(self) -> None:
        """All four parts, in order."""
        self.applies()
        self.is_returned_and_mended()
        self.is_decided()
        self.is_verified_and_followed()

    def applies(self) -> None:
        """Finds, reads, signs up, fills in, stops, goes on, adds papers, checks, sends."""
        citizen, say, definition = self.citizen, self.say, self.definition
        citizen.choose_language()
        citizen.picture("home")
        citizen.find_service("spanduk", definition)
        self.reads_five_answers()
        citizen.click(say("Apply now"), role="link")
        citizen.sign_up_by_phone(phone=PHONE, name=NAME)
        citizen.page.get_by_role("radio", name=say("For myself")).check()
        citizen.click(say("Begin"))
        citizen.click(say("Your name and NIK"), role="link")
        citizen.field(say("NIK")).fill(NIK)
        citizen.picture("applicant")
        citizen.click(say("Save and continue"))
        citizen.picture("tasks")
        groups = {group.key: group for group in definition.groups}
        citizen.answer_group(
            groups["advertiser"], {"advertiser_kind": "person", "site_contact_phone": "081234567802"}
        )
        self.goes_on_another_day()
        citizen = self.citizen
        citizen.answer_group(
            groups["content"],
            {"billboard_kind": "banner", "message": "Warung Bu Sulastri", "shows_tobacco": False},
        )
        citizen.answer_group(
            groups["faces"], {"face_width": 300, "face_height": 100, "face_count": 2, "face_lit": False}
        )
        place = {"street": "Jalan Rungkut Asri 5", "district": "Rungkut"}
        citizen.answer_group(groups["place"], {"site_address": place, "land_owner": "own", "nearby": "none"})
        citizen.answer_group(
            groups["period"], {"start_date": soon(DAYS_TO_START), "end_date": soon(DAYS_TO_START + 25)}
        )
        self.adds_papers()
        citizen.click(say("Check and send"), role="link")
        citizen.picture("check")
        citizen.page.get_by_role("checkbox").check()
        citizen.click(say("Declare and send"))
        citizen.sees(say("Your application has arrived"))
        citizen.picture("receipt")
        self.reference = Case.objects.latest("id").reference
        assert self.reference in citizen.page.get_by_role("main").inner_text()
        sms_with(self.reference, to=PHONE)

    def reads_five_answers(self) -> None:
        """How long, which documents, what cost, how to follow, how to report: all on the service's page."""
        for heading in (
            "How long it takes",
            "Which documents",
            "What it costs",
            "How to follow it",
            "If someone asks for more",
        ):
            expect(self.citizen.page.get_by_role("heading", name=self.say(heading))).to_be_visible()
        self.citizen.picture("service")

    def goes_on_another_day(self) -> None:
        """Stops, and on another device finds everything as it was."""
        self.citizen = self.somebody()
        self.citizen.choose_language()
        self.citizen.sign_in(PHONE)
        self.citizen.page.goto("/cases/")
        self.citizen.picture("cases-with-a-draft")
        self.citizen.click(self.say("Go on"), role="link", exact=False)
        self.citizen.sees(self.say("Your application"))

    def adds_papers(self) -> None:
        """Three photographs become one document; another one is a real PDF."""
        wanted = {document.key: document for document in self.definition.documents}
        sheets = [papers.photograph(self.folder, f"lokasi{number}", "Lokasi") for number in (1, 2, 3)]
        self.citizen.add_document(wanted["site_photo"], sheets)
        self.citizen.add_document(wanted["site_plan"], [papers.real_pdf(self.folder, "denah")])
        self.citizen.add_document(wanted["identity_card"], [papers.photograph(self.folder, "ktp", "KTP")])
        self.citizen.add_document(
            wanted["content_picture"], [papers.photograph(self.folder, "isi", "Warung")]
        )

    def is_returned_and_mended(self) -> None:
        """Intake marks two defects and returns the file once; both are mended; the clock starts."""
        say, intake = self.say, self.officers["intake"]
        intake.sign_in()
        self.takes_next(intake)
        intake.picture("file")
        self.marks(intake, say.of(self.title("site_plan")), "NOT_READABLE")
        self.marks(intake, say.of(self.title("message")), "ANSWER_UNCLEAR")
        intake.click(say("Return with all defects"))
        intake.picture("letter")
        intake.click(say("Return it and send this letter"))
        self.stands("RETURNED", intake)
        told = say(
            "%(reference)s: something must be mended. See what: %(link)s", reference=self.reference, link=""
        )
        sms_with(re.escape(told.strip()), to=PHONE)
        self.mends()
        self.is_accepted()

    def is_accepted(self) -> None:
        """Intake sees what changed and accepts: the decision's clock starts, and its date is on the citizen's page."""
        say, intake, citizen = self.say, self.officers["intake"], self.citizen
        self.takes_next(intake)
        intake.sees(say("changed"))
        intake.picture("file-mended")
        intake.click(say("Accept as complete"))
        self.becomes("IN_REVIEW", intake)
        self.is_undone(intake)
        intake.click(say("Accept as complete"))
        self.stands("IN_REVIEW", intake)
        citizen.page.goto(f"/cases/{self.reference}/")
        citizen.picture("case-in-review")

    def title(self, key: str) -> Text:
        """What a document or a question is called."""
        titles = {document.key: document.title for document in self.definition.documents}
        return titles.get(key) or self.definition.questions[key].label

    def takes_next(self, officer: Officer) -> None:
        """Take the first of the queue from the desk."""
        officer.page.goto("/admin/")
        officer.page.get_by_role("main").get_by_role(
            "button", name=self.say("Take next"), exact=False
        ).first.click()
        officer.sees(self.definition.name.id if self.manner.language == "id" else self.definition.name.en)

    def marks(self, officer: Officer, title: str, code: str) -> None:
        """Tick a defect, and choose what is wrong."""
        say, main = self.say, officer.page.get_by_role("main")
        main.get_by_role(
            "checkbox", name=re.compile(rf"{say('Has a defect')}\s*:?\s*{re.escape(title)}")
        ).check()
        reason = next(reason for reason in self.definition.defect_reasons if reason.code == code)
        codes = main.get_by_role(
            "combobox", name=re.compile(rf"{re.escape(say('What is wrong?'))}\s*:?\s*{re.escape(title)}")
        )
        codes.select_option(label=say.of(reason.label))

    def mends(self) -> None:
        """The citizen sees both defects, mends both and sends again."""
        citizen, say = self.citizen, self.say
        citizen.page.goto(f"/cases/{self.reference}/")
        citizen.picture("case-returned")
        citizen.click(say("Mend and send again"), role="link")
        citizen.picture("mending")
        groups = {group.key: group for group in self.definition.groups}
        wanted = {document.key: document for document in self.definition.documents}
        self.opens_defect("message")
        citizen.answer_group(groups["content"], {"message": "Warung Bu Sulastri, buka setiap hari"})
        self.opens_defect("site_plan")
        citizen.come_to(say.of(wanted["site_plan"].title))
        citizen.click(say("Replace it"))
        citizen.add_document(wanted["site_plan"], [papers.photograph(self.folder, "denah2", "Denah")])
        citizen.picture("mended")
        citizen.send_again()
        self.becomes("SUBMITTED", citizen)

    def opens_defect(self, key: str) -> None:
        """Choose one of the things to mend."""
        name = re.compile(
            rf"{re.escape(self.say('Mend it'))}\s*:?\s*{re.escape(self.say.of(self.title(key)))}"
        )
        self.citizen.page.get_by_role("main").get_by_role("link", name=name).click()

    def is_decided(self) -> None:
        """The reviewer recommends, the approver decides, the certificate is made, signed and downloaded."""
        say, citizen = self.say, self.citizen
        reviewer, approver = self.officers["reviewer"], self.officers["approver"]
        self.is_reviewed()
        if not reviewer.is_signed_in:
            reviewer.sign_in()
        self.takes_next(reviewer)
        reviewer.page.get_by_role("radio", name=say("Grant", context="recommendation")).check()
        reviewer.picture("recommendation")
        reviewer.click(say("Recommend"))
        self.stands("READY_FOR_DECISION", reviewer)
        approver.sign_in()
        self.takes_next(approver)
        approver.picture("decision")
        approver.click(say("Grant", context="decision"))
        self.stands("GRANTED", approver)
        self.becomes("ISSUED", citizen)
        citizen.page.goto(f"/cases/{self.reference}/")
        citizen.picture("case-issued")
        self.is_downloaded()

    def is_downloaded(self) -> None:
        """The citizen downloads the certificate from the page of the case."""
        citizen, say = self.citizen, self.say
        citizen.page.goto(f"/cases/{self.reference}/")
        with citizen.page.expect_download() as download:
            citizen.click(say("Download the certificate (PDF)"), role="link")
        self.certificate = self.folder / "certificate.pdf"
        download.value.save_as(self.certificate)
        assert self.certificate.read_bytes().startswith(b"%PDF")

    def is_verified_and_followed(self) -> None:
        """A stranger verifies it; an altered copy is refused; tracking shows no person; the openings are shown."""
        say, stranger = self.say, self.somebody()
        certificate = Certificate.objects.get(reference=self.reference)
        stranger.choose_language()
        stranger.page.goto(f"/verify/{certificate.code}/")
        stranger.sees(certificate.number)
        stranger.sees(say("Genuine, not valid yet"))
        clock.move(timedelta(days=DAYS_TO_START + 1))
        stranger.page.goto(f"/verify/{certificate.code}/")
        stranger.sees(say("Genuine and valid"))
        stranger.picture("verified")
        altered = self.folder / "altered.pdf"
        altered.write_bytes(papers.altered(self.certificate.read_bytes()))
        stranger.page.goto("/verify/")
        stranger.page.get_by_role("main").locator("input[type=file]").set_input_files(altered)
        stranger.page.get_by_role("main").get_by_role("button").last.click()
        stranger.sees(say("Altered: do not rely on this file"))
        stranger.picture("altered")
        stranger.page.goto(f"/track/{self.reference}/")
        stranger.picture("tracking")
        assert NAME not in stranger.page.content()
        self.citizen.page.goto(f"/cases/{self.reference}/")
        self.citizen.sees(say("Who opened your file"))


@pytest.mark.parametrize("manner", [ON_A_PHONE, AT_A_DESK], ids=str)
def test_from_a_citizens_phone_to_a_certificate_that_verifies(
    manner: Manner,
    browse: Callable[[Manner], Page],
    officers: dict[str, User],
    foreign_reviewer: User,
    tmp_path: Path,
) -> None:
    story = Story(manner, browse, officers | {"dishub": foreign_reviewer}, tmp_path)
    story.tell()
    assert story.case().decided_at is not None
    took = story.case().closed_at - story.case().submitted_at - story.waited  # type: ignore[operator]
    assert took < timedelta(minutes=10)
