"""Texts that a pack gives in both languages, stored as {"id": …, "en": …}."""

from collections.abc import Mapping
from typing import Any

from django.conf import settings
from django.utils.functional import Promise
from django.utils.translation import get_language, override

from services.foundation.packs import Text

LocalText = Mapping[str, str] | Text


def local(value: LocalText | str | None, language: str | None = None) -> str:
    """Return the text in the reader's language, else in the portal's own, else whatever there is."""
    if not value:
        return ""
    if isinstance(value, str):
        return value
    if isinstance(value, Text):
        value = value.model_dump()
    wanted = language.split("-")[0] if language else reader_language()
    return (
        value.get(wanted) or value.get(settings.LANGUAGE_CODE.split("-")[0]) or next(iter(value.values()), "")
    )


def reader_language() -> str:
    """The reader's language by its two letters; the portal's own where nobody reads."""
    return (get_language() or settings.LANGUAGE_CODE).split("-")[0]


def in_every_language(words: Promise, **values: Any) -> dict[str, str]:
    """A message of the code with its values, in each language of the portal, to be kept or put on paper."""
    said = {}
    for language, _name in settings.LANGUAGES:
        with override(language):
            inside = {
                name: local(value) if isinstance(value, Mapping | Text) else value
                for name, value in values.items()
            }
            said[language] = str(words) % inside if inside else str(words)
    return said
