"""One permit in PostgreSQL, and what must stay true of it whatever anybody tries: the ground of the tests of all orders of acts."""

import contextlib
from collections.abc import Callable, Mapping
from datetime import timedelta
from functools import partial
from typing import Any, ClassVar, Final
from uuid import uuid4

import pytest
from django.db import DatabaseError, connection, transaction
from django.db.models import F
from hypothesis import HealthCheck, Phase, settings
from hypothesis.stateful import RuleBasedStateMachine, invariant, run_state_machine_as_test

from permits import operations as permits
from services.accounts.models import User
from services.audit import queries as record
from services.casework import operations as casework
from services.casework import transitions
from services.casework.models import Case
from services.documents import operations as sealing
from services.documents.models import Certificate
from services.foundation import clock
from services.foundation.errors import UnableTo
from tests.factories import casework as made

REASON: Final = "FORBIDDEN_PLACE"
GIVEN: Final = casework.Given(words="Tiga meter.")
Act = Callable[..., Any]


def asked(case: Case) -> int:
    """The first thing that is asked, if any is."""
    return case.requests.filter(state="OPEN").values_list("pk", flat=True).first() or 0


#: What people do to a permit.
ACTS: Final[Mapping[str, Act]] = {
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


class Attempt(RuleBasedStateMachine):
    """One permit and its people; who tries what is for each test to say."""

    #: Who may never decide, whatever they try.
    STRANGERS: ClassVar[tuple[str, ...]] = ("applicant", "foreigner")
    #: The statuses that were reached in all attempts of a test together.
    reached: ClassVar[set[str]]

    def __init__(self) -> None:
        super().__init__()
        self.attempt = transaction.atomic()
        self.attempt.__enter__()
        self.at = clock.now()
        self.cast: dict[str, User] = {}
        self.reference = ""

    @property
    def case(self) -> Case:
        """The case as the database has it."""
        return Case.objects.get(reference=self.reference)

    def tries(self, operation: Act, *args: Any, **kwargs: Any) -> None:
        """Do it, or be refused in words; a refusal leaves nothing behind."""
        self.at += timedelta(minutes=1)
        version = self.case.row_version
        with contextlib.suppress(UnableTo):
            with transaction.atomic():
                operation(self.case, *args, at=self.at, **kwargs)
                check_what_the_commit_would()
            return
        assert self.case.row_version == version

    def is_made(self) -> None:
        """The worker makes the certificate of what was granted."""
        certificate = permits.order_certificate(self.case, at=self.at)
        sealing.sign_certificate(certificate.id, at=self.at)
        self.tries(permits.issue_certificate)

    def moves_without_an_operation(self, who: str) -> None:
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
            assert hands.isdisjoint(self.cast[name].pk for name in self.STRANGERS)

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
            self.reached.add(case.status)

    def case_or_none(self) -> Case | None:
        """The case, once the first rule has made it."""
        return self.case if self.reference else None

    def teardown(self) -> None:
        """Nothing of this attempt stays."""
        transaction.set_rollback(True)
        self.attempt.__exit__(None, None, None)


def check_what_the_commit_would() -> None:
    """Let the deferred triggers speak now."""
    with connection.cursor() as cursor:
        cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")
        cursor.execute("SET CONSTRAINTS ALL DEFERRED")


def try_all(attempt: type[Attempt], *, examples: int = 10, steps: int = 24) -> None:
    """So many attempts of so many acts each, in any order."""
    run_state_machine_as_test(
        attempt,
        settings=settings(
            max_examples=examples,
            stateful_step_count=steps,
            phases=[Phase.generate],
            deadline=None,
            database=None,
            suppress_health_check=list(HealthCheck),
        ),
    )
