"""What the office asks of the applicant: one row for one thing, answered one by one; whoever asked goes on."""

from collections.abc import Callable
from datetime import datetime, timedelta

import pytest

from permits import operations as permits
from services.accounts.models import User
from services.applications import tasks
from services.audit import queries as audit
from services.audit.actors import Subject
from services.casework import asking, queries, undoing
from services.casework import operations as casework
from services.casework.models import Case, Review
from services.casework.operations import Given, Thing, UnableToFile, UnableToHandle
from services.foundation import clock
from services.government.calendar import working_days_between
from services.notifications.models import Notice
from tests.factories import casework as cases
from tests.factories import catalogue, reviews

DRAWING = Thing(kind="CLEARER", key="drawing", words="Mohon gambar yang berskala.")
TEXT = Thing(kind="CORRECTION", key="shown_text", words="Tulis seluruh teks.")
FACT = Thing(kind="FACT", words="Siapa yang membukakan pintu?", reason="Petugas perlu masuk.")
LATER = timedelta(days=14)


@pytest.fixture
def case(citizen: User, intake: User, reviewer: User) -> Case:
    """A file in review, on the reviewer's desk."""
    return casework.take_case(cases.accepted_application(citizen, intake), actor=reviewer, at=clock.now())


@pytest.fixture
def branches(citizen: User, intake: User, reviewer: User, foreign_reviewer: User) -> dict[str, Review]:
    """A file whose two reviews lie on the desks of two offices."""
    case = cases.accepted_application(citizen, intake, version=reviews.reviewed_service())
    return {
        key: reviews.taken(officer, reviews.of(case, key))
        for key, officer in (("content", reviewer), ("traffic", foreign_reviewer))
    }


def asked(case: Case, reviewer: User, *things: Thing, at: datetime | None = None) -> Case:
    return permits.ask_applicant(case, actor=reviewer, things=things, at=at or clock.now())


def states(case: Case) -> list[str]:
    return list(case.requests.order_by("pk").values_list("state", flat=True))


def fresh(case: Case) -> Case:
    return Case.objects.get(pk=case.pk)


def correct(case: Case, citizen: User, text: str = "Warung Bu Sri, Rungkut") -> Case:
    row = case.requests.get(kind="CORRECTION", state="OPEN")
    given = Given(answers={"shown_text": text})
    return permits.answer_request(case, actor=citizen, number=row.pk, given=given, at=clock.now())


def test_each_thing_has_a_row_of_its_own_and_is_answered_by_itself(
    case: Case, citizen: User, reviewer: User
) -> None:
    waiting = asked(case, reviewer, DRAWING, TEXT)
    assert waiting.status == "WAITING_APPLICANT"
    corrected = correct(waiting, citizen)
    assert corrected.status == "WAITING_APPLICANT"
    assert states(case) == ["OPEN", "ANSWERED"]
    assert corrected.answers["shown_text"] == "Warung Bu Sri, Rungkut"
    assert cases.answered(corrected, citizen).status == "IN_REVIEW"
    assert states(case) == ["ANSWERED", "ANSWERED"]


def test_the_old_answer_is_kept_beside_the_new(case: Case, citizen: User, reviewer: User) -> None:
    correct(asked(case, reviewer, TEXT), citizen)
    row = case.requests.get()
    assert (row.was, row.value) == (
        {"answer": cases.ANSWERS["shown_text"]},
        {"answer": "Warung Bu Sri, Rungkut"},
    )


def test_the_new_document_takes_its_place_and_the_old_one_stays_dated(
    case: Case, citizen: User, reviewer: User
) -> None:
    before = queries.attached_ids(case)["drawing"]
    waiting = asked(case, reviewer, DRAWING)
    paper = cases.put_together(waiting, citizen, waiting.requests.get())
    assert queries.attached_ids(waiting)["drawing"] == before
    assert len(queries.current_documents(waiting)) == 2
    row = waiting.requests.get()
    permits.answer_request(fresh(waiting), actor=citizen, number=row.pk, given=Given(), at=clock.now())
    row.refresh_from_db()
    assert queries.attached_ids(case)["drawing"] == str(paper.pk)
    assert (row.document_id, row.was) == (paper.pk, {"document": before})
    assert case.documents.filter(slot="drawing", replaced_at__isnull=False).count() == 1


def test_a_paper_is_given_only_when_it_is_ready(case: Case, citizen: User, reviewer: User) -> None:
    waiting = asked(case, reviewer, DRAWING)
    number = waiting.requests.get().pk
    with pytest.raises(UnableToFile) as refused:
        permits.answer_request(waiting, actor=citizen, number=number, given=Given(), at=clock.now())
    assert refused.value.code == "document"


def test_only_what_was_asked_for_can_be_changed(case: Case, citizen: User, reviewer: User) -> None:
    waiting = asked(case, reviewer, TEXT)
    with pytest.raises(UnableToFile):
        casework.remember_answers(waiting, actor=citizen, answers={"ends_on": "2028-01-01"}, at=clock.now())
    with pytest.raises(UnableToFile):
        cases.put_together(waiting, citizen, waiting.requests.get())
    paper = cases.document_of(citizen)
    with pytest.raises(UnableToFile):
        casework.attach_document(waiting, actor=citizen, slot="drawing", document=paper, at=clock.now())


def test_an_appointment_is_confirmed_at_one_of_the_times(case: Case, citizen: User, reviewer: User) -> None:
    times = (clock.now() + timedelta(days=3), clock.now() + timedelta(days=4))
    visit = Thing(kind="APPOINTMENT", words="Kami lihat lokasinya.", reason="Foto tidak cukup.", times=times)
    waiting = asked(case, reviewer, visit)
    number = waiting.requests.get().pk
    with pytest.raises(UnableToFile):
        permits.answer_request(waiting, actor=citizen, number=number, given=Given(), at=clock.now())
    given = Given(agreed_at=times[1])
    permits.answer_request(waiting, actor=citizen, number=number, given=given, at=clock.now())
    assert case.requests.get().agreed_at == times[1]


@pytest.mark.parametrize(
    ("thing", "code"),
    [
        (Thing(kind="OTHER", words="?"), "kind"),
        (Thing(kind="CORRECTION", key="shown_text", words=" "), "words"),
        (Thing(kind="CORRECTION", key="unknown", words="?"), "key"),
        (Thing(kind="CLEARER", words="?", reason="Perlu."), "key"),
        (Thing(kind="FACT", words="Siapa?"), "reason"),
        (Thing(kind="DOCUMENT", words="Surat tetangga"), "reason"),
        (Thing(kind="APPOINTMENT", words="Datang", reason="Perlu."), "times"),
    ],
)
def test_what_the_standard_does_not_list_needs_a_reason_and_what_is_no_thing_is_refused(
    case: Case, reviewer: User, thing: Thing, code: str
) -> None:
    with pytest.raises(UnableToHandle) as refused:
        asked(case, reviewer, thing)
    assert refused.value.code == code
    assert fresh(case).status == "IN_REVIEW"


def test_what_is_beyond_the_standard_is_marked_with_its_reason(case: Case, reviewer: User) -> None:
    asked(case, reviewer, FACT, TEXT)
    rows = case.requests.order_by("pk").values_list("is_beyond", "reason")
    assert list(rows) == [(True, "Petugas perlu masuk."), (False, "")]
    events = audit.events_of(Subject("case", case.reference), since=case.created_at)
    (told,) = [event.details for event in events if event.action == "permits.request.asked"]
    assert told["beyond"] == 1
    assert told["asked"] == [["FACT", ""], ["CORRECTION", "shown_text"]]


def test_what_is_no_longer_needed_is_withdrawn_and_with_the_last_of_it_the_file_goes_on(
    case: Case, citizen: User, reviewer: User, deliver_outbox: Callable[[], int]
) -> None:
    waiting = asked(case, reviewer, DRAWING, TEXT)
    first, second = waiting.requests.order_by("pk")
    still = permits.withdraw_request(waiting, actor=reviewer, number=first.pk, at=clock.now())
    assert still.status == "WAITING_APPLICANT"
    gone = permits.withdraw_request(still, actor=reviewer, number=second.pk, at=clock.now())
    assert (gone.status, gone.applicant_due_at) == ("IN_REVIEW", None)
    assert states(case) == ["WITHDRAWN", "WITHDRAWN"]
    assert not gone.pauses.filter(ended_at=None).exists()
    deliver_outbox()
    assert Notice.objects.filter(recipient=citizen, notice="applications/request_withdrawn").count() == 2


def test_a_review_asks_and_it_alone_waits_with_its_time_kept(
    branches: dict[str, Review], citizen: User, reviewer: User, foreign_reviewer: User
) -> None:
    content, case, at = branches["content"], branches["content"].case, clock.now()
    due_at, promised = content.due_at, fresh(case).due_at
    waiting = casework.ask_for_review(content, actor=reviewer, things=[TEXT], at=at)
    assert (waiting.state, waiting.assignee_id) == ("WAITING", reviewer.pk)
    assert reviews.of(case, "traffic").state == "OPEN"
    assert fresh(case).status == "IN_REVIEW"
    assert not case.pauses.exists()
    row = case.requests.get()
    assert (row.review_id, row.asked_by_id) == (content.pk, reviewer.pk)
    given = Given(answers={"shown_text": "Teks penuh"})
    permits.answer_request(fresh(case), actor=citizen, number=row.pk, given=given, at=at + LATER)
    after = reviews.of(case, "content")
    passed = working_days_between(clock.local_date(at), clock.local_date(at + LATER))
    assert after.state == "OPEN"
    assert working_days_between(clock.local_date(due_at), clock.local_date(after.due_at)) == passed
    assert fresh(case).due_at == promised


def test_the_clock_of_the_case_stands_still_only_when_no_review_can_go_on(
    branches: dict[str, Review], citizen: User, reviewer: User, foreign_reviewer: User
) -> None:
    case, at = branches["content"].case, clock.now()
    promised = fresh(case).due_at
    casework.ask_for_review(branches["content"], actor=reviewer, things=[TEXT], at=at)
    assert not case.pauses.exists()
    casework.ask_for_review(branches["traffic"], actor=foreign_reviewer, things=[FACT], at=at)
    assert case.pauses.get().ended_at is None
    row = case.requests.get(kind="FACT")
    given = Given(words="Pak Budi")
    answered = permits.answer_request(fresh(case), actor=citizen, number=row.pk, given=given, at=at + LATER)
    assert case.pauses.get().ended_at == at + LATER
    assert reviews.of(case, "traffic").state == "OPEN"
    assert reviews.of(case, "content").state == "WAITING"
    assert promised is not None
    assert answered.due_at is not None
    assert answered.due_at > promised


def test_the_clock_stands_still_when_the_last_review_that_could_go_on_is_finished(
    branches: dict[str, Review], reviewer: User, foreign_reviewer: User
) -> None:
    case = branches["content"].case
    casework.ask_for_review(branches["content"], actor=reviewer, things=[TEXT], at=clock.now())
    answers = {item.key: True for item in branches["traffic"].definition.checklist}
    casework.finish_review(
        branches["traffic"], actor=foreign_reviewer, answers=answers, outcome="FAVOURABLE", at=clock.now()
    )
    assert case.pauses.filter(ended_at=None).exists()


def test_a_question_on_the_whole_file_stops_no_review(
    branches: dict[str, Review], citizen: User, reviewer: User
) -> None:
    case = branches["content"].case
    casework.take_case(fresh(case), actor=reviewer, at=clock.now())
    waiting = asked(fresh(case), reviewer, TEXT)
    assert {row.state for row in case.reviews.all()} == {"OPEN"}
    assert waiting.pauses.filter(ended_at=None).exists()
    assert correct(waiting, citizen).status == "IN_REVIEW"
    assert not waiting.pauses.filter(ended_at=None).exists()


def test_a_silent_applicant_is_reminded_and_then_the_review_goes_on_without_the_answer(
    branches: dict[str, Review], citizen: User, reviewer: User, deliver_outbox: Callable[[], int]
) -> None:
    case = branches["content"].case
    casework.ask_for_review(branches["content"], actor=reviewer, things=[TEXT], at=clock.now())
    due_at = fresh(case).applicant_due_at
    assert due_at is not None

    def days_pass(days: int) -> None:
        clock.move(timedelta(days=days))
        tasks.lapse_applications()
        deliver_outbox()

    days_pass((due_at - clock.now()).days - 4)
    assert Notice.objects.filter(recipient=citizen, notice="applications/ends_soon").count() == 1
    days_pass(10)
    days_pass(10)
    assert states(case) == ["LAPSED"]
    assert reviews.of(case, "content").state == "OPEN"
    assert fresh(case).closed_at is None
    assert Notice.objects.filter(recipient=citizen, notice="applications/request_lapsed").count() == 1


def test_a_case_that_ends_waits_for_nothing(case: Case, citizen: User, reviewer: User) -> None:
    waiting = asked(case, reviewer, TEXT)
    permits.withdraw_application(waiting, actor=citizen, at=clock.now())
    assert states(case) == ["WITHDRAWN"]


def test_an_undone_question_leaves_no_row_and_is_never_shown(
    citizen: User, intake: User, reviewer: User
) -> None:
    version = catalogue.published_version(slug="izin-undo", undo_seconds=600)
    at = clock.now()
    accepted = cases.accepted_application(citizen, intake, version=version, at=at - timedelta(hours=1))
    case = casework.take_case(accepted, actor=reviewer, at=at)
    asked(case, reviewer, DRAWING, TEXT, at=at)
    told = undoing.as_told(fresh(case), at=at)
    assert asking.open_requests(told) == []
    casework.undo_step(fresh(case), actor=reviewer, at=at + timedelta(seconds=5))
    assert not case.requests.exists()
    assert fresh(case).status == "IN_REVIEW"
