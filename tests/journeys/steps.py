"""What happens to the case of a story: it gets a status, and what an officer did stands once the time to undo it is over."""

import re
from collections.abc import Mapping
from datetime import timedelta

from playwright.sync_api import expect

from services.casework.models import Case
from services.catalogue.definition import ReviewDefinition, ServiceDefinition
from services.foundation import clock
from services.outbox import operations as outbox
from tests.journeys.people import Citizen, Officer, Somebody
from tests.journeys.words import Words


class Steps:
    """The steps of one case; `waited` is how far the clock was moved for them."""

    definition: ServiceDefinition
    reference: str
    citizen: Citizen
    officers: Mapping[str, Officer]
    say: Words
    waited = timedelta()

    def case(self) -> Case:
        """The case as the database has it now."""
        return Case.objects.get(reference=self.reference)

    def becomes(self, status: str, actor: Somebody) -> None:
        """The case has this status, soon after somebody did something."""
        actor.eventually(lambda: self.case().status == status)

    def stands(self, status: str, officer: Officer) -> None:
        """The case has this status after an officer's step, and the time to undo that passes; beat carries on what waited."""
        self.becomes(status, officer)
        window = timedelta(seconds=self.definition.undo_seconds)
        clock.move(window)
        self.waited += window
        outbox.relay_due(at=clock.now())

    def is_undone(self, officer: Officer) -> None:
        """The officer takes the last step back; meanwhile the citizen has read nothing of it."""
        self.citizen.page.goto(f"/cases/{self.reference}/")
        self.citizen.sees(self.say("The file is being checked for completeness"))
        officer.picture("undo")
        officer.click(self.say("Undo"))
        self.becomes("SUBMITTED", officer)
        officer.picture("undone")

    def is_reviewed(self) -> None:
        """Each office does its review on its own; the citizen sees where the file is, and nobody recommends before."""
        for review in self.definition.reviews:
            officer = self.officers[review.agency or "reviewer"]
            if not officer.is_signed_in:
                officer.sign_in()
            self.reviews(officer, review)
        self.citizen.page.goto(f"/cases/{self.reference}/")
        self.citizen.sees(self.say("Where your file is"))
        self.citizen.picture("case-reviewed")

    def reviews(self, officer: Officer, review: ReviewDefinition) -> None:
        """Takes the next review of their office, answers the checklist, and says the outcome."""
        say, main = self.say, officer.page.get_by_role("main")
        officer.page.goto("/admin/casework/case/reviews/")
        main.get_by_role("button", name=say("Take next"), exact=False).first.click()
        heading = officer.page.get_by_role("heading", level=1).first
        expect(heading).to_contain_text(say.of(review.title))
        for item in review.checklist:
            group = main.get_by_role("group", name=say.of(item.label))
            group.get_by_role("radio", name=say("Yes", context="checklist")).check()
        main.get_by_role("radio", name=say("In favour", context="review"), exact=True).check()
        officer.picture(f"review-{review.key}")
        officer.click(say("Finish the review"))
        expect(officer.page).to_have_url(re.compile("/reviews/$"))
