"""Answers in words, as people read them."""

import pytest
from django.utils import translation

from services.catalogue import answers
from services.foundation import sealing
from tests.factories import applications
from tests.factories.applications import question

ADDRESS = {
    "street": "Jl. Tunjungan 1",
    "rt": "004",
    "rw": "012",
    "district": "35.78.07",
    "district_name": "Genteng",
    "postcode": "60275",
}


@pytest.mark.parametrize(
    ("kind", "value", "indonesian", "english"),
    [
        ("text", "Warung", "Warung", "Warung"),
        ("number", 1500, "1.500", "1,500"),
        ("money", 1500000, "Rp1.500.000", "Rp1.500.000"),
        ("date", "2026-03-30", "Senin, 30 Maret 2026", "Monday, 30 March 2026"),
        ("yes_no", "yes", "Ya", "Yes"),
        ("choice", "shop", "Toko", "Shop"),
        ("many", ["home", "shop"], "Rumah\nToko", "Home\nShop"),
        ("phone", "+6281234567890", "+6281234567890", "+6281234567890"),
        (
            "point",
            {"latitude": -7.2575, "longitude": 112.7521},
            "-7.257500, 112.752100",
            "-7.257500, 112.752100",
        ),
        ("text", None, "", ""),
    ],
)
def test_an_answer_is_written_in_the_readers_way(
    kind: str, value: object, indonesian: str, english: str
) -> None:
    thing = question("thing", kind)
    with translation.override("en"):
        assert answers.in_words(thing, value) == english
    if kind != "yes_no":  # the word for yes comes from the catalogue of translations
        with translation.override("id"):
            assert answers.in_words(thing, value) == indonesian


def test_an_address_has_a_line_for_each_part() -> None:
    with translation.override("en"):
        written = answers.in_words(question("site", "address"), ADDRESS)
    assert written == "Jl. Tunjungan 1\nRT 004 RW 012\nKecamatan Genteng\n60275"


def test_an_address_elsewhere_is_only_its_street() -> None:
    elsewhere = dict.fromkeys(ADDRESS, "") | {"street": "Jl. Raya 5, Sidoarjo"}
    assert answers.in_words(question("site", "address"), elsewhere) == "Jl. Raya 5, Sidoarjo"


def test_a_nik_is_shown_masked_and_read_only_where_it_belongs() -> None:
    sealed = answers.seal_nik(applications.NIK, reference="P-7K3F9-QXM2E", key="owner_nik")
    assert applications.NIK not in str(sealed)
    assert answers.in_words(question("owner_nik", "nik"), sealed) == "3578••••••••••00"
    assert answers.unseal_nik(sealed, reference="P-7K3F9-QXM2E", key="owner_nik") == applications.NIK
    with pytest.raises(sealing.CannotUnseal):
        answers.unseal_nik(sealed, reference="P-OTHER-CASE0", key="owner_nik")


def test_each_item_of_a_repeated_group_is_a_group_of_its_own() -> None:
    definition = applications.full_definition()
    found = answers.rendered(definition, {"member": ["Siti", "Budi"], "member_nik": [None, None]}, "en")
    assert [(each.title, each.number) for each in found[-2:]] == [("Member 1", 1), ("Member 2", 2)]


def test_questions_that_are_not_asked_are_not_shown() -> None:
    found = answers.rendered(
        applications.full_definition(), {"has_music": "no", "music_kind": "Keroncong"}, "en"
    )
    assert "Keroncong" not in str(found)


def test_changed_answers_are_marked() -> None:
    found = answers.rendered(applications.full_definition(), {"title": "Pasar"}, "en", changed={"title"})
    assert [item.key for item in found[0].items if item.changed] == ["title"]
