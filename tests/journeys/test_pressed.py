"""Pressed from above: an officer is told to hurry a case. They say so in confidence; the case goes on in its order; nobody at the office learns of it."""

import re
from collections.abc import Callable
from datetime import timedelta
from typing import Final

import pytest
from django.test import Client
from django.utils import translation
from playwright.sync_api import Page, expect

from complaints.integrity.matters import Pressure
from services.accounts.models import Hat, User
from services.audit import queries as audit
from services.audit.actors import Subject
from services.casework.models import Case
from services.foundation import clock
from services.government.models import Agency
from tests.factories import accounts
from tests.journeys.conftest import Camera, Manner
from tests.journeys.everywhere import ABOUT
from tests.journeys.office import Files, Sitting, sits_down, taken_by

ON_A_PHONE: Final = Manner(language="id", width=360, javascript=False)
AT_A_DESK: Final = Manner(language="en", width=1280, javascript=True)
SAID: Final = "Pak Darmo menelepon: berkas ini harus selesai sebelum Jumat, jangan banyak tanya."
WHO: Final = "Pak Darmo, sekretaris dinas"
TRACES: Final = ("Darmo", "banyak tanya")
LEADS: Final = "dishub"


@pytest.fixture
def examiner(town: str) -> User:
    """Somebody who receives and examines reports at the inspectorate."""
    code = Agency.objects.get(role=Agency.Role.INSPECTORATE).code
    user = accounts.officer("Tulus Pemeriksa", Hat.INTAKE, agency_code=code)
    accounts.wearing(user, Hat.REVIEWER, agency_code=code)
    return user


class Story:
    """One telling: two files wait for a reviewer, and somebody wants the second one first."""

    def __init__(self, manner: Manner, browse: Callable[[Manner], Page], people: dict[str, User]) -> None:
        self.manner, self.browse, self.people = manner, browse, people
        self.say, self.camera = manner.words, Camera(f"pressed-{manner}")
        files, start = Files(), clock.now() - timedelta(hours=1)
        offices = {"dpmptsp": people["reviewer2"], "dishub": people["foreign_reviewer"]}
        self.first, self.pressed = (
            files.reviewed(
                accounts.signed_up(name), people["intake"], offices, at=start + timedelta(minutes=minute)
            )
            for minute, name in enumerate(("Joko Susilo", "PT Cepat Untung"))
        )

    def sits_down(self, name: str) -> Sitting:
        """Somebody, signed in."""
        return sits_down(self.people[name], name, self.manner, self.camera, self.browse)

    def tells(self, reviewer: Sitting) -> None:
        """From the page of the case: what was asked, by which office, in which words; to the inspectorate."""
        say = self.say
        reviewer.open(self.pressed)
        button = reviewer.page.get_by_role("button", name=say("I was asked to…"))
        button.scroll_into_view_if_needed()
        reviewer.picture("the-case")
        button.click()
        with translation.override(self.manner.language):
            hurry = str(Pressure.HURRY.label)
        reviewer.main.get_by_role("radio", name=hurry).check()
        office = Agency.objects.get(code=LEADS)
        reviewer.main.get_by_role("combobox", name=say("Which office did it come from?")).select_option(
            label=say.of(office.name)
        )
        reviewer.field(say("Who was it?")).fill(WHO)
        reviewer.field(say("What was said?")).fill(SAID)
        receiver = say.of(Agency.objects.get(role=Agency.Role.INSPECTORATE).name)
        reviewer.main.get_by_role("radio", name=receiver).check()
        reviewer.picture("asked")
        reviewer.click(say("Send in confidence"))
        reviewer.sees(say("Your report has arrived"))
        reviewer.picture("receipt")
        self.report = Case.objects.get(kind="INTEGRITY")
        reviewer.sees(self.report.reference)
        reviewer.click(say("Close the report on this device"))

    def works_in_order(self, reviewer: Sitting) -> None:
        """What comes next is what was promised first; the pressed one follows in its turn."""
        for case in (self.first, self.pressed):
            reviewer.take_next()
            expect(reviewer.head).to_have_text(case.reference)
            grant = self.say("Grant", context="recommendation")
            reviewer.main.get_by_role("radio", name=grant, exact=True).check()
            reviewer.click(self.say("Recommend"))
            expect(reviewer.page).to_have_url(re.compile(r"/admin/(\?done=[\w-]+)?$"))
        reviewer.picture("both-went-on")

    def is_not_seen_by(self, supervisor: Sitting) -> None:
        """The supervisor reads the case, and searches for the report by its reference."""
        supervisor.open(self.pressed)
        supervisor.says_why("Supervision of a colleague's work")
        supervisor.sees(self.say.of(self.pressed.service_version.service.name))
        supervisor.picture("the-supervisor-sees-the-case")
        assert self.untold(supervisor.page.content())
        supervisor.page.goto("/admin/casework/case/")
        supervisor.page.get_by_role("searchbox").first.fill(self.report.reference)
        supervisor.page.get_by_role("searchbox").first.press("Enter")
        supervisor.sees(self.say("Nothing found"))
        supervisor.picture("the-supervisor-finds-nothing")

    def is_found_by_nobody(self, names: list[str]) -> None:
        """Everybody else looks where one would: at both references, in lists, in the record."""
        for name in names:
            client = Client()
            client.force_login(self.people[name])
            for place in ABOUT:
                for case in (self.pressed, self.report):
                    answer = client.get(place.format(case.reference))
                    told = b"".join(answer).decode(errors="replace")
                    assert not [trace for trace in TRACES if trace in told], (name, place)
            assert client.get(f"/admin/casework/case/{self.report.reference}/").status_code in {302, 403, 404}

    def untold(self, page: str) -> bool:
        """Whether a page tells nothing of the report."""
        return not [trace for trace in (*TRACES, self.report.reference) if trace in page]

    def is_read_by(self, examiner: Sitting) -> None:
        """The inspectorate reads what was said and about which case, and not by whom it was told."""
        examiner.take_next()
        expect(examiner.head).to_have_text(self.report.reference)
        for told in (SAID, WHO, self.pressed.reference):
            examiner.sees(told)
        examiner.picture("the-inspectorate-reads-it")
        assert str(self.people["reviewer"].person.name) not in examiner.page.content()


@pytest.mark.parametrize("manner", [ON_A_PHONE, AT_A_DESK], ids=str)
def test_an_officer_is_told_to_hurry_a_case_and_it_goes_on_in_its_order(
    manner: Manner,
    town: str,
    browse: Callable[[Manner], Page],
    examiner: User,
    request: pytest.FixtureRequest,
) -> None:
    office = [
        "intake",
        "reviewer2",
        "foreign_reviewer",
        "approver",
        "supervisor",
        "executive",
        "administrator",
        "auditor",
    ]
    people = {name: request.getfixturevalue(name) for name in (*office, "reviewer")}
    story = Story(manner, browse, people | {"examiner": examiner})
    reviewer = story.sits_down("reviewer")
    story.tells(reviewer)
    story.works_in_order(reviewer)
    story.is_not_seen_by(story.sits_down("supervisor"))
    story.is_found_by_nobody(office)
    story.is_read_by(story.sits_down("examiner"))

    assert taken_by(people["reviewer"]) == [story.first.reference, story.pressed.reference]
    pressed = Case.objects.get(pk=story.pressed.pk)
    assert (pressed.status, pressed.overtook) == ("READY_FOR_DECISION", 0)
    told = audit.events_of(Subject("case", pressed.reference))
    assert not [event.action for event in told if "integrity" in event.action]
