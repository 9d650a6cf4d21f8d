"""Sheets become one PDF with a picture of every page, once, whatever is delivered again."""

import io
from collections.abc import Callable
from pathlib import Path

import pikepdf
import pytest
from django.conf import settings
from django.core.files.base import ContentFile
from django.core.files.storage import default_storage
from PIL import Image

from services.accounts.models import User
from services.audit import queries as audit
from services.audit.actors import Subject
from services.documents import operations, queries
from services.documents.models import Document, Preview
from services.foundation import clock
from tests.factories import documents

pytestmark = pytest.mark.django_db


def content_of(document: Document) -> bytes:
    with document.file.open("rb") as file:
        content: bytes = file.read()
    return content


def actions(document: Document) -> list[str]:
    return [event.action for event in audit.events_of(Subject("document", str(document.id)))]


def test_photos_and_pdfs_become_one_document_with_pictures(
    citizen: User, deliver_outbox: Callable[[], int]
) -> None:
    document = documents.draft_document(citizen)
    upright = documents.upload(documents.picture(size=(600, 900)), name="a.jpg")
    across = documents.upload(documents.picture(size=(900, 600)), name="b.jpg")
    letter = documents.upload(documents.pdf(pages=2), name="c.pdf")
    for sheet in (upright, across, letter):
        operations.add_sheet(document, upload=sheet, at=clock.now())
    operations.finish_document(document, at=clock.now())
    deliver_outbox()

    document.refresh_from_db()
    assert (document.state, document.page_count) == (Document.State.READY, 4)
    with pikepdf.open(io.BytesIO(content_of(document))) as pdf:
        sizes = [tuple(round(float(edge)) for edge in page.mediabox[2:]) for page in pdf.pages]
    assert sizes[:2] == [(595, 842), (842, 595)]
    previews = list(queries.previews_of(document))
    assert [preview.page for preview in previews] == [1, 2, 3, 4]
    with previews[0].image.open("rb") as file, Image.open(file) as picture:
        assert picture.size == (previews[0].width, previews[0].height)
        assert picture.width <= 1200
        assert picture.height <= 1600
        corner = picture.convert("L").getpixel((picture.width // 6, picture.height // 6))
    assert isinstance(corner, int | float)
    assert corner < 60
    assert actions(document)[-1] == "documents.document.ready"


def test_a_single_pdf_stays_byte_for_byte_so_that_a_signature_in_it_counts(citizen: User) -> None:
    document = documents.draft_document(citizen)
    content = documents.pdf(pages=2)
    operations.add_sheet(document, upload=documents.upload(content, name="ijazah.pdf"), at=clock.now())
    operations.finish_document(document, at=clock.now())
    document = operations.join_document(document.id, at=clock.now())
    assert content_of(document) == content
    assert document.page_count == 2


def test_a_form_that_was_filled_in_keeps_its_entries_and_loses_its_links(citizen: User) -> None:
    def with_a_form(made: pikepdf.Pdf) -> None:
        font = pikepdf.Dictionary(
            Type=pikepdf.Name.Font, Subtype=pikepdf.Name.Type1, BaseFont=pikepdf.Name.Helvetica
        )
        field = made.make_indirect(
            pikepdf.Dictionary(
                Type=pikepdf.Name.Annot,
                Subtype=pikepdf.Name.Widget,
                FT=pikepdf.Name.Tx,
                T="nama",
                V="SITI",
                DA="/Helv 12 Tf 0 g",
                Rect=[50, 50, 250, 80],
                F=4,
            )
        )
        link = pikepdf.Dictionary(
            Type=pikepdf.Name.Annot,
            Subtype=pikepdf.Name.Link,
            Rect=[0, 0, 90, 90],
            A=pikepdf.Dictionary(S=pikepdf.Name.URI, URI="https://calo.example"),
        )
        made.pages[0].obj.Annots = pikepdf.Array([field, made.make_indirect(link)])
        made.Root.AcroForm = pikepdf.Dictionary(
            Fields=[field], DR=pikepdf.Dictionary(Font=pikepdf.Dictionary(Helv=font)), NeedAppearances=True
        )

    document = documents.draft_document(citizen)
    form = documents.upload(documents.pdf(change=with_a_form), name="formulir.pdf")
    operations.add_sheet(document, upload=form, at=clock.now())
    operations.add_sheet(document, upload=documents.upload(), at=clock.now())
    operations.finish_document(document, at=clock.now())
    document = operations.join_document(document.id, at=clock.now())

    with pikepdf.open(io.BytesIO(content_of(document))) as pdf:
        assert "/Annots" not in pdf.pages[0].obj
        assert "/AcroForm" not in pdf.Root
        streams = [each for each in pdf.objects if isinstance(each, pikepdf.Stream)]
        drawn = b"".join(each.read_bytes() for each in streams if each.get("/Subtype") != "/Image")
    assert b"SITI" in drawn
    assert b"calo.example" not in content_of(document)


def test_a_pdf_sheet_gets_its_picture_from_the_worker(
    citizen: User, deliver_outbox: Callable[[], int]
) -> None:
    document = documents.draft_document(citizen)
    letter = documents.upload(documents.pdf(pages=2), name="surat.pdf")
    sheet = operations.add_sheet(document, upload=letter, at=clock.now())
    assert not sheet.picture
    deliver_outbox()
    sheet.refresh_from_db()
    drawn = sheet.picture.name
    operations.draw_sheet(sheet.id)
    sheet.refresh_from_db()
    assert sheet.picture.name == drawn
    assert drawn


def test_a_second_delivery_changes_nothing(citizen: User) -> None:
    document = documents.joined_document(citizen, sheets=2)
    files = {path for path in Path(settings.MEDIA_ROOT).rglob("*") if path.is_file()}
    again = operations.join_document(document.id, at=clock.now())
    assert (again.file.name, again.ready_at) == (document.file.name, document.ready_at)
    assert Preview.objects.filter(document=document).count() == 2
    assert actions(document).count("documents.document.ready") == 1
    assert {path for path in Path(settings.MEDIA_ROOT).rglob("*") if path.is_file()} == files


def test_more_than_ten_pages_are_drawn_by_several_children(citizen: User) -> None:
    document = documents.draft_document(citizen)
    letter = documents.upload(documents.pdf(pages=20), name="laporan.pdf")
    operations.add_sheet(document, upload=letter, at=clock.now())
    operations.finish_document(document, at=clock.now())
    document = operations.join_document(document.id, at=clock.now())
    assert document.page_count == 20
    assert Preview.objects.filter(document=document).count() == 20


def test_what_cannot_be_joined_is_refused_and_can_be_opened_again(
    citizen: User, deliver_outbox: Callable[[], int]
) -> None:
    document = documents.photographed_document(citizen, sheets=2)
    sheet = queries.sheets_of(document)[0]
    default_storage.delete(str(sheet.file.name))
    default_storage.save(str(sheet.file.name), ContentFile(b"no longer a photo"))
    operations.finish_document(document, at=clock.now())
    deliver_outbox()

    document.refresh_from_db()
    assert (document.state, document.refusal) == (Document.State.REFUSED, "DAMAGED")
    assert "documents.document.refused" in actions(document)

    reopened = operations.reopen_document(document, at=clock.now())
    assert reopened.is_draft
    operations.remove_sheet(queries.sheets_of(reopened)[0], at=clock.now())
    operations.finish_document(reopened, at=clock.now())
    deliver_outbox()
    document.refresh_from_db()
    assert document.state == Document.State.READY
