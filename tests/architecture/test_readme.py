"""What the README tells a newcomer to click exists under these names, and its people can sign in."""

import re
from pathlib import Path

import pytest
from babel.messages import pofile
from django.conf import settings

from portal.demo import people
from portal.demo.data import reports

ROOT = Path(settings.BASE_DIR)
README = (ROOT / "README.md").read_text(encoding="utf-8")
TOUR = " ".join(README.split("## What to click")[1].split("## How it is built")[0].split())
#: What a person types, and the letters of the language switch. The passphrase is that of the demo.
TYPED = {"spanduk", "skck", "EN", reports.PASSPHRASE}
NAMED = sorted(set(re.findall(r"(?<!\*)\*([^*]+)\*(?!\*)", TOUR)) - TYPED)
ACCOUNTS = sorted(set(re.findall(r"`([a-z0-9]+)@", TOUR)))


def words_of_the_pages() -> str:
    """Every Indonesian text of the code and of the pack."""
    with (ROOT / "locale/id/LC_MESSAGES/django.po").open("rb") as file:
        said = [message.string for message in pofile.read_po(file)]
    texts = [text if isinstance(text, str) else "\n".join(text or ()) for text in said]
    services = [
        path.read_text(encoding="utf-8") for path in (ROOT / "packs/surabaya/services").glob("*.yaml")
    ]
    return "\n".join([*texts, *services]).casefold()


@pytest.fixture(scope="module")
def words() -> str:
    return words_of_the_pages()


def test_the_tour_names_what_to_click() -> None:
    assert len(NAMED) > 10


@pytest.mark.parametrize("name", NAMED)
def test_what_is_named_stands_on_a_page(words: str, name: str) -> None:
    assert name.casefold() in words


def test_the_people_and_their_password_are_those_of_the_demo() -> None:
    others = {"citizen", "citizen2", "admin", "admin2"}
    assert set(ACCOUNTS) - others <= set(people.CAST)
    assert f"`{people.PASSWORD}`" in TOUR
