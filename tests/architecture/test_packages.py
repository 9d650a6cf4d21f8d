"""What a part of the house imports is pinned for it: the portal runs without the packages of tests and checks."""

import ast
import re
import sys
from collections.abc import Iterator, Mapping
from functools import cache
from importlib.metadata import packages_distributions
from pathlib import Path

import pytest

from tests.architecture import source

#: Run when the front-end and the demo are made, with what the demo needs; the portal itself never imports them.
MAKERS = ("portal/demo/", "portal/frontend.py")

distributions = cache(packages_distributions)


def pinned(requirements: str) -> set[str]:
    """The packages in one file of pins."""
    text = (source.ROOT / "requirements" / f"{requirements}.txt").read_text()
    return {plain(name) for name in re.findall(r"^([\w.-]+)(?:\[[^]]*\])?==", text, flags=re.MULTILINE)}


def plain(name: str) -> str:
    """A package's name as PyPI compares it."""
    return re.sub(r"[-_.]+", "-", name).lower()


def imported(path: Path) -> Iterator[str]:
    """The first name of every module that a file imports."""
    for node in ast.walk(source.tree(path)):
        if isinstance(node, ast.Import):
            yield from (alias.name.partition(".")[0] for alias in node.names)
        elif isinstance(node, ast.ImportFrom) and node.module and not node.level:
            yield node.module.partition(".")[0]


def unpinned(path: Path, pins: set[str]) -> set[str]:
    """What a file imports and none of these pins installs."""
    foreign = set(imported(path)) - set(source.PACKAGES) - set(sys.stdlib_module_names)
    installed: Mapping[str, list[str]] = distributions()
    return {name for name in foreign if not {plain(one) for one in installed.get(name, [])} & pins}


@pytest.mark.parametrize("requirements", ["base", "demo"])
def test_everything_imported_is_pinned_where_it_runs(requirements: str) -> None:
    pins = pinned(requirements)
    files = [
        path
        for path in source.python_files()
        if source.name(path).startswith(MAKERS) == (requirements == "demo")
    ]

    missing = {source.name(path): names for path in files if (names := unpinned(path, pins))}

    assert files
    assert missing == {}
