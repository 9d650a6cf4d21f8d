"""An official makes a third government from docs/packs.md alone: the page names every key, and its examples load."""

import re
import shutil
from pathlib import Path
from typing import Any, get_args

import pytest
import yaml

from complaints.definition import ComplaintsDefinition
from portal import governments, packs
from services.casework.pack import EscalationDefinition, OwnLadder, RungDefinition
from services.catalogue.definition import DeadlineDefinition, ServiceDefinition
from services.catalogue.pack import Catalogue, Deadlines
from services.foundation import clock
from services.foundation.packs import Shape
from services.government.definition import GovernmentDefinition
from services.government.models import Government
from services.government.pack import Agencies, Districts, Holidays
from services.integrity.pact.definition import PactDefinition
from tests.architecture.source import ROOT
from tests.factories import government

PAGE = (ROOT / "docs/packs.md").read_text()
FILES: tuple[type[Shape], ...] = (
    GovernmentDefinition, Agencies, Districts, Holidays, Deadlines, DeadlineDefinition, Catalogue, ServiceDefinition,
    ComplaintsDefinition, EscalationDefinition, OwnLadder, RungDefinition, PactDefinition,
)  # fmt: skip


def shapes_in(kind: Any) -> set[type[Shape]]:
    """The shapes inside a type: of a list, of a union, of an annotation."""
    if isinstance(kind, type) and issubclass(kind, Shape):
        return {
            kind,
            *(found for field in kind.model_fields.values() for found in shapes_in(field.annotation)),
        }
    return {found for part in get_args(kind) for found in shapes_in(part)}


KEYS = sorted({name for file in FILES for shape in shapes_in(file) for name in shape.model_fields})
EXAMPLES = [yaml.safe_load(text) for text in re.findall(r"```yaml\n(.*?)```", PAGE, flags=re.DOTALL)]


def example(key: str) -> Any:
    return next(one for one in EXAMPLES if key in one)


@pytest.mark.parametrize("key", KEYS)
def test_the_page_names_every_key(key: str) -> None:
    assert re.search(rf"\b{key}\b", PAGE)


@pytest.mark.parametrize(
    ("shape", "key"),
    [
        (GovernmentDefinition, "code"),
        (Districts, "districts"),
        (Agencies, "agencies"),
        (Holidays, "overrides"),
        (Deadlines, "deadlines"),
        (Catalogue, "most_needed"),
        (ComplaintsDefinition, "danger"),
        (EscalationDefinition, "ladder"),
        (PactDefinition, "points"),
    ],
)
def test_the_example_of_a_file_is_right(shape: type[Shape], key: str) -> None:
    shape.model_validate(example(key))


@pytest.mark.django_db
@pytest.mark.parametrize("model", ["surabaya", "bengkulu"])
def test_a_copy_under_another_name_is_another_government(tmp_path: Path, model: str) -> None:
    folder = tmp_path / "semarang"
    shutil.copytree(governments.PACKS / model, folder)
    said = example("code")
    government.change(
        folder, "government.yaml", {name: said[name] for name in ("code", "name", "short_name", "tokens")}
    )
    assert packs.load(folder, at=clock.now())
    assert Government.objects.get().name["id"] == "Pemerintah Kota Semarang"
