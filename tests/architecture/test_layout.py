"""Where code may stand and how large it may grow."""

import subprocess

import pytest

from tests.architecture import source

TOP_LEVEL_PACKAGES = {"portal", "permits", "licensing", "complaints", "oversight", "services", "tests"}
TOP_LEVEL_MODULES = {"manage.py"}
VAGUE = {"services.py", "utils.py", "helpers.py", "misc.py", "common.py"}
LONGEST_MODULE = 300
LONGEST_TEMPLATE = 80
LONGEST_COMPONENT = 30


def tracked(pattern: str) -> list[str]:
    """The files that git keeps, and those that it would."""
    command = ["git", "ls-files", "--cached", "--others", "--exclude-standard", pattern]
    listed = subprocess.run(command, cwd=source.ROOT, capture_output=True, text=True, check=True).stdout
    return [line for line in listed.splitlines() if (source.ROOT / line).exists()]


def lines(path: str) -> int:
    return len((source.ROOT / path).read_text().splitlines())


def test_no_python_outside_the_known_packages() -> None:
    tops = {path.split("/", 1)[0] for path in tracked("*.py")}

    assert tops <= TOP_LEVEL_PACKAGES | TOP_LEVEL_MODULES


def test_no_module_has_a_name_that_says_nothing() -> None:
    assert [path for path in tracked("*.py") if path.rsplit("/", 1)[-1] in VAGUE] == []


def test_no_module_is_longer_than_a_person_reads() -> None:
    modules = [path for path in tracked("*.py") if "/migrations/" not in path]

    assert [path for path in modules if lines(path) > LONGEST_MODULE] == []


def test_no_template_is_longer_than_a_person_reads() -> None:
    assert [path for path in tracked("templates/*") if lines(path) > LONGEST_TEMPLATE] == []


def test_a_component_is_small() -> None:
    assert [path for path in tracked("templates/components/*") if lines(path) > LONGEST_COMPONENT] == []


def test_no_migration_is_called_auto() -> None:
    names = [path for path in tracked("*/migrations/*.py") if not path.endswith("__init__.py")]

    assert names
    assert [path for path in names if "auto" in path.rsplit("/", 1)[-1]] == []


@pytest.mark.parametrize("path", ["requirements/base.txt", "requirements/demo.txt", "requirements/dev.txt"])
def test_pinned_packages_have_hashes_and_name_no_host(path: str) -> None:
    text = (source.ROOT / path).read_text()

    assert "--hash=sha256:" in text
    assert "://" not in text
    assert "--index-url" not in text


def test_the_lock_of_the_front_end_has_hashes_and_names_no_host() -> None:
    text = (source.ROOT / "package-lock.json").read_text()

    assert '"integrity"' in text
    assert "://" not in text
