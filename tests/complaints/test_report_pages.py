"""Reporting a problem in a browser without JavaScript: page by page, nothing lost, sent once."""

from typing import Any

import pytest
from django.test import Client

from complaints.models import Category, Complaint, ReportDraft
from services.accounts.models import User
from services.casework.models import Case
from services.government.models import Government
from tests.factories import complaints as reports

WORDS = "Lampu jalan di depan rumah mati."
SURABAYA = {
    "outline": {
        "type": "Polygon",
        "coordinates": [[[112.6, -7.35], [112.85, -7.35], [112.85, -7.19], [112.6, -7.19], [112.6, -7.35]]],
    },
    "latitude": -7.26,
    "longitude": 112.74,
    "zoom": 11,
}


@pytest.fixture(autouse=True)
def _city() -> None:
    reports.ready()
    reports.district()
    name = {"id": "Kota Uji", "en": "Test City"}
    Government.objects.create(code="kota-uji", name=name, short_name=name, map=SURABAYA)


def post(client: Client, step: str, data: dict[str, Any] | None = None, **more: Any) -> Any:
    return client.post(f"/complaints/new/{step}", data or {}, **more)


def filled(client: Client, **changes: dict[str, Any]) -> None:
    """Every page up to the check; `changes` replace what one of them is told."""
    said = {
        "": {"words": WORDS},
        "subject/": {"category": "street-lights"},
        "where/": {"place": "Jalan Mawar 12", "district": "35.78.08"},
        "readers/": {"visibility": "PUBLIC"},
        "contact/": {"contact": "none"},
    }
    for step, data in (said | {f"{name}/" if name else "": data for name, data in changes.items()}).items():
        answer = post(client, step, data)
        assert answer.status_code == 302, (step, answer.content.decode())


def body(answer: Any) -> str:
    return str(answer.content.decode())


def test_a_report_without_an_account_from_the_first_word_to_the_receipt(client: Client) -> None:
    assert "Apa masalahnya?" in body(client.get("/complaints/new/"))
    filled(client)
    check = body(client.get("/complaints/new/check/"))
    assert WORDS in check
    assert "Jalan Mawar 12" in check
    sent = post(client, "check/")
    assert sent["Location"] == "/complaints/new/sent/"
    case = Case.objects.get()
    receipt = body(client.get("/complaints/new/sent/"))
    assert case.reference in receipt
    draft = ReportDraft.objects.get()
    assert len(draft.passphrase.split()) == 5
    assert draft.passphrase in receipt
    assert (case.status, case.applicant, case.district.code if case.district else "") == (
        "RECEIVED",
        None,
        "35.78.08",
    )


def test_the_receipt_can_be_looked_at_again_until_the_passphrase_is_written_down(client: Client) -> None:
    filled(client)
    post(client, "check/")
    passphrase = ReportDraft.objects.get().passphrase
    assert passphrase in body(client.get("/complaints/new/sent/"))
    assert passphrase in body(client.get("/complaints/new/sent/"))

    case = Case.objects.get()
    assert post(client, "sent/")["Location"] == f"/complaints/{case.reference}/dialogue/"
    assert client.get("/complaints/new/sent/").status_code == 302
    assert not ReportDraft.objects.exists()


def test_sending_twice_sends_once_and_the_receipt_is_the_same(client: Client) -> None:
    filled(client)
    first = post(client, "check/")
    again = post(client, "check/")
    assert (first["Location"], again["Location"]) == ("/complaints/new/sent/", "/complaints/new/sent/")
    assert Case.objects.count() == 1


def test_suggested_subjects_come_first_and_all_are_one_link_away(client: Client) -> None:
    post(client, "", {"words": "Sampah menumpuk"})
    suggested = body(client.get("/complaints/new/subject/"))
    assert 'value="waste"' in suggested
    assert 'value="street-lights"' not in suggested
    assert 'value="street-lights"' in body(client.get("/complaints/new/subject/?all"))


def test_words_without_a_subject_offer_all_of_them(client: Client) -> None:
    post(client, "", {"words": "xyzzy"})
    shown = body(client.get("/complaints/new/subject/"))
    assert all(f'value="{code}"' in shown for code in ("waste", "street-lights", "illegal-levy"))


def test_danger_to_life_is_answered_at_once_and_one_may_go_on(client: Client) -> None:
    answer = post(client, "", {"words": "Ada kebakaran di pasar"}, follow=True)
    assert 'href="tel:112"' in body(answer)
    assert 'role="alert"' in body(answer)
    assert answer.status_code == 200
    assert post(client, "subject/", {"category": "waste"}).status_code == 302


def test_what_was_typed_survives_an_error(client: Client) -> None:
    long = "kata " * 2000
    answer = post(client, "", {"words": long})
    assert answer.status_code == 200
    assert long.strip() in body(answer)
    assert "4000" in body(answer)
    assert "9999" in body(answer)


def test_what_was_typed_survives_a_lost_session(client: Client, citizen: User) -> None:
    client.force_login(citizen)
    filled(client)
    client.cookies.pop("sessionid")
    assert WORDS in body(client.get("/complaints/new/check/"))


def test_another_browser_does_not_see_it(client: Client) -> None:
    filled(client)
    other = Client()
    assert other.get("/complaints/new/check/")["Location"] == "/complaints/new/"
    other.cookies["bening_report"] = str(ReportDraft.objects.get().pk)
    assert other.get("/complaints/new/check/")["Location"] == "/complaints/new/"


def test_a_page_that_was_left_out_is_asked_for(client: Client) -> None:
    post(client, "", {"words": WORDS})
    post(client, "subject/", {"category": "street-lights"})
    assert client.get("/complaints/new/check/")["Location"] == "/complaints/new/where/"
    assert post(client, "check/")["Location"] == "/complaints/new/where/"
    assert not Case.objects.exists()


def test_whoever_came_from_the_check_goes_back_to_it(client: Client) -> None:
    filled(client)
    answer = client.post("/complaints/new/?from=check", {"words": "Lampu lain"})
    assert answer["Location"] == "/complaints/new/check/"


def test_a_subject_that_is_withdrawn_meanwhile_is_asked_again_and_nothing_is_lost(client: Client) -> None:
    filled(client)
    Category.objects.filter(code="street-lights").update(is_listed=False)
    assert post(client, "check/")["Location"] == "/complaints/new/subject/"
    refused = post(client, "subject/", {"category": "street-lights"})
    assert "tidak ditawarkan lagi" in body(refused)
    post(client, "subject/", {"category": "waste"})
    assert WORDS in body(client.get("/complaints/new/check/"))


@pytest.mark.parametrize(
    ("said", "told"),
    [
        ({}, "Sebutkan tempatnya"),
        ({"place": "Jalan Mawar"}, "Pilih kecamatannya"),
        ({"latitude": "-7.2"}, "kedua angka"),
        ({"latitude": "utara", "longitude": "112"}, "-7.2575"),
        ({"latitude": "51.5", "longitude": "0.1"}, "tidak di Indonesia"),
        ({"place": "x" * 400, "district": "35.78.08"}, "300"),
        ({"place": "Jalan", "district": "99.99"}, "99.99"),
    ],
)
def test_a_place_that_is_not_one_is_told_beside_its_field(
    client: Client, said: dict[str, str], told: str
) -> None:
    answer = post(client, "where/", said)
    assert answer.status_code == 200
    assert told in body(answer)


@pytest.mark.parametrize(("latitude", "longitude"), [("-7.0", "112.9"), ("-6.2", "106.8")])
def test_a_point_in_the_sea_or_outside_is_asked_about_and_never_refused(
    client: Client, latitude: str, longitude: str
) -> None:
    point = {"latitude": latitude, "longitude": longitude}
    asked = post(client, "where/", point)
    assert asked.status_code == 200
    assert latitude in body(asked)
    assert "halaman 3 dari 7" in body(asked)
    assert "Jawab apakah titiknya benar" not in body(asked)
    point |= {"asked": "yes"}
    assert "Jawab apakah titiknya benar" in body(post(client, "where/", point))

    assert post(client, "where/", point | {"point": "keep"}).status_code == 302
    answers = ReportDraft.objects.get().answers
    assert (answers["is_outside"], answers["latitude"]) == (True, float(latitude))

    post(client, "where/", point | {"place": "Jalan", "district": "outside", "point": "drop"})
    answers = ReportDraft.objects.get().answers
    assert (answers["is_outside"], answers["latitude"], answers["place"]) == (False, None, "Jalan")


def test_a_wrong_point_without_words_is_not_dropped_for_nothing(client: Client) -> None:
    point = {"latitude": "-7.0", "longitude": "112.9", "asked": "yes", "point": "drop"}
    assert "Sebutkan tempatnya" in body(post(client, "where/", point))


def test_a_point_alone_goes_to_the_nearest_district(client: Client) -> None:
    filled(client, where={"latitude": "-7,271", "longitude": "112,751"})
    post(client, "check/")
    case = Case.objects.select_related("district").get()
    assert case.district == reports.district()
    assert Complaint.objects.get().latitude == -7.271


def test_a_matter_without_a_place_is_sent_without_one(client: Client) -> None:
    filled(client, where={"has_no_place": "on", "place": "ditinggal"})
    post(client, "check/")
    assert Complaint.objects.get().place == ""
