"""Copies the few front-end files we serve from node_modules to static/vendor/, trimmed: `python -m portal.frontend`.

A citizen's first visit must stay under 100 kB, so unused components of GOV.UK Frontend are cut out of its stylesheet and
the variable font is narrowed to the letters and weights of our two languages. Typst reads no variable woff2, so the same
font is also written as plain TrueType files, one a weight.
"""

import re
import shutil
import sys
from collections.abc import Iterator
from pathlib import Path

from fontTools.subset import Options, Subsetter
from fontTools.ttLib import TTFont
from fontTools.varLib.instancer import instantiateVariableFont

ROOT = Path(__file__).resolve().parent.parent
MODULES = ROOT / "node_modules"
VENDOR = ROOT / "static" / "vendor"

UNUSED = (
    "accordion|cookie-banner|drop-zone|exit-this-page|feedback|file-upload-button|file-upload-wrapper|footer|generic-header|header|language-navigation|phase-banner"
    "|service-navigation|tabs|crest|pagination"
)
UNUSED_SELECTOR = re.compile(
    rf"\.govuk-(?:{UNUSED})(?![a-z])|\.govuk-\\!-(?:static-)?(?:padding|margin)-(?:left|right)"
)
COMMENT = re.compile(r"/\*.*?\*/", re.DOTALL)
FALLBACK = re.compile(r"var\((--govuk-[a-z-]+),#[0-9a-f]{3,6}\)")
SOURCE_MAP = re.compile(r"/\*# sourceMappingURL=.*?\*/|//# sourceMappingURL=\S+\s*$")
FONT_FACE = (
    "@font-face{font-family:GDS Transport;font-style:normal;font-weight:400 800;font-display:swap;"
    'src:url(fonts/plus-jakarta-sans.woff2) format("woff2")}'
)
LATIN = [*range(0x20, 0x7F), *range(0xA0, 0x100)]
PUNCTUATION = [0x2013, 0x2014, 0x2018, 0x2019, 0x201C, 0x201D, 0x2022, 0x2026, 0x2192, 0x2190, 0x20AC, 0x2212]
WEIGHTS = {"Regular": 400, "SemiBold": 600, "Bold": 700, "ExtraBold": 800}


def blocks(css: str) -> Iterator[tuple[str, str]]:
    """Split a minified stylesheet into (prelude, body) pairs of one level; a body may hold further blocks."""
    position = 0
    while position < len(css):
        if css.startswith("@charset", position):
            position = css.index(";", position) + 1
            continue
        opening = css.find("{", position)
        if opening < 0:
            return
        depth, end = 1, opening + 1
        while depth:
            depth += {"{": 1, "}": -1}.get(css[end], 0)
            end += 1
        yield css[position:opening].strip(), css[opening + 1 : end - 1]
        position = end


def trimmed(css: str) -> str:
    """The stylesheet without the components we do not use, and without its own font files."""
    kept = []
    for prelude, body in blocks(css):
        if prelude.startswith("@font-face"):
            continue
        if prelude.startswith(("@media", "@supports")):
            inner = trimmed(body)
            kept.append(f"{prelude}{{{inner}}}" if inner else "")
            continue
        selectors = [s for s in prelude.split(",") if not UNUSED_SELECTOR.search(s)]
        if selectors:
            kept.append(f"{','.join(selectors)}{{{body}}}")
    return "".join(kept)


def copy_styles_and_scripts() -> None:
    """GOV.UK Frontend, Leaflet and Chart.js, without their source maps."""
    govuk = MODULES / "govuk-frontend" / "dist" / "govuk"
    css = trimmed(COMMENT.sub("", (govuk / "govuk-frontend.min.css").read_text()))
    css = FALLBACK.sub(r"var(\1)", css).replace("GDS Transport,arial,sans-serif", "var(--font)")
    css = css.replace("font-family:sans-serif", "font-family:var(--font)")
    (VENDOR / "govuk-frontend.css").write_text(FONT_FACE + css)
    (VENDOR / "govuk-frontend.js").write_text(
        SOURCE_MAP.sub("", (govuk / "govuk-frontend.min.js").read_text())
    )
    leaflet = MODULES / "leaflet" / "dist"
    (VENDOR / "leaflet").mkdir(exist_ok=True)
    shutil.copytree(leaflet / "images", VENDOR / "leaflet" / "images", dirs_exist_ok=True)
    for name in ("leaflet.css", "leaflet.js"):
        (VENDOR / "leaflet" / name).write_text(SOURCE_MAP.sub("", (leaflet / name).read_text()))
    chart = MODULES / "chart.js" / "dist" / "chart.umd.min.js"
    (VENDOR / "chart.js").write_text(SOURCE_MAP.sub("", chart.read_text()))


def variable_font(*, subset: str) -> TTFont:
    """Plus Jakarta Sans as fontsource ships it: one variable font for each part of the alphabet."""
    files = MODULES / "@fontsource-variable" / "plus-jakarta-sans" / "files"
    return TTFont(files / f"plus-jakarta-sans-{subset}-wght-normal.woff2")


def write_web_font() -> None:
    """One woff2 with the letters of Indonesian and English, weights 400 to 800."""
    font = instantiateVariableFont(variable_font(subset="latin"), {"wght": (400, 800)})
    options = Options()
    options.layout_features = ["kern", "liga", "calt", "mark", "mkmk", "tnum"]
    options.flavor = "woff2"
    subsetter = Subsetter(options)
    subsetter.populate(unicodes=[*LATIN, *PUNCTUATION])
    subsetter.subset(font)
    font.flavor = "woff2"
    font.save(VENDOR / "fonts" / "plus-jakarta-sans.woff2")


def write_print_fonts() -> None:
    """One TrueType file a weight, named so that Typst finds them as one family."""
    for style, weight in WEIGHTS.items():
        font = instantiateVariableFont(variable_font(subset="latin"), {"wght": weight})
        font["OS/2"].usWeightClass = weight
        for name_id, text in ((1, "Plus Jakarta Sans"), (2, style), (4, f"Plus Jakarta Sans {style}")):
            font["name"].setName(text, name_id, 3, 1, 0x409)
        font["name"].setName(f"PlusJakartaSans-{style}", 6, 3, 1, 0x409)
        font["name"].setName("Plus Jakarta Sans", 16, 3, 1, 0x409)
        font["name"].setName(style, 17, 3, 1, 0x409)
        font.flavor = None
        font.save(VENDOR / "fonts" / f"PlusJakartaSans-{style}.ttf")


def main() -> int:
    """Fill static/vendor/ anew; says what to run first when the packages are missing."""
    if not (MODULES / "govuk-frontend").is_dir():
        sys.stderr.write("node_modules is missing: run `npm ci` first.\n")
        return 1
    shutil.rmtree(VENDOR, ignore_errors=True)
    (VENDOR / "fonts").mkdir(parents=True)
    copy_styles_and_scripts()
    write_web_font()
    write_print_fonts()
    return 0


if __name__ == "__main__":
    raise SystemExit(main())
