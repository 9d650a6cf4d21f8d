"""The look of a government: whether its colours can be read, and the two drawings of its folder look/."""

import hashlib
from collections.abc import Mapping
from pathlib import Path
from typing import Any, Final
from xml.parsers import expat

from services.foundation.packs import BrokenPackError

#: The grounds of pages by day and by night, and the ink that stands on the accent, as in static/css/tokens.css.
PAPER: Final = "#ffffff"
NIGHT: Final = "#0b1a21"
INK: Final = "#12212a"
#: WCAG 2.2: at least so much lighter or darker than its ground is text (AAA), and what is not small text (AA).
TEXT_CONTRAST: Final = 7.0
OTHER_CONTRAST: Final = 4.5

#: Below this, light grows in proportion to the number of a colour.
DARKEST: Final = 0.04045

DRAWINGS: Final = ("band", "pattern")
LARGEST_DRAWING: Final = 6_000
ELEMENTS: Final = {"svg", "g", "path", "circle", "ellipse", "rect", "line", "polyline", "polygon"}


def contrast(one: str, other: str) -> float:
    """The contrast ratio of two colours #rrggbb, from 1 to 21 (WCAG 2.2, relative luminance)."""
    lighter, darker = sorted((_luminance(one), _luminance(other)), reverse=True)
    return (lighter + 0.05) / (darker + 0.05)


def readable_by_day(colour: str) -> str:
    """The colour of links and buttons on a white page. Raises ValueError where it is too pale."""
    return _readable(colour, PAPER, least=TEXT_CONTRAST, advice="take a darker one")


def readable_by_night(colour: str) -> str:
    """The colour of links and buttons on a dark page. Raises ValueError where it is too dark."""
    return _readable(colour, NIGHT, least=TEXT_CONTRAST, advice="take a lighter one")


def carries_ink(colour: str) -> str:
    """The colour of what needs attention: ink is written on it. Raises ValueError where it is too dark."""
    return _readable(colour, INK, least=OTHER_CONTRAST, advice="take a lighter one")


def read_drawings(folder: Path) -> dict[str, Any]:
    """The drawings of a pack by name, with a version that changes when they do. Raises BrokenPackError."""
    drawings: dict[str, Any] = {}
    problems: list[str] = []
    for name in DRAWINGS:
        path = folder / "look" / f"{name}.svg"
        try:
            drawings[name] = path.read_text(encoding="utf-8").strip()
        except FileNotFoundError:
            problems.append(f"look/{name}.svg: the file is missing")
        except UnicodeDecodeError:
            problems.append(f"look/{name}.svg: the file is not UTF-8 text")
        else:
            problems += [f"look/{name}.svg{problem}" for problem in _problems(drawings[name])]
    if problems:
        raise BrokenPackError(problems)
    version = hashlib.sha256("".join(drawings.values()).encode()).hexdigest()[:12]
    return {**drawings, "version": version}


def _readable(colour: str, ground: str, *, least: float, advice: str) -> str:
    found = contrast(colour, ground)
    if found < least:
        raise ValueError(f"its contrast with {ground} is {found:.1f} : 1, it needs {least:g} : 1; {advice}")
    return colour


def _luminance(colour: str) -> float:
    parts = [int(colour[at : at + 2], 16) / 255 for at in (1, 3, 5)]
    red, green, blue = (
        part / 12.92 if part <= DARKEST else ((part + 0.055) / 1.055) ** 2.4 for part in parts
    )
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def _problems(text: str) -> list[str]:
    """What is wrong with a drawing: it may hold shapes, and nothing that runs, loads or declares."""
    if len(text) > LARGEST_DRAWING:
        return [f": {len(text)} characters; every visitor loads it, so keep it below {LARGEST_DRAWING}"]
    if "<!" in text:
        return [": leave out comments and declarations (<!…>)"]
    problems: list[str] = []
    roots: list[Mapping[str, str]] = []
    parser = expat.ParserCreate()

    def look_at(name: str, attributes: dict[str, str]) -> None:
        roots.append(attributes)
        where = f":{parser.CurrentLineNumber}: "
        if name not in ELEMENTS:
            problems.append(f"{where}no <{name}> here; shapes only: {', '.join(sorted(ELEMENTS))}")
        problems.extend(
            f"{where}no {key} here" for key in attributes if key.startswith("on") or "href" in key
        )

    parser.StartElementHandler = look_at
    try:
        parser.Parse(text, True)  # noqa: FBT003 (expat's own signature)
    except expat.ExpatError as error:
        return [f":{error.lineno}: not SVG: {expat.ErrorString(error.code)}"]
    missing = [key for key in ("xmlns", "viewBox", "width", "height") if key not in roots[0]]
    return problems + [f":1: <svg> needs {key}" for key in missing]
