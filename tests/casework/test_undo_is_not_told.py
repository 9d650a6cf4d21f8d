"""While a step may still be undone, no page outside the office tells of it: a test for each surface."""

from datetime import timedelta

import pytest
from django.test import Client

from permits import operations as permits
from services.accounts.models import User
from services.casework import operations as casework
from services.casework import queries, timeline
from services.casework.models import Case
from services.catalogue.models import ServiceVersion
from services.foundation import clock
from services.outbox.models import Message
from tests.factories import casework as cases
from tests.factories import catalogue

WINDOW = timedelta(seconds=600)
BEFORE = timedelta(days=1)
#: What a page would say of each step, and what stands there before it.
TOLD = {"return": "Returned", "ask": "asked the applicant", "grant": "Granted", "refuse": "Refused"}


@pytest.fixture
def version() -> ServiceVersion:
    return catalogue.published_version(undo_seconds=600)


@pytest.fixture
def moved(
    request: pytest.FixtureRequest,
    version: ServiceVersion,
    citizen: User,
    intake: User,
    reviewer: User,
    approver: User,
) -> Case:
    """An application that was returned, asked about, granted or refused this very moment."""
    name, now = request.param, clock.now()
    at = now - BEFORE
    case = cases.submitted_application(citizen, version=version, at=at)
    casework.take_case(case, actor=intake, at=at)
    if name == "return":
        marks = [cases.UNREADABLE_DRAWING]
        return permits.return_application(case, actor=intake, defects=marks, at=now)
    case = permits.accept_application(case, actor=intake, at=at)
    casework.take_case(case, actor=reviewer, at=at + WINDOW)
    if name == "ask":
        return permits.ask_applicant(case, actor=reviewer, things=cases.a_fact("Berapa tinggi?"), at=now)
    case = permits.recommend_application(case, actor=reviewer, recommendation="GRANT", at=at + WINDOW)
    casework.take_case(case, actor=approver, at=at + 2 * WINDOW)
    if name == "grant":
        return permits.grant_application(case, actor=approver, at=now)
    return permits.refuse_application(
        case, actor=approver, reason_code="FORBIDDEN_PLACE", reason="Terlalu dekat.", at=now
    )


def forget_the_step(case: Case) -> None:
    """Let the window be over, as time would."""
    clock.move(WINDOW + timedelta(seconds=5))


def seen(client: Client, address: str, *, reader: User | None = None) -> str:
    client.cookies["django_language"] = "en"
    if reader is not None:
        reader.language = "en"
        reader.save(update_fields=["language"])
        client.force_login(reader)
    answer = client.get(address, follow=True)
    return str(answer.content.decode())


every_step = pytest.mark.parametrize(("moved", "word"), TOLD.items(), indirect=["moved"])


@every_step
def test_the_page_that_follows_a_reference(client: Client, moved: Case, word: str) -> None:
    place = f"/track/{moved.reference}/"
    assert word not in seen(client, place)
    forget_the_step(moved)
    assert word in seen(client, place)


@every_step
def test_the_citizens_page_of_the_case(client: Client, moved: Case, word: str, citizen: User) -> None:
    place = f"/cases/{moved.reference}/"
    page = seen(client, place, reader=citizen)
    assert word not in page
    for secret in ("Berapa tinggi?", "Terlalu dekat.", "The picture is unreadable.", "Your certificate"):
        assert secret not in page
    forget_the_step(moved)
    assert word in seen(client, place, reader=citizen)


@every_step
def test_the_part_of_the_page_that_asks_for_itself(
    client: Client, moved: Case, word: str, citizen: User
) -> None:
    assert word not in seen(client, f"/cases/{moved.reference}/now/", reader=citizen)


@every_step
def test_the_list_of_the_citizens_cases(client: Client, moved: Case, word: str, citizen: User) -> None:
    page = seen(client, "/cases/", reader=citizen)
    assert moved.reference in page
    assert word not in page
    assert "Waiting for you" not in page


@pytest.mark.parametrize("moved", ["return", "ask"], indirect=True)
def test_nothing_is_mended_or_answered_before_it_is_asked_for(
    client: Client, moved: Case, citizen: User
) -> None:
    page = seen(client, f"/permits/apply/izin-uji/{moved.reference}/", reader=citizen)
    assert "unreadable" not in page
    page = seen(client, f"/cases/{moved.reference}/answer/", reader=citizen)
    assert "Berapa tinggi?" not in page


@every_step
def test_no_notice_waits_in_the_citizens_list(client: Client, moved: Case, word: str, citizen: User) -> None:
    assert word not in seen(client, "/notifications/", reader=citizen)
    due = Message.objects.filter(topic=moved.workflow.transition(moved.undo["transition"]).event)  # type: ignore[index]
    assert set(due.values_list("due_at", flat=True)) == {moved.undo_until}


@pytest.mark.parametrize("moved", ["refuse"], indirect=True)
def test_afterwards_the_citizen_reads_that_a_step_was_undone_and_not_which(
    client: Client, moved: Case, citizen: User, approver: User
) -> None:
    casework.undo_step(moved, actor=approver, at=clock.now())
    page = seen(client, f"/cases/{moved.reference}/", reader=citizen)
    assert "took a step back" in page
    assert "Refused" not in page
    assert "was refused" not in page
    assert "Refused" not in seen(client, f"/track/{moved.reference}/")
    lines = timeline.for_office(moved, queries.timeline(moved))
    assert any("The application was refused" in line.sentence for line in lines[-1:])
