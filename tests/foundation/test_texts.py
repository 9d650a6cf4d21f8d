"""Texts in two languages, and the filters of pages and mails."""

from datetime import UTC, date, datetime

import pytest
from django.utils.safestring import SafeString
from django.utils.translation import override

from services.foundation.templatetags import bening
from services.foundation.texts import local

NAME = {"id": "Izin Reklame", "en": "Billboard permit"}


def test_a_text_is_read_in_the_readers_language() -> None:
    with override("en"):
        assert local(NAME) == "Billboard permit"
        assert local(NAME, "id") == "Izin Reklame"
    with override("id"):
        assert bening.local(NAME) == "Izin Reklame"


def test_without_a_translation_the_portals_own_language_is_read() -> None:
    with override("en"):
        assert local({"id": "Izin Reklame", "en": ""}) == "Izin Reklame"
        assert local({"nl": "Vergunning"}) == "Vergunning"
        assert local(None) == ""
        assert local("already one text") == "already one text"


@pytest.mark.parametrize(
    ("amount", "written"),
    [(0, "Rp0"), (7_900_000_000_000, "Rp7.900.000.000.000"), (-1500, "-Rp1.500"), (None, "")],
)
def test_money_is_written_in_whole_rupiah(amount: int | None, written: str) -> None:
    assert bening.rupiah(amount) == written


def test_dates_are_long_and_where_the_government_is() -> None:
    moment = datetime(2026, 3, 29, 17, 5, tzinfo=UTC)
    with override("id"):
        assert bening.day(moment) == "Senin, 30 Maret 2026"
        assert bening.moment(moment) == "30 Maret 2026, 00.05 WIB"
    with override("en"):
        assert bening.day(date(2026, 3, 30)) == "Monday, 30 March 2026"
        assert bening.moment(moment) == "30 March 2026, 00:05 WIB"


def test_dates_are_read_from_iso_text_as_a_notice_keeps_them() -> None:
    with override("id"):
        assert bening.day("2026-03-30T09:00:00+07:00") == "Senin, 30 Maret 2026"
        assert bening.day("2026-03-30") == "Senin, 30 Maret 2026"
        assert bening.moment("2026-03-29T17:05:00+00:00") == "30 Maret 2026, 00.05 WIB"
        assert bening.day(None) == bening.moment("") == ""


@pytest.mark.parametrize(
    ("made", "read"),
    [
        (
            '<span class="material-symbols-outlined md-18">home</span>',
            '<span aria-hidden="true" class="material-symbols-outlined md-18">home</span>',
        ),
        (
            """<div x-bind:class="open > 1 && 'x'" class="ml-2 material-symbols-outlined">add</div>""",
            """<div aria-hidden="true" x-bind:class="open > 1 && 'x'" class="ml-2 material-symbols-outlined">add</div>""",
        ),
        (
            '<i class="material-symbols-outlined" aria-hidden="true">add</i>',
            '<i class="material-symbols-outlined" aria-hidden="true">add</i>',
        ),
        (
            '<input type="checkbox" class="x material-symbols-outlined">',
            '<input type="checkbox" class="x material-symbols-outlined">',
        ),
        (
            '<p class="x"><b>material-symbols-outlined</b></p>',
            '<p class="x"><b>material-symbols-outlined</b></p>',
        ),
    ],
)
def test_the_words_that_icons_are_made_of_are_for_no_ear(made: str, read: str) -> None:
    assert bening.icons_unheard(SafeString(made)) == read
