"""A conflict: an officer's sister applies. The officer is kept from it and steps back, the superior sees why, a colleague goes on."""

import re
from collections.abc import Callable
from datetime import timedelta
from typing import Final

import pytest
from django.utils import translation
from playwright.sync_api import Page, expect

from services.accounts.models import Hat, User
from services.casework.models import Case
from services.foundation import clock
from services.integrity.models import Interest, Recusal, Refusal, Rule
from tests.factories import accounts
from tests.integrity.interests import NIK, with_nik
from tests.journeys.conftest import Camera, Manner
from tests.journeys.office import Files, Sitting, sits_down
from tests.journeys.people import Citizen

WITH_SCRIPTS: Final = Manner(language="id", width=1280, javascript=True)
WITHOUT: Final = Manner(language="en", width=1280, javascript=False)
SISTER: Final = "Ratna Dewi"
REASON: Final = "Pemohon adalah adik saya."


class Story:
    """One telling: the officer, what was sent, and whoever comes after."""

    def __init__(self, manner: Manner, browse: Callable[[Manner], Page], officers: dict[str, User]) -> None:
        self.manner, self.browse, self.officers = manner, browse, officers
        self.say, self.camera = manner.words, Camera(f"conflict-{manner}")
        self.sister = accounts.signed_up(SISTER)
        with_nik(self.sister)
        files, start = Files(), clock.now() - timedelta(hours=1)
        self.case = files.sent(self.sister, at=start)
        self.other = files.sent(accounts.signed_up("Joko Susilo"), at=start + timedelta(minutes=1))

    def sits_down(self, name: str) -> Sitting:
        """Somebody of the office, signed in."""
        return sits_down(self.officers[name], name, self.manner, self.camera, self.browse)

    def declares_and_is_refused(self, officer: Sitting) -> None:
        """Takes what comes next, reads whose it is, declares it in another tab; the first tab decides nothing any more."""
        officer.take_next()
        officer.sees(SISTER)
        register = Sitting(
            officer.page.context.new_page(), self.manner, self.camera, user=officer.user, role="register"
        )
        register.page.goto("/admin/integrity/interest/")
        with translation.override(self.manner.language):
            kind = str(Interest.Kind.RELATIVE.label)
        register.main.get_by_role("radio", name=kind).check()
        register.field(self.say("Name")).fill(SISTER)
        register.field(self.say("What are they to you?")).fill("Adik")
        register.main.get_by_role("textbox", name=re.compile(rf"^{self.say('NIK')}\b")).first.fill(NIK)
        register.picture("declared")
        register.click(self.say("Declare it"))
        register.is_told(self.say("It stands in your register. Cases that match are kept from you."))
        register.picture("register")
        officer.does("Accept as complete")
        self.is_told_of_the_conflict(officer)
        officer.picture("refused")

    def is_told_of_the_conflict(self, officer: Sitting) -> None:
        """The page says so, and offers nothing that decides."""
        officer.sees(
            self.say("There is a conflict of interest between you and this case. Somebody else handles it.")
        )
        accept = self.say("Accept as complete")
        expect(officer.main.get_by_role("button", name=accept, exact=True)).to_have_count(0)

    def steps_back(self, officer: Sitting) -> None:
        """It leaves the desk with a reason; the next of the queue is somebody else's file."""
        officer.click(self.say("Step back from this case"), role="link")
        officer.field(self.say("What touches you?")).fill(REASON)
        officer.click(self.say("Step back from this case"))
        officer.is_told(
            self.say(
                "You have stepped back. Somebody else goes on with the case, and you cannot take it again."
            )
        )
        officer.picture("stepped-back")
        officer.take_next()
        expect(officer.head).to_have_text(self.other.reference)

    def is_seen_by_the_superior(self, supervisor: Sitting) -> None:
        """It stands on the superior's first page, since nobody else is there; the file says who stepped back and why."""
        supervisor.sees(self.say("Nobody on duty may take these"))
        supervisor.main.get_by_role("link", name=self.case.reference).first.click()
        supervisor.says_why("Supervision of a colleague's work")
        supervisor.sees(self.say("Stepped back from this case"))
        supervisor.sees(REASON)
        supervisor.picture("the-superior-reads-why")

    def goes_on(self, colleague: Sitting) -> None:
        """A colleague comes on duty and finds it first in the queue, as it was promised."""
        colleague.take_next()
        expect(colleague.head).to_have_text(self.case.reference)
        assert REASON not in colleague.page.content()
        colleague.does("Accept as complete")
        expect(colleague.page).to_have_url(re.compile(r"/admin/(\?done=[\w-]+)?$"))

    def is_asked_about(self, administrator: Sitting) -> None:
        """Which rule refused whom; and no case."""
        administrator.page.goto("/admin/integrity/refusal/")
        with translation.override(self.manner.language):
            administrator.sees(str(Rule.NIK.label))
        administrator.sees(str(self.officers["intake"].person.name))
        administrator.picture("which-rule")
        assert self.case.reference not in administrator.page.content()
        assert SISTER not in administrator.page.content()
        answer = administrator.page.goto(f"/admin/casework/case/{self.case.reference}/")
        assert answer
        assert answer.status in {403, 404}

    def is_followed_by_the_sister(self) -> None:
        """On a phone: the applicant reads that somebody stepped back, and not why."""
        phone = Manner(language=self.manner.language, width=360, javascript=False)
        User.objects.filter(pk=self.sister.pk).update(language=phone.language)
        citizen = Citizen(self.browse(phone), phone, self.camera)
        citizen.choose_language()
        citizen.sign_in(str(self.sister.phone))
        citizen.page.goto(f"/cases/{self.case.reference}/")
        said = "An officer stepped back from the file because it touches them. Somebody else goes on with it."
        expect(citizen.page.get_by_text(self.say(said)).first).to_be_attached()
        citizen.picture("the-applicant-on-a-phone")
        assert REASON not in citizen.page.content()


@pytest.mark.parametrize("manner", [WITH_SCRIPTS, WITHOUT], ids=str)
def test_an_officers_sister_applies_and_somebody_else_handles_it(
    manner: Manner,
    town: str,
    browse: Callable[[Manner], Page],
    intake: User,
    supervisor: User,
    administrator: User,
) -> None:
    people = {"intake": intake, "supervisor": supervisor, "administrator": administrator}
    story = Story(manner, browse, people)
    officer = story.sits_down("intake")
    story.declares_and_is_refused(officer)
    story.steps_back(officer)
    story.is_seen_by_the_superior(story.sits_down("supervisor"))
    people["colleague"] = accounts.officer("Dian Penerima", Hat.INTAKE)
    story.goes_on(story.sits_down("colleague"))
    story.is_asked_about(story.sits_down("administrator"))
    story.is_followed_by_the_sister()

    case = Case.objects.get(pk=story.case.pk)
    assert (case.status, case.overtook) == ("IN_REVIEW", 0)
    refusal = Refusal.objects.get()
    assert (refusal.user, refusal.rule, refusal.doing) == (intake, Rule.NIK, "accept")
    assert Recusal.objects.get().reason == REASON
