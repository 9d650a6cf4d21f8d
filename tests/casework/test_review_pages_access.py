"""The page of a review is there for whoever has it on the desk, until it is done; what it shows is what the review needs."""

import pytest
from django.test import Client

from services.accounts.models import User
from services.casework import operations as casework
from services.casework import queries
from services.casework.models import Case
from services.foundation import clock
from tests.casework.desk import Desk, file
from tests.factories import casework as cases
from tests.factories import reviews

QUEUE = "/admin/casework/case/reviews/"


@pytest.fixture
def case(citizen: User, intake: User) -> Case:
    return cases.accepted_application(citizen, intake, version=reviews.reviewed_service())


def test_the_officer_of_another_office_reviews_and_then_sees_nothing_more(
    case: Case, desk: Desk, foreign_reviewer: User
) -> None:
    desk.sit(foreign_reviewer)
    page = file(case, "reviews/traffic/")
    assert desk.client.get(file(case)).status_code == 404
    assert desk.client.get(page).status_code == 404
    listed = desk.read(QUEUE)
    assert case.reference in listed
    assert "Check of the traffic" in listed
    assert "Check of the content" not in listed
    taken = desk.client.post(f"{QUEUE}take-next/", {"agency": "dishub", "hat": "REVIEWER"})
    assert taken["Location"] == page
    shown = desk.read(page)
    assert "Warung Bu Sri" in shown
    assert "The view is free" in shown
    document = queries.current_documents(case)[0].document_id
    assert desk.client.get(file(case, f"documents/{document}/")).status_code == 200
    assert desk.client.get(file(case)).status_code == 404
    refused = desk.client.post(page, {"item-view": "yes", "outcome": "UNFAVOURABLE", "findings": ""})
    assert "Answer every item of the checklist." in refused.content.decode()
    said = {"item-view": "yes", "item-lights": "no", "outcome": "UNFAVOURABLE", "findings": "Terlalu dekat."}
    assert desk.client.post(page, said)["Location"] == QUEUE
    done = reviews.of(case, "traffic")
    assert (done.state, done.answers, done.findings) == (
        "DONE",
        {"view": True, "lights": False},
        "Terlalu dekat.",
    )
    assert desk.client.get(page).status_code == 404
    assert desk.client.get(file(case, f"documents/{document}/")).status_code == 404


def test_the_file_shows_the_office_what_was_found_and_the_citizen_where_it_is(
    case: Case, citizen: User, desk: Desk, reviewer: User, foreign_reviewer: User
) -> None:
    reviews.finished(
        foreign_reviewer, reviews.of(case, "traffic"), outcome="UNFAVOURABLE", findings="Terlalu dekat lampu."
    )
    casework.take_case(case, actor=reviewer, at=clock.now())
    shown = desk.sit(reviewer).open(case)
    assert "Terlalu dekat lampu." in shown
    assert "Away from the lights" in shown
    assert 'id="act-recommend"' not in shown
    own = desk.sit(citizen).read(f"/cases/{case.reference}/")
    assert "Where your file is" in own
    assert "Check of the traffic" in own
    assert "Office dishub" in own
    assert "Terlalu dekat lampu." not in own
    assert "Rudi" not in own


def test_a_review_is_laid_back(case: Case, desk: Desk, reviewer: User) -> None:
    reviews.taken(reviewer, reviews.of(case, "content"))
    desk.sit(reviewer).client.post(file(case, "reviews/content/release/"))
    assert reviews.of(case, "content").assignee is None


@pytest.mark.usefixtures("case")
def test_nobody_takes_from_a_queue_of_another_hat(client: Client, intake: User, reviewer2: User) -> None:
    for officer, agency in ((intake, "dpmptsp"), (reviewer2, "dishub")):
        client.force_login(officer)
        answer = client.post(f"{QUEUE}take-next/", {"agency": agency, "hat": "REVIEWER"})
        assert answer["Location"] == QUEUE
    assert not Case.objects.filter(reviews__assignee__isnull=False).exists()
