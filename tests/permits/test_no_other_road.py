"""Whatever anybody tries, in whatever order: nobody decides alone, no step is left out, no status stands without an event."""

import contextlib
from collections.abc import Callable
from datetime import timedelta
from functools import partial
from typing import Any, Final
from uuid import uuid4

import pytest
from django.db import DatabaseError, connection, transaction
from django.db.models import F
from hypothesis import HealthCheck, Phase, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, rule, run_state_machine_as_test

from permits import operations as permits
from services.accounts.models import Hat, User
from services.audit import queries as record
from services.casework import operations as casework
from services.casework import transitions
from services.casework.models import Case
from services.documents import operations as sealing
from services.documents.models import Certificate
from services.foundation import clock
from services.foundation.errors import UnableTo
from tests.factories import accounts
from tests.factories import casework as made

#: Who tries: the applicant, one officer a hat, one who wears them all, and one of another agency.
PEOPLE: Final = ("applicant", "intake", "reviewer", "approver", "everything", "foreigner")
HATS: Final = (Hat.INTAKE, Hat.REVIEWER, Hat.APPROVER)
people = st.sampled_from(PEOPLE)
REASON: Final = "FORBIDDEN_PLACE"
GIVEN: Final = casework.Given(words="Tiga meter.")


def asked(case: Case) -> int:
    """The first thing that is asked, if any is."""
    return case.requests.filter(state="OPEN").values_list("pk", flat=True).first() or 0


#: What people do to a permit.
ACTS: Final[dict[str, Callable[..., Any]]] = {
    "take": partial(casework.take_case, reason_code="COUNTER"),
    "release": casework.release_case,
    "send": lambda case, **by: permits.submit_application(case, submission_key=uuid4().hex, **by),
    "return": partial(permits.return_application, defects=[made.UNREADABLE_DRAWING]),
    "mend": permits.resubmit_application,
    "accept": permits.accept_application,
    "ask": partial(permits.ask_applicant, things=made.a_fact("Berapa tingginya?")),
    "unask": lambda case, **by: permits.withdraw_request(case, number=asked(case), **by),
    "answer": lambda case, **by: permits.answer_request(case, number=asked(case), given=GIVEN, **by),
    "recommend GRANT": partial(permits.recommend_application, recommendation="GRANT"),
    "recommend REFUSE": partial(permits.recommend_application, recommendation="REFUSE", reason_code=REASON),
    "grant": permits.grant_application,
    "refuse": partial(permits.refuse_application, reason_code=REASON),
    "withdraw": permits.withdraw_application,
}
#: Who takes the next step as it is meant.
NEXT: Final = {
    "DRAFT": [("applicant", "send")],
    "SUBMITTED": [("intake", "accept")],
    "IN_REVIEW": [("reviewer", "recommend {}")],
    "READY_FOR_DECISION": [("approver", "grant")],
}
#: The statuses that were reached in all attempts together.
reached: set[str] = set()


class Permit(RuleBasedStateMachine):
    """One permit in PostgreSQL, and everything that can be done to it, tried by everybody."""

    def __init__(self) -> None:
        super().__init__()
        self.attempt = transaction.atomic()
        self.attempt.__enter__()
        self.at = clock.now()
        self.cast: dict[str, User] = {}

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

    @property
    def case(self) -> Case:
        """The case as the database has it."""
        return Case.objects.get(reference=self.reference)

    def tries(self, operation: Callable[..., Any], *args: Any, **kwargs: Any) -> None:
        """Do it, or be refused in words; a refusal leaves nothing behind."""
        self.at += timedelta(minutes=1)
        version = self.case.row_version
        with contextlib.suppress(UnableTo):
            with transaction.atomic():
                operation(self.case, *args, at=self.at, **kwargs)
                check_what_the_commit_would()
            return
        assert self.case.row_version == version

    @rule(act=st.sampled_from(sorted(ACTS)), who=people)
    def somebody_tries_something(self, act: str, who: str) -> None:
        """Anything by anybody, at any time."""
        self.tries(ACTS[act], actor=self.cast[who])

    @rule(alone=st.booleans(), recommendation=st.sampled_from(["GRANT", "REFUSE"]))
    def it_goes_on(self, *, alone: bool, recommendation: str) -> None:
        """The next step as it is meant, by its officer or by the one who wears every hat, so that the end is reached."""
        status = self.case.status
        if status == "GRANTED":
            certificate = permits.order_certificate(self.case, at=self.at)
            sealing.sign_certificate(certificate.id, at=self.at)
            self.tries(permits.issue_certificate)
        for name, act in NEXT.get(status, ()):
            who = self.cast["everything" if alone and name != "applicant" else name]
            if name != "applicant":
                self.tries(ACTS["take"], actor=who)
            self.tries(ACTS[act.format(recommendation)], actor=who)

    @rule(who=people)
    def move_without_an_operation(self, who: str) -> None:
        """A road that does not exist is refused by the database, whoever writes it."""
        target = "GRANTED" if self.case.status == "DRAFT" else "DRAFT"
        with pytest.raises(DatabaseError, match="no road"), transaction.atomic():
            Case.objects.filter(reference=self.reference).update(
                status=target, assignee=self.cast[who], row_version=F("row_version") + 1
            )

    @invariant()
    def two_people_decide(self) -> None:
        case = self.case_or_none()
        if case and case.decided_at:
            hands = {case.recommended_by_id, case.decided_by_id}
            assert len(hands) == 2
            assert None not in hands
            assert self.cast["applicant"].pk not in hands
            assert self.cast["foreigner"].pk not in hands

    @invariant()
    def no_step_is_left_out(self) -> None:
        case = self.case_or_none()
        if case and case.status in {"GRANTED", "ISSUED", "REFUSED"}:
            moments = [case.submitted_at, case.complete_at, case.recommended_at, case.decided_at]
            assert None not in moments
            assert moments == sorted(moment for moment in moments if moment)
        if case and case.status == "ISSUED":
            assert Certificate.objects.get(reference=case.reference).is_signed

    @invariant()
    def the_record_tells_the_status(self) -> None:
        case = self.case_or_none()
        if case:
            told = [event.details for event in record.events_of(transitions.subject_of(case))]
            assert [each["status"] for each in told if "status" in each][-1] == case.status
            reached.add(case.status)

    def case_or_none(self) -> Case | None:
        """The case, once the first rule has made it."""
        return self.case if self.cast else None

    def teardown(self) -> None:
        """Nothing of this attempt stays."""
        transaction.set_rollback(True)
        self.attempt.__exit__(None, None, None)


def check_what_the_commit_would() -> None:
    """Let the deferred triggers speak now."""
    with connection.cursor() as cursor:
        cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")
        cursor.execute("SET CONSTRAINTS ALL DEFERRED")


@pytest.mark.django_db
def test_no_order_of_acts_leads_past_the_rules() -> None:
    run_state_machine_as_test(
        Permit,
        settings=settings(
            max_examples=10,
            stateful_step_count=24,
            phases=[Phase.generate],
            deadline=None,
            database=None,
            suppress_health_check=list(HealthCheck),
        ),
    )
    assert reached >= {"SUBMITTED", "IN_REVIEW", "READY_FOR_DECISION", "GRANTED", "ISSUED"}
