"""The words of a search: taken apart, and typing errors mended against the words that the catalogue knows.

PostgreSQL's trigram extension is not everywhere, so nearness is Python's own (Ratcliff and Obershelp, `difflib`).
"""

import difflib
import re
from collections.abc import Collection, Iterable

WORD = re.compile(r"\w{2,60}")
AT_MOST = 12
NEAR_ENOUGH = 0.75
SHORTEST_TO_MEND = 4

# Words that say that something is wanted, not what; they count only where nothing else is said.
SAYING_NOTHING = frozenset(
    """
    izin ijin perizinan surat permohonan mohon mau ingin saya kami untuk di ke dari yang dan atau cara bagaimana buat
    bikin urus mengurus mengajukan
    permit permits licence license apply application request want need how get the of for to in on my and or can do
    """.split()  # noqa: SIM905  words are read better as words
)


def taken_apart(text: str) -> list[str]:
    """The words of a text in small letters, each once, in order, at most twelve; without those that say nothing."""
    words = list(dict.fromkeys(WORD.findall(text.lower())))
    telling = [word for word in words if word not in SAYING_NOTHING]
    return (telling or words)[:AT_MOST]


def vocabulary(texts: Iterable[str]) -> list[str]:
    """Every word of these texts, each once, sorted."""
    return sorted({word for text in texts for word in WORD.findall(text.lower())} - SAYING_NOTHING)


def mended(word: str, known: Collection[str]) -> list[str]:
    """The word itself where it is known or begins a known one; otherwise the known words nearest to it, or none."""
    if len(word) < SHORTEST_TO_MEND or any(other.startswith(word) for other in known):
        return [word]
    near = [other for other in known if abs(len(other) - len(word)) <= 2]  # noqa: PLR2004  two letters too few or many
    return difflib.get_close_matches(word, near, n=2, cutoff=NEAR_ENOUGH)
