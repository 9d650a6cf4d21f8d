"""A government in small, and whole packs that tests may break."""

import datetime as dt
import shutil
from pathlib import Path
from typing import Any

import yaml

from portal import packs
from services.foundation import clock
from services.government import operations
from services.government.definition import DistrictDefinition, HolidayDefinition

SURABAYA = Path(__file__).parents[2] / "packs" / "surabaya"


def override(date: str, *, works: bool, name: str = "Hari uji") -> HolidayDefinition:
    """A day on which this government differs from the national calendar, as a pack says it."""
    text = {"id": name, "en": f"{name} (en)"}
    return HolidayDefinition.model_validate(
        {"date": dt.date.fromisoformat(date), "works": works, "name": text}
    )


def with_overrides(*overrides: HolidayDefinition) -> None:
    """Set exactly these overrides."""
    operations.set_holidays(definitions=overrides, at=clock.now())


def surabaya() -> None:
    """The whole pack of Surabaya, loaded."""
    packs.load(SURABAYA, at=clock.now())


def two_levels() -> None:
    """A province in small: a regency alone, and a city with two kecamatan."""
    rows = [
        {"code": "17.04", "name": "Kabupaten Kaur", "latitude": -4.68, "longitude": 103.4},
        {"code": "17.71", "name": "Kota Bengkulu", "latitude": -3.82, "longitude": 102.3},
        {"code": "17.71.01", "parent": "17.71", "name": "Selebar", "latitude": -3.86, "longitude": 102.33},
        {
            "code": "17.71.09",
            "parent": "17.71",
            "name": "Singaran Pati",
            "latitude": -3.81,
            "longitude": 102.3,
        },
    ]
    definitions = [DistrictDefinition.model_validate(row) for row in rows]
    operations.set_districts(definitions=definitions, at=clock.now())


def copy_of_surabaya(folder: Path) -> Path:
    """A copy of the pack that a test may change."""
    copy = folder / "surabaya"
    shutil.copytree(SURABAYA, copy)
    return copy


def change(pack: Path, name: str, changed: dict[str, Any]) -> None:
    """Replace keys of one file of a pack; None takes the key away."""
    said = yaml.safe_load((pack / name).read_text()) | changed
    kept = {key: value for key, value in said.items() if value is not None}
    (pack / name).write_text(yaml.safe_dump(kept, allow_unicode=True, sort_keys=False))
