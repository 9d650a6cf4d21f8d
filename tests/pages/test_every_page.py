"""Every address that shows a page, to everybody who may see it: axe finds nothing, the HTML is valid, it fits a phone.

The addresses and the things in them are those of the access table, so a new page is in here without a line more.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path

import pytest
from playwright.sync_api import APIResponse, Browser, BrowserContext, Page, Response

from services.accounts.models import User
from tests.architecture.access_world import World
from tests.architecture.test_access import PEOPLE, path_of, rows
from tests.pages.checks import (
    FIRST_VISIT_BYTES,
    STANDARD,
    STYLE_AND_STANDARD,
    axe_findings,
    html_findings_of,
    visit,
)

pytestmark = [pytest.mark.usefixtures("surabaya"), pytest.mark.django_db(transaction=True)]
PHONE, DESKTOP = 360, 1280
MACHINES = ("/api/", "/health/", "/metrics", "/static/")
ADMIN = "/admin/"
#: Pages for officers outside the admin; they may weigh more than a citizen's, since charts are drawn there.
OFFICERS = ("/dashboard/", "/oversight/")


@pytest.fixture
def world() -> World:
    return World()


def routes_of(who: str) -> list[str]:
    """What answers this person with more than a refusal, as the access table says."""
    column = PEOPLE.index(who)
    shown = (row.route for row in rows() if row.method == "GET" and row.outcomes[column] == "200")
    return [route for route in shown if not route.startswith(MACHINES)]


@dataclass(frozen=True)
class Walk:
    """Through the pages under some addresses, by one person after the other, each opening what is new."""

    browser: Browser
    base_url: str
    world: World
    keep: Path
    under: tuple[str, ...] = ("/",)
    but: tuple[str, ...] = ("no such address",)
    rules: Path = STYLE_AND_STANDARD

    def problems(self, people: Iterable[tuple[str, User | None]], *, width: int) -> list[str]:
        """What is wrong with any page; the first of the addresses is opened by everybody."""
        seen: set[str] = set()
        found: list[str] = []
        for who, user in people:
            context = self.context(user, width=width)
            routes = [route for route in routes_of(who) if self.leads_to(route, seen)]
            seen.update(routes)
            folder = self.keep / f"{who}-{width}"
            folder.mkdir()
            for path, given in pages(self.world, context, routes).items():
                page = context.new_page()  # A page of its own, whose messages are its own.
                found += [f"{who}: {problem}" for problem in problems(page, path, given, folder)]
                page.close()
            found += html_findings_of(folder, rules=self.rules)
            context.close()
        assert len(seen) > 1
        return found

    def leads_to(self, route: str, seen: set[str]) -> bool:
        is_new = route not in seen or route == self.under[0]
        return is_new and route.startswith(self.under) and not route.startswith(self.but)

    def context(self, user: User | None, *, width: int) -> BrowserContext:
        context = self.browser.new_context(base_url=self.base_url, viewport={"width": width, "height": 800})
        session = self.world.client(user).cookies.get("sessionid")
        if session:
            context.add_cookies([{"name": "sessionid", "value": session.value, "url": self.base_url}])
        return context


def pages(world: World, context: BrowserContext, routes: Iterable[str]) -> dict[str, APIResponse]:
    """The addresses of these routes that are pages, and what was answered there."""
    answers = {path: context.request.get(path) for path in (path_of(route, world) for route in routes)}
    assert {path: answer.status for path, answer in answers.items() if answer.status != 200} == {}
    return {path: answer for path, answer in answers.items() if is_page(answer)}


def is_page(answer: APIResponse) -> bool:
    """Whether it is a whole page: no file, no fragment."""
    return answer.headers["content-type"].startswith("text/html") and "<html" in answer.text()


def problems(page: Page, path: str, given: APIResponse, keep: Path) -> list[str]:
    """What is wrong with one page, shown as it was answered; its text is kept for the check of its HTML."""
    said: list[str] = []
    page.route(given.url, lambda route: route.fulfill(response=given), times=1)
    page.on("console", lambda message: said.append(message.text) if message.type == "error" else None)
    page.on("pageerror", lambda error: said.append(str(error)))
    with visit(page) as seen:
        answer = page.goto(path)
    assert isinstance(answer, Response)
    (keep / f"{path.strip('/').replace('/', '~') or 'first'}.html").write_text(answer.text())
    found = [*axe_findings(page), *said]
    aloud = page.locator(".material-symbols-outlined:not([aria-hidden=true], [aria-hidden=true] *)")
    found += [f"reads the icon {icon!r} aloud" for icon in aloud.all_inner_texts()]
    width = page.evaluate("document.documentElement.scrollWidth")
    if page.viewport_size and width > page.viewport_size["width"]:
        found.append(f"is {width} wide")
    if not path.startswith((ADMIN, *OFFICERS)) and seen.weight > FIRST_VISIT_BYTES:
        found.append(f"weighs {seen.weight} bytes")
    if len(seen.hosts) > 1:
        found.append(f"calls {seen.hosts}")
    return [f"{path} {problem}" for problem in found]


def test_citizens(browser: Browser, base_url: str, world: World, tmp_path: Path) -> None:
    """Each page on a phone, as anybody sees it, or else the owner of what it shows."""
    walk = Walk(browser, base_url, world, tmp_path, but=(ADMIN, *OFFICERS))

    found = walk.problems([("anonymous", None), ("owner", world.owner)], width=PHONE)

    assert not found, "\n".join(found)


def test_officers_outside_the_admin(browser: Browser, base_url: str, world: World, tmp_path: Path) -> None:
    walk = Walk(browser, base_url, world, tmp_path, under=OFFICERS)
    people = [(hat, world.home[hat]) for hat in ("EXECUTIVE", "SUPERVISOR", "AUDITOR")]

    found = [problem for width in (PHONE, DESKTOP) for problem in walk.problems(people, width=width)]

    assert not found, "\n".join(found)


def test_the_desk(browser: Browser, base_url: str, world: World, tmp_path: Path) -> None:
    """Each page of the admin as the first hat sees that may, and its first page as each hat does."""
    walk = Walk(browser, base_url, world, tmp_path, under=(ADMIN,), rules=STANDARD)

    found = walk.problems(world.home.items(), width=DESKTOP)

    assert not found, "\n".join(found)
