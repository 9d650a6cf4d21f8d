"""A decision is called by its number: each has one of its own, in its name and in its title."""

import re
from pathlib import Path

from django.conf import settings

DECISIONS = sorted(Path(settings.BASE_DIR, "docs", "decisions").glob("[0-9]*.md"))


def test_the_numbers_follow_each_other() -> None:
    numbers = [int(path.name.split("-")[0]) for path in DECISIONS]
    assert numbers == list(range(numbers[0], numbers[0] + len(numbers)))


def test_the_title_bears_the_number_of_the_file() -> None:
    wrong = [
        path.name
        for path in DECISIONS
        if not re.match(rf"# {int(path.name.split('-')[0])}\. ", path.read_text(encoding="utf-8"))
    ]
    assert wrong == []
