"""A government is data: no code, template or style names one, save where the default is chosen."""

from portal import governments
from tests.architecture import source
from tests.architecture.test_layout import tracked

#: Data, tests, and what is written for people.
ELSEWHERE = ("packs/", "tests/", "docs/", "README.md", "CHANGELOG.md")
#: The default of PACK, in the one module that knows it and in the one command that people type.
DEFAULTS = {"portal/governments.py": 1, "Makefile": 2}


def named_in(path: str) -> int:
    """How many lines of a file name a government; a file that is no text names none."""
    try:
        lines = (source.ROOT / path).read_text(encoding="utf-8").lower().splitlines()
    except UnicodeDecodeError:
        return 0
    return sum(any(name in line for name in governments.known()) for line in lines)


def test_no_code_names_a_government() -> None:
    paths = [path for path in tracked("*") if not path.startswith(ELSEWHERE)]
    named = {path: lines for path in paths if (lines := named_in(path))}

    assert named == DEFAULTS


def test_nothing_reads_the_folder_of_one_pack() -> None:
    sources = [
        path.read_text() for path in source.python_files() if source.name(path) != "portal/governments.py"
    ]

    assert [text for text in sources if '"packs"' in text or "'packs'" in text] == []
