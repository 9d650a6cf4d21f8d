"""The keys of the desk: listed on a page, switched off by the person, kept with the account."""

import re
from pathlib import Path
from typing import Any

from django.conf import settings

from services.accounts import operations as accounts
from services.accounts.models import User
from services.casework.admin.keys import PLACES
from tests.casework.desk import QUEUE, Desk

PAGE = f"{QUEUE}keys/"
SCRIPT = Path(settings.BASE_DIR, "static", "js", "keys.js")


def test_the_page_lists_every_key_that_the_desk_knows() -> None:
    listed = {name for place in PLACES for key in place.keys for name in key.pressed}
    table = SCRIPT.read_text().split("const KEYS = {")[1].split("};")[0]
    known = {key.upper() for key in re.findall(r'^\s+"?([a-z/?])"?[:,]', table, flags=re.MULTILINE)}
    assert listed - {"↓", "↑", "Esc"} == known


def test_keys_are_on_until_the_person_switches_them_off(desk: Desk, intake: User) -> None:
    page = desk.sit(intake).read(PAGE)
    assert "The keys are on." in page
    assert "js/keys" in page
    answer = desk.client.post(PAGE, {"keys": "off"})
    assert answer["Location"] == PAGE
    intake.refresh_from_db()
    assert not intake.uses_keys
    for address in (PAGE, QUEUE, "/admin/"):
        assert "js/keys" not in desk.read(address)
    assert "Alt+N" in desk.read(QUEUE)
    desk.client.post(PAGE, {"keys": "on"})
    assert "js/keys" in desk.read(QUEUE)


def test_a_choice_of_keys_is_the_persons_own(desk: Desk, intake: User, reviewer: User) -> None:
    accounts.choose_keys(intake, on=False)
    assert "js/keys" in desk.sit(reviewer).read(QUEUE)


def test_every_page_of_the_desk_leads_to_the_list(desk: Desk, intake: User) -> None:
    assert f'href="{PAGE}"' in desk.sit(intake).read(QUEUE)


def test_the_sidebar_marks_the_one_page_where_the_reader_is(desk: Desk, intake: User) -> None:
    desk.sit(intake)
    for address in ("/admin/", QUEUE, PAGE):
        items = {item["link"]: item["active"] for item in _work_of(desk, address)}
        assert [link for link, active in items.items() if active] == [address]


def _work_of(desk: Desk, address: str) -> list[dict[str, Any]]:
    items: list[dict[str, Any]] = desk.client.get(address).context["sidebar_navigation"][0]["items"]
    return items
