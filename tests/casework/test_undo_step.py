"""An officer takes their last step back in time: everything stands as before it, and nobody outside hears of it."""

from collections.abc import Callable
from datetime import datetime, timedelta
from typing import Any

import pytest
from django.db import DatabaseError
from django.forms.models import model_to_dict

from oversight import replay
from oversight.queries import record
from permits import operations as permits
from services.accounts.models import User
from services.casework import operations as casework
from services.casework import queries
from services.casework import reviews as waiting_reviews
from services.casework.models import Case, Holding
from services.casework.operations import UnableToHandle
from services.casework.transitions import UnableToMove
from services.documents.models import Certificate
from services.foundation import clock
from services.notifications.models import Notice
from services.outbox.models import Message
from tests.factories import accounts, catalogue, reviews
from tests.factories import casework as cases

WINDOW = timedelta(seconds=600)
Officers = dict[str, User]
Deliver = Callable[[], int]
#: Each step with the hat that takes it, and the application it is taken on.
STEPS = {
    "return": "intake",
    "accept": "intake",
    "ask": "reviewer",
    "recommend": "reviewer",
    "grant": "approver",
    "refuse": "approver",
}


@pytest.fixture
def officers(intake: User, reviewer: User, approver: User) -> Officers:
    return {"intake": intake, "reviewer": reviewer, "approver": approver}


def ready_for(name: str, citizen: User, officers: Officers, *, at: datetime) -> Case:
    """An application on the desk of whoever takes this step; what went before was taken long ago."""
    version, before = catalogue.published_version(undo_seconds=600), at - timedelta(days=1)
    intake, reviewer = officers["intake"], officers["reviewer"]
    case = cases.submitted_application(citizen, version=version, at=before)
    if name not in {"return", "accept"}:
        casework.take_case(case, actor=intake, at=before)
        case = permits.accept_application(case, actor=intake, at=before)
    if name in {"grant", "refuse"}:
        casework.take_case(case, actor=reviewer, at=before + WINDOW)
        case = permits.recommend_application(case, actor=reviewer, recommendation="GRANT", at=before + WINDOW)
    return casework.take_case(case, actor=officers[STEPS[name]], at=at)


def take(name: str, case: Case, officers: Officers, *, at: datetime) -> Case:
    """Take the step."""
    operations: dict[str, tuple[Callable[..., Case], dict[str, Any]]] = {
        "return": (permits.return_application, {"defects": [cases.UNREADABLE_DRAWING]}),
        "accept": (permits.accept_application, {}),
        "ask": (permits.ask_applicant, {"things": cases.a_fact("Berapa tinggi?")}),
        "recommend": (permits.recommend_application, {"recommendation": "GRANT"}),
        "grant": (permits.grant_application, {}),
        "refuse": (
            permits.refuse_application,
            {"reason_code": "FORBIDDEN_PLACE", "reason": "Terlalu dekat."},
        ),
    }
    operation, values = operations[name]
    return operation(case, actor=officers[STEPS[name]], at=at, **values)


def stands(case: Case) -> dict[str, Any]:
    """Everything that is kept of where a case stands, without what counts its changes."""
    fresh = Case.objects.get(pk=case.pk)
    kept = model_to_dict(fresh, exclude=["row_version", "status_at", "undo", "undo_until"])
    on_desk = Holding.objects.filter(case=case, left_at=None).values_list(
        "officer", "hat", "taken_at", "step"
    )
    rows = [case.defects.count(), case.requests.count(), case.pauses.count()]
    return kept | {"on_desk": list(on_desk), "rows": rows}


@pytest.fixture
def granted(citizen: User, officers: Officers) -> Case:
    at = clock.now()
    return take("grant", ready_for("grant", citizen, officers, at=at), officers, at=at)


@pytest.mark.parametrize("name", STEPS)
def test_everything_stands_as_before_the_step_and_nobody_is_told(
    name: str, citizen: User, officers: Officers, deliver_outbox: Deliver
) -> None:
    at = clock.now()
    case = ready_for(name, citizen, officers, at=at)
    deliver_outbox()
    before, told = stands(case), Notice.objects.count()
    take(name, case, officers, at=at + timedelta(seconds=1))
    casework.undo_step(case, actor=officers[STEPS[name]], at=at + timedelta(seconds=2))
    assert stands(case) == before
    clock.move(timedelta(days=3))
    deliver_outbox()
    assert (Notice.objects.count(), Certificate.objects.count()) == (told, 0)


@pytest.mark.parametrize("name", STEPS)
def test_both_events_stay_in_the_record(name: str, citizen: User, officers: Officers) -> None:
    at = clock.now()
    case = take(name, ready_for(name, citizen, officers, at=at), officers, at=at)
    casework.undo_step(case, actor=officers[STEPS[name]], at=at + timedelta(seconds=1))
    step, undone = queries.timeline(case)[-2:]
    event = case.workflow.transition(name).event
    assert (step.action, undone.action, undone.details["undoes"]) == (event, "permits.step.undone", name)


@pytest.mark.parametrize("name", STEPS)
def test_the_step_can_be_taken_again_after_it_was_undone(
    name: str, citizen: User, officers: Officers, deliver_outbox: Deliver
) -> None:
    at = clock.now()
    case = take(name, ready_for(name, citizen, officers, at=at), officers, at=at)
    again = casework.undo_step(case, actor=officers[STEPS[name]], at=at + timedelta(seconds=1))
    moved = take(name, again, officers, at=at + timedelta(seconds=2))
    clock.move(WINDOW + timedelta(seconds=5))
    deliver_outbox()
    moved.refresh_from_db()
    assert moved.status in {case.status, "ISSUED"}
    kept = Message.objects.filter(topic=case.workflow.transition(name).event)
    assert not kept.filter(done_at=None).exists()
    assert len(set(kept.values_list("dedupe_key", flat=True))) == 1


def test_notice_and_certificate_wait_for_the_window_and_come_once(
    granted: Case, deliver_outbox: Deliver
) -> None:
    notices = Notice.objects.filter(notice="applications/granted")
    deliver_outbox()
    assert (notices.count(), Certificate.objects.count()) == (0, 0)
    clock.move(WINDOW)
    deliver_outbox()
    deliver_outbox()
    granted.refresh_from_db()
    assert (notices.count(), Certificate.objects.count(), granted.status) == (1, 1, "ISSUED")


def test_after_the_window_it_is_refused_in_words(granted: Case, approver: User) -> None:
    assert granted.undo_until is not None
    with pytest.raises(UnableToHandle) as refused:
        casework.undo_step(granted, actor=approver, at=granted.undo_until)
    assert refused.value.code == "over"
    assert "sudah lewat" in str(refused.value.message)


def test_a_second_tab_undoes_nothing_more(granted: Case, approver: User) -> None:
    casework.undo_step(granted, actor=approver, at=clock.now())
    with pytest.raises(UnableToHandle):
        casework.undo_step(granted, actor=approver, at=clock.now())
    actions = [step.action for step in queries.timeline(granted)]
    assert actions.count("permits.step.undone") == 1


def test_what_happened_to_the_case_since_keeps_the_step(granted: Case, approver: User) -> None:
    Case.objects.filter(pk=granted.pk).update(row_version=granted.row_version + 1)
    with pytest.raises(UnableToHandle) as refused:
        casework.undo_step(granted, actor=approver, at=clock.now())
    assert refused.value.code == "moved"


@pytest.mark.parametrize("field", ["attempts", "done_at"])
def test_what_a_worker_has_begun_is_not_taken_back(granted: Case, approver: User, field: str) -> None:
    message = Message.objects.filter(topic="permits.application.granted").latest("id")
    Message.objects.filter(pk=message.pk).update(**{field: 1 if field == "attempts" else clock.now()})
    with pytest.raises(UnableToHandle) as refused:
        casework.undo_step(granted, actor=approver, at=clock.now())
    granted.refresh_from_db()
    assert (refused.value.code, granted.status) == ("begun", "GRANTED")
    assert Message.objects.filter(topic="permits.application.granted").count() > 1


def test_a_service_without_a_window_tells_at_once(
    citizen: User, intake: User, deliver_outbox: Deliver
) -> None:
    case = cases.accepted_application(citizen, intake)
    assert case.undo_until is None
    deliver_outbox()
    assert Notice.objects.filter(notice="applications/accepted").exists()


def test_a_government_may_keep_the_window_shorter_than_its_services(
    citizen: User, officers: Officers, settings: Any
) -> None:
    settings.UNDO_SECONDS_AT_MOST = 5
    at = clock.now()
    case = take("accept", ready_for("accept", citizen, officers, at=at), officers, at=at)
    assert case.undo_until == at + timedelta(seconds=5)


def test_nobody_takes_the_next_step_before_the_window_is_over(citizen: User, officers: Officers) -> None:
    at = clock.now()
    case = take("accept", ready_for("accept", citizen, officers, at=at), officers, at=at)
    reviewer, after = officers["reviewer"], at + WINDOW
    queue: dict[str, Any] = {"agency": case.agency, "hat": "REVIEWER", "user": reviewer}
    assert not queries.waiting_for(**queue, at=at).exists()
    with pytest.raises(UnableToMove) as refused:
        casework.take_case(case, actor=reviewer, at=at)
    assert refused.value.code == "undo"
    assert queries.waiting_for(**queue, at=after).get() == case
    assert casework.take_next_case(actor=reviewer, agency=case.agency, hat="REVIEWER", at=after) == case


def test_the_citizen_moves_nothing_meanwhile_either(citizen: User, officers: Officers) -> None:
    at = clock.now()
    case = take("accept", ready_for("accept", citizen, officers, at=at), officers, at=at)
    with pytest.raises(UnableToMove) as refused:
        permits.withdraw_application(case, actor=citizen, at=at)
    assert "In review" not in str(refused.value.message)
    assert permits.withdraw_application(case, actor=citizen, at=at + WINDOW).status == "WITHDRAWN"


def test_the_figures_know_only_of_what_stands(granted: Case, approver: User) -> None:
    casework.undo_step(granted, actor=approver, at=clock.now())
    moves = record.moves_of([granted])[granted.reference]
    case = Case.objects.select_related("service_version").prefetch_related("pauses").get(pk=granted.pk)
    stays = replay.stays_of(case, moves, {granted.agency.code: granted.agency_id})
    assert [(stay.holder, stay.ended_at is None) for stay in stays] == [
        ("INTAKE", False),
        ("REVIEWER", False),
        ("APPROVER", True),
    ]


def test_the_reviews_that_a_step_opened_go_with_it_and_come_again(citizen: User, officers: Officers) -> None:
    accounts.agency("dishub")
    version, at = catalogue.published_version(**reviews.SHAPE, undo_seconds=600), clock.now()
    case = cases.submitted_application(citizen, version=version, at=at)
    case = casework.take_case(case, actor=officers["intake"], at=at)
    accepted = permits.accept_application(case, actor=officers["intake"], at=at)
    queue: dict[str, Any] = {"agency": accepted.agency, "hat": "REVIEWER", "user": officers["reviewer"]}
    assert not waiting_reviews.waiting_for(**queue, at=at).exists()
    undone = casework.undo_step(accepted, actor=officers["intake"], at=at + timedelta(seconds=1))
    assert not undone.reviews.exists()
    again = permits.accept_application(undone, actor=officers["intake"], at=at + timedelta(seconds=2))
    assert again.reviews.count() == len(version.parsed.reviews)
    assert waiting_reviews.waiting_for(**queue, at=at + timedelta(seconds=2) + WINDOW).exists()


def test_a_review_is_not_deleted_once_its_step_stands(citizen: User, intake: User) -> None:
    version = reviews.reviewed_service()
    case = cases.accepted_application(citizen, intake, version=version)
    with pytest.raises(DatabaseError, match="reviews are not deleted"):
        case.reviews.all().delete()
