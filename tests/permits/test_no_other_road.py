"""Whatever anybody tries, in whatever order: nobody decides alone, no step is left out, no status stands without an event."""

from typing import Final

from hypothesis import strategies as st
from hypothesis.stateful import initialize, rule

from services.accounts.models import Hat
from tests.factories import accounts
from tests.factories import casework as made
from tests.permits.attempts import ACTS, Attempt, try_all

#: Who tries: the applicant, one officer a hat, one who wears them all, and one of another agency.
PEOPLE: Final = ("applicant", "intake", "reviewer", "approver", "everything", "foreigner")
people = st.sampled_from(PEOPLE)
#: Who takes the next step as it is meant.
NEXT: Final = {
    "DRAFT": [("applicant", "send")],
    "SUBMITTED": [("intake", "accept")],
    "IN_REVIEW": [("reviewer", "recommend {}")],
    "READY_FOR_DECISION": [("approver", "grant")],
}


class Permit(Attempt):
    """One permit, and everything that can be done to it, tried by everybody."""

    reached = set()

    @initialize()
    def begin(self) -> None:
        """A filled draft, and the people."""
        self.cast = {
            "applicant": accounts.signed_up("Budi Santoso"),
            "intake": accounts.officer("Wulan", Hat.INTAKE),
            "reviewer": accounts.officer("Agus", Hat.REVIEWER),
            "approver": accounts.officer("Sri", Hat.APPROVER),
            "everything": accounts.officer("Serba Bisa", Hat.INTAKE),
            "foreigner": accounts.officer("Bambang", Hat.APPROVER, agency_code="dishub"),
        }
        accounts.wearing(self.cast["everything"], Hat.REVIEWER)
        accounts.wearing(self.cast["everything"], Hat.APPROVER)
        self.reference = made.filled_application(self.cast["applicant"], at=self.at).reference

    @rule(act=st.sampled_from(sorted(ACTS)), who=people)
    def somebody_tries_something(self, act: str, who: str) -> None:
        """Anything by anybody, at any time."""
        self.tries(ACTS[act], actor=self.cast[who])

    @rule(alone=st.booleans(), recommendation=st.sampled_from(["GRANT", "REFUSE"]))
    def it_goes_on(self, *, alone: bool, recommendation: str) -> None:
        """The next step as it is meant, by its officer or by the one who wears every hat, so that the end is reached."""
        status = self.case.status
        if status == "GRANTED":
            self.is_made()
        for name, act in NEXT.get(status, ()):
            who = self.cast["everything" if alone and name != "applicant" else name]
            if name != "applicant":
                self.tries(ACTS["take"], actor=who)
            self.tries(ACTS[act.format(recommendation)], actor=who)

    @rule(who=people)
    def move_without_an_operation(self, who: str) -> None:
        """A road that does not exist is refused by the database, whoever writes it."""
        self.moves_without_an_operation(who)


def test_no_order_of_acts_leads_past_the_rules() -> None:
    try_all(Permit)
    assert Permit.reached >= {"SUBMITTED", "IN_REVIEW", "READY_FOR_DECISION", "GRANTED", "ISSUED"}
