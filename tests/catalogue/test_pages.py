"""What a person reads about services."""

import pytest
from django.test import Client
from pytest_django import DjangoAssertNumQueries

from services.accounts.models import User
from tests.factories import catalogue as factory
from tests.factories import government

pytestmark = pytest.mark.django_db
ENGLISH = {"HTTP_ACCEPT_LANGUAGE": "en"}


@pytest.fixture(autouse=True, scope="module")
def _surabaya(kept: None) -> None:
    government.surabaya()


def page(client: Client, address: str, status: int = 200) -> str:
    response = client.get(address, headers={"accept-language": "en"})
    assert response.status_code == status
    return response.content.decode()


def test_the_list_names_every_service_with_time_and_cost(client: Client) -> None:
    text = page(client, "/services/")
    for name in ("Billboard permit", "Burial plot", "Research permit", "Permit to use a street for an event"):
        assert name in text
    assert "5 working days · Free" in text


def test_spanduk_finds_the_billboard_permit_and_nothing_else(client: Client) -> None:
    text = page(client, "/services/?q=spanduk")
    assert "Billboard permit" in text
    assert "Burial plot" not in text


def test_a_mended_typing_error_is_said(client: Client) -> None:
    assert "We read it as “spanduk”." in page(client, "/services/?q=spnaduk")


def test_a_search_that_finds_nothing_says_what_to_do(client: Client) -> None:
    text = page(client, "/services/?q=zzzzqqqq")
    assert "We did not find it" in text
    assert "zzzzqqqq" in text


def test_what_is_typed_is_shown_and_never_run(client: Client) -> None:
    assert "<script>alert(1)" not in page(client, "/services/?q=<script>alert(1)</script>")


@pytest.mark.parametrize(
    "slug", ["izin-reklame", "izin-penelitian", "izin-pemakaman", "izin-penggunaan-jalan"]
)
def test_a_service_answers_the_five_questions_of_the_commission(client: Client, slug: str) -> None:
    text = page(client, f"/services/{slug}/")
    for question in (
        "How long",
        "Which documents",
        "What it costs",
        "How to follow it",
        "If someone asks for more",
    ):
        assert question in text
    assert f'href="/permits/apply/{slug}/"' in text
    assert "pengaduan@kpk.go.id" in text


def test_the_page_shows_the_public_standard_steps_and_version(client: Client) -> None:
    text = page(client, "/services/izin-reklame/")
    assert "5 working days from the day the file is complete." in text
    assert "Visit to the site" in text
    assert (
        "Version 1, in force by a decision of Friday, January 2, 2026" in text
        or "Version 1, in force" in text
    )


def test_a_document_asked_of_some_says_of_whom(client: Client) -> None:
    text = page(client, "/services/izin-reklame/")
    assert (
        "Only if “Whose land is it?” is answered with: Someone else&#x27;s / The government&#x27;s or the street"
        in text
    )


def test_the_page_is_in_indonesian_by_default(client: Client) -> None:
    text = client.get("/services/izin-reklame/").content.decode()
    assert "Izin Reklame" in text
    assert "5 hari kerja sejak berkas lengkap." in text


def test_a_service_that_is_not_offered_is_not_found(client: Client) -> None:
    page(client, "/services/izin-mendirikan-istana/", status=404)


def test_a_service_without_questions_has_no_page_of_them(client: Client) -> None:
    factory.published_version()
    page(client, "/services/izin-uji/questions/", status=404)
    assert "Not sure that you need this?" not in page(client, "/services/izin-uji/")


def test_reviews_of_several_offices_are_said_to_run_at_the_same_time(client: Client) -> None:
    text = page(client, "/services/izin-reklame/")
    assert "Reviews, all at the same time" in text
    assert "Transport Office · 2 working days" in text


def test_the_pages_cost_few_queries(
    client: Client, django_assert_max_num_queries: DjangoAssertNumQueries
) -> None:
    for address, queries in {
        "/services/": 2,
        "/services/?q=spanduk": 3,
        "/services/izin-penelitian/": 3,
        "/services/izin-reklame/": 4,
        "/services/izin-reklame/questions/": 1,
    }.items():
        page(client, address)
        with django_assert_max_num_queries(queries):
            page(client, address)


def test_what_the_national_system_issues_is_explained_and_cannot_be_applied_for(client: Client) -> None:
    text = page(client, "/services/nomor-induk-berusaha/")
    assert "You do not apply for this here" in text
    assert 'href="https://oss.go.id/"' in text
    assert "What to bring" in text
    assert "Apply now" not in text


@pytest.mark.parametrize("slug", ["nomor-induk-berusaha", "sertifikat-standar-restoran"])
def test_there_is_no_form_for_what_the_national_system_issues(
    client: Client, citizen: User, slug: str
) -> None:
    client.force_login(citizen)
    page(client, f"/licensing/apply/{slug}/", status=404)


def test_a_search_says_what_is_issued_here_and_what_there(client: Client) -> None:
    text = page(client, "/services/?q=bakso")
    assert "2 of them are issued here" in text
    assert "2 are issued by the national OSS" in text
    assert text.count("Issued by the national OSS, not here") == 2
    assert text.index("Street vendor") < text.index("Business identification number"), "ours come first"


def test_a_licence_with_two_ends_says_both(client: Client) -> None:
    text = page(client, "/services/sip-bidan/")
    assert "The registration is valid until" in text
    assert "At most 5 years." in text


def test_the_days_of_the_steps_are_of_the_same_kind_as_the_whole(client: Client) -> None:
    text = page(client, "/services/sip-dokter/")
    assert "Doctor" in text
    assert "3 days" in text
    assert "3 working days" not in text
