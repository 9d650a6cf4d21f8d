"""A demanded bribe is told without an account and talked about, while every other account of the demo finds nothing."""

import time
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from typing import Final

import pytest
from django.utils import translation
from playwright.sync_api import Page, expect

from complaints.integrity.matters import Concerned, Matter
from portal.demo import people
from services.accounts.models import Hat, User
from services.casework.models import Case
from services.documents.models import Certificate
from services.foundation import clock
from services.government.models import Agency
from services.notifications.models import Delivery, Notice
from tests.factories import accounts
from tests.factories import casework as made
from tests.journeys.conftest import Camera, Manner
from tests.journeys.everywhere import Everybody
from tests.journeys.people import PATIENCE_SECONDS, Somebody
from tests.journeys.test_oversight import Overseer

ON_A_PHONE = Manner(language="id", width=360, javascript=False)
AT_A_DESK = Manner(language="en", width=1280, javascript=True)
UNIT: Final = "dpmptsp"
ACCUSED: Final = "reviewer"
RECEIVER: Final = "inspectorate"
#: The accused, and who sees numbers: they look in both tellings, in one of them after the end too; all others look in one.
COUNTING: Final = (ACCUSED, "supervisor", "executive", "auditor", "admin")
WORDS = "Di loket saya diminta lima ratus ribu supaya izin cepat keluar. Katanya kalau tidak, berkas ditaruh di bawah."
WHO = "Agus Prasetyo, kemeja batik cokelat"
WHERE = "Loket tiga, setelah jam istirahat"
QUESTION = "Apakah ada orang lain yang mendengarnya?"
ANSWER = "Ada, seorang ibu yang antre di belakang saya."
FINDING = "Terbukti. Petugas itu dipindahkan dari loket dan sedang diperiksa."
TRACES: Final = (
    "ratus ribu",
    "batik cokelat",
    "setelah jam istirahat",
    "mendengarnya",
    "antre di belakang",
    FINDING,
)


@dataclass(frozen=True)
class Demo:
    """The people of the demo in their town, and a permit that one of them was granted."""

    cast: Mapping[str, User]
    case: Case

    @property
    def certificate(self) -> Certificate:
        """The paper about which money was asked."""
        return Certificate.objects.get(reference=self.case.reference)

    def others(self, names: Iterable[str]) -> dict[str, User]:
        """Those with these names, but not the receiver."""
        return {name: self.cast[name] for name in names if name != RECEIVER}


@pytest.fixture
def demo(town: str, monkeypatch: pytest.MonkeyPatch) -> Demo:
    """Every account of the demo at one desk, officers with their second factor, and a neighbour at another office."""
    monkeypatch.setattr(people, "desks", lambda: Agency.objects.filter(code=UNIT))
    people.make_people(at=clock.now())
    accounts_of_the_demo = User.objects.filter(email__endswith="@demo.example")
    cast = {str(user.email).partition("@")[0]: user for user in accounts_of_the_demo}
    for name, user in cast.items():
        if not name.startswith("citizen"):
            accounts.second_factor(user)
    cast["neighbour"] = accounts.officer("Rudi Tetangga", Hat.SUPERVISOR, agency_code="dishub")
    hands = (cast[name] for name in ("citizen", "intake", ACCUSED, "approver"))
    case = made.granted_application(*hands)
    deadline = time.monotonic() + PATIENCE_SECONDS
    while Case.objects.get(pk=case.pk).status != "ISSUED":
        assert time.monotonic() < deadline, "the worker issued no certificate"
        time.sleep(0.1)
    return Demo(cast, case)


class Story:
    """One telling: somebody without a name, an examiner of the inspectorate, and all the others."""

    def __init__(self, manner: Manner, browse: Callable[[Manner], Page], demo: Demo) -> None:
        self.manner, self.browse, self.demo = manner, browse, demo
        User.objects.update(language=manner.language)
        self.camera, self.say = Camera(f"integrity-{manner}"), manner.words
        self.reporter = Somebody(browse(manner), manner, self.camera)
        self.examiner, self.accused = self.officer(RECEIVER), self.officer(ACCUSED)
        self.others = Everybody(demo.others(COUNTING if manner.javascript else demo.cast))
        self.reference = self.passphrase = ""

    def officer(self, name: str) -> Overseer:
        """An officer at a desk: officers have a screen and JavaScript in every telling."""
        manner = Manner(language=self.manner.language, width=1280, javascript=True)
        return Overseer(self.browse(manner), manner, self.camera, user=self.demo.cast[name], role=name)

    def label(self, choice: Matter | Concerned | Hat) -> str:
        """A choice as it is read."""
        with translation.override(self.manner.language):
            return str(choice.label)

    def tell(self) -> None:
        """The whole story, in order; the others look before, while it is open, and in one telling after its end."""
        for officer in (self.examiner, self.accused):
            officer.sign_in()
        self.others.look()
        self.begins_from_the_certificate()
        self.tells()
        self.is_sent()
        self.is_asked()
        self.find_nothing()
        self.is_searched_for()
        self.answers()
        self.is_found_true()
        self.reads_the_end()
        if self.manner == AT_A_DESK:
            self.find_nothing()

    def case(self) -> Case:
        """The report as the database has it now."""
        return Case.objects.get(kind="INTEGRITY")

    def begins_from_the_certificate(self) -> None:
        """Whoever holds the paper is asked whether somebody wanted money for it; its code is filled in."""
        one, say = self.reporter, self.say
        one.choose_language()
        one.page.goto(f"/verify/{self.demo.certificate.code}/")
        one.sees(say("Did someone ask you for money for this document?"))
        one.picture("certificate")
        one.click(say("Report it in confidence"))
        one.sees(say("What protects you"))
        one.picture("start")
        one.click(say("Begin"))

    def tells(self) -> None:
        """Page by page, one thing each."""
        one, say = self.reporter, self.say
        self.chooses(self.label(Matter.REWARD_DEMANDED), "matter")
        one.field(say("What happened?")).fill(WORDS)
        self.goes_on("what")
        one.page.get_by_role("combobox", name=say("Which office is it about?")).select_option(
            label=say.of(self.demo.case.agency.name)
        )
        one.field(say("Where was it?")).fill(WHERE)
        reference = one.field(say("Reference of a case, or code of a certificate"))
        expect(reference).to_have_value(self.demo.certificate.code)
        self.goes_on("where")
        one.field(say("Who was it?")).fill(WHO)
        self.chooses(self.label(Concerned.OFFICER), "who")
        one.field(say("When was it?")).fill("Senin lalu")
        one.field(say("How much money was it about?")).fill("500.000")
        self.goes_on("when")
        self.chooses(say("No"), "work")
        self.goes_on("evidence")
        self.chooses(say.of(Agency.objects.get(role="INSPECTORATE").name), "receiver")
        self.chooses(say("With a passphrase only"), "contact")

    def chooses(self, choice: str, page: str) -> None:
        """Choose one, and go on."""
        self.reporter.page.get_by_role("radio", name=choice, exact=True).check()
        self.goes_on(page)

    def goes_on(self, page: str) -> None:
        """Keep a picture of a filled page, and go to the next."""
        self.reporter.picture(page)
        self.reporter.click(self.say("Continue"))

    def is_sent(self) -> None:
        """Everything once more, and the receipt: reference and five words."""
        one, say = self.reporter, self.say
        one.sees(WORDS)
        one.picture("check")
        one.click(say("Send in confidence"))
        one.sees(say("Your report has arrived"))
        one.picture("receipt")
        self.reference = self.case().reference
        one.sees(self.reference)
        region = one.page.get_by_role("region", name=say("Your passphrase"))
        self.passphrase = region.get_by_role("paragraph").first.inner_text()
        one.click(say("I have written it down"))

    def is_asked(self) -> None:
        """The examiner reads it, begins the examination and asks."""
        examiner, say = self.examiner, self.say
        self.takes_next(Hat.INTAKE, WORDS)
        examiner.sees(WHO)
        examiner.picture("file")
        self.acts("Begin the examination", "IN_EXAMINATION")
        self.takes_next(Hat.REVIEWER, WORDS)
        form = examiner.page.get_by_role("form", name=say("Ask the reporter"), exact=True)
        form.get_by_role("textbox", name=say("Your question")).fill(QUESTION)
        examiner.picture("question")
        self.acts("Ask the reporter", "NEEDS_DATA")

    def takes_next(self, hat: Hat, words: str) -> None:
        """Take the first of this hat's queue from the desk."""
        self.examiner.page.goto("/admin/")
        main = self.examiner.page.get_by_role("main")
        main.get_by_role("button", name=f"{self.say('Take next')}: {self.label(hat)}", exact=False).click()
        self.examiner.sees(words)

    def acts(self, action: str, status: str) -> None:
        """Press the button of an action's form, and see that the report has gone on."""
        form = self.examiner.page.get_by_role("form", name=self.say(action), exact=True)
        form.get_by_role("button", name=self.say(action), exact=True).click()
        self.examiner.eventually(lambda: self.case().status == status)

    def comes_back(self) -> None:
        """Open the report with reference and passphrase."""
        one, say = self.reporter, self.say
        one.page.goto("/complaints/integrity/open/")
        one.field(say("Reference")).fill(self.reference)
        one.field(say("Passphrase")).fill(self.passphrase)
        one.click(say("Open", context="verb"))
        one.sees(say("Between you and the receiver"))

    def answers(self) -> None:
        """The reporter reads the question and answers; the examiner reads it."""
        one, say = self.reporter, self.say
        self.comes_back()
        one.sees(QUESTION)
        one.field(say("Your message", context="to the receiver")).fill(ANSWER)
        one.picture("question-and-answer")
        one.click(say("Answer the receiver"))
        one.sees(say("Your message was sent to the receiver."))
        one.click(say("Close the report on this device"))
        assert self.case().status == "IN_EXAMINATION"

    def is_found_true(self) -> None:
        """It lies on the examiner's desk again, who reads the answer and ends the examination."""
        self.examiner.page.goto("/admin/")
        self.examiner.click(self.reference, role="link", exact=False)
        self.examiner.sees(ANSWER)
        form = self.examiner.page.get_by_role("form", name=self.say("Found true"), exact=True)
        form.get_by_role("textbox", name=self.say("What was found, and what follows")).fill(FINDING)
        self.examiner.picture("finding")
        self.acts("Found true", "SUBSTANTIATED")

    def reads_the_end(self) -> None:
        """The reporter comes back once more, and nobody's name is told."""
        self.comes_back()
        self.reporter.sees(FINDING)
        self.reporter.picture("end")
        assert str(self.examiner.user.person.name) not in self.reporter.page.content()

    def is_searched_for(self) -> None:
        """The accused looks for it at the desk, and a passer-by on the page of every case; both in a browser."""
        accused, say = self.accused, self.say
        accused.page.goto("/admin/casework/case/")
        accused.page.get_by_role("searchbox").first.fill(self.reference)
        accused.page.get_by_role("searchbox").first.press("Enter")
        accused.picture("the-accused-finds-nothing")
        passer_by = Somebody(self.browse(self.manner), self.manner, self.camera)
        passer_by.choose_language()
        passer_by.page.goto("/track/")
        passer_by.field(say("Reference")).fill(self.reference)
        passer_by.page.get_by_role("main").get_by_role("button").first.click()
        passer_by.picture("nobody-finds-anything")
        for somebody in (accused, passer_by):
            assert not [trace for trace in TRACES if trace in somebody.page.content()]

    def find_nothing(self) -> None:
        """The others see what they saw before: no word, no reference, no number more."""
        assert self.others.differences(self.reference, traces=TRACES) == []


@pytest.mark.parametrize("manner", [ON_A_PHONE, AT_A_DESK], ids=str)
def test_a_demanded_bribe_is_told_and_talked_about_and_nobody_else_finds_anything(
    manner: Manner, browse: Callable[[Manner], Page], demo: Demo
) -> None:
    story = Story(manner, browse, demo)
    story.tell()

    case = story.case()
    assert (case.status, case.applicant) == ("SUBSTANTIATED", None)
    assert not Notice.objects.filter(reference=case.reference).exists()
    assert not Delivery.objects.filter(purpose__contains="integrity").exists()
