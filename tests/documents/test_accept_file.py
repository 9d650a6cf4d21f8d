"""What comes in from strangers: each bad file is refused with its own words, each good one is written anew."""

import io
import zlib

import pikepdf
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from PIL import Image, ImageCms

from services.documents import intake, refusals
from tests.factories import documents

ORIENTATION = 0x0112
GPS = 0x8825


def refusal(content: bytes, name: str) -> str:
    with pytest.raises(intake.UnableToAcceptFile) as refused:
        intake.accept(documents.upload(content, name=name))
    assert refused.value.field == "upload"
    assert refused.value.message == refusals.message(refused.value.code)
    return refused.value.code


def with_script(made: pikepdf.Pdf) -> None:
    made.Root.OpenAction = pikepdf.Dictionary(S=pikepdf.Name.JavaScript, JS="app.alert(1)")


def with_script_deep_inside(made: pikepdf.Pdf) -> None:
    action = pikepdf.Dictionary(S=pikepdf.Name("/JavaScript"), JS=pikepdf.Stream(made, b"app.alert(1)"))
    link = pikepdf.Dictionary(Type=pikepdf.Name.Annot, Subtype=pikepdf.Name.Link, Rect=[0, 0, 9, 9], A=action)
    made.pages[0].obj.Annots = pikepdf.Array([link])


def with_launch(made: pikepdf.Pdf) -> None:
    made.pages[0].obj.AA = pikepdf.Dictionary(O=pikepdf.Dictionary(S=pikepdf.Name.Launch, F="calc.exe"))


def with_embedded_file(made: pikepdf.Pdf) -> None:
    made.attachments["invoice.xml"] = b"<invoice/>"


def with_xfa(made: pikepdf.Pdf) -> None:
    made.Root.AcroForm = pikepdf.Dictionary(Fields=[], XFA=pikepdf.Stream(made, b"<xdp/>"))


LOCK = pikepdf.Encryption(owner="owner", user="user")
OPEN_BUT_LOCKED = pikepdf.Encryption(owner="owner", user="")


@pytest.mark.parametrize(
    ("content", "name", "code"),
    [
        pytest.param(b"", "foto.jpg", "EMPTY", id="0 bytes"),
        pytest.param(b"\xff\xd8\xff" * 10 * 1024 * 1024, "foto.jpg", "TOO_LARGE", id="30 MB"),
        pytest.param(documents.picture("PNG"), "surat.pdf", "NAME_MISMATCH", id="a PNG called .pdf"),
        pytest.param(documents.pdf(), "foto.png", "NAME_MISMATCH", id="a PDF called .png"),
        pytest.param(documents.picture("GIF", mode="L"), "foto.jpg", "WRONG_KIND", id="a GIF called .jpg"),
        pytest.param(documents.picture(), "foto.exe", "WRONG_KIND", id="a photo called .exe"),
        pytest.param(documents.picture(), "foto", "WRONG_KIND", id="no suffix"),
        pytest.param(b"<svg onload='alert(1)'/>", "foto.jpg", "WRONG_KIND", id="markup called .jpg"),
        pytest.param(b"MZ" + bytes(4000), "foto.jpg", "WRONG_KIND", id="a program called .jpg"),
        pytest.param(b"anything", "IMG_0001.HEIC", "HEIC", id="HEIC"),
        pytest.param(documents.picture()[:3000], "foto.jpg", "DAMAGED", id="a photo cut off"),
        pytest.param(documents.pdf()[:150], "surat.pdf", "DAMAGED", id="a PDF cut off"),
        pytest.param(b"%PDF-1.7\n" + b"x" * 500, "surat.pdf", "DAMAGED", id="only the head of a PDF"),
        pytest.param(documents.pdf(change=with_script), "surat.pdf", "SCRIPTS", id="a script at opening"),
        pytest.param(
            documents.pdf(change=with_script_deep_inside), "surat.pdf", "SCRIPTS", id="a script in a link"
        ),
        pytest.param(documents.pdf(change=with_xfa), "surat.pdf", "SCRIPTS", id="an XFA form"),
        pytest.param(documents.pdf(change=with_launch), "surat.pdf", "LAUNCH", id="starts a program"),
        pytest.param(
            documents.pdf(change=with_embedded_file), "surat.pdf", "EMBEDDED_FILES", id="a file inside"
        ),
        pytest.param(documents.pdf(encryption=LOCK), "surat.pdf", "ENCRYPTED", id="a password"),
        pytest.param(
            documents.pdf(encryption=OPEN_BUT_LOCKED), "surat.pdf", "ENCRYPTED", id="an owner's password"
        ),
        pytest.param(documents.pdf(pages=51), "surat.pdf", "TOO_MANY_PAGES", id="51 pages"),
    ],
)
def test_each_bad_file_is_refused_for_its_own_reason(content: bytes, name: str, code: str) -> None:
    assert refusal(content, name) == code


def test_a_decompression_bomb_is_refused_before_it_is_decoded() -> None:
    bomb = documents.picture("PNG", size=(20_000, 20_000), mode="1")
    assert len(bomb) < 200_000
    assert refusal(bomb, "foto.png") == "TOO_MANY_PIXELS"


def test_a_pdf_that_inflates_without_end_is_refused_by_the_memory_limit() -> None:
    inflated = 2 * 1024**3
    squeezer = zlib.compressobj(9)
    block = bytes(1024 * 1024)
    squeezed = b"".join(squeezer.compress(block) for _ in range(inflated // len(block))) + squeezer.flush()
    head = b"%PDF-1.7\n1 0 obj <</Type /Catalog /Pages 2 0 R>> endobj\n3 0 obj <</Type /XRef /W [1 2 1] /Size 4 /Root 1 0 R"
    stream = (
        head
        + b" /Filter /FlateDecode /Length %d>> stream\n" % len(squeezed)
        + squeezed
        + b"\nendstream endobj\n"
    )
    bomb = stream + b"startxref\n%d\n%%%%EOF" % stream.index(b"3 0 obj")
    assert len(bomb) < intake.MAXIMUM_BYTES
    assert refusal(bomb, "surat.pdf") in {"TOO_HEAVY", "DAMAGED"}


@pytest.mark.parametrize(
    ("kind", "mode", "name"),
    [
        ("JPEG", "RGB", "foto.JPG"),
        ("JPEG", "CMYK", "foto.jpeg"),
        ("JPEG", "L", "foto.jpg"),
        ("PNG", "RGBA", "foto.png"),
        ("PNG", "P", "foto.png"),
        ("PNG", "LA", "foto.png"),
        ("PNG", "I;16", "foto.png"),
        ("WEBP", "RGB", "foto.webp"),
        ("PNG", "RGB", "foto.jpg"),
    ],
)
def test_every_kind_of_photo_becomes_a_jpeg(kind: str, mode: str, name: str) -> None:
    accepted = intake.accept(documents.upload(documents.picture(kind, mode=mode), name=name))
    with Image.open(io.BytesIO(accepted.content)) as photo:
        assert (photo.format, photo.mode, photo.size) == ("JPEG", "RGB", (640, 900))
    assert (accepted.content_type, accepted.pixels, accepted.pages) == ("image/jpeg", 640 * 900, 1)
    assert accepted.name == name


def test_a_photo_is_turned_upright_shrunk_and_loses_where_it_was_taken() -> None:
    exif = Image.Exif()
    exif[ORIENTATION] = 6
    exif[0x010F] = "Kamera Rahasia"
    exif.get_ifd(GPS)[1] = "S"
    profile = ImageCms.ImageCmsProfile(ImageCms.createProfile("sRGB")).tobytes()
    sent = documents.picture(size=(4000, 3000), exif=exif, icc_profile=profile, comment=b"rahasia")

    accepted = intake.accept(documents.upload(sent, name="foto.jpg"))

    with Image.open(io.BytesIO(accepted.content)) as photo:
        assert photo.size == (1875, 2500)
        assert not photo.getexif()
        assert not {"icc_profile", "comment", "exif"} & set(photo.info)
        corner = photo.getpixel((photo.width - 20, 20))
    assert isinstance(corner, tuple)
    assert max(corner) < 40, "the dark corner is at the upper right once the photo is turned"
    assert b"Rahasia" not in accepted.content
    with Image.open(io.BytesIO(accepted.picture)) as shown:
        assert shown.size == (750, 1000)


def test_a_transparent_picture_gets_white_paper() -> None:
    clear = Image.new("RGBA", (40, 40), (0, 0, 0, 0))
    written = io.BytesIO()
    clear.save(written, "PNG")
    accepted = intake.accept(documents.upload(written.getvalue(), name="logo.png"))
    with Image.open(io.BytesIO(accepted.content)) as photo:
        assert photo.getpixel((20, 20)) == (255, 255, 255)


def test_a_pdf_is_kept_byte_for_byte() -> None:
    content = documents.pdf(pages=3)
    accepted = intake.accept(documents.upload(content, name="surat.pdf"))
    assert (accepted.content, accepted.pages, accepted.pixels) == (content, 3, 0)


@pytest.mark.parametrize(
    ("sent", "kept"),
    [
        ("../../etc/passwd.jpg", "passwd.jpg"),
        ("C:\\Users\\Budi\\ktp.jpg", "ktp.jpg"),
        ("ktp\u202egnp.jpg", "ktpgnp.jpg"),
        ("x" * 300 + ".jpg", "x" * 96 + ".jpg"),
    ],
)
def test_of_the_senders_name_only_what_can_be_shown_is_kept(sent: str, kept: str) -> None:
    upload = documents.upload()
    vars(upload)["_name"] = sent  # as a client that does not keep to the rules sends it
    assert intake.accept(upload).name == kept


@settings(max_examples=25, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(cut=st.integers(0, 400), junk=st.binary(max_size=60), at=st.integers(0, 400))
def test_no_mutilated_pdf_ever_does_more_than_be_refused(cut: int, junk: bytes, at: int) -> None:
    whole = documents.pdf()
    mutilated = b"%PDF-" + (whole[5:at] + junk + whole[at + cut :])
    try:
        outcome = f"{intake.accept(documents.upload(mutilated, name='surat.pdf')).pages} pages"
    except intake.UnableToAcceptFile as refused:
        outcome = refused.code
    assert outcome in refusals.MESSAGES or outcome == "1 pages"
