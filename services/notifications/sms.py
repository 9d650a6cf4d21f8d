"""What fits into one SMS: 160 characters of the GSM 03.38 alphabet, some of which count twice."""

import unicodedata

LIMIT = 160
BASIC = frozenset(
    "@£$¥èéùìòÇ\nØø\rÅåΔ_ΦΓΛΩΠΨΣΘΞÆæßÉ !\"#¤%&'()*+,-./0123456789:;<=>?"
    "¡ABCDEFGHIJKLMNOPQRSTUVWXYZÄÖÑÜ§¿abcdefghijklmnopqrstuvwxyzäöñüà"
)
EXTENDED = frozenset("^{}\\[~]|€\f")
_PLAIN = str.maketrans(
    {
        "\u201c": '"',
        "\u201d": '"',
        "\u2018": "'",
        "\u2019": "'",
        "\u2013": "-",
        "\u2014": "-",
        "\u2026": "...",
        "\u00a0": " ",
        "\u00b7": "-",
    }
)


def length(text: str) -> int:
    """Return how many of the 160 places a text takes; raise ValueError for a character that GSM 03.38 lacks."""
    missing = sorted({sign for sign in text if sign not in BASIC and sign not in EXTENDED})
    if missing:
        raise ValueError(f"not in the alphabet of SMS: {' '.join(missing)}")
    return sum(2 if sign in EXTENDED else 1 for sign in text)


def plain(text: str) -> str:
    """Write a text with the letters of SMS alone: typographic signs made simple, accents dropped, the rest as "?"."""
    return "".join(_plain_sign(sign) for sign in " ".join(text.split()).translate(_PLAIN))


def compose(message: str, *, ending: str) -> str:
    """Put the warning behind the message. A message too long for one SMS is cut, since the warning must never be."""
    tail = f" {plain(ending)}"
    head, room = plain(message), LIMIT - length(tail)
    if length(head) <= room:
        return head + tail
    while length(head) > room - len("..."):
        head = head[:-1]
    return f"{head.rstrip()}...{tail}"


def _plain_sign(sign: str) -> str:
    if sign in BASIC or sign in EXTENDED:
        return sign
    bare = unicodedata.normalize("NFKD", sign)
    return "".join(letter for letter in bare if letter in BASIC or letter in EXTENDED) or "?"
