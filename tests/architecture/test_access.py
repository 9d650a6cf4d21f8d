"""Every address by everybody: what each person gets, row by row, in `access.txt`.

An address without a row fails, a row without an address fails, and an outcome other than the expected one fails and
prints the row as it is now. Every request is undone, so that rows do not depend on each other.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest
from django.core.cache import cache
from django.db import transaction
from django.template import Template
from django.urls import URLResolver, get_resolver
from pytest_django.plugin import DjangoDbBlocker

from services.accounts.models import User
from tests.architecture.access_world import DESK_HATS, HATS, World

TABLE = Path(__file__).with_name("access.txt")
PEOPLE = ("anonymous", "stranger", "owner", *HATS)
PARAMETER = re.compile(r"<(?:\w+:)?(?P<name>\w+)>|\(\?P<(?P<group>\w+)>[^)]*\)")
# Everybody with a hat elsewhere, whichever it is, must get the same, unless the cell names who does not.
ELSEWHERE = "elsewhere"


@dataclass(frozen=True)
class Row:
    """One line of the table."""

    method: str
    route: str
    outcomes: tuple[str, ...]

    def __str__(self) -> str:
        return f"{self.method:<4} {self.route}  {' '.join(f'{outcome:<6}' for outcome in self.outcomes).rstrip()}"


def rows() -> list[Row]:
    """The table: method, route, then one outcome a column; lines that begin with # are for the reader."""
    lines = (line.split() for line in TABLE.read_text().splitlines() if line.strip() and line[0] != "#")
    return [Row(method, route, tuple(outcomes)) for method, route, *outcomes in lines]


def routes(resolver: URLResolver, prefix: str = "") -> Iterator[str]:
    """Every route of the portal, as `urls.py` writes it; the first page is "/"."""
    for entry in resolver.url_patterns:
        route = f"{prefix}{entry.pattern}"
        if isinstance(entry, URLResolver):
            yield from routes(entry, route)
        else:
            yield readable(route)


def readable(route: str) -> str:
    return f"/{route}".replace("^", "").replace("$", "").replace(" ", "")


@pytest.fixture(autouse=True)
def _pages_stay_unwritten(monkeypatch: pytest.MonkeyPatch) -> None:
    """Who gets a page is settled before it is written; what stands on each is asked in `tests/pages`."""
    monkeypatch.setattr(Template, "_render", lambda _self, _context: "")


@pytest.fixture(scope="module")
def world(django_db_setup: None, django_db_blocker: DjangoDbBlocker) -> Iterator[World]:
    """Made once for all rows, in a transaction that is undone at the end."""
    with django_db_blocker.unblock(), transaction.atomic():
        yield World()
        transaction.set_rollback(True)


def test_every_address_has_a_row() -> None:
    assert sorted(set(routes(get_resolver())) - {row.route for row in rows()}) == []


def test_every_row_has_an_address() -> None:
    assert sorted({row.route for row in rows()} - set(routes(get_resolver()))) == []


def test_no_row_stands_twice() -> None:
    keys = [(row.method, row.route) for row in rows()]

    assert sorted(key for key in set(keys) if keys.count(key) > 1) == []


@pytest.mark.parametrize("row", rows(), ids=lambda row: f"{row.method}-{row.route}")
def test_everybody_gets_what_the_table_says(row: Row, world: World) -> None:
    now = Row(row.method, row.route, tuple(outcomes(row, world)))

    assert str(now) == str(row)


def outcomes(row: Row, world: World) -> Iterator[str]:
    path = path_of(row.route, world)
    people: list[User | None] = [None, world.stranger, world.owner, *world.home.values()]
    found = [outcome(row.method, path, person, world) for person in people]
    yield from found
    yield together(elsewhere(row.method, path, world, stranger=found[PEOPLE.index("stranger")]))


def elsewhere(method: str, path: str, world: World, *, stranger: str) -> dict[str, str]:
    """What each hat elsewhere gets. Hats only add rights: what all those of a desk on one head gain nothing by, none does."""
    found: dict[str, str] = {}
    if outcome(method, path, world.at_desks_elsewhere, world) == stranger:
        found = dict.fromkeys(DESK_HATS, stranger)
    return {
        hat: found.get(hat) or outcome(method, path, person, world) for hat, person in world.elsewhere.items()
    }


def together(found: dict[str, str]) -> str:
    """One outcome for all hats elsewhere, followed by those who get another."""
    usual = max(sorted(set(found.values())), key=list(found.values()).count)
    others = [f"{hat}={outcome}" for hat, outcome in found.items() if outcome != usual]
    return ",".join([usual, *others])


def outcome(method: str, path: str, person: User | None, world: World) -> str:
    client = world.client(person)
    cache.clear()
    with transaction.atomic():
        answer = client.post(path) if method == "POST" else client.get(path)
        answer.getvalue()  # A file that is sent in pieces is closed at its end.
        transaction.set_rollback(True)
    if answer.status_code in {301, 302, 303}:
        return "login" if "/login/" in answer["Location"] else "moved"
    return str(answer.status_code)


def path_of(route: str, world: World) -> str:
    """The route with the world's things in the place of its parameters, both of Django's and of a regular expression."""
    arguments = world.arguments(route.removeprefix("/"))
    return PARAMETER.sub(lambda found: str(arguments[found["name"] or found["group"]]), route)
