"""Forty files in a morning: an intake officer clears the queue in its order, by keys alone and by mouse alone."""

import re
import time
from collections.abc import Callable
from typing import Final

import pytest
from playwright.sync_api import Locator, Page, expect

from services.accounts.models import User
from services.casework.models import Case, Defect
from services.foundation import clock
from tests.factories import accounts
from tests.journeys.conftest import Camera, Manner
from tests.journeys.office import Files, Sitting, sits_down, taken_by

BY_KEYS: Final = Manner(language="id", width=1280, javascript=True)
BY_MOUSE: Final = Manner(language="en", width=1280, javascript=False)
#: How many wait, how many of them are looked at on their pages, and the places of those that are sent back.
MORNING, LOOKED_AT = 40, 8
SENT_BACK: Final = frozenset({3, 6})
#: Without a keyboard a part of the morning is enough to see that it goes.
BY_HAND: Final = 5
MOST_KEYS, MOST_LOADS, MOST_SECONDS = 5, 2, 60
DEFECTS: Final = 3


@pytest.fixture
def waiting(town: str) -> Callable[[int], list[Case]]:
    """So many complete files in the queue, sent by four people."""
    names = ("Sulastri", "Joko Susilo", "Ratna Dewi", "Slamet Widodo")
    people = [accounts.signed_up(name) for name in names]
    return lambda number: Files().sent_by_many(people, number=number)


class Hands:
    """An intake officer's hands on the keyboard; keys and page loads are counted since the last `begin`."""

    def __init__(self, officer: Sitting) -> None:
        self.officer, self.page, self.say = officer, officer.page, officer.say
        self.keys = self.loads = 0
        self.page.on("load", self._loaded)

    def _loaded(self, _page: Page) -> None:
        self.loads += 1

    def begin(self) -> float:
        """Count from here on, once the page before has wholly loaded; the moment, to tell how long it took."""
        self.page.wait_for_load_state()
        self.keys = self.loads = 0
        return time.monotonic()

    def press(self, *keys: str) -> None:
        """Press these one after the other, on the page as it is."""
        for key in keys:
            self.keys += 1
            self.page.keyboard.press(key)

    def press_and_go(self, key: str) -> None:
        """Press one that leads to another page, and wait until it is there."""
        with self.page.expect_navigation(wait_until="load"):
            self.press(key)

    def take_next(self, case: Case) -> None:
        """The next of the queue is this one, and no other."""
        self.press_and_go("n")
        expect(self.officer.head).to_have_text(case.reference)

    def decide(self, button: str) -> None:
        """Go to the button of this name by D, and press it by Enter."""
        wanted = self.officer.main.get_by_role("button", name=self.say(button), exact=True)
        for _time in range(MOST_KEYS):
            self.press("d")
            if wanted.evaluate("button => button === document.activeElement"):
                break
        self.press_and_go("Enter")

    def mark_next(self) -> Locator:
        """Say of the next answer or document that it has a defect, choose what, and leave the field."""
        self.press("j", "x", "ArrowDown", "Escape")
        return self.officer.main.get_by_role("checkbox", checked=True)


@pytest.mark.parametrize("manner", [BY_KEYS], ids=str)
def test_forty_files_are_cleared_by_keys_in_their_order(
    manner: Manner,
    browse: Callable[[Manner], Page],
    waiting: Callable[[int], list[Case]],
    intake: User,
) -> None:
    cases = waiting(MORNING)
    officer = sits_down(intake, "intake", manner, Camera(f"forty-files-{manner}"), browse)
    hands = Hands(officer)
    for place, case in enumerate(cases, start=1):
        if place > LOOKED_AT:
            press_unseen(officer, case)
        else:
            (send_back if place in SENT_BACK else accept)(hands, case, place)
    officer.page.reload()
    officer.sees(officer.say("Nothing waits in your queue."))
    officer.picture("queue-is-empty")

    expect_cleared(cases, intake, sent_back=len(SENT_BACK))


def accept(hands: Hands, case: Case, place: int) -> None:
    """A complete file: two page loads, at most five keys."""
    hands.begin()
    hands.take_next(case)
    if place == 1:
        hands.officer.picture("file")
    hands.decide("Accept as complete")
    assert hands.keys <= MOST_KEYS
    assert hands.loads <= MOST_LOADS
    if place == 1:
        hands.officer.picture("accepted")


def send_back(hands: Hands, case: Case, place: int) -> None:
    """One with three defects: marked, the letter read, sent; in less than a minute."""
    start = hands.begin()
    hands.take_next(case)
    for number in range(1, DEFECTS + 1):
        expect(hands.mark_next()).to_have_count(number)
    if place == min(SENT_BACK):
        hands.officer.picture("three-defects")
    hands.decide("Return with all defects")
    if place == min(SENT_BACK):
        hands.officer.picture("letter")
    hands.decide("Return it and send this letter")
    assert time.monotonic() - start < MOST_SECONDS


def press_unseen(officer: Sitting, case: Case) -> None:
    """Send what the keys N, D and Enter send, without drawing the pages between them."""
    token = officer.page.locator("input[name=csrfmiddlewaretoken]").first.input_value()
    post = {"agency": case.agency.code, "hat": "INTAKE"}
    for place, leads_to in (("take-next/", case.reference), (f"{case.reference}/act/accept/", "/admin/")):
        answer = officer.page.request.post(
            f"/admin/casework/case/{place}", form={"csrfmiddlewaretoken": token, **post}, max_redirects=0
        )
        assert leads_to in answer.headers.get("location", ""), answer.text()


@pytest.mark.parametrize("manner", [BY_MOUSE], ids=str)
def test_the_same_morning_goes_by_mouse_on_pages_without_a_script(
    manner: Manner,
    browse: Callable[[Manner], Page],
    waiting: Callable[[int], list[Case]],
    intake: User,
) -> None:
    cases = waiting(BY_HAND)
    officer = sits_down(intake, "intake", manner, Camera(f"forty-files-{manner}"), browse)
    for place, case in enumerate(cases, start=1):
        officer.main.get_by_role("button", name=officer.say("Take next")).click()
        expect(officer.head).to_have_text(case.reference)
        if place in SENT_BACK:
            send_back_by_mouse(officer)
        else:
            officer.does("Accept as complete")
    officer.picture("queue-is-empty")

    expect_cleared(cases, intake, sent_back=1)


def send_back_by_mouse(officer: Sitting) -> None:
    """Tick three, choose what is wrong with each, read the letter, send it."""
    start, say = time.monotonic(), officer.say
    ticks = officer.main.get_by_role("checkbox", name=re.compile(say("Has a defect")))
    codes = officer.main.get_by_role("combobox", name=re.compile(re.escape(say("What is wrong?"))))
    for number in range(DEFECTS):
        ticks.nth(number).check()
        codes.nth(number).select_option(index=1)
    officer.picture("three-defects")
    officer.does("Return with all defects")
    officer.picture("letter")
    officer.click(say("Return it and send this letter"))
    expect(officer.head).to_be_visible()
    assert time.monotonic() - start < MOST_SECONDS


def expect_cleared(cases: list[Case], intake: User, *, sent_back: int) -> None:
    """Everything was taken in its order, nobody was overtaken, and each return names its defects."""
    assert taken_by(intake) == [case.reference for case in cases]
    mine = Case.objects.filter(pk__in=[case.pk for case in cases])
    assert not mine.filter(overtook__gt=0).exists()
    assert mine.filter(status="RETURNED").count() == sent_back
    assert mine.filter(status="IN_REVIEW", complete_at__lte=clock.now()).count() == len(cases) - sent_back
    assert Defect.objects.filter(case__in=mine).count() == sent_back * DEFECTS
