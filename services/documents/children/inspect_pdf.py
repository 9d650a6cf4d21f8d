"""Child: open a PDF and look at every object in it for what a document on paper does not have.

usage: inspect_pdf.py SOURCE MAXIMUM_PAGES
"""

import json
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pikepdf

DEEPEST = 60
SCRIPT_KEYS = {"/JS", "/JavaScript", "/XFA"}
SCRIPT_ACTIONS = {"/JavaScript", "/Rendition", "/RichMediaExecute"}
LAUNCH_ACTIONS = {"/Launch", "/SubmitForm", "/ImportData", "/GoToR", "/GoToE"}
EMBEDDED_KEYS = {"/EF", "/EmbeddedFiles", "/RF"}
EMBEDDED_KINDS = {"/EmbeddedFile", "/FileAttachment", "/RichMedia", "/Movie", "/Sound", "/Screen", "/3D"}


def inspect(source: Path, maximum_pages: int) -> dict[str, Any]:
    """Return {"ok": {"pages": n}} or {"refused": CODE}; `source` is never changed."""
    try:
        with pikepdf.open(source, attempt_recovery=True) as pdf:
            if pdf.is_encrypted:
                return {"refused": "ENCRYPTED"}
            pages = len(pdf.pages)
            if pages < 1:
                return {"refused": "DAMAGED"}
            if pages > maximum_pages:
                return {"refused": "TOO_MANY_PAGES"}
            found = next(_dangers(pdf), "")
            return {"refused": found} if found else {"ok": {"pages": pages, "pixels": 0}}
    except pikepdf.PasswordError:
        return {"refused": "ENCRYPTED"}
    except (pikepdf.PdfError, ValueError, RuntimeError, RecursionError):
        return {"refused": "DAMAGED"}


def _dangers(pdf: pikepdf.Pdf) -> Iterator[str]:
    """Yield a code for each thing found in any object, reachable or not (names arrive decoded: /J#53 is /JS)."""
    for found in pdf.objects:
        yield from _dangers_of(found, 0)
    yield from _dangers_of(pdf.trailer, 0)


def _dangers_of(thing: Any, depth: int) -> Iterator[str]:
    if depth > DEEPEST:
        yield "DAMAGED"
    elif isinstance(thing, pikepdf.Array):
        for item in thing:
            yield from _dangers_of_inner(item, depth)
    elif isinstance(thing, (pikepdf.Dictionary, pikepdf.Stream)):
        keys = set(thing.keys())
        yield from _dangers_of_keys(keys, thing)
        for key in keys:
            yield from _dangers_of_inner(thing.get(key), depth)


def _dangers_of_inner(thing: Any, depth: int) -> Iterator[str]:
    """Go into direct objects only; indirect ones come by themselves, so that a circle ends."""
    if isinstance(thing, pikepdf.Object) and not thing.is_indirect:
        yield from _dangers_of(thing, depth + 1)


def _dangers_of_keys(keys: set[str], thing: Any) -> Iterator[str]:
    action = str(thing.get("/S", ""))
    kinds = {str(thing.get("/Type", "")), str(thing.get("/Subtype", ""))}
    if keys & SCRIPT_KEYS or action in SCRIPT_ACTIONS:
        yield "SCRIPTS"
    if action in LAUNCH_ACTIONS:
        yield "LAUNCH"
    if keys & EMBEDDED_KEYS or kinds & EMBEDDED_KINDS:
        yield "EMBEDDED_FILES"


if __name__ == "__main__":
    sys.stdout.write(json.dumps(inspect(Path(sys.argv[1]), int(sys.argv[2]))))
