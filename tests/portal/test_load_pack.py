"""Loading a pack: again and again without harm, and not at all when something in it is wrong."""

import re
from io import StringIO
from pathlib import Path

import pytest
import yaml
from django.core.management import CommandError, call_command

from services.audit.models import Event
from services.catalogue import queries as catalogue
from services.catalogue.models import Deadline, Service, ServiceVersion
from services.government import queries
from services.government.models import Agency, District, Government, HolidayOverride
from tests.factories import government

pytestmark = pytest.mark.django_db


@pytest.fixture
def pack(tmp_path: Path) -> Path:
    return government.copy_of_surabaya(tmp_path)


def load(folder: Path) -> str:
    output = StringIO()
    call_command("load_pack", str(folder), stdout=output)
    return output.getvalue()


def test_surabaya_has_its_districts_offices_times_and_four_services(pack: Path) -> None:
    load(pack)
    codes = list(District.objects.values_list("code", flat=True))
    assert codes == [f"35.78.{number:02}" for number in range(1, 32)]
    assert queries.district_by_code("35.78.08").name == "Gubeng"
    assert queries.root_agency().code == "pemkot"
    assert {office.name for office in queries.watchers()} == {
        "Inspektorat Kota Surabaya",
        "Komisi Pemberantasan Korupsi",
    }
    assert HolidayOverride.objects.exists()
    assert Deadline.objects.filter(code="objection", amount=21).exists()
    ranked = [service.slug for service in catalogue.most_needed_services()]
    permits = ["izin-reklame", "izin-penggunaan-jalan", "izin-pemakaman"]
    assert ranked == [*permits, "tanda-daftar-usaha-pkl", "sip-bidan", "izin-penelitian"]


def test_a_pack_loaded_twice_changes_nothing_and_leaves_no_event(pack: Path) -> None:
    load(pack)
    events = Event.objects.count()
    assert load(pack) == "surabaya: up to date\n"
    assert ServiceVersion.objects.count() == len(list((pack / "services").glob("*.yaml")))
    assert Event.objects.count() == events


def test_every_change_is_named_and_recorded(pack: Path) -> None:
    load(pack)
    government.change(pack, "services/izin-reklame.yaml", {"published": "2026-06-01"})
    assert "service izin-reklame: version 2 published" in load(pack)
    assert Event.objects.filter(action="catalogue.version.published", subject_key="izin-reklame").count() == 2


def test_a_changed_name_reaches_the_pages_at_once(pack: Path) -> None:
    load(pack)
    assert queries.government().name["en"] == "City of Surabaya"  # type: ignore[union-attr]
    government.change(pack, "government.yaml", {"name": {"id": "Kota Pahlawan", "en": "City of Heroes"}})
    load(pack)
    assert queries.government().name["en"] == "City of Heroes"  # type: ignore[union-attr]


def test_a_service_that_left_the_pack_is_offered_no_longer_but_its_version_stays(pack: Path) -> None:
    load(pack)
    (pack / "services/izin-penelitian.yaml").unlink()
    slugs = ["izin-reklame"]
    government.change(pack, "catalogue.yaml", {"most_needed": slugs})
    assert "service izin-penelitian: withdrawn" in load(pack)
    assert not catalogue.published_services().filter(slug="izin-penelitian").exists()
    assert ServiceVersion.objects.filter(service__slug="izin-penelitian", retired_at__isnull=False).exists()


def test_an_agency_that_left_the_pack_stays_for_its_cases_but_works_no_longer(pack: Path) -> None:
    load(pack)
    said = yaml.safe_load((pack / "agencies.yaml").read_text())["agencies"]
    government.change(pack, "agencies.yaml", {"agencies": [row for row in said if row["code"] != "bapenda"]})
    load(pack)
    assert not Agency.objects.get(code="bapenda").is_active


def test_there_is_only_one_government(pack: Path) -> None:
    load(pack)
    assert Government.objects.count() == 1


def nothing_is_loaded_and(folder: Path) -> str:
    with pytest.raises(CommandError) as caught:
        load(folder)
    assert str(caught.value).endswith("The pack is broken. Nothing was loaded.")
    for model in (Service, Agency, Government):
        assert model.objects.count() == 0
    return str(caught.value)


def test_a_misspelt_key_is_named_with_its_file_and_line(pack: Path) -> None:
    path = pack / "services/izin-reklame.yaml"
    path.write_text(path.read_text().replace("search_words:", "serach_words:"))
    message = nothing_is_loaded_and(pack)
    assert "serach_words: no such key; is it misspelt?" in message
    assert "services/izin-reklame.yaml:12: serach_words" in message
    assert "search_words: is missing" in message


def test_steps_that_do_not_sum_to_the_standard_stop_the_load(pack: Path) -> None:
    government.change(pack, "services/izin-penelitian.yaml", {"time": {"amount": 4}})
    message = nothing_is_loaded_and(pack)
    assert "izin-penelitian.yaml:1: steps: their days sum to 5, the standard promises 4" in message


def test_a_review_that_takes_longer_than_the_standard_allows_stops_the_load(pack: Path) -> None:
    path = pack / "services/izin-reklame.yaml"
    reviews = yaml.safe_load(path.read_text())["reviews"]
    reviews[1]["days"] += 1
    government.change(pack, "services/izin-reklame.yaml", {"reviews": reviews})
    said = "steps: their days with the longest review of 3 sum to 6, the standard promises 5"
    assert f"izin-reklame.yaml:1: {said}" in nothing_is_loaded_and(pack)


def test_a_review_by_an_agency_that_is_not_there_stops_the_load(pack: Path) -> None:
    path = pack / "services/izin-reklame.yaml"
    reviews = yaml.safe_load(path.read_text())["reviews"]
    reviews[1]["agency"] = "dinas-langit"
    government.change(pack, "services/izin-reklame.yaml", {"reviews": reviews})
    message = nothing_is_loaded_and(pack)
    assert re.search(r"izin-reklame.yaml:\d+: reviews\[1\].agency: no agency dinas-langit", message)


def test_a_check_that_nobody_can_carry_out_is_named_with_its_file_and_place(pack: Path) -> None:
    government.change(pack, "services/izin-reklame.yaml", {"checks": ["identity_known", "is_a_friend"]})
    with pytest.raises(
        CommandError, match=r"services/izin-reklame.yaml:\d+: checks\[1\]: no check is_a_friend"
    ):
        load(pack)
    assert not Government.objects.exists()


def test_a_question_that_nobody_asks_stops_the_load(pack: Path) -> None:
    government.change(pack, "services/izin-reklame.yaml", {"validity": {"until_answer": "last_day"}})
    assert "izin-reklame.yaml:1: no such question: last_day" in nothing_is_loaded_and(pack)


def test_an_unknown_agency_is_named_at_its_line(pack: Path) -> None:
    path = pack / "services/izin-pemakaman.yaml"
    path.write_text(path.read_text().replace("agency: dlh", "agency: dkrth"))
    assert "services/izin-pemakaman.yaml:4: agency: no agency dkrth" in nothing_is_loaded_and(pack)


@pytest.mark.parametrize("component", ["requirements", "procedure", "time", "fee", "product", "complaints"])
def test_a_missing_public_component_stops_the_load(pack: Path, component: str) -> None:
    standard = {
        name: {"id": "x", "en": "x"}
        for name in ("requirements", "procedure", "time", "fee", "product", "complaints")
    }
    del standard[component]
    government.change(pack, "services/izin-reklame.yaml", {"standard": standard})
    assert f"standard.{component}: is missing" in nothing_is_loaded_and(pack)


def test_no_public_standard_at_all_stops_the_load(pack: Path) -> None:
    government.change(pack, "services/izin-reklame.yaml", {"standard": None})
    assert "standard: the six public components are missing" in nothing_is_loaded_and(pack)


def test_bad_yaml_is_told_with_its_line(pack: Path) -> None:
    (pack / "holidays.yaml").write_text("overrides:\n  - date: [2026-12-01\n")
    message = nothing_is_loaded_and(pack)
    assert "holidays.yaml:3: not YAML:" in message


def test_a_key_written_twice_is_bad_yaml(pack: Path) -> None:
    (pack / "catalogue.yaml").write_text("most_needed: []\nmost_needed: []\n")
    assert "catalogue.yaml:2: not YAML: key 'most_needed' is written twice" in nothing_is_loaded_and(pack)


def test_yes_and_no_are_words_and_not_truths(pack: Path) -> None:
    path = pack / "services/izin-penelitian.yaml"
    path.write_text(path.read_text().replace('one_of: ["yes"]', "one_of: [yes]"))
    assert "up to date" not in load(pack)


def test_every_problem_of_every_file_is_told_at_once(pack: Path) -> None:
    (pack / "districts.yaml").unlink()
    (pack / "holidays.yaml").write_text("")
    government.change(pack, "agencies.yaml", {"agencies": []})
    government.change(pack, "services/izin-reklame.yaml", {"slug": "izin-spanduk", "triage": None})
    message = nothing_is_loaded_and(pack)
    assert "districts.yaml: the file is missing" in message
    assert "holidays.yaml: the file is empty" in message
    assert "agencies.yaml:1: agencies: list should have at least 1 item" in message
    assert (
        "services/izin-reklame.yaml:1: slug: the file of this service is services/izin-spanduk.yaml"
        in message
    )


def test_an_agency_below_one_that_is_not_there_is_named(pack: Path) -> None:
    path = pack / "agencies.yaml"
    path.write_text(path.read_text().replace("parent: pemkot", "parent: pemkab", 1))
    assert "agencies[1].parent: pemkab is not listed above" in nothing_is_loaded_and(pack)


def test_two_roots_are_refused(pack: Path) -> None:
    path = pack / "agencies.yaml"
    path.write_text(path.read_text().replace("is_root: true", "is_root: false"))
    assert "agencies: exactly one agency is the root" in nothing_is_loaded_and(pack)


def test_a_folder_that_is_not_there_is_said(tmp_path: Path) -> None:
    assert "there is no such folder" in nothing_is_loaded_and(tmp_path / "atlantis")


def test_a_text_in_one_language_only_is_refused(pack: Path) -> None:
    government.change(pack, "services/izin-reklame.yaml", {"name": {"id": "Izin Reklame"}})
    assert "name.en: is missing" in nothing_is_loaded_and(pack)


def test_the_code_of_a_government_is_the_name_of_its_folder(pack: Path) -> None:
    government.change(pack, "government.yaml", {"code": "semarang"})
    assert "government.yaml:1: code: the folder of this pack is called semarang" in nothing_is_loaded_and(
        pack
    )


def test_a_second_government_is_refused_in_the_same_database(pack: Path) -> None:
    load(pack)
    with pytest.raises(CommandError, match="this database belongs to surabaya; a portal has one government"):
        load(government.SURABAYA.with_name("bengkulu"))
    assert queries.government().code == "surabaya"  # type: ignore[union-attr]
    assert not Agency.objects.filter(code="pemprov").exists()


@pytest.mark.parametrize(
    ("written", "instead", "problem"),
    [
        ("not_before: start_date", "not_before: strat_date", "not_before: no such question: strat_date"),
        ("not_before: start_date", "not_before: message", "not_before: message does not ask for a date"),
        ("not_before: start_date", "not_before: end_date", "not_before: end_date is asked later"),
        ("since: start_date, when", "since: begin, when", "lasts_at_most[0].since: no such question: begin"),
        ("{days: 30, since", "{days: 30, years: 1, since", "lasts_at_most[0]: days: say how many days"),
        ("maximum: 3000", "not_before: start_date", "not_before: for a date only"),
        ("maximum: 3000", "lasts_at_most: [{days: 3}]", "lasts_at_most[0].since: for a date only"),
        ("minimum: 1\n", "not_more_than: face_lit\n", "not_more_than: face_lit is asked later"),
    ],
)
def test_a_bound_that_cannot_hold_is_named_with_its_file_and_place(
    pack: Path, written: str, instead: str, problem: str
) -> None:
    path = pack / "services/izin-reklame.yaml"
    text = path.read_text()
    assert written in text
    path.write_text(text.replace(written, instead, 1))
    line = text[: text.index(written)].count("\n") + 1
    assert re.search(
        rf"services/izin-reklame.yaml:{line}: groups\[\d\].questions\[\d\].{re.escape(problem)}",
        nothing_is_loaded_and(pack),
    )


def test_an_address_in_a_regency_that_is_not_there_is_named(pack: Path) -> None:
    path = pack / "services/izin-pemakaman.yaml"
    path.write_text(path.read_text().replace("kind: address", 'kind: address\n        within: "35.99"'))
    assert "within: no district 35.99" in nothing_is_loaded_and(pack)
