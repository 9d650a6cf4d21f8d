"""What happens to the case of a story: it gets a status, and what an officer did stands once the time to undo it is over."""

from datetime import timedelta

from services.casework.models import Case
from services.catalogue.definition import ServiceDefinition
from services.foundation import clock
from services.outbox import operations as outbox
from tests.journeys.people import Citizen, Officer, Somebody
from tests.journeys.words import Words


class Steps:
    """The steps of one case; `waited` is how far the clock was moved for them."""

    definition: ServiceDefinition
    reference: str
    citizen: Citizen
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
