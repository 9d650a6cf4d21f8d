"""Reports for everybody: the list with its filters, one report, its photos, in a fixed number of queries."""

from datetime import timedelta
from typing import Any

import pytest
from django.test import Client

from complaints import operations as complaints
from services.accounts.models import User
from services.casework import operations as casework
from services.foundation import clock
from services.government.models import Government
from tests.factories import complaints as reports


def body(answer: Any) -> str:
    return str(answer.content.decode())


def listed(client: Client, query: str = "") -> list[str]:
    return [row["reference"] for row in client.get(f"/complaints/{query}").context["rows"]]


def test_a_report_is_published_once_it_is_verified(client: Client, intake: User) -> None:
    waiting = reports.received_report()
    assert listed(client) == []
    assert client.get(f"/complaints/{waiting.reference}/").status_code == 404
    public, anonymous = (
        reports.verified_report(intake, visibility=visibility) for visibility in ("PUBLIC", "ANONYMOUS")
    )
    assert set(listed(client)) == {public.reference, anonymous.reference}
    shown = body(client.get(f"/complaints/{public.reference}/"))
    assert reports.WORDS in shown
    assert "Jalan Mawar 12, Gubeng" in shown


def test_an_empty_list_says_what_to_do(client: Client) -> None:
    reports.ready()
    assert "Laporan Anda dapat menjadi yang pertama" in body(client.get("/complaints/"))
    assert "Tidak ada laporan yang cocok" in body(client.get("/complaints/?state=solved"))


def test_it_is_narrowed_by_subject_district_and_state(
    client: Client, intake: User, foreign_reviewer: User
) -> None:
    lights = reports.verified_report(intake)
    waste = reports.verified_report(
        intake, category="waste", district=reports.district("35.78.03", "Rungkut")
    )
    answered = reports.answered_report(intake, foreign_reviewer)
    assert set(listed(client, "?category=street-lights")) == {lights.reference, answered.reference}
    assert listed(client, "?district=35.78.03") == [waste.reference]
    assert listed(client, "?state=answered") == [answered.reference]
    assert listed(client, "?state=open&category=waste&district=35.78.03") == [waste.reference]
    assert len(listed(client, "?state=nonsense")) == 3
    assert listed(client, "?category=nonsense") == []


def test_subjects_that_are_always_confidential_are_not_offered_as_filters(client: Client) -> None:
    reports.ready()
    shown = client.get("/complaints/").content.decode()
    assert 'value="street-lights"' in shown
    assert 'value="illegal-levy"' not in shown


def test_a_broken_mark_of_a_page_starts_from_the_top(client: Client, intake: User) -> None:
    case = reports.verified_report(intake)
    assert listed(client, "?after=nonsense") == [case.reference]


def test_page_by_page_every_report_comes_once(client: Client, intake: User) -> None:
    at = clock.now() - timedelta(days=1)
    cases = [reports.verified_report(intake, at=at + timedelta(minutes=number)) for number in range(23)]
    first = client.get("/complaints/?state=open")
    second = client.get(f"/complaints/{first.context['next_url']}")
    found = [row["reference"] for answer in (first, second) for row in answer.context["rows"]]
    assert found == [case.reference for case in reversed(cases)]
    assert "state=open" in first.context["next_url"]
    assert second.context["first_url"] == "?state=open"


@pytest.mark.parametrize("query", ["", "?category=street-lights&district=35.78.08&state=open"])
def test_the_list_takes_the_same_number_of_queries_however_long_it_is(
    client: Client, intake: User, query: str, django_assert_num_queries: Any
) -> None:
    name = {"id": "Kota Uji", "en": "Test City"}
    Government.objects.create(code="kota-uji", name=name, short_name=name)
    reports.verified_report(intake)
    client.get(f"/complaints/{query}")
    with django_assert_num_queries(3):
        client.get(f"/complaints/{query}")
    for _ in range(4):
        reports.verified_report(intake)
    with django_assert_num_queries(3):
        client.get(f"/complaints/{query}")


def test_the_page_shows_the_answers_with_their_photos_and_the_way(
    client: Client, intake: User, foreign_reviewer: User
) -> None:
    case = reports.answered_report(intake, foreign_reviewer, photos=2)
    answer = client.get(f"/complaints/{case.reference}/")
    shown = body(answer)
    assert "Sudah diganti." in shown
    assert [len(reply["photos"]) for reply in answer.context["replies"]] == [2]
    picture = client.get(answer.context["replies"][0]["photos"][0])
    assert picture["Content-Type"] == "image/jpeg"
    assert picture.getvalue()
    stations = [(str(row["title"]), row.get("office")) for row in answer.context["stations"][:4]]
    assert [office for _title, office in stations] == ["dpmptsp", "dpmptsp", "dishub", "dishub"]


def test_nobody_is_shown_who_did_not_choose_it(
    client: Client, citizen: User, citizen2: User, intake: User, foreign_reviewer: User
) -> None:
    silent = reports.answered_report(intake, foreign_reviewer, citizen)
    named = reports.answered_report(intake, foreign_reviewer, citizen2, shows_name=True)
    assert "Budi Santoso" not in body(client.get(f"/complaints/{silent.reference}/"))
    assert "Ratna Dewi" in body(client.get(f"/complaints/{named.reference}/"))
    whole = body(client.get("/complaints/"))
    for person in ("Budi Santoso", "Ratna Dewi", "Rudi Penelaah", "Wulan Intake"):
        assert person not in whole
    for officer in ("Rudi Penelaah", "Wulan Intake"):
        assert officer not in body(client.get(f"/complaints/{named.reference}/"))


def test_messages_and_their_photos_are_nobody_elses(
    client: Client, intake: User, foreign_reviewer: User
) -> None:
    case = reports.taken_report(intake, foreign_reviewer, photos=1)
    casework.write_message(
        case,
        actor=foreign_reviewer,
        words="Berapa nomor rumah?",
        documents=[reports.photo()],
        at=clock.now(),
    )
    assert "Berapa nomor rumah?" not in body(client.get(f"/complaints/{case.reference}/"))
    inside = case.documents.get(slot__startswith="message_")
    outside = case.documents.get(slot="photo_1")
    assert client.get(f"/complaints/{case.reference}/photos/{inside.document_id}/").status_code == 404
    assert client.get(f"/complaints/{case.reference}/photos/{outside.document_id}/").getvalue()


def test_an_archived_report_is_taken_back(client: Client, intake: User) -> None:
    case = reports.verified_report(intake)
    casework.take_case(case, actor=intake, at=clock.now())
    complaints.archive_report(case, actor=intake, reason_code="SPAM", at=clock.now())
    assert listed(client) == []
    assert client.get(f"/complaints/{case.reference}/").status_code == 404


def test_a_duplicate_leads_to_the_earlier_report(
    client: Client, intake: User, foreign_reviewer: User
) -> None:
    earlier = reports.verified_report(intake)
    case = reports.taken_report(intake, foreign_reviewer)
    complaints.mark_duplicate(case, actor=foreign_reviewer, reference=earlier.reference, at=clock.now())
    assert f"/complaints/{earlier.reference}/" in body(client.get(f"/complaints/{case.reference}/"))


@pytest.mark.parametrize("reference", ["C-00000-00000", "nonsense", "P-7K3F9-QXM2E"])
def test_what_is_not_there_is_404(client: Client, reference: str) -> None:
    assert client.get(f"/complaints/{reference}/").status_code == 404


def test_a_tracked_report_leads_to_its_page_once_it_is_public(client: Client, intake: User) -> None:
    waiting, public = reports.received_report(), reports.verified_report(intake)
    assert "Lampu jalan" in body(client.get(f"/track/{waiting.reference}/"))
    assert f"/complaints/{waiting.reference}/" not in body(client.get(f"/track/{waiting.reference}/"))
    assert f"/complaints/{public.reference}/" in body(client.get(f"/track/{public.reference}/"))
