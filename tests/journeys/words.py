"""The words of the pages in one language, so that one story can be told in both."""

from typing import Any

from django.utils import translation
from django.utils.translation import gettext, pgettext

from services.catalogue.definition import Text


class Words:
    """What a page says in `language`, looked up by the message in the code or by a text of the pack."""

    def __init__(self, language: str) -> None:
        self.language = language

    def __call__(self, message: str, *, context: str = "", **values: Any) -> str:
        """A message of the code, with its values."""
        with translation.override(self.language):
            text = pgettext(context, message) if context else gettext(message)
        return text % values if values else text

    def of(self, text: Text | dict[str, str]) -> str:
        """A text of the pack."""
        return str(text[self.language] if isinstance(text, dict) else getattr(text, self.language))
