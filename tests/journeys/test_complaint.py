"""A street light from report to solved, not solved, and solved: without an account, in a real browser, in both manners."""

import re
from collections.abc import Callable
from pathlib import Path

import pytest
from PIL import Image, ImageDraw
from playwright.sync_api import Page, expect

from complaints import links, queries
from complaints.models import Category
from services.accounts.models import Hat, User
from services.casework.models import Case
from services.government.models import Agency
from tests.factories import accounts
from tests.journeys.conftest import Camera, Manner
from tests.journeys.people import Citizen, Officer, Somebody, sms_with

ON_A_PHONE = Manner(language="id", width=360, javascript=False)
AT_A_DESK = Manner(language="en", width=1280, javascript=True)
PHONE = "0812 3456 7811"
WORDS = "Lampu jalan di depan pos ronda mati sejak Senin. Gelap sekali."
PLACE = "Jalan Kenanga 7, depan masjid"
DISTRICT = "Gubeng"


class Story:
    """One telling: a neighbour, the complaints office, the office that has the lights, and a stranger who reads."""

    def __init__(
        self, manner: Manner, browse: Callable[[Manner], Page], officers: dict[str, User], folder: Path
    ) -> None:
        self.manner, self.browse, self.folder = manner, browse, folder
        self.camera = Camera(f"complaint-{manner}")
        self.say = manner.words
        self.officers = {role: self.officer(role, user) for role, user in officers.items()}
        self.neighbour = Citizen(browse(manner), manner, self.camera)
        self.subject = Category.objects.get(code="street-lights")
        self.reference = self.passphrase = ""

    def officer(self, role: str, user: User) -> Officer:
        """An officer at a desk: officers have a screen and JavaScript in every telling."""
        manner = Manner(language=self.manner.language, width=1280, javascript=True)
        user.language = manner.language
        user.save(update_fields=["language"])
        return Officer(self.browse(manner), manner, self.camera, user=user, role=role)

    def case(self) -> Case:
        """The report as the database has it now."""
        return Case.objects.get(reference=self.reference)

    def becomes(self, status: str, actor: Somebody) -> None:
        """The report has this status, soon after somebody did something."""
        actor.eventually(lambda: self.case().status == status)

    def tell(self) -> None:
        """The whole story, in order."""
        self.is_reported()
        self.is_opened_with_the_passphrase()
        self.is_verified()
        self.is_answered("Sudah kami ganti tadi siang.", "answer")
        self.is_judged(is_solved=False)
        self.is_answered("Kabelnya juga sudah kami ganti.", "second-answer")
        self.is_judged(is_solved=True)
        self.is_read_by_everybody()

    def is_reported(self) -> None:
        """Page by page, with a photo, to the receipt."""
        one, say = self.neighbour, self.say
        one.choose_language()
        one.click(say("Report it"), role="link")
        one.page.get_by_role("textbox", name=say("What is wrong?", context="report")).fill(WORDS)
        one.picture("what")
        one.click(say("Continue"))
        one.page.get_by_role("radio", name=say.of(self.subject.name)).check()
        one.picture("subject")
        one.click(say("Continue"))
        one.page.get_by_role("textbox", name=say("Street and number, or what is nearby")).fill(PLACE)
        one.page.get_by_role("combobox", name=say("District (kecamatan)")).select_option(label=DISTRICT)
        one.picture("where")
        one.click(say("Continue"))
        one.page.get_by_role("main").locator("input[type=file]").set_input_files(self.photo("dark"))
        one.click(say("Add photos"))
        expect(
            one.page.get_by_role("img", name=say("Photo %(number)s of your report", number=1))
        ).to_be_visible()
        one.picture("photos")
        one.click(say("Continue"), role="link")
        one.page.get_by_role("radio", name=say("Everybody"), exact=True).check()
        one.picture("readers")
        one.click(say("Continue"))
        one.page.get_by_role("radio", name=say("By SMS")).check()
        one.page.get_by_role("textbox", name=say("Phone number")).fill(PHONE)
        one.picture("contact")
        one.click(say("Continue"))
        one.sees(PLACE)
        one.picture("check")
        one.click(say("Send the report"))
        one.sees(say("Your report has arrived"))
        one.picture("receipt")
        self.reference = Case.objects.latest("id").reference
        region = one.page.get_by_role("region", name=say("Your passphrase"))
        self.passphrase = region.get_by_role("paragraph").first.inner_text()
        assert len(self.passphrase.split()) == 5
        one.click(say("I have written it down"))
        sms_with(self.reference, to=PHONE)

    def photo(self, name: str) -> Path:
        """A street at night; with the lamp on, where it was mended."""
        image = Image.new("RGB", (1600, 1200), "#10162a")
        draw = ImageDraw.Draw(image)
        draw.rectangle((780, 300, 800, 1200), fill="#3a4256")
        draw.ellipse((740, 220, 840, 320), fill="#3a4256" if name == "dark" else "#ffe9a8")
        path = self.folder / f"{name}.jpg"
        image.save(path, quality=85)
        return path

    def is_opened_with_the_passphrase(self) -> None:
        """Nobody gets in without it; with it the dialogue is open."""
        one, say = self.neighbour, self.say
        one.page.get_by_role("textbox", name=say("Passphrase")).fill("satu dua tiga empat lima")
        one.click(say("Open", context="verb"))
        one.sees(say("This passphrase does not open this report. Check both against your receipt."))
        one.page.get_by_role("textbox", name=say("Passphrase")).fill(self.passphrase)
        one.click(say("Open", context="verb"))
        one.sees(say("Between you and the office"))
        one.picture("dialogue")

    def takes_next(self, officer: Officer) -> None:
        """Take the first of the queue from the desk."""
        officer.page.goto("/admin/")
        button = officer.page.get_by_role("main").get_by_role(
            "button", name=self.say("Take next"), exact=False
        )
        button.first.click()
        officer.sees(self.say.of(self.subject.name))

    def is_verified(self) -> None:
        """The complaints office reads it and hands it to whoever has the lights."""
        intake = self.officers["intake"]
        intake.sign_in()
        self.takes_next(intake)
        intake.sees(WORDS)
        intake.picture("file-at-intake")
        intake.click(self.say("Verify"))
        self.becomes("ASSIGNED", intake)
        assert self.case().agency == Agency.objects.get(code="dishub")

    def is_answered(self, words: str, name: str) -> None:
        """The office answers in words and with a photo; the neighbour gets an SMS."""
        officer, say = self.officers["reviewer"], self.say
        if "/admin/" not in officer.page.url:
            officer.sign_in()
        self.takes_next(officer)
        form = officer.page.get_by_role("form", name=say("Answer", context="complaint"))
        form.get_by_role("textbox", name=say("Your answer")).fill(words)
        form.locator("input[type=file]").set_input_files(self.photo("light"))
        expect(officer.page.get_by_role("textbox", name=say("Reference of the earlier report"))).to_be_empty()
        officer.picture(f"desk-{name}")
        form.get_by_role("button", name=say("Answer", context="complaint")).click()
        self.becomes("ANSWERED", officer)

    def is_judged(self, *, is_solved: bool) -> None:
        """From the link in the newest SMS, without a sign-in."""
        one, say = self.neighbour, self.say
        answer = queries.last_answer(self.case())
        assert answer is not None
        link = links.path_to_say(self.case(), answer)
        sms_with(re.escape(link), to=PHONE)
        one.page.goto(link)
        one.sees(answer.words)
        one.picture("answered" if not is_solved else "answered-again")
        if is_solved:
            one.page.get_by_role("textbox", name=say("A word to the office")).fill(
                "Terang lagi, terima kasih!"
            )
            one.click(say("Yes, it is solved"))
        else:
            one.page.get_by_role("textbox", name=say("What is still wrong?")).fill("Menyala lalu mati lagi.")
            one.click(say("No, it is not solved"))
        one.sees(say("Thank you. You have told the office."))
        self.becomes("SOLVED" if is_solved else "REOPENED", one)
        one.picture("solved" if is_solved else "not-solved")

    def is_read_by_everybody(self) -> None:
        """A stranger finds it by subject, district and state, and learns nothing about a person."""
        say, stranger = self.say, Citizen(self.browse(self.manner), self.manner, self.camera)
        stranger.choose_language()
        stranger.page.goto("/complaints/")
        stranger.page.get_by_role("combobox", name=say("Subject")).select_option(
            label=say.of(self.subject.name)
        )
        stranger.page.get_by_role("combobox", name=say("District")).select_option(label=DISTRICT)
        stranger.page.get_by_role("combobox", name=say("Status")).select_option(label=say("Solved"))
        stranger.click(say("Show", context="verb"))
        stranger.picture("list")
        stranger.click(say.of(self.subject.name), role="link")
        stranger.sees("Kabelnya juga sudah kami ganti.")
        stranger.picture("report")
        page = stranger.page.content()
        for trace in ("81234567811", "Terang lagi", *(str(user.email) for user in self.people())):
            assert trace not in page

    def people(self) -> list[User]:
        """The officers who worked on it."""
        return [officer.user for officer in self.officers.values()]


@pytest.fixture
def city_officers(town: str) -> dict[str, User]:
    """The complaints office's intake, and an officer of whoever has the lights."""
    return {
        "intake": accounts.officer("Wulan Pengaduan", Hat.INTAKE, agency_code="diskominfo"),
        "reviewer": accounts.officer("Rudi Dishub", Hat.REVIEWER, agency_code="dishub"),
    }


@pytest.mark.parametrize("manner", [ON_A_PHONE, AT_A_DESK], ids=str)
def test_a_street_light_from_report_to_solved_not_solved_and_solved(
    manner: Manner, browse: Callable[[Manner], Page], city_officers: dict[str, User], tmp_path: Path
) -> None:
    story = Story(manner, browse, city_officers, tmp_path)
    story.tell()

    case = story.case()
    assert (case.status, case.outcome, case.applicant) == ("SOLVED", "SOLVED", None)
    assert re.fullmatch(r"C-\w{5}-\w{5}", case.reference)
