"""The page of a review is there for whoever has it on the desk, until it is done; what it shows is what the review needs."""

import pytest
from django.test import Client
from django.urls import reverse

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


def test_one_of_the_queue_is_taken_from_the_page_and_another_office_finds_none(
    case: Case, desk: Desk, reviewer: User, foreign_reviewer: User
) -> None:
    address = file(case, "reviews/content/take/")
    assert desk.sit(foreign_reviewer).client.post(address).status_code == 404
    assert "Take this one" in desk.sit(reviewer).read(QUEUE)
    assert desk.client.post(address)["Location"] == file(case, "reviews/content/")
    assert reviews.of(case, "content").assignee == reviewer
    assert desk.client.post(address).status_code == 404


def test_whoever_has_it_steps_back_on_its_page(case: Case, desk: Desk, reviewer: User) -> None:
    reviews.taken(reviewer, reviews.of(case, "content"))
    page = file(case, "reviews/content/")
    assert desk.sit(reviewer).client.post(f"{page}recuse/")["Location"] == page
    assert desk.client.post(f"{page}recuse/", {"recuse-reason": "Adik saya."})["Location"] == QUEUE
    assert reviews.of(case, "content").assignee is None
    assert case.reference not in desk.read(QUEUE)


@pytest.mark.usefixtures("case")
def test_the_first_page_counts_the_reviews(desk: Desk, foreign_reviewer: User, intake: User) -> None:
    assert 'href="/admin/casework/case/reviews/"><span class="desk-tile__value">1' in desk.sit(
        foreign_reviewer
    ).read("/admin/")
    assert "/admin/casework/case/reviews/" not in desk.sit(intake).read("/admin/")


def test_a_supervisor_moves_a_review_from_the_page_of_the_officer(
    case: Case, desk: Desk, reviewer: User, supervisor: User
) -> None:
    reviews.taken(reviewer, reviews.of(case, "content"))
    page = reverse("casework:team_member", args=[reviewer.pk])
    name = f"{case.reference}/content"
    assert f'value="{name}"' in desk.sit(supervisor).read(page)
    desk.client.post(page, {"chosen": name, "to": "queue", "reason_code": "LOAD"})
    assert reviews.of(case, "content").assignee is None
