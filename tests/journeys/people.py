"""What the people of a journey do, finding everything by its role and its accessible name."""

import re
import time
from collections.abc import Callable
from contextlib import nullcontext
from datetime import date, timedelta
from pathlib import Path
from typing import Any

from playwright.sync_api import Locator, Page, expect

from services.accounts.models import User
from services.catalogue.definition import (
    Question,
    QuestionGroup,
    QuestionKind,
    RequiredDocument,
    ServiceDefinition,
)
from services.foundation import clock, identity
from services.notifications.models import Delivery
from tests.cast import PASSWORD
from tests.factories import accounts
from tests.journeys.conftest import Camera, Manner
from tests.journeys.words import Words

PATIENCE_SECONDS = 60


def sms_with(pattern: str, *, to: str) -> re.Match[str]:
    """The newest SMS to this phone in which the pattern is found, once a worker has sent it."""
    masked = identity.mask_phone(identity.parse_phone(to))
    deadline = time.monotonic() + PATIENCE_SECONDS
    while time.monotonic() < deadline:
        sent = Delivery.objects.filter(channel="SMS", state="SENT", address_masked=masked)
        for delivery in sent.order_by("-created_at", "-id"):
            if found := re.search(pattern, str((delivery.body or {}).get("text", ""))):
                return found
        time.sleep(0.2)
    raise AssertionError(f"no SMS to {to} says “{pattern}”")


class Somebody:
    """One person with a browser."""

    def __init__(self, page: Page, manner: Manner, camera: Camera) -> None:
        self.page, self.manner, self.camera = page, manner, camera
        self.say: Words = manner.words

    def click(self, name: str, *, role: Any = "button", exact: bool = True) -> None:
        """Press the one thing of this role and name in the page's main part."""
        self.page.get_by_role("main").get_by_role(role, name=name, exact=exact).first.click()

    def field(self, label: str) -> Locator:
        """The text field with this label."""
        return self.page.get_by_role("textbox", name=label)

    def sees(self, words: str) -> None:
        """The page says this."""
        expect(self.page.get_by_role("main").get_by_text(words).first).to_be_visible()

    def choose_language(self) -> None:
        """Switch the portal to the reader's language."""
        self.page.goto("/")
        if self.manner.language == "en":
            self.page.get_by_role("button", name="English").click()

    def picture(self, name: str) -> None:
        """Keep a picture of what they see."""
        self.camera.take(self.page, name)

    def eventually(self, is_there: Callable[[], bool]) -> None:
        """Look again until it is there; without JavaScript by loading the page anew."""
        deadline = time.monotonic() + PATIENCE_SECONDS
        while not is_there():
            assert time.monotonic() < deadline, self.page.get_by_role("main").inner_text()
            time.sleep(0.5)
            if not self.manner.javascript:
                self.page.reload()


class Citizen(Somebody):
    """Applies, mends, downloads."""

    def find_service(self, typed: str, definition: ServiceDefinition) -> None:
        """Type a word of their own and open the service it finds."""
        self.page.get_by_role("searchbox").first.fill(typed)
        self.page.get_by_role("searchbox").first.press("Enter")
        self.picture("search")
        self.click(self.say.of(definition.name), role="link")

    def sign_up_by_phone(self, *, phone: str, name: str) -> None:
        """Make an account with a phone alone."""
        say = self.say
        self.click(say("Make an account"), role="link")
        self.field(say("Phone number or e-mail")).fill(phone)
        self.field(say("Choose a password")).fill(PASSWORD)
        self.picture("sign-up")
        self.click(say("Go on"))
        code = sms_with(r"\b\d{3} \d{3}\b", to=phone)[0]
        self.page.get_by_role("main").get_by_role("textbox").first.fill(f" {code} ")
        self.picture("code")
        self.page.get_by_role("main").get_by_role("button").first.click()
        self.field(say("Name")).fill(name)
        self.page.get_by_role("main").get_by_role("button").first.click()

    def sign_in(self, login: str) -> None:
        """Sign in with the password."""
        self.page.goto("/account/login/")
        self.field(self.say("Phone number or e-mail")).fill(login)
        self.field(self.say("Password")).fill(PASSWORD)
        self.click(self.say("Sign in"))

    def answer_group(self, group: QuestionGroup, answers: dict[str, Any]) -> None:
        """Open a group from the task list, answer it and save."""
        self.come_to(self.say.of(group.title))
        if group.repeated:
            assert group.item_name
            self.click(
                self.say("Add: %(item_name)s", item_name=self.say.of(group.item_name)),
                role="link",
                exact=False,
            )
        for question in group.questions:
            if question.key in answers:
                self.answer(question, answers[question.key])
        self.picture(f"questions-{group.key}")
        self.click(self.say("Save and continue"))
        if group.repeated:
            self.click(self.say("Continue"), role="link")

    def come_to(self, title: str) -> None:
        """Be on the page of this task: it follows by itself, or it is chosen from the list of tasks."""
        main = self.page.get_by_role("main")
        expect(main.get_by_role("heading", level=1)).to_be_visible()
        if not main.get_by_role("heading", name=title, level=1).count():
            main.get_by_role("link", name=title, exact=True).click()
        expect(main.get_by_role("heading", name=title, level=1)).to_be_visible()
        self.page.wait_for_load_state()

    def answer(self, question: Question, value: Any) -> None:
        """Answer one question as its kind is asked."""
        label = self.say.of(question.label)
        main = self.page.get_by_role("main")
        match question.kind:
            case QuestionKind.DATE:
                group = main.get_by_role("group", name=label)
                for part, number in zip(
                    ("Day", "Month", "Year"), (value.day, value.month, value.year), strict=True
                ):
                    group.get_by_role("textbox", name=self.say(part)).fill(str(number))
            case QuestionKind.CHOICE | QuestionKind.MANY:
                chosen = next(choice for choice in question.choices if choice.value == value)
                role: Any = "radio" if question.kind is QuestionKind.CHOICE else "checkbox"
                group = main.get_by_role("group", name=label)
                group.get_by_role(role, name=self.say.of(chosen.label), exact=True).check()
            case QuestionKind.YES_NO:
                group = main.get_by_role("group", name=label)
                group.get_by_role("radio", name=self.say("Yes" if value else "No"), exact=True).check()
            case QuestionKind.ADDRESS:
                group = main.get_by_role("group", name=label)
                group.get_by_role("textbox").first.fill(value["street"])
                group.get_by_role("combobox").select_option(label=value["district"])
            case _:
                main.get_by_role("textbox", name=label).first.fill(str(value))

    def add_document(self, wanted: RequiredDocument, sheets: list[Path]) -> None:
        """Add every sheet of a document, look at each, and say that all are readable."""
        say = self.say
        self.come_to(say.of(wanted.title))
        for number, sheet in enumerate(sheets):
            self.page.get_by_role("main").locator("input[type=file]").set_input_files(sheet)
            if self.manner.javascript and sheet.suffix == ".jpg":
                self.click(say("Yes, readable"))
            self.click(say("Add this sheet") if number else say("Add"))
            self.sees(say("Sheet %(number)s", number=number + 1))
        self.picture(f"document-{wanted.key}")
        # Without JavaScript the page is loaded anew until it is ready: not before this press has been answered.
        with nullcontext() if self.manner.javascript else self.page.expect_navigation():
            self.click(say("Yes, all sheets are here and readable"))
        ready = self.page.get_by_role("main").get_by_text(re.compile(rf"^\s*{say('Ready')}\b"))
        self.eventually(lambda: ready.count() > 0)
        self.click(say("Continue"), role="link")

    def send_again(self) -> None:
        """Check what was mended, declare it, and send it."""
        self.come_to(self.say("Check and send again"))
        for box in self.page.get_by_role("checkbox").all():
            box.check()
        self.click(self.say("Send again"))


class Officer(Somebody):
    """Works in the admin."""

    def __init__(self, page: Page, manner: Manner, camera: Camera, *, user: User, role: str) -> None:
        super().__init__(page, manner, camera)
        self.user, self.role = user, role
        self.is_signed_in = False

    def sign_in(self) -> None:
        """Sign in and come to the desk."""
        self.page.goto("/admin/")
        self.field(self.say("Phone number or e-mail")).fill(str(self.user.email))
        self.field(self.say("Password")).fill(PASSWORD)
        self.click(self.say("Sign in"))
        expect(self.page.get_by_role("heading", name=self.say("Second step"))).to_be_visible()
        self.page.get_by_role("main").get_by_role("textbox").first.fill(accounts.code_of_app())
        self.click(self.say("Sign in"))
        expect(self.page).to_have_url(re.compile("/admin/$"))
        expect(self.page.get_by_role("heading", level=1).first).to_be_visible()
        self.is_signed_in = True
        self.picture(f"desk-of-the-{self.role}")


def soon(days: int) -> date:
    """A day some days from now, by the portal's clock."""
    return clock.today() + timedelta(days=days)
