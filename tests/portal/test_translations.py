"""Messages are found in Python and in templates, and a translation that would break a page is found before it does."""

from pathlib import Path

import pytest
import unfold
from babel.messages.catalog import Message
from django.utils.translation import gettext, override

from portal import translations

PYTHON = """
from django.utils.translation import gettext as _, ngettext, pgettext_lazy

plain = _("Send")
with_context = pgettext_lazy("decision", "Grant")
counted = ngettext("%(n)d day", "%(n)d days", 2)
unknown = _(plain)
"""
TEMPLATE = """
{% load i18n %}
  {% translate "Notices" %} {% translate "Open" context "door" %}
<p title="{% translate 'It is "here"' %}">
    {% blocktranslate trimmed with name=person.name %}
      Dear {{ name }},
      we wrote.
    {% endblocktranslate %}
{% blocktranslate count days=n %}{{ days }} day{% plural %}{{ days }} days{% endblocktranslate %}
{{ _("In a variable") }} {# Translators: nothing #} don't
</p>
"""


def found(path: Path, text: str) -> set[tuple[object, str | None]]:
    path.write_text(text)
    return set(translations.messages_of(path))


def test_messages_of_python(tmp_path: Path) -> None:
    assert found(tmp_path / "views.py", PYTHON) == {
        ("Send", None),
        ("Grant", "decision"),
        (("%(n)d day", "%(n)d days"), None),
    }


def test_messages_of_a_template(tmp_path: Path) -> None:
    assert found(tmp_path / "page.html", TEMPLATE) == {
        ("Notices", None),
        ("Open", "door"),
        ('It is "here"', None),
        ("Dear %(name)s, we wrote.", None),
        (("%(days)s day", "%(days)s days"), None),
        ("In a variable", None),
    }


@pytest.mark.parametrize(
    ("original", "translated", "complaint"),
    [
        ("Send", "Kirim", None),
        ("Send", "", "not translated"),
        ("Dear %(name)s", "Yth. %(name)s", None),
        ("Dear %(name)s", "Yth. %(nama)s", "cannot be formatted"),
        ("Dear %(name)s", "Yth. %(name)", "cannot be formatted"),
        ("Paid {amount}", "Dibayar {amount}", None),
        ("Paid {amount}", "Dibayar {jumlah}", "other braces"),
        ("Paid {amount}", "Dibayar {amount", "other braces"),
    ],
)
def test_a_translation_that_breaks_is_found(original: str, translated: str, complaint: str | None) -> None:
    problems = list(translations.problems_of(Message(original, translated)))

    assert bool(problems) == bool(complaint)
    assert complaint is None or complaint in problems[0]


def test_a_catalogue_has_nothing_that_changes_by_itself() -> None:
    text = translations.written(translations.updated("id")).decode()

    assert "POT-Creation-Date" not in text
    assert "\n#: services/applications/lifecycle.py\n" in text
    assert "nplurals=1" in text


def test_the_pages_of_unfold_that_the_desk_shows_are_indonesian_too() -> None:
    shown = (
        "admin/change_list*.html",
        "admin/change_form*.html",
        "admin/pagination.html",
        "unfold/helpers/*actions*.html",
        "unfold/helpers/change_list_*.html",
        "unfold/helpers/display_header.html",
        "unfold/helpers/empty_results.html",
        "unfold/helpers/header_back_button.html",
        "unfold/helpers/pagination*.html",
    )
    home = Path(str(unfold.__file__)).parent
    pages = [page for pattern in shown for page in (home / "templates").glob(pattern)]
    with override("id"):
        english = {
            words
            for page in [*pages, home / "admin.py"]
            for words, context in translations.messages_of(page)
            if isinstance(words, str) and context is None and gettext(words) == words
        }
    assert not english - {"ID", "Total"}
