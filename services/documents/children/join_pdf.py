"""Child: join sheets to one PDF of plain pages; photos are put on A4, forms are flattened, actions are left behind.

usage: join_pdf.py RESULT.pdf SHEET…   (a sheet is a .jpg written by photo.py or a .pdf passed by inspect_pdf.py)
"""

import json
import sys
from pathlib import Path
from typing import Any

import pikepdf
from PIL import Image

A4_SHORT, A4_LONG = 595.28, 841.89
MARGIN = 28.35
LEFT_BEHIND = ("/AA", "/Annots", "/Metadata", "/PieceInfo", "/Thumb")


def join(result: Path, sheets: list[Path]) -> dict[str, Any]:
    """Write the joined PDF and return its number of pages."""
    with pikepdf.new() as joined:
        for sheet in sheets:
            if sheet.suffix == ".pdf":
                _add_pages(joined, sheet)
            else:
                _add_photo(joined, sheet)
        joined.save(result, object_stream_mode=pikepdf.ObjectStreamMode.generate)
        return {"ok": {"pages": len(joined.pages)}}


def _add_pages(joined: pikepdf.Pdf, sheet: Path) -> None:
    with pikepdf.open(sheet) as pdf:
        if "/AcroForm" in pdf.Root:
            pdf.generate_appearance_streams()
        pdf.flatten_annotations("all")
        for page in pdf.pages:
            for key in LEFT_BEHIND:
                if key in page.obj:
                    del page.obj[key]
            joined.pages.append(page)


def _add_photo(joined: pikepdf.Pdf, sheet: Path) -> None:
    """One A4 page, upright or across as the photo is, with the JPEG's own bytes on it (nothing is encoded twice)."""
    with Image.open(sheet, formats=("JPEG",)) as image:
        width, height = image.size
    paper = (A4_SHORT, A4_LONG) if height >= width else (A4_LONG, A4_SHORT)
    scale = min((paper[0] - 2 * MARGIN) / width, (paper[1] - 2 * MARGIN) / height)
    across, up = width * scale, height * scale
    left, bottom = (paper[0] - across) / 2, (paper[1] - up) / 2
    photo = joined.make_stream(
        sheet.read_bytes(),
        Type=pikepdf.Name.XObject,
        Subtype=pikepdf.Name.Image,
        Width=width,
        Height=height,
        ColorSpace=pikepdf.Name.DeviceRGB,
        BitsPerComponent=8,
        Filter=pikepdf.Name.DCTDecode,
    )
    page = joined.add_blank_page(page_size=paper)
    page.obj.Resources = pikepdf.Dictionary(XObject=pikepdf.Dictionary(Photo=photo))
    drawing = f"q {across:.3f} 0 0 {up:.3f} {left:.3f} {bottom:.3f} cm /Photo Do Q"
    page.obj.Contents = joined.make_stream(drawing.encode())


def main() -> dict[str, Any]:
    """Answer with the number of pages, or with why nothing was joined."""
    try:
        return join(Path(sys.argv[1]), [Path(argument) for argument in sys.argv[2:]])
    except (pikepdf.PdfError, OSError, ValueError, RuntimeError):
        return {"refused": "DAMAGED"}


if __name__ == "__main__":
    sys.stdout.write(json.dumps(main()))
