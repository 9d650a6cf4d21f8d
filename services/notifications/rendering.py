"""From a notice's templates to the words of its page, its mail and its SMS, in one language.

A notice brings `title.txt`, `sms.txt` (without the warning, which is put behind it here) and `page.html`; the mail is
made of title and page unless it brings its own `email.txt` and `email.html`. Templates see the context as given, and
`link`, `host`, `site_url`, `language`, `contact`.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from html.parser import HTMLParser
from typing import Any
from urllib.parse import urljoin

from django.conf import settings
from django.template import Context, Engine
from django.template.loader import select_template
from django.utils.translation import gettext as _
from django.utils.translation import override

from services.government import queries as government
from services.notifications import sms

FOLDER = "notifications"
BLOCKS = frozenset({"p", "li", "h1", "h2", "h3", "tr", "div", "br", "dt", "dd"})


@dataclass(frozen=True, slots=True)
class Words:
    """A notice as it is read: `title` and `page_html` on the page, the rest in its channels."""

    title: str
    page_html: str
    sms: str
    email_text: str
    email_html: str


def render(notice: str, context: Mapping[str, Any], *, language: str) -> Words:
    """Render every text of a notice ("applications/submitted") in a language."""
    folder = f"{FOLDER}/{notice}"
    with override(language):
        values = {**context, **_surroundings(context, language=language)}
        title = " ".join(_plain(f"{folder}/title.txt", values).split())
        page = _marked_up([f"{folder}/page.html"], values).strip()
        values |= {"title": title, "page": page, "page_text": as_text(page), "warning": warning()}
        return Words(
            title=title,
            page_html=page,
            sms=sms.compose(sms_message(notice, values), ending=warning()),
            email_text=_plain_of([f"{folder}/email.txt", f"{FOLDER}/email.txt"], values).strip() + "\n",
            email_html=_marked_up([f"{folder}/email.html", f"{FOLDER}/email.html"], values),
        )


def sms_message(notice: str, values: Mapping[str, Any]) -> str:
    """Return what an SMS says before its warning; its link has no "https://", since phones know a host without it."""
    bare = str(values["link"]).partition("://")[2]
    return " ".join(_plain(f"{FOLDER}/{notice}/sms.txt", {**values, "link": bare}).split())


def warning() -> str:
    """Return the sentence without which nothing leaves the house, in the active language."""
    return _("No officer asks for money, a code or an app.")


def as_text(html: str) -> str:
    """Return a page's words as plain text, a paragraph each, with the address behind each link."""
    reader = _TextReader()
    reader.feed(html)
    lines = [" ".join(line.split()) for line in "".join(reader.parts).split("\n")]
    return "\n\n".join(line for line in lines if line)


def _surroundings(context: Mapping[str, Any], *, language: str) -> dict[str, Any]:
    return {
        "link": f"{settings.SITE_URL}{context.get('path', '/notifications/')}",
        "host": settings.SITE_URL.partition("://")[2],
        "site_url": settings.SITE_URL,
        "language": language,
        "contact": government.office_contact(),
    }


def _marked_up(names: list[str], values: dict[str, Any]) -> str:
    return str(select_template(names).render(values))


def _plain(name: str, values: dict[str, Any]) -> str:
    return _plain_of([name], values)


def _plain_of(names: list[str], values: dict[str, Any]) -> str:
    """Render without HTML escaping: an ampersand in a mail's text is an ampersand."""
    return str(Engine.get_default().select_template(names).render(Context(values, autoescape=False)))


class _TextReader(HTMLParser):
    """Collect text, a new line for each block, and the absolute address behind each link."""

    def __init__(self) -> None:
        super().__init__()
        self.parts: list[str] = []
        self.address = ""

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if tag in BLOCKS:
            self.parts.append("\n")
        if tag == "li":
            self.parts.append("- ")
        if tag == "a":
            self.address = dict(attrs).get("href") or ""

    def handle_endtag(self, tag: str) -> None:
        if tag in BLOCKS:
            self.parts.append("\n")
        if tag == "a" and self.address:
            self.parts.append(f" ({urljoin(settings.SITE_URL, self.address)})")

    def handle_data(self, data: str) -> None:
        self.parts.append(" ".join(data.splitlines()))
