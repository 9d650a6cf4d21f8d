"""Child: decode a photo and write it anew, upright, without metadata, at most LONGEST pixels long.

usage: photo.py SOURCE RESULT.jpg PICTURE.jpg
"""

import io
import json
import sys
import warnings
from pathlib import Path
from typing import Any

from PIL import Image, ImageCms, ImageOps

FORMATS = ("JPEG", "PNG", "WEBP")
LONGEST = 2500
PICTURE_LONGEST = 1000
# A JPEG is scaled down while it is decoded, so that the sensor of a modern phone (108 million pixels) fits in memory.
MAXIMUM_PIXELS = {"JPEG": 120_000_000, "MPO": 120_000_000, "PNG": 50_000_000, "WEBP": 50_000_000}


class TooManyPixelsError(Exception):
    """The header announces more pixels than we decode."""


def take_in(source: Path, result: Path, picture: Path) -> dict[str, Any]:
    """Decode, turn, shrink, write twice (the sheet and a small picture of it); return what the sheet is now."""
    with Image.open(source, formats=FORMATS) as image:
        if image.width * image.height > MAXIMUM_PIXELS[image.format or ""]:
            raise TooManyPixelsError
        image.draft("RGB", (LONGEST, LONGEST))
        image.load()
        photo = _upright(image)
    photo.thumbnail((LONGEST, LONGEST))
    photo.save(result, "JPEG", quality=85, optimize=True, progressive=True)
    pixels = photo.width * photo.height
    photo.thumbnail((PICTURE_LONGEST, PICTURE_LONGEST))
    photo.save(picture, "JPEG", quality=75, optimize=True)
    return {"pixels": pixels, "pages": 1}


def _upright(image: Image.Image) -> Image.Image:
    """Apply the orientation of the EXIF data, flatten to RGB on white, in sRGB."""
    orientation = image.getexif().get(0x0112, 1)
    image = _without_alpha(image)
    image.thumbnail((LONGEST, LONGEST))
    image = _in_srgb(image)
    exif = image.getexif()
    exif.clear()
    exif[0x0112] = orientation
    return _bare(ImageOps.exif_transpose(image))


def _without_alpha(image: Image.Image) -> Image.Image:
    profile = image.info.get("icc_profile")
    if image.mode.startswith("I"):
        image = image.point(lambda value: value / 256).convert("L")
    if "A" in image.getbands() or "transparency" in image.info:
        image = image.convert("RGBA")
        paper = Image.new("RGB", image.size, "white")
        paper.paste(image, mask=image.getchannel("A"))
        image = paper
    elif image.mode not in {"RGB", "L", "CMYK"}:
        image = image.convert("RGB")
    image.info["icc_profile"] = profile
    return image


def _in_srgb(image: Image.Image) -> Image.Image:
    """Convert the colours of a wide-gamut camera; a profile that cannot be read is left out."""
    profile = image.info.get("icc_profile")
    if profile:
        try:
            converted = ImageCms.profileToProfile(
                image,
                ImageCms.ImageCmsProfile(io.BytesIO(profile)),
                ImageCms.createProfile("sRGB"),
                outputMode="RGB",
            )
        except (ImageCms.PyCMSError, OSError, ValueError):
            converted = None
        if converted is not None:
            return converted
    return image.convert("RGB")


def _bare(image: Image.Image) -> Image.Image:
    """A copy of the pixels alone: no EXIF, no comment, no profile, no place where the photo was taken."""
    bare = Image.new("RGB", image.size)
    bare.paste(image)
    return bare


def main() -> dict[str, Any]:
    """Answer with the sheet, or with why it is refused."""
    warnings.simplefilter("error", Image.DecompressionBombWarning)
    Image.MAX_IMAGE_PIXELS = max(MAXIMUM_PIXELS.values())
    try:
        return {"ok": take_in(*(Path(argument) for argument in sys.argv[1:4]))}
    except (TooManyPixelsError, Image.DecompressionBombError, Image.DecompressionBombWarning):
        return {"refused": "TOO_MANY_PIXELS"}
    except (OSError, ValueError, SyntaxError, KeyError, EOFError):
        return {"refused": "DAMAGED"}


if __name__ == "__main__":
    sys.stdout.write(json.dumps(main()))
