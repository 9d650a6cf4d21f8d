"""Every address that shows a page, to everybody who may see it: axe finds nothing, the HTML is valid, it fits a phone.

The addresses and the things in them are those of the access table, so a new page is in here without a line more.
"""

from collections.abc import Iterator
from pathlib import Path

import pytest
from django.urls import get_resolver
from playwright.sync_api import APIResponse, Browser, BrowserContext, Page, Response

from services.accounts.models import User
from tests.architecture.access_world import World
from tests.architecture.test_access import path_of, routes
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


def context_of(
    browser: Browser, world: World, user: User | None, *, base_url: str, width: int
) -> BrowserContext:
    context = browser.new_context(base_url=base_url, viewport={"width": width, "height": 800})
    session = world.client(user).cookies.get("sessionid")
    if session:
        context.add_cookies([{"name": "sessionid", "value": session.value, "url": base_url}])
    return context


def pages(
    world: World, context: BrowserContext, *, admin: bool, under: tuple[str, ...] = ("/",)
) -> Iterator[tuple[str, APIResponse]]:
    """The addresses under these that answer this person with a page, and the answer."""
    for route in routes(get_resolver()):
        if route.startswith(MACHINES) or route.startswith(ADMIN) != admin or not route.startswith(under):
            continue
        path = path_of(route, world)
        answer = context.request.get(path, max_redirects=0)
        if answer.status == 200 and is_page(answer):
            yield path, answer


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


def all_problems(
    context: BrowserContext, answers: dict[str, APIResponse], keep: Path, *, rules: Path = STYLE_AND_STANDARD
) -> list[str]:
    found = []
    for path, given in answers.items():
        page = context.new_page()  # A page of its own, whose messages are its own.
        found += problems(page, path, given, keep)
        page.close()
    return found + html_findings_of(keep, rules=rules)


@pytest.mark.parametrize("who", ["anonymous", "owner"])
def test_citizens(browser: Browser, base_url: str, world: World, tmp_path: Path, who: str) -> None:
    user = world.owner if who == "owner" else None
    context = context_of(browser, world, user, base_url=base_url, width=PHONE)

    answers = dict(pages(world, context, admin=False))

    found = all_problems(context, answers, tmp_path)

    assert not found, "\n".join(found)
    assert len(answers) > 5


@pytest.mark.parametrize("width", [PHONE, DESKTOP])
@pytest.mark.parametrize("hat", ["EXECUTIVE", "SUPERVISOR", "AUDITOR"])
def test_officers_outside_the_admin(
    browser: Browser, base_url: str, world: World, tmp_path: Path, hat: str, width: int
) -> None:
    context = context_of(browser, world, world.home[hat], base_url=base_url, width=width)

    answers = dict(pages(world, context, admin=False, under=OFFICERS))

    found = all_problems(context, answers, tmp_path)

    assert not found, "\n".join(found)
    assert len(answers) >= 2


def test_the_desk(browser: Browser, base_url: str, world: World, tmp_path: Path) -> None:
    """Each page of the admin as the first hat sees that may."""
    seen: set[str] = set()
    found: list[str] = []
    for hat, officer in world.home.items():
        context = context_of(browser, world, officer, base_url=base_url, width=DESKTOP)
        answers = {
            path: given
            for path, given in pages(world, context, admin=True)
            if path not in seen or path == ADMIN
        }
        keep = tmp_path / hat
        keep.mkdir()
        found += [f"{hat} {problem}" for problem in all_problems(context, answers, keep, rules=STANDARD)]
        seen.update(answers)
        context.close()

    assert not found, "\n".join(found)
    assert len(seen) > 5
