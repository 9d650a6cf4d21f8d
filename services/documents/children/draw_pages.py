"""Child: draw the pages of a PDF as pictures, never wider or higher than LONGEST pixels.

usage: draw_pages.py SOURCE.pdf FOLDER FIRST LAST   (pages count from 1; writes FOLDER/1.jpg …)
"""

import json
import sys
from pathlib import Path
from typing import Any

import pypdfium2

LONGEST = 1600
WIDEST = 1200


def draw(source: Path, folder: Path, first: int, last: int) -> dict[str, Any]:
    """Draw the pages from `first` to `last` or to the end; return {page: [width, height]}."""
    drawn: dict[str, list[int]] = {}
    with pypdfium2.PdfDocument(source) as pdf:
        pdf.init_forms()
        for page in range(first, min(last, len(pdf)) + 1):
            drawn[str(page)] = _draw_page(pdf[page - 1], folder / f"{page}.jpg")
        return {"ok": {"pages": len(pdf), "drawn": drawn}}


def _draw_page(page: Any, result: Path) -> list[int]:
    width, height = page.get_size()
    scale = min(WIDEST / max(width, 1), LONGEST / max(height, 1))
    picture = page.render(scale=scale, rev_byteorder=True).to_pil().convert("RGB")
    picture.save(result, "JPEG", quality=78, optimize=True)
    page.close()
    return [picture.width, picture.height]


def main() -> dict[str, Any]:
    """Answer with the sizes of the pictures, or with why there are none."""
    source, folder, first, last = sys.argv[1:5]
    try:
        return draw(Path(source), Path(folder), int(first), int(last))
    except (pypdfium2.PdfiumError, OSError, ValueError, RuntimeError):
        return {"refused": "DAMAGED"}


if __name__ == "__main__":
    sys.stdout.write(json.dumps(main()))
