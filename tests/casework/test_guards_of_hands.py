"""What the database says to whoever had a hand in a case and goes around the policy: no signature, no answer to an objection."""

from collections.abc import Callable
from datetime import timedelta
from typing import Any, Final

import pytest
from django.db.models import F

from permits import operations as permits
from services.accounts.models import Hat, User
from services.casework import hands
from services.casework import operations as casework
from services.casework.models import Case, Objection
from services.casework.operations import Given, Thing
from services.foundation import clock
from tests.casework.test_guards_of_the_database import refused
from tests.factories import accounts, catalogue, inspections, signing
from tests.factories import casework as cases

pytestmark = pytest.mark.django_db
TEXT = Thing(kind="CORRECTION", key="shown_text", words="Tulis seluruh teks.")
#: Who worked towards the decision of `recommended`, by what they did.
HANDS: Final = {
    "reviewed": "inspector",
    "noted": "executive",
    "asked": "reviewer2",
    "released": "supervisor",
    "recommended": "reviewer",
    "found": "intake",
    "allowed": "auditor",
}
SIGN = (
    "UPDATE casework_case SET signed_by_id = %s, status = 'GRANTED', outcome = 'GRANTED', decided_at = clock_timestamp(),"
    " row_version = row_version + 1 WHERE id = %s"
)
ANSWER = (
    "UPDATE casework_objection SET answered_by_id = %s, result = 'CONFIRMED', answer = 'Tetap.', answered_at = clock_timestamp()"
    " WHERE case_id = %s AND answered_at IS NULL"
)


@pytest.fixture
def recommended(citizen: User, named: Callable[[str], User]) -> Case:
    """Recommended, after everybody of HANDS did their part; its paper is signed by the head."""
    steps = [step | {"days": 1} for step in signing.steps()[1:]]
    version = catalogue.published_version(slug="izin-dua-tangan", reviews=[inspections.VISIT], steps=steps)
    case = _accepted(citizen, named("intake"), version)
    _inspected(case, begins=named("executive"), ends=named("inspector"))
    casework.take_case(case, actor=named("reviewer2"), at=clock.now())
    case = _asked_twice(case, citizen, asks=named("reviewer2"), releases=named("supervisor"))
    casework.release_case(case, actor=named("reviewer2"), at=clock.now())
    casework.take_case(case, actor=named("reviewer"), at=clock.now())
    case = permits.recommend_application(
        case, actor=named("reviewer"), recommendation="GRANT", at=clock.now()
    )
    Case.objects.filter(pk=case.pk).update(
        late_defects_allowed_by=named("auditor"), row_version=F("row_version") + 1
    )
    case.refresh_from_db()
    casework.take_case(case, actor=named("approver"), at=clock.now())
    case.refresh_from_db()
    return case


def _accepted(citizen: User, intake: User, version: Any) -> Case:
    case = cases.mended_application(citizen, intake, version=version, at=clock.now() - timedelta(hours=3))
    casework.take_case(case, actor=intake, at=clock.now())
    return permits.accept_application(case, actor=intake, at=clock.now())


def _inspected(case: Case, *, begins: User, ends: User) -> None:
    accounts.wearing(begins, Hat.INSPECTOR)
    review, at = inspections.at_the_place(begins, case)
    inspections.noted(begins, review, "size", at=at)
    casework.release_review(review, actor=begins, at=at)
    inspections.taken(ends, case, at=at)
    for item in review.definition.checklist:
        inspections.noted(ends, review, item.key, at=at)
    inspections.signed(ends, review, at=at)


def _asked_twice(case: Case, citizen: User, *, asks: User, releases: User) -> Case:
    given = Given(answers={"shown_text": "Seluruh teks"})
    for again in (False, True):
        case = permits.ask_applicant(case, actor=asks, things=[TEXT], at=clock.now())
        number = case.requests.latest("pk").pk
        if again:
            permits.release_request(case, actor=releases, number=number, at=clock.now())
        case = permits.answer_request(case, actor=citizen, number=number, given=given, at=clock.now())
    return case


def test_whoever_worked_on_it_does_not_sign_it(recommended: Case, named: Callable[[str], User]) -> None:
    signing.grant_for_signature(recommended, actor=named("approver"), at=clock.now())
    for deed, name in HANDS.items():
        assert hands.has_worked_on(named(name), recommended), deed
        said = refused(SIGN, named(name).pk, recommended.pk)
        assert "worked on it" in said or "whoever_recommends_does_not_sign" in said, deed


def test_whoever_had_a_hand_in_it_does_not_answer_the_objection(
    recommended: Case, citizen: User, named: Callable[[str], User]
) -> None:
    case = permits.BY_TRANSITION["refuse"](
        recommended,
        actor=named("approver"),
        reason_code="FORBIDDEN_PLACE",
        reason="Terlarang.",
        at=clock.now(),
    )
    permits.BY_TRANSITION["object"](case, actor=citizen, words="Tidak benar.", at=clock.now())
    for deed, name in HANDS.items():
        assert "does not answer" in refused(ANSWER, named(name).pk, case.pk), deed


def test_whoever_granted_it_does_not_answer_what_a_colleague_did_to_the_paper(
    citizen: User, intake: User, reviewer: User, approver: User
) -> None:
    colleague = accounts.officer("Ratih Pejabat", Hat.APPROVER)
    case = cases.issued_application(citizen, intake, reviewer, approver)
    casework.suspend_certificate(case, actor=colleague, reason="Dapur kotor.", at=clock.now())
    permits.BY_TRANSITION["contest"](case, actor=citizen, words="Sudah diperbaiki.", at=clock.now())
    assert Objection.objects.get().decision_by == colleague
    assert "had a hand" in refused(ANSWER, approver.pk, case.pk)
