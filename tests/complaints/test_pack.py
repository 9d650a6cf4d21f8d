"""The section of a pack on reports: what is loaded, what is withdrawn, and how a mistake is told."""

from pathlib import Path
from typing import Any

import pytest
import yaml

from complaints import queries
from complaints.models import Category, ComplaintsOffice
from portal import packs
from services.audit.models import Event
from services.foundation import clock
from services.foundation.packs import BrokenPackError
from services.government import queries as governments
from tests.factories import government

pytestmark = pytest.mark.django_db


@pytest.fixture
def pack(tmp_path: Path) -> Path:
    return government.copy_of_surabaya(tmp_path)


def load(folder: Path) -> list[str]:
    return packs.load(folder, at=clock.now())


def said(folder: Path) -> dict[str, Any]:
    found: dict[str, Any] = yaml.safe_load((folder / "complaints.yaml").read_text())
    return found


def change(folder: Path, change: dict[str, Any], *, category: str) -> None:
    """Change one category of the pack."""
    definition = said(folder)
    for group in definition["groups"]:
        for row in group["categories"]:
            if row["code"] == category:
                row.update(change)
    (folder / "complaints.yaml").write_text(yaml.safe_dump(definition, allow_unicode=True))


def broken(folder: Path) -> str:
    with pytest.raises(BrokenPackError) as caught:
        load(folder)
    assert not Category.objects.exists()
    return "\n".join(caught.value.problems)


def test_surabaya_has_its_categories_and_its_complaints_office(pack: Path) -> None:
    load(pack)

    office = queries.complaints_office()
    assert (office.agency.code, office.service) == ("diskominfo", "pengaduan")
    assert queries.listed_categories().count() == 27
    lights = Category.objects.get(code="street-lights")
    assert (lights.agency.code, lights.name["id"]) == ("dishub", "Lampu jalan mati")
    assert Category.objects.get(code="illegal-levy").is_confidential
    assert queries.version_in_force().service.kind == "COMPLAINT"


def test_loaded_twice_it_changes_nothing_and_leaves_no_event(pack: Path) -> None:
    load(pack)
    events = Event.objects.count()

    assert load(pack) == []
    assert Event.objects.count() == events


def test_every_change_is_named_and_recorded(pack: Path) -> None:
    load(pack)
    change(pack, {"agency": "dlh", "confidential": True}, category="street-lights")

    assert load(pack) == ["category street-lights: changed agency, is_confidential"]
    assert Event.objects.filter(action="complaints.categories.changed").count() == 2


def test_a_category_that_left_the_pack_is_offered_no_longer(pack: Path) -> None:
    load(pack)
    definition = said(pack)
    definition["groups"] = [row for row in definition["groups"] if row["code"] != "health"]
    (pack / "complaints.yaml").write_text(yaml.safe_dump(definition, allow_unicode=True))

    assert "category vaccination: withdrawn" in load(pack)
    assert queries.listed_category("vaccination") is None
    assert Category.objects.filter(code="vaccination").exists()


def test_a_district_may_have_an_office_of_its_own(pack: Path) -> None:
    change(pack, {"districts": {"35.78.08": "dlh"}}, category="street-lights")
    load(pack)

    lights = Category.objects.get(code="street-lights")
    gubeng, rungkut = (governments.district_by_code(code) for code in ("35.78.08", "35.78.03"))
    assert queries.agency_for(lights, gubeng).code == "dlh"
    assert queries.agency_for(lights, rungkut).code == "dishub"
    assert queries.agency_for(lights, None).code == "dishub"
    change(pack, {"districts": {}}, category="street-lights")
    assert load(pack) == ["category street-lights: changed districts"]
    assert queries.agency_for(lights, gubeng).code == "dishub"


def test_the_route_of_a_city_holds_for_its_districts() -> None:
    packs.load(government.SURABAYA.parent / "bengkulu", at=clock.now())

    roads = Category.objects.get(code="damaged-roads")
    selebar, mukomuko = (governments.district_by_code(code) for code in ("17.71.01", "17.06"))
    assert queries.agency_for(roads, selebar).code == "kota-perkim"
    assert queries.agency_for(roads, mukomuko).code == "dpupr"


@pytest.mark.parametrize(
    ("mistake", "told"),
    [
        ({"agency": "nobody"}, ".agency: no agency nobody"),
        ({"settlement": "some-day"}, ".settlement: no time some-day in deadlines.yaml"),
        ({"districts": {"99.99.99": "dlh"}}, ": no district 99.99.99"),
        ({"confidentail": True}, "confidentail: no such key; is it misspelt?"),
        ({"search_words": []}, ".search_words: "),
    ],
)
def test_a_mistake_is_told_with_its_file_its_path_and_its_reason(
    pack: Path, mistake: dict[str, Any], told: str
) -> None:
    change(pack, mistake, category="street-lights")

    message = broken(pack)

    assert message.startswith("complaints.yaml:")
    assert "groups[0].categories[0]" in message
    assert told in message


def test_a_code_used_twice_is_told(pack: Path) -> None:
    change(pack, {"code": "trees"}, category="street-lights")
    assert "category listed twice: trees" in broken(pack)


def test_a_service_that_receives_no_reports_is_told(pack: Path) -> None:
    government.change(pack, "complaints.yaml", {"service": "izin-reklame"})
    assert "no service izin-reklame of the kind COMPLAINT" in broken(pack)


def test_a_pack_without_the_file_is_told(pack: Path) -> None:
    (pack / "complaints.yaml").unlink()

    assert broken(pack) == "complaints.yaml: the file is missing"


def test_there_is_one_complaints_office(pack: Path) -> None:
    load(pack)
    government.change(pack, "complaints.yaml", {"office": "dishub"})

    assert load(pack) == ["complaints office: changed agency"]
    assert ComplaintsOffice.objects.count() == 1


@pytest.mark.parametrize(
    ("typed", "first"),
    [
        ("lampu jalan mati di depan rumah", "street-lights"),
        ("LAMPU JALAN", "street-lights"),
        ("lampu jlan", "street-lights"),
        ("jalan berlubang", "damaged-roads"),
        ("sampah menumpuk dan bau", "waste"),
        ("pothole in our street", "damaged-roads"),
        ("petugas minta uang", "illegal-levy"),
        ("air PDAM mati", "water-supply"),
    ],
)
def test_typed_words_find_their_category(pack: Path, typed: str, first: str) -> None:
    load(pack)

    assert queries.suggested_categories(typed)[0].code == first


@pytest.mark.parametrize("typed", ["", "   ", "!!!", "<script>", "xyzzy"])
def test_words_that_mean_nothing_suggest_nothing(pack: Path, typed: str) -> None:
    load(pack)

    assert queries.suggested_categories(typed) == []


@pytest.mark.parametrize(
    ("typed", "number"),
    [
        ("Ada kebakaran di pasar!", "112"),
        ("kabel putus menjuntai ke jalan", "112"),
        ("there is a FIRE", "112"),
        ("lampu jalan mati", ""),
        ("firefly", ""),
        ("", ""),
    ],
)
def test_danger_to_life_is_answered_with_the_number(pack: Path, typed: str, number: str) -> None:
    load(pack)

    assert queries.danger_number(typed) == number


def test_without_a_pack_nothing_is_dangerous() -> None:
    assert queries.danger_number("kebakaran") == ""
