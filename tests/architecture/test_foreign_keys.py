"""A foreign key obeys the same order as an import: the linter of imports cannot see it."""

import tomllib
from typing import Any

from django.apps import apps
from django.db.models import ForeignKey, ManyToManyField

from tests.architecture import source


def contracts() -> list[dict[str, Any]]:
    read = tomllib.loads((source.ROOT / "pyproject.toml").read_text())
    found: list[dict[str, Any]] = read["tool"]["importlinter"]["contracts"]
    return found


def heights() -> dict[str, int]:
    """How high each app stands, by its label; siblings stand equally high."""
    ground = next(contract for contract in contracts() if contract.get("containers") == ["services"])
    top = next(contract for contract in contracts() if contract["layers"][-1] == "services")
    layers = [*top["layers"][:-1], *ground["layers"]]
    return {
        label.strip(): len(layers) - place
        for place, layer in enumerate(layers)
        for label in layer.replace(":", "|").split("|")
    }


def test_every_app_of_ours_has_its_place_in_the_order() -> None:
    ours = {config.label for config in apps.get_app_configs() if config.name.split(".")[0] in source.PACKAGES}

    assert ours == set(heights())


def test_foreign_keys_point_downwards() -> None:
    height = heights()
    upwards = [
        f"{model._meta.label}.{field.name} → {field.related_model._meta.label}"
        for model in apps.get_models()
        for field in model._meta.get_fields()
        if isinstance(field, (ForeignKey, ManyToManyField)) and model._meta.app_label in height
        for target in [field.related_model._meta.app_label]
        if target in height and target != model._meta.app_label
        if height[target] >= height[model._meta.app_label]
    ]

    assert upwards == []
