"""A parallel review with an inspection from a phone: a time, another time, a place without a connection, minutes that both sides read."""

import re
from collections.abc import Callable
from datetime import timedelta
from random import Random
from typing import Final
from uuid import uuid4

import pytest
from django.test import Client
from playwright.sync_api import FilePayload, Locator, Page, expect

from licensing import operations as licensing
from licensing.models import LegalForm
from licensing.operations.businesses import Facts
from portal.demo.data.answers import Answerer
from portal.demo.data.papers import picture, send_paper
from services.accounts import actors
from services.accounts.models import User
from services.casework import handlers, hands
from services.casework import operations as casework
from services.casework.models import Case, Noted
from services.catalogue import rules
from services.catalogue.models import ServiceVersion
from services.documents import operations as documents
from services.foundation import clock
from services.government.models import District
from tests.cast import PASSWORD
from tests.factories import inspections, reviews
from tests.journeys.conftest import Camera, Manner
from tests.journeys.people import Somebody

ON_A_PHONE: Final = Manner(language="id", width=360, javascript=True)
SERVICE: Final = "standar-penginapan"
PLACE: Final = "Jalan Pemuda 27"
#: What the inspector says of each point, in the order of the checklist; the second is not as it should be.
SEEN: Final = ("YES", "NO", "YES", "YES", "NOT_APPLICABLE")
FOUND: Final = "Jalan keluar belakang tertutup lemari."


def accepted_lodging(owner: User, intake: User) -> Case:
    """A guest house whose owner has sent everything, accepted as complete an hour ago."""
    at = clock.now() - timedelta(hours=1)
    version = ServiceVersion.objects.get(service__slug=SERVICE, retired_at=None)
    facts = Facts(
        name="Wisma Melati",
        legal_form=LegalForm.SOLE.value,
        address=PLACE,
        district=District.objects.earliest("pk"),
        nib="9120212345678",
        kbli_scheme="2020",
        kbli_code="55130",
    )
    business = licensing.register_business(facts, owner=owner.person, actor=actors.acting(owner), at=at)
    case = licensing.start_application(version=version, actor=owner, applicant=owner.person, at=at)
    licensing.choose_business(case, actor=owner, business=business, at=at)
    given = Answerer(Random(7)).answers(  # noqa: S311 (invented data, no secret)
        version.parsed, reference=case.reference, today=clock.local_date(at)
    )
    case = casework.remember_answers(case, actor=owner, answers=given, at=at)
    paper = documents.join_document(send_paper(owner, "Lampiran", at=at).id, at=at)
    for wanted in rules.asked_documents(version.parsed, given):
        casework.attach_document(case, actor=owner, slot=wanted.key, document=paper, at=at)
    case.refresh_from_db()
    sent = licensing.submit_application(case, actor=owner, submission_key=uuid4().hex, at=at)
    casework.take_case(sent, actor=intake, reason_code="COUNTER", at=at)
    return handlers.handler(sent, "accept")(sent, actor=intake, at=at)


class Story:
    """One telling: two reviews at the same time, one of them at the place."""

    def __init__(
        self, manner: Manner, browse: Callable[[Manner], Page], people: dict[str, User], *, town: str
    ) -> None:
        self.manner, self.browse, self.people, self.town = manner, browse, people, town
        self.say, self.camera = manner.words, Camera(f"inspection-{manner}")
        self.case = accepted_lodging(people["citizen"], people["intake"])
        self.inspector, self.citizen = self.phone_of("inspector"), self.phone_of("citizen")
        self.visit = f"/admin/casework/case/{self.case.reference}/reviews/site_visit/"

    def phone_of(self, name: str) -> Somebody:
        """Somebody's phone, on which they have signed in before."""
        user, page = self.people[name], self.browse(self.manner)
        User.objects.filter(pk=user.pk).update(language=self.manner.language)
        client = Client()
        client.force_login(User.objects.get(pk=user.pk))
        value = client.cookies["sessionid"].value
        page.context.add_cookies([{"name": "sessionid", "value": value, "url": self.town}])
        return Somebody(page, self.manner, self.camera)

    def names_a_time(self, days: int, shown: str) -> None:
        """So many working days from now, in the morning."""
        page = self.inspector.page
        page.goto(f"{self.visit}appointment/")
        day = inspections.next_day(days).isoformat()
        for label, value in (("Day", day), ("From what time?", "09:00"), ("Until what time?", "11:00")):
            page.get_by_label(self.say(label)).fill(value)
        self.inspector.field(self.say("Place")).fill(PLACE)
        self.inspector.picture(shown)
        self.inspector.click(self.say("Tell the applicant"))
        expect(page).to_have_url(re.compile("/site_visit/$"))

    def takes_the_inspection(self) -> None:
        """From the queue of the inspectors, while the other office has not begun."""
        page = self.inspector.page
        page.goto("/admin/casework/case/reviews/")
        self.inspector.picture("the-queue-of-the-inspector")
        page.get_by_role("main").get_by_role("button", name=self.say("Take next")).first.click()
        expect(page).to_have_url(re.compile("/site_visit/$"))

    def asks_for_another_time(self) -> None:
        """The applicant reads when somebody comes, and why it does not suit is on record."""
        citizen, page = self.citizen, self.citizen.page
        page.goto(f"/cases/{self.case.reference}/")
        citizen.sees(PLACE)
        citizen.picture("the-applicant-reads-the-time")
        citizen.click(self.say("Ask for another time"), role="link")
        page.get_by_label(self.say("Which day suits you?")).fill(inspections.next_day(2).isoformat())
        citizen.field(self.say("Why does the time not suit you?")).fill("Saya di luar kota hari itu.")
        citizen.picture("another-time")
        citizen.click(self.say("Send the wish"))
        citizen.sees(self.say("Your wish was sent. Until the office names another time, this one holds."))

    def notes_without_a_connection(self) -> None:
        """At the place: the first point arrives, everything after it waits on the phone and goes when it can."""
        page, state = self.inspector.page, self.state
        page.goto(f"{self.visit}visit/")
        expect(state).to_have_text(self.say("Everything is sent."))
        with page.expect_response("**/visit/note/"):
            self.says(0)
        page.context.set_offline(True)
        for number in range(1, len(SEEN)):
            self.says(number)
        self.point(1).get_by_role("textbox").fill(FOUND)
        self.inspector.field(self.say("What the photo shows")).fill("Pintu belakang")
        photo = FilePayload(name="pintu.jpg", mimeType="image/jpeg", buffer=picture("Pintu", "Wisma Melati"))
        page.get_by_label(self.say("Take photos")).set_input_files(photo)
        waiting = self.say(
            "Not sent yet: {number}. It is kept on this phone and goes by itself, in order, as soon as there is a connection."
        ).partition("{")[0]
        expect(state).to_contain_text(waiting)
        page.get_by_role("group").first.scroll_into_view_if_needed()
        self.inspector.picture("no-connection")
        page.context.set_offline(False)
        expect(state).to_have_text(self.say("Everything is sent."))
        page.reload()
        expect(self.point(1).get_by_role("textbox")).to_have_value(FOUND)
        self.inspector.picture("all-is-sent")

    def says(self, number: int) -> None:
        """Answers one point."""
        words = {"YES": "Yes", "NO": "No", "NOT_APPLICABLE": "Not applicable"}[SEEN[number]]
        choice = self.say(words, context="checklist")
        self.point(number).get_by_role("radio", name=choice, exact=True).check()

    def point(self, number: int) -> Locator:
        """One point of the checklist."""
        items = self.case.service_version.parsed.review("site_visit").checklist
        return self.inspector.page.get_by_role("group", name=self.say.of(items[number].label))

    @property
    def state(self) -> Locator:
        """What the phone says of what was sent."""
        return self.inspector.page.get_by_role("main").get_by_role("status").first

    def signs(self) -> None:
        """What was found, who was there, and the password."""
        inspector, say = self.inspector, self.say
        inspector.click(say("Finish"), role="link")
        expect(inspector.page).to_have_url(re.compile("/minutes/$"))
        for name, context in (("In favour, under conditions", "review"), ("The applicant", "presence")):
            inspector.page.get_by_role("radio", name=say(name, context=context), exact=True).check()
        inspector.field(say("Findings in words")).fill(FOUND)
        inspector.page.get_by_label(say("Password")).fill(PASSWORD)
        inspector.picture("the-minutes")
        inspector.click(say("Sign the minutes"))
        expect(inspector.page).to_have_url(re.compile("/reviews/$"))

    def reads_the_minutes(self) -> None:
        """The applicant downloads the sealed paper, and the page that verifies it says nothing of what is in it."""
        citizen, page, say = self.citizen, self.citizen.page, self.say
        link = page.get_by_role("link", name=say("Download the minutes (PDF)"))
        page.goto(f"/cases/{self.case.reference}/")
        citizen.eventually(lambda: self.is_sealed(page, link))
        photo = page.get_by_role("img", name=say("Photo %(number)s", number=1), exact=True)
        photo.scroll_into_view_if_needed()
        expect(photo).not_to_have_js_property("naturalWidth", 0)
        citizen.picture("the-applicant-reads-the-minutes")
        with page.expect_download() as download:
            link.click()
        assert download.value.path().read_bytes().startswith(b"%PDF")
        citizen.click(say("The page that verifies it"), role="link")
        expect(page.get_by_role("heading", level=1)).to_be_visible()
        citizen.picture("verified")
        assert FOUND not in page.content()

    def is_sealed(self, page: Page, link: Locator) -> bool:
        """Whether the page, looked at again, has the paper."""
        page.reload()
        return link.count() > 0


def test_two_offices_review_at_once_and_one_of_them_at_the_place(
    town: str,
    browse: Callable[[Manner], Page],
    request: pytest.FixtureRequest,
) -> None:
    people = {name: request.getfixturevalue(name) for name in ("citizen", "intake", "reviewer", "inspector")}
    story = Story(ON_A_PHONE, browse, people, town=town)
    story.takes_the_inspection()
    story.names_a_time(1, "a-time")
    story.asks_for_another_time()
    reviews.finished(people["reviewer"], reviews.of(story.case, "documents"))
    story.names_a_time(2, "the-other-time")
    clock.move(inspections.on(inspections.next_day(2), 10) - clock.now())
    story.notes_without_a_connection()
    story.signs()
    story.reads_the_minutes()

    done = story.case.reviews.values_list("state", flat=True)
    assert set(done) == {"DONE"}
    assert Noted.objects.filter(photo__isnull=False).count() == 1
    assert hands.has_prepared(people["inspector"], story.case)
