"""Papers that people hold in their hands: photographs and a PDF, made afresh for each story."""

from io import BytesIO
from pathlib import Path

import pikepdf
from PIL import Image, ImageDraw, ImageFont


def photograph(folder: Path, name: str, words: str) -> Path:
    """A photo of a sheet, as a phone takes it: large, a little turned."""
    image = Image.new("RGB", (1600, 2200), "#f4f1e8")
    draw = ImageDraw.Draw(image)
    for row in range(12):
        draw.text(
            (140, 200 + row * 150), f"{words} {row + 1}", fill="#222222", font=ImageFont.load_default(64)
        )
    path = folder / f"{name}.jpg"
    image.rotate(1.5, fillcolor="#6b5d4f").save(path, quality=82)
    return path


def real_pdf(folder: Path, name: str) -> Path:
    """A PDF of one page, as an office program writes it."""
    path = folder / f"{name}.pdf"
    with pikepdf.new() as document:
        document.add_blank_page(page_size=(595, 842))
        document.save(path)
    return path


def altered(pdf: bytes) -> bytes:
    """A copy of a signed PDF in which one page was added afterwards."""
    out = BytesIO()
    with pikepdf.open(BytesIO(pdf)) as document:
        document.add_blank_page(page_size=(595, 842))
        document.save(out)
    return out.getvalue()
