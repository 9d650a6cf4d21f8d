"""The catalogues of translations: extracted, checked and compiled by Babel alone, without gettext's programs.

python -m portal.translations update    new messages into locale/*/LC_MESSAGES/django.po
python -m portal.translations check     says what is missing, and what cannot be formatted
python -m portal.translations compile   writes the .mo files that Django reads
"""

import io
import sys
from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator
from pathlib import Path
from string import Formatter
from typing import Any

from babel.messages.catalog import Catalog, Message, TranslationError
from babel.messages.checkers import python_format
from babel.messages.extract import extract_python
from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po, write_po
from django.conf import settings
from django.utils.translation.template import templatize

ROOT = Path(__file__).resolve().parents[1]
SOURCES = ("portal", "permits", "licensing", "complaints", "oversight", "services", "templates")
SOURCE_LANGUAGE = "en"
# Babel takes two forms for every language that it does not know.
PLURALS = {"id": "nplurals=1; plural=0;"}
TEMPLATE_SUFFIXES = {".html", ".txt", ".typ"}
KEYWORDS: dict[str, Any] = {
    **dict.fromkeys(("_", "gettext", "gettext_lazy", "gettext_noop"), None),
    **dict.fromkeys(("ngettext", "ngettext_lazy"), (1, 2)),
    **dict.fromkeys(("pgettext", "pgettext_lazy"), ((1, "c"), 2)),
    **dict.fromkeys(("npgettext", "npgettext_lazy"), ((1, "c"), 2, 3)),
}
Found = tuple[str | tuple[str, ...], str | None]


def languages() -> list[str]:
    """The languages of the portal."""
    return [code for code, _ in settings.LANGUAGES]


def catalogue_path(language: str) -> Path:
    """Where the translations into a language are."""
    return ROOT / "locale" / language / "LC_MESSAGES" / "django.po"


def python_from(path: Path) -> str:
    """The file as text in which Babel's reader of Python finds the calls; a template is made into such text by Django."""
    text = path.read_text()
    if path.suffix == ".py":
        return text
    return "\n".join(line.lstrip() for line in templatize(text, origin=str(path)).split("\n"))


def messages_of(path: Path) -> Iterator[Found]:
    """The messages of one file, each with its context."""
    source = io.BytesIO(python_from(path).encode())
    for _, function, arguments, _ in extract_python(source, KEYWORDS, [], {"encoding": "utf-8"}):
        found = message_of(KEYWORDS[str(function)], arguments)
        if found is not None:
            yield found


def message_of(positions: Any, arguments: Any) -> Found | None:
    """The message and its context among the arguments of a call; None where it is not written as plain text."""
    given = arguments if isinstance(arguments, (tuple, list)) else (arguments,)
    context = None
    texts: list[Any] = []
    for position in positions or (1,):
        if isinstance(position, tuple):
            context = given[position[0] - 1]
        elif position <= len(given):
            texts.append(given[position - 1])
    if not texts or not all(isinstance(text, str) and text for text in texts):
        return None
    return (texts[0] if len(texts) == 1 else tuple(texts)), context


def source_files() -> list[Path]:
    """Every Python file and template of the portal."""
    suffixes = TEMPLATE_SUFFIXES | {".py"}
    paths = (path for folder in SOURCES for path in (ROOT / folder).rglob("*"))
    return sorted(path for path in paths if path.suffix in suffixes and "migrations" not in path.parts)


def extracted() -> Catalog:
    """All messages, with the files in which they stand."""
    catalogue = Catalog()
    for path in source_files():
        for message, context in messages_of(path):
            catalogue.add(message, context=context, locations=[(str(path.relative_to(ROOT)), 0)])
    return catalogue


def read(language: str) -> Catalog:
    """The kept translations into a language; none at first."""
    path = catalogue_path(language)
    if not path.exists():
        return Catalog(locale=language)
    with path.open("rb") as file:
        return read_po(file, locale=language, domain="django")


def updated(language: str) -> Catalog:
    """The kept translations, joined with all messages of today; messages that are gone are dropped."""
    kept, today = read(language), Catalog(locale=language, project="Bening", fuzzy=False)
    if language in PLURALS:
        today.mime_headers = [("Plural-Forms", PLURALS[language])]
    for message in extracted():
        if not message.id:
            continue
        old = kept.get(message.id, message.context)
        string = message.id if language == SOURCE_LANGUAGE else (old.string if old else "")
        today.add(message.id, string, sorted(set(message.locations)), context=message.context)
    return today


def written(catalogue: Catalog) -> bytes:
    """The catalogue as a .po file without what changes by itself: line numbers, dates, names of programs."""
    buffer = io.BytesIO()
    catalogue.header_comment = "# Translations of Bening."
    write_po(buffer, catalogue, width=110, include_lineno=False, ignore_obsolete=True)
    changing = (
        "POT-Creation-Date",
        "PO-Revision-Date",
        "Generated-By",
        "Last-Translator",
        "Language-Team",
        "Report-Msgid",
    )
    lines = buffer.getvalue().decode().splitlines(keepends=True)
    return "".join(
        line for line in lines if not line.startswith(tuple(f'"{name}' for name in changing))
    ).encode()


def update() -> list[str]:
    """Write the catalogues anew."""
    for language in languages():
        path = catalogue_path(language)
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(written(updated(language)))
    return []


def compile_all() -> list[str]:
    """Write what Django reads, where the catalogue is newer."""
    for language in languages():
        source = catalogue_path(language)
        target = source.with_suffix(".mo")
        if source.exists() and (not target.exists() or target.stat().st_mtime < source.stat().st_mtime):
            with target.open("wb") as file:
                write_mo(file, read(language))
    return []


def check() -> list[str]:
    """What is wrong, one line each."""
    return [problem for language in languages() for problem in problems(language)]


def problems(language: str) -> Iterator[str]:
    """Catalogues that are not up to date, messages without a translation, translations that cannot be formatted."""
    path = catalogue_path(language)
    if not path.exists() or path.read_bytes() != written(updated(language)):
        yield f"{language}: the catalogue is not up to date: run `make messages`"
    for message in read(language):
        if message.id:
            yield from (f"{language}: {problem}: {message.id!r}" for problem in problems_of(message))


def problems_of(message: Message) -> Iterator[str]:
    """What is wrong with one translation."""
    strings = message.string if isinstance(message.string, (tuple, list)) else (message.string,)
    if message.fuzzy or not all(strings):
        yield "not translated"
        return
    originals = message.id if isinstance(message.id, (tuple, list)) else (message.id,)
    names = [fields_of(original) for original in originals]
    for string in strings:
        if fields_of(str(string)) not in names:
            yield f"other braces than the message: {string!r}"
    try:
        python_format(None, message)
        for string in strings if "python-format" in message.flags else ():
            _ = str(string) % defaultdict(int)
    except (TranslationError, ValueError, TypeError) as error:
        yield f"cannot be formatted ({error})"


def fields_of(text: str) -> set[str | None] | None:
    """The names in braces of a text for `str.format`; None for one that is not such a text."""
    try:
        return {name for _, name, _, _ in Formatter().parse(text) if name is not None}
    except ValueError:
        return None


COMMANDS: dict[str, Callable[[], Iterable[str]]] = {"update": update, "check": check, "compile": compile_all}


def main(arguments: list[str]) -> int:
    """Do what the one argument says."""
    if len(arguments) != 1 or arguments[0] not in COMMANDS:
        sys.stderr.write(f"{__doc__}\n")
        return 2
    found = list(COMMANDS[arguments[0]]())
    sys.stderr.writelines(f"{line}\n" for line in found)
    return 1 if found else 0


if __name__ == "__main__":
    raise SystemExit(main(sys.argv[1:]))
