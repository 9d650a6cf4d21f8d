"""A person types their own word and finds the service."""

import pytest
from pytest_django import DjangoAssertNumQueries

from services.catalogue import queries, words
from services.catalogue.models import Service
from tests.factories import government

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True, scope="module")
def _surabaya(kept: None) -> None:
    government.surabaya()


def first(text: str) -> str:
    found = queries.search(text).services
    return found[0].slug if found else ""


@pytest.mark.parametrize(
    ("text", "slug"),
    [
        ("spanduk", "izin-reklame"),
        ("SPANDUK", "izin-reklame"),
        ("mau pasang spanduk di toko", "izin-reklame"),
        ("umbul-umbul", "izin-reklame"),
        ("billboards", "izin-reklame"),
        ("papan nama", "izin-reklame"),
        ("hajatan", "izin-penggunaan-jalan"),
        ("menutup jalan untuk nikahan", "izin-penggunaan-jalan"),
        ("close the street for a wedding", "izin-penggunaan-jalan"),
        ("skripsi", "izin-penelitian"),
        ("my thesis", "izin-penelitian"),
        ("penelitian mahasiswa", "izin-penelitian"),
        ("kuburan", "izin-pemakaman"),
        ("buried", "izin-pemakaman"),
        ("grave", "izin-pemakaman"),
        ("gerobak", "tanda-daftar-usaha-pkl"),
        ("mau jualan kaki lima", "tanda-daftar-usaha-pkl"),
        ("bidan", "sip-bidan"),
        ("dokter gigi", "sip-dokter"),
        ("homestay", "standar-penginapan"),
        ("sekolah dasar", "izin-sekolah-dasar"),
        ("nib", "nomor-induk-berusaha"),
        ("rumah makan", "laik-higiene-rumah-makan"),
        ("skck", "pengantar-skck"),
        ("surat kelakuan baik", "pengantar-skck"),
        ("mau pindah ke Jakarta", "surat-pindah"),
        ("surat ijo", "perpanjangan-ipt"),
        ("kotak lampu", "reklame-kecil"),
    ],
)
def test_the_person_s_word_finds_the_service(text: str, slug: str) -> None:
    assert first(text) == slug


@pytest.mark.parametrize(
    ("text", "slug"),
    [("spand", "izin-reklame"), ("peneli", "izin-penelitian"), ("ceme", "izin-pemakaman")],
)
def test_the_beginning_of_a_word_is_enough(text: str, slug: str) -> None:
    assert first(text) == slug


@pytest.mark.parametrize(
    ("typed", "slug", "read_as"),
    [
        ("spnaduk", "izin-reklame", "spanduk"),
        ("reklmae", "izin-reklame", "reklame"),
        ("penilitian", "izin-penelitian", "penelitian"),
        ("cemetary", "izin-pemakaman", "cemetery"),
    ],
)
def test_a_typing_error_is_mended_and_said(typed: str, slug: str, read_as: str) -> None:
    assert first(typed) == slug
    assert queries.search(typed).read_as == read_as


def test_a_word_that_was_understood_is_not_said_to_be_mended() -> None:
    assert queries.search("spanduk").read_as == ""


@pytest.mark.parametrize("text", ["", "   ", "!?", "x", "' & | :*", "zzzzqqqq"])
def test_what_means_nothing_finds_nothing_and_breaks_nothing(text: str) -> None:
    assert queries.search(text).services == []


@pytest.mark.parametrize("text", ["bakso", "warung", "mau buka warung bakso"])
def test_what_a_stall_needs_is_found_here_and_there(text: str) -> None:
    found = {service.slug for service in queries.search(text).services}
    assert {"tanda-daftar-usaha-pkl", "laik-higiene-rumah-makan"} <= found
    assert {"nomor-induk-berusaha", "sertifikat-standar-restoran"} <= found


def test_the_word_permit_alone_finds_every_one_that_is_called_so() -> None:
    found = {service.slug for service in queries.search("izin").services}
    assert {
        slug for slug in Service.objects.values_list("slug", flat=True) if slug.startswith("izin-")
    } <= found


def test_a_search_costs_two_queries(django_assert_num_queries: DjangoAssertNumQueries) -> None:
    with django_assert_num_queries(2):
        queries.search("mau pasang spnaduk besar di jalan")


def test_a_very_long_text_is_cut_to_twelve_words() -> None:
    assert len(words.taken_apart(" ".join(f"kata{number}" for number in range(500)))) == 12
