"""An office in the morning: billboard permits as people send them, and officers who sit down before them."""

import re
from collections.abc import Callable, Iterable
from datetime import datetime, timedelta
from random import Random
from uuid import uuid4

from playwright.sync_api import Locator, Page, expect

from permits import operations as permits
from portal.demo.data.answers import Answerer
from portal.demo.data.papers import send_paper
from services.accounts.models import User
from services.casework import operations as casework
from services.casework.models import Case, Holding
from services.catalogue import rules
from services.catalogue.models import ServiceVersion
from services.documents import operations as documents
from services.documents.models import Document
from services.foundation import clock
from tests.factories import reviews
from tests.journeys.conftest import Camera, Manner
from tests.journeys.people import Officer


class Files:
    """Complete applications for a permit of the pack (the billboard); each applicant's one photograph stands for every paper."""

    def __init__(self, slug: str = "izin-reklame", **answers: str) -> None:
        """`answers` stand in place of those that are made up."""
        self.fixed = answers
        self.version = ServiceVersion.objects.get(service__slug=slug, retired_at=None)
        self.answerer = Answerer(Random(7))  # noqa: S311 (invented data, no secret)
        self.papers: dict[int, Document] = {}

    def sent(self, applicant: User, *, at: datetime) -> Case:
        """Filled in, with every paper that is needed, and sent."""
        case = permits.start_application(
            version=self.version, actor=applicant, applicant=applicant.person, at=at
        )
        given = self.answerer.answers(
            self.version.parsed, reference=case.reference, today=clock.local_date(at)
        )
        given |= self.fixed
        case = casework.remember_answers(case, actor=applicant, answers=given, at=at)
        for wanted in rules.asked_documents(self.version.parsed, given):
            if wanted.required:
                paper = self._paper(applicant, at)
                casework.attach_document(case, actor=applicant, slot=wanted.key, document=paper, at=at)
        case.refresh_from_db()
        return permits.submit_application(case, actor=applicant, submission_key=uuid4().hex, at=at)

    def sent_by_many(self, applicants: Iterable[User], *, number: int) -> list[Case]:
        """So many, one a minute up to now, by these people in turn; in the order in which they are to be done."""
        people, start = list(applicants), clock.now() - timedelta(minutes=number)
        return [
            self.sent(people[place % len(people)], at=start + timedelta(minutes=place))
            for place in range(number)
        ]

    def accepted(self, applicant: User, intake: User, *, at: datetime) -> Case:
        """Sent and accepted as complete, so that it waits for a reviewer."""
        case = self.sent(applicant, at=at)
        casework.take_case(case, actor=intake, reason_code="COUNTER", at=at)
        return permits.accept_application(case, actor=intake, at=at)

    def reviewed(self, applicant: User, intake: User, reviewers: dict[str, User], *, at: datetime) -> Case:
        """Accepted, and every office has said what it found, so that it waits for whoever recommends."""
        case = self.accepted(applicant, intake, at=at)
        then = at + timedelta(seconds=self.version.parsed.undo_seconds)
        for review in case.reviews.select_related("agency").order_by("pk"):
            reviews.finished(reviewers[review.agency.code], review, at=then)
        return case

    def _paper(self, owner: User, at: datetime) -> Document:
        if owner.pk not in self.papers:
            sent = send_paper(owner, "Lampiran", at=at)
            self.papers[owner.pk] = documents.join_document(sent.id, at=at)
        return self.papers[owner.pk]


class Sitting(Officer):
    """An officer at their desk, in the language of the telling."""

    def take_next(self) -> None:
        """Take what comes next, from the first page."""
        self.page.goto("/admin/")
        self.main.get_by_role("button", name=self.say("Take next")).first.click()
        expect(self.head).to_have_text(re.compile(r"^\s*\w-\w{5}-\w{5}\s*$"))

    def open(self, case: Case) -> None:
        """Open a file by its address, as from a list."""
        self.page.goto(f"/admin/casework/case/{case.reference}/")

    def says_why(self, reason: str) -> None:
        """Whoever has no task in the file says why they open it."""
        self.main.get_by_role("radio", name=self.say(reason), exact=True).check()
        self.main.get_by_role("button", name=self.say("Open the file"), exact=True).click()

    def does(self, action: str) -> None:
        """Press what the bar of the file offers."""
        self.main.get_by_role("region", name=self.say("What you can do")).get_by_role(
            "button", name=self.say(action), exact=True
        ).click()

    def is_told(self, words: str) -> None:
        """The desk says this above the page, after something was done."""
        expect(self.page.get_by_text(words).first).to_be_visible()

    @property
    def main(self) -> Locator:
        """The main part of the page."""
        return self.page.get_by_role("main")

    @property
    def head(self) -> Locator:
        """The page's own heading: on a file its reference."""
        return self.page.get_by_role("heading", level=1).first


def sits_down(
    user: User, role: str, manner: Manner, camera: Camera, browse: Callable[[Manner], Page]
) -> Sitting:
    """Somebody of the office, signed in."""
    user.language = manner.language
    user.save(update_fields=["language"])
    officer = Sitting(browse(manner), manner, camera, user=user, role=role)
    officer.sign_in()
    return officer


def taken_by(user: User) -> list[str]:
    """The references of what this officer took, in the order of taking."""
    rows = Holding.objects.filter(officer=user).order_by("taken_at", "id")
    return list(rows.values_list("case__reference", flat=True))
