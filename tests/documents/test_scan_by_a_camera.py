"""The printed paper before a phone's camera: held askew, out of focus, in bad light, its QR code still leads to `/verify/`."""

from collections.abc import Iterable
from random import Random
from urllib.parse import urlsplit

import pypdfium2
import pytest
import zxingcpp
from django.test import Client
from PIL import Image, ImageChops, ImageEnhance, ImageFilter
from pytest_django import Settings

from services.documents import rendering
from tests.factories import documents

pytestmark = pytest.mark.django_db

PRINTED_DPI = 300
#: Of a camera that has the whole page in view, a hand's breadth of table around it: A4 in two to three megapixels.
SEEN_WIDTH, SEEN_HEIGHT = 1500, 2000
#: How far each corner of the sheet lies from that of the picture, as shares of it: no edge is straight or as long as another.
CORNERS = ((0.04, 0.09), (0.11, 0.96), (0.97, 0.90), (0.93, 0.03))
TABLE = 96
GRAIN = 40


def printed(paper: bytes) -> Image.Image:
    """The first page as a printer lays it down, in shades of grey."""
    with pypdfium2.PdfDocument(paper) as pdf:
        picture: Image.Image = pdf[0].render(scale=PRINTED_DPI / 72, grayscale=True).to_pil()
    return picture.convert("L")


def photographed(page: Image.Image) -> Image.Image:
    """The page as a cheap camera sees it: from the side, coarser, a little out of focus and shaken, dim, grainy."""
    return grainy(dim(blurred(from_the_side(page))))


def from_the_side(page: Image.Image) -> Image.Image:
    """Turned and in perspective, on a table."""
    corners = [(x * SEEN_WIDTH, y * SEEN_HEIGHT) for x, y in CORNERS]
    sheet = [(0, 0), (0, page.height), (page.width, page.height), (page.width, 0)]
    return page.transform(
        (SEEN_WIDTH, SEEN_HEIGHT),
        Image.Transform.PERSPECTIVE,
        perspective(corners, sheet),
        Image.Resampling.BILINEAR,
        fillcolor=TABLE,
    )


def blurred(picture: Image.Image) -> Image.Image:
    """Out of focus, and moved by two pixels while the shutter was open."""
    moved = ImageChops.offset(picture, 2, 1)
    return Image.blend(picture, moved, 0.5).filter(ImageFilter.GaussianBlur(1.2))


def dim(picture: Image.Image) -> Image.Image:
    """By lamplight, brighter on one side, with less contrast than on the screen."""
    shade = Image.linear_gradient("L").rotate(90).resize(picture.size).point(lambda value: 110 + value // 2)
    return ImageChops.multiply(ImageEnhance.Contrast(picture).enhance(0.6), shade)


def grainy(picture: Image.Image) -> Image.Image:
    """With the noise of a small sensor, the same every time."""
    noise = Image.frombytes("L", picture.size, Random(7).randbytes(picture.width * picture.height))  # noqa: S311 (grain)
    return ImageChops.add(picture, noise.point(lambda value: value * GRAIN // 255), offset=-GRAIN // 2)


def perspective(seen: Iterable[tuple[float, float]], sheet: Iterable[tuple[float, float]]) -> list[float]:
    """The eight numbers by which Pillow finds, for a point of the photo, the point of the sheet."""
    rows = []
    for (x, y), (u, v) in zip(seen, sheet, strict=True):
        rows.append([x, y, 1, 0, 0, 0, -u * x, -u * y, u])
        rows.append([0, 0, 0, x, y, 1, -v * x, -v * y, v])
    return solved(rows)


def solved(rows: list[list[float]]) -> list[float]:
    """The solution of linear equations, each row the factors and the sum (Gauss and Jordan)."""
    for number in range(len(rows)):
        largest = max(range(number, len(rows)), key=lambda each: abs(rows[each][number]))
        rows[number], rows[largest] = rows[largest], rows[number]
        head = rows[number] = [value / rows[number][number] for value in rows[number]]
        for other in range(len(rows)):
            if other != number:
                factor = rows[other][number]
                rows[other] = [value - factor * top for value, top in zip(rows[other], head, strict=True)]
    return [row[-1] for row in rows]


def test_a_camera_reads_the_printed_code_and_the_link_says_valid(client: Client, settings: Settings) -> None:
    settings.LANGUAGE_CODE = "en"
    certificate = documents.signed_certificate()
    photo = photographed(printed(documents.paper(certificate)))
    (found,) = zxingcpp.read_barcodes(photo)
    assert found.text == rendering.verification_address(certificate.code)
    page = client.get(urlsplit(found.text).path).content.decode()
    assert "Genuine and valid" in page
    assert certificate.number in page
