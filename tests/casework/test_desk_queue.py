"""My work and the queue: what can be acted on, in the order in which it was promised."""

from datetime import timedelta
from typing import Any

import pytest

from permits import operations as permits
from services.accounts.models import Hat, User
from services.casework import operations as casework
from services.foundation import clock
from services.government.models import Government
from tests.casework.desk import QUEUE, Desk
from tests.factories import accounts, catalogue, mandates, reviews
from tests.factories import casework as cases


def test_the_queue_shows_what_waits_for_my_hat_the_earliest_promise_first(
    desk: Desk, citizen: User, citizen2: User, intake: User, reviewer: User
) -> None:
    now = clock.now()
    later = cases.submitted_application(citizen, at=now)
    earlier = cases.submitted_application(citizen2, at=now - timedelta(days=4))
    elsewhere = cases.accepted_application(citizen, intake, at=now)
    page = desk.sit(intake).read(QUEUE)
    assert page.index(earlier.reference) < page.index(later.reference)
    assert elsewhere.reference not in page
    assert elsewhere.reference in desk.sit(reviewer).read(QUEUE)


def test_a_row_names_service_applicant_status_age_time_left_and_holder(
    desk: Desk, citizen: User, intake: User
) -> None:
    case = cases.submitted_application(citizen, at=clock.now() - timedelta(days=9))
    casework.take_case(case, actor=intake, at=clock.now())
    page = desk.sit(intake).read(QUEUE)
    for words in (
        "Test permit",
        citizen.person.name,
        "Sent",
        "9 days",
        "working days late",
        "<strong>You</strong>",
    ):
        assert words in page


def test_of_many_queues_three_are_at_hand_and_the_rest_is_folded(desk: Desk, intake: User) -> None:
    assert "further queue" not in desk.sit(intake).read(QUEUE)
    for code in ("dishub", "dlh", "bapenda", "dinkes"):
        accounts.wearing(intake, Hat.INTAKE, agency_code=code)
    at_hand, folded = desk.sit(intake).read(QUEUE).split("2 further queues")
    assert (at_hand.count("Take next:"), folded.count("Take next:")) == (3, 2)


def test_no_list_shows_a_draft(
    desk: Desk, citizen: User, intake: User, supervisor: User, auditor: User
) -> None:
    draft = cases.filled_application(citizen)
    for officer in (intake, supervisor, auditor):
        desk.sit(officer)
        for address in (
            QUEUE,
            f"{QUEUE}?show=open",
            f"{QUEUE}?q={draft.reference}",
            f"{QUEUE}?q=Budi",
            "/admin/",
        ):
            assert f">{draft.reference}<" not in desk.read(address), address


def test_ones_own_application_is_in_no_list(desk: Desk, intake: User) -> None:
    case = cases.submitted_application(intake)
    desk.sit(intake)
    for address in (QUEUE, f"{QUEUE}?show=open", f"{QUEUE}?q={case.reference}", "/admin/"):
        assert f">{case.reference}<" not in desk.read(address)


def test_another_agencys_case_is_in_no_list(desk: Desk, citizen: User, foreign_intake: User) -> None:
    case = cases.submitted_application(citizen)
    desk.sit(foreign_intake)
    for address in (QUEUE, f"{QUEUE}?show=open", f"{QUEUE}?q={case.reference}"):
        assert f">{case.reference}<" not in desk.read(address)


def test_an_auditor_of_another_agency_sees_everything_open(desk: Desk, citizen: User) -> None:
    case = cases.submitted_application(citizen)
    commissioner = accounts.officer("Rini Komisi", Hat.AUDITOR, agency_code="kpk")
    assert case.reference in desk.sit(commissioner).read(QUEUE)


def test_search_finds_by_reference_even_what_is_ended_and_by_name_what_is_open(
    desk: Desk, citizen: User, citizen2: User, supervisor: User
) -> None:
    ended = permits.withdraw_application(cases.submitted_application(citizen), actor=citizen, at=clock.now())
    open_one = cases.submitted_application(citizen2)
    desk.sit(supervisor)
    assert ended.reference in desk.read(f"{QUEUE}?q={ended.reference.lower()}")
    by_name = desk.read(f"{QUEUE}?q=ratna")
    assert open_one.reference in by_name
    assert ended.reference not in by_name
    assert "Nothing found" in desk.read(f"{QUEUE}?q=zz")


def test_filters_narrow_the_queue(desk: Desk, citizen: User, citizen2: User, intake: User) -> None:
    late = cases.submitted_application(citizen, at=clock.now() - timedelta(days=9))
    fresh = cases.submitted_application(citizen2)
    desk.sit(intake)
    page = desk.read(f"{QUEUE}?due=late")
    assert late.reference in page
    assert fresh.reference not in page
    assert late.reference in desk.read(f"{QUEUE}?service=izin-uji")
    assert late.reference not in desk.read(f"{QUEUE}?service=izin-lain")
    assert late.reference in desk.read(f"{QUEUE}?show=nonsense&due=nonsense&after=nonsense")


def test_what_waits_for_the_applicant_is_not_late(desk: Desk, citizen: User, intake: User) -> None:
    case = cases.returned_application(citizen, intake, at=clock.now() - timedelta(days=6))
    desk.sit(intake)
    assert case.reference not in desk.read(f"{QUEUE}?due=late&show=open")
    page = desk.read(f"{QUEUE}?show=waiting")
    assert case.reference in page
    assert "The clock stands still" in page


def test_the_list_goes_on_page_by_page(
    desk: Desk, citizen: User, intake: User, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("services.casework.admin.queue.PAGE_SIZE", 2)
    made = [cases.submitted_application(citizen, at=clock.now() - timedelta(days=days)) for days in (5, 4, 3)]
    page = desk.sit(intake).read(QUEUE)
    assert made[2].reference not in page
    following = page.split('rel="next"')[0].rsplit('href="', 1)[1].split('"')[0].replace("&amp;", "&")
    assert made[2].reference in desk.read(QUEUE + following)


def test_taking_the_next_one_opens_the_first_of_the_queue(
    desk: Desk, citizen: User, citizen2: User, intake: User
) -> None:
    first = cases.submitted_application(citizen, at=clock.now() - timedelta(days=2))
    cases.submitted_application(citizen2)
    desk.sit(intake)
    answer = desk.client.post(f"{QUEUE}take-next/", {"agency": "dpmptsp", "hat": "INTAKE"})
    assert answer["Location"] == f"{QUEUE}{first.reference}/"
    first.refresh_from_db()
    assert first.assignee == intake


def test_an_empty_queue_says_so(desk: Desk, intake: User) -> None:
    desk.sit(intake)
    answer = desk.client.post(f"{QUEUE}take-next/", {"agency": "dpmptsp", "hat": "INTAKE"}, follow=True)
    assert "Nothing waits in this queue." in answer.content.decode()


def test_nobody_takes_from_a_queue_that_is_not_theirs(desk: Desk, citizen: User, reviewer: User) -> None:
    case = cases.submitted_application(citizen)
    desk.sit(reviewer)
    answer = desk.client.post(f"{QUEUE}take-next/", {"agency": "dpmptsp", "hat": "INTAKE"}, follow=True)
    assert "This queue is not yours." in answer.content.decode()
    case.refresh_from_db()
    assert case.assignee is None


def test_the_first_page_counts_my_work(desk: Desk, citizen: User, citizen2: User, intake: User) -> None:
    now = clock.now()
    mine = cases.submitted_application(citizen, at=now - timedelta(days=9))
    casework.take_case(mine, actor=intake, at=now)
    waiting = cases.returned_application(citizen2, intake, at=now - timedelta(hours=1))
    page = " ".join(desk.sit(intake).read("/admin/").split())
    for label, value in (
        ("On my desk", 1),
        ("Next in the queue", 0),
        ("Late", 1),
        ("Waiting for the applicant", 1),
    ):
        assert f'>{value}</span> <span class="desk-tile__label">{label}<' in page
    assert mine.reference in page
    assert waiting.reference not in page


def test_a_reader_without_a_queue_sees_what_is_open_and_late(
    desk: Desk, citizen: User, executive: User
) -> None:
    case = cases.submitted_application(citizen, at=clock.now() - timedelta(days=9))
    page = desk.sit(executive).read("/admin/")
    assert case.reference in page
    assert "Take next" not in page


def test_an_administrator_sees_their_lists_and_no_case(
    desk: Desk, citizen: User, administrator: User
) -> None:
    case = cases.submitted_application(citizen)
    assert case.reference not in desk.sit(administrator).read("/admin/")
    assert desk.client.get(QUEUE).status_code == 404


def test_the_queue_asks_a_fixed_number_of_queries(
    desk: Desk, citizen: User, intake: User, government: Government, django_assert_num_queries: Any
) -> None:
    desk.sit(intake)
    cases.submitted_application(citizen)
    desk.read(QUEUE)
    with django_assert_num_queries(8):
        desk.client.get(QUEUE)
    for days in range(4):
        cases.submitted_application(citizen, at=clock.now() - timedelta(days=days))
    with django_assert_num_queries(8):
        desk.client.get(QUEUE)


def test_the_first_page_asks_a_fixed_number_of_queries(
    desk: Desk, citizen: User, intake: User, government: Government, django_assert_num_queries: Any
) -> None:
    cases.submitted_application(citizen)
    desk.sit(intake).read("/admin/")
    with django_assert_num_queries(6):
        desk.client.get("/admin/")


def test_there_is_no_way_to_add_change_or_delete_a_case(desk: Desk, citizen: User, intake: User) -> None:
    case = cases.submitted_application(citizen)
    desk.sit(intake)
    for place in (
        "add/",
        f"{case.pk}/change/",
        f"{case.pk}/delete/",
        f"{case.reference}/delete/",
        f"{case.pk}/history/",
    ):
        assert desk.client.get(f"{QUEUE}{place}").status_code == 404
        assert desk.client.post(f"{QUEUE}{place}", {"status": "ISSUED"}).status_code in {404, 405}
    case.refresh_from_db()
    assert case.status == "SUBMITTED"


def test_a_head_sees_late_cases_and_the_door_to_the_figures_and_nobody_by_name(
    desk: Desk, citizen: User, executive: User
) -> None:
    case = cases.submitted_application(citizen, at=clock.now() - timedelta(days=9))
    desk.sit(executive)
    for page in (desk.read("/admin/"), desk.read(QUEUE), desk.read(f"{QUEUE}?q={citizen.person.name}")):
        assert citizen.person.name not in page.replace(f'value="{citizen.person.name}"', "")
        assert ">Applicant<" not in page
    assert case.reference in desk.read(QUEUE)
    assert case.reference not in desk.read(f"{QUEUE}?q={citizen.person.name}")
    assert 'href="/dashboard/">Dashboard</a>' in desk.read("/admin/")


def test_a_head_who_also_works_cases_elsewhere_reads_names_there_alone(
    desk: Desk, citizen: User, citizen2: User, executive: User
) -> None:
    here = cases.submitted_application(citizen)
    version = catalogue.published_version(agency_code="dishub", slug="izin-jalan")
    there = cases.submitted_application(citizen2, version=version)
    accounts.wearing(executive, Hat.SUPERVISOR, agency_code="dishub")
    page = desk.sit(executive).read(f"{QUEUE}?show=open")
    assert here.reference in page
    assert there.reference in page
    assert citizen2.person.name in page
    assert citizen.person.name not in page
    assert there.reference in desk.read(f"{QUEUE}?q={citizen2.person.name}")
    assert here.reference not in desk.read(f"{QUEUE}?q={citizen.person.name}")


def test_whoever_is_away_reads_in_place_of_take_next_why_and_how_to_come_back(
    desk: Desk, citizen: User, intake: User
) -> None:
    cases.submitted_application(citizen)
    mandates.away(intake)
    desk.sit(intake)
    for place in (QUEUE, "/admin/"):
        page = desk.read(place)
        assert "Take next" not in page
        assert "Take the next case" not in page
        assert "You take no case before" in page
        assert "Say that you are back" in page


def test_a_queue_whose_pact_is_not_signed_says_so_and_the_others_are_taken_from(
    desk: Desk, citizen: User, intake: User
) -> None:
    cases.submitted_application(citizen)
    accounts.unsigned(intake, Hat.REVIEWER)
    page = desk.sit(intake).read(QUEUE)
    assert page.count("Take next") == 1
    assert "You take no case as Reviewer yet: the integrity pact is not signed." in page
    assert "Sign it" in page


def test_a_review_that_cannot_be_taken_says_why(
    desk: Desk, citizen: User, intake: User, reviewer: User
) -> None:
    case = cases.accepted_application(citizen, intake, version=reviews.reviewed_service())
    mandates.away(reviewer)
    page = desk.sit(reviewer).read(f"{QUEUE}reviews/")
    assert case.reference in page
    assert "Take next" not in page
    assert "Take this one" not in page
    assert "Say that you are back" in page
