"""Takes in one file from a stranger: allowed by name and by content, decoded for real, photos written anew. No models here."""

import hashlib
import tempfile
from dataclasses import dataclass
from pathlib import Path, PurePosixPath

import puremagic
from django.core.files.uploadedfile import SimpleUploadedFile, UploadedFile

from services.documents import refusals, sandbox
from services.foundation.errors import UnableTo

MAXIMUM_BYTES = 15 * 1024 * 1024
MAXIMUM_PAGES = 50
PHOTO_NAMES = {".jpg", ".jpeg", ".png", ".webp"}
PHOTO_KINDS = {".jpg", ".jpeg", ".jfif", ".png", ".webp"}
HEIC_NAMES = {".heic", ".heif"}
ACCEPT = ".jpg,.jpeg,.png,.webp,.pdf,image/jpeg,image/png,image/webp,application/pdf"
NAME_LENGTH = 100
#: How many pages of a PDF one child draws.
PAGES_AT_ONCE = 10


class UnableToAcceptFile(UnableTo):
    """The file cannot be used; nothing of it is kept and everything sent before is still there."""

    def __init__(self, code: str, *, field: str = "upload") -> None:
        super().__init__(refusals.message(code), code=code, field=field)


@dataclass(frozen=True)
class AcceptedFile:
    """A file as it will be kept. `pixels` is 0 for a PDF; `picture` is a small JPEG of a photo, empty for a PDF."""

    name: str
    content: bytes
    content_type: str
    pixels: int
    pages: int
    picture: bytes = b""

    @property
    def size(self) -> int:
        """Length in bytes."""
        return len(self.content)

    @property
    def sha256(self) -> str:
        """Hexadecimal digest of the content as kept."""
        return hashlib.sha256(self.content).hexdigest()

    @property
    def suffix(self) -> str:
        """The suffix we choose for its random name."""
        return ".pdf" if self.content_type == "application/pdf" else ".jpg"


def accept(upload: UploadedFile[bytes], *, maximum_pages: int = MAXIMUM_PAGES) -> AcceptedFile:
    """Return the file as it may be kept; raises UnableToAcceptFile. Reads at most MAXIMUM_BYTES."""
    name = _readable_name(upload.name or "")
    suffix = PurePosixPath(name).suffix.lower()
    if suffix in HEIC_NAMES:
        raise UnableToAcceptFile("HEIC")
    if suffix not in PHOTO_NAMES | {".pdf"}:
        raise UnableToAcceptFile("WRONG_KIND")
    content = _content_of(upload)
    is_pdf = _is_pdf(content)
    if is_pdf != (suffix == ".pdf"):
        raise UnableToAcceptFile("NAME_MISMATCH")
    try:
        return _accept_pdf(name, content, maximum_pages) if is_pdf else _accept_photo(name, content)
    except sandbox.ChildRefused as refused:
        raise UnableToAcceptFile(refused.code) from None


def without_traces(
    upload: UploadedFile[bytes], *, name: str, maximum_pages: int
) -> list[UploadedFile[bytes]]:
    """A file of somebody who must not be known by it, as photos that say nothing but what they show.

    A photo is written anew when it is accepted, as every one is. Of a PDF each page is drawn, since what it says of its
    author, its program and its pictures stands in more places than anybody can empty. Raises UnableToAcceptFile.
    """
    accepted = accept(upload, maximum_pages=maximum_pages)
    if accepted.content_type != "application/pdf":
        return [SimpleUploadedFile(f"{name}.jpg", accepted.content)]
    with tempfile.TemporaryDirectory() as folder:
        source = Path(folder) / "source.pdf"
        source.write_bytes(accepted.content)
        try:
            for first in range(1, accepted.pages + 1, PAGES_AT_ONCE):
                last = first + PAGES_AT_ONCE - 1
                sandbox.run("draw_pages", source, folder, first, last, limits=sandbox.Limits(seconds=40))
        except sandbox.ChildRefused as refused:
            raise UnableToAcceptFile(refused.code) from None
        return [
            SimpleUploadedFile(f"{name}-{page}.jpg", (Path(folder) / f"{page}.jpg").read_bytes())
            for page in range(1, accepted.pages + 1)
        ]


def pdf_content(upload: UploadedFile[bytes]) -> bytes:
    """The bytes of a PDF that is looked at once and not kept, such as a paper to verify; raises UnableToAcceptFile."""
    content = _content_of(upload)
    if not content.startswith(b"%PDF-"):
        raise UnableToAcceptFile("NOT_A_PDF")
    return content


def _readable_name(name: str) -> str:
    """The sender's name for the file, for showing only: no folders, no control characters, not too long."""
    bare = PurePosixPath(name.replace("\\", "/")).name
    bare = "".join(character for character in bare if character.isprintable()).strip()
    suffix = PurePosixPath(bare).suffix[:10]
    return bare.removesuffix(suffix)[: NAME_LENGTH - len(suffix)] + suffix


def _content_of(upload: UploadedFile[bytes]) -> bytes:
    if not upload.size:
        raise UnableToAcceptFile("EMPTY")
    if upload.size > MAXIMUM_BYTES:
        raise UnableToAcceptFile("TOO_LARGE")
    upload.seek(0)
    content: bytes = upload.read(MAXIMUM_BYTES + 1)
    return content


def _is_pdf(content: bytes) -> bool:
    """Tell a PDF from a photo by the first bytes; raises UnableToAcceptFile for everything else."""
    try:
        kinds = {match.extension for match in puremagic.magic_string(content)}
    except puremagic.PureError:
        kinds = set()
    if ".pdf" in kinds:
        return True
    if kinds & {".heic", ".heif"}:
        raise UnableToAcceptFile("HEIC")
    if kinds & PHOTO_KINDS:
        return False
    raise UnableToAcceptFile("WRONG_KIND")


def _accept_photo(name: str, content: bytes) -> AcceptedFile:
    with tempfile.TemporaryDirectory() as folder:
        source, result, picture = (Path(folder) / part for part in ("source", "result.jpg", "picture.jpg"))
        source.write_bytes(content)
        made = sandbox.run("photo", source, result, picture)
        return AcceptedFile(
            name=name,
            content=result.read_bytes(),
            content_type="image/jpeg",
            pixels=made["pixels"],
            pages=1,
            picture=picture.read_bytes(),
        )


def _accept_pdf(name: str, content: bytes, maximum_pages: int) -> AcceptedFile:
    with tempfile.TemporaryDirectory() as folder:
        source = Path(folder) / "source.pdf"
        source.write_bytes(content)
        found = sandbox.run("inspect_pdf", source, maximum_pages)
    return AcceptedFile(
        name=name, content=content, content_type="application/pdf", pixels=0, pages=found["pages"]
    )
