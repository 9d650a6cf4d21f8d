"""Sheets come, go and move; whatever is refused leaves everything sent before as it was."""

from pathlib import Path

import pytest
from django.conf import settings
from django.core.files.storage import default_storage
from django.db import connection
from pytest_django import DjangoCaptureOnCommitCallbacks

from services.accounts.models import User
from services.audit import queries as audit
from services.audit.actors import Subject
from services.documents import operations, queries
from services.documents.models import Document, Sheet
from services.foundation import clock
from tests.factories import documents

pytestmark = pytest.mark.django_db


def names(document: Document) -> list[str]:
    return [sheet.name for sheet in queries.sheets_of(document)]


def kept_files() -> set[Path]:
    return {path for path in Path(settings.MEDIA_ROOT).rglob("*") if path.is_file()}


def test_sheets_follow_each_other_and_are_shown_back(citizen: User) -> None:
    document = documents.photographed_document(citizen, sheets=3)
    assert names(document) == ["lembar1.jpg", "lembar2.jpg", "lembar3.jpg"]
    assert [sheet.position for sheet in queries.sheets_of(document)] == [1, 2, 3]
    assert all(sheet.is_photo and sheet.picture for sheet in queries.sheets_of(document))


def test_a_refused_file_leaves_the_draft_and_its_sheets_alone(citizen: User) -> None:
    document = documents.photographed_document(citizen, sheets=2)
    before = kept_files()
    with pytest.raises(operations.UnableToAcceptFile, match="0"):
        operations.add_sheet(document, upload=documents.upload(b""), at=clock.now())
    assert len(names(document)) == 2
    assert kept_files() == before


def test_files_have_random_names_outside_the_web_root_and_are_ours_alone(citizen: User) -> None:
    document = documents.photographed_document(citizen, sheets=1)
    sheet = queries.sheets_of(document)[0]
    path = Path(default_storage.path(str(sheet.file.name)))
    assert "lembar" not in str(path)
    assert path.is_relative_to(settings.MEDIA_ROOT)
    assert not path.is_relative_to(settings.STATIC_ROOT)
    assert path.stat().st_mode & 0o777 == 0o600


def test_pages_are_counted_over_all_sheets(citizen: User) -> None:
    document = documents.draft_document(citizen)
    three = documents.upload(documents.pdf(pages=3), name="surat.pdf")
    operations.add_sheet(document, upload=three, at=clock.now(), maximum_pages=4)
    before = kept_files()
    more = documents.upload(documents.pdf(pages=2), name="lampiran.pdf")
    with pytest.raises(operations.UnableToAcceptFile) as refused:
        operations.add_sheet(document, upload=more, at=clock.now(), maximum_pages=4)
    assert refused.value.code == "TOO_MANY_PAGES"
    assert kept_files() == before, "what was written for a refused sheet is deleted again"


def test_a_removed_sheet_is_gone_with_its_files(
    citizen: User, django_capture_on_commit_callbacks: DjangoCaptureOnCommitCallbacks
) -> None:
    document = documents.photographed_document(citizen, sheets=3)
    middle = queries.sheets_of(document)[1]
    with django_capture_on_commit_callbacks(execute=True):
        operations.remove_sheet(middle, at=clock.now())
    assert names(document) == ["lembar1.jpg", "lembar3.jpg"]
    assert [sheet.position for sheet in queries.sheets_of(document)] == [1, 2]
    assert not default_storage.exists(str(middle.file.name))
    assert not default_storage.exists(str(middle.picture.name))


@pytest.mark.parametrize(
    ("to", "order"),
    [(1, ["lembar3.jpg", "lembar1.jpg", "lembar2.jpg"]), (2, ["lembar1.jpg", "lembar3.jpg", "lembar2.jpg"])],
)
def test_a_sheet_moves_and_the_others_make_room(citizen: User, to: int, order: list[str]) -> None:
    document = documents.photographed_document(citizen, sheets=3)
    operations.move_sheet(queries.sheets_of(document)[2], to=to, at=clock.now())
    with connection.cursor() as cursor:
        cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")
    assert names(document) == order


def test_a_document_without_sheets_cannot_be_finished(citizen: User) -> None:
    with pytest.raises(operations.UnableToChangeDocument) as refused:
        operations.finish_document(documents.draft_document(citizen), at=clock.now())
    assert refused.value.code == "no_sheets"


def test_a_finished_document_stays_as_it_is(citizen: User) -> None:
    document = documents.photographed_document(citizen, sheets=2)
    operations.finish_document(document, at=clock.now())
    sheet = queries.sheets_of(document)[0]
    for change in (
        lambda: operations.add_sheet(document, upload=documents.upload(), at=clock.now()),
        lambda: operations.remove_sheet(sheet, at=clock.now()),
        lambda: operations.move_sheet(sheet, to=2, at=clock.now()),
        lambda: operations.discard_document(document, at=clock.now()),
    ):
        with pytest.raises(operations.UnableToChangeDocument) as refused:
            change()
        assert refused.value.code == "finished"
    assert len(names(document)) == 2


def test_finishing_twice_is_one_finishing(citizen: User) -> None:
    document = documents.photographed_document(citizen, sheets=1)
    first = operations.finish_document(document, at=clock.now())
    again = operations.finish_document(document, at=clock.now())
    assert again.finished_at == first.finished_at
    actions = [event.action for event in audit.events_of(Subject("document", str(document.id)))]
    assert actions.count("documents.document.finished") == 1


def test_every_change_is_on_record_under_its_owner(citizen: User) -> None:
    document = documents.photographed_document(citizen, sheets=2)
    operations.move_sheet(queries.sheets_of(document)[1], to=1, at=clock.now())
    operations.remove_sheet(queries.sheets_of(document)[0], at=clock.now())
    operations.finish_document(document, at=clock.now())
    events = audit.events_of(Subject("document", str(document.id)))
    assert [event.action.removeprefix("documents.") for event in events] == [
        "sheet.added",
        "sheet.added",
        "sheet.moved",
        "sheet.removed",
        "document.finished",
    ]
    assert {event.actor.pseudonym for event in events} == {citizen.pseudonym}


def test_a_discarded_draft_leaves_no_file(
    citizen: User, django_capture_on_commit_callbacks: DjangoCaptureOnCommitCallbacks
) -> None:
    before = kept_files()
    document = documents.photographed_document(citizen, sheets=2)
    with django_capture_on_commit_callbacks(execute=True):
        operations.discard_document(document, at=clock.now())
    assert not Document.objects.filter(pk=document.pk).exists()
    assert not Sheet.objects.filter(document=document.pk).exists()
    assert kept_files() == before


def test_only_ready_documents_of_the_same_owner_are_used_again(citizen: User, citizen2: User) -> None:
    mine = documents.ready_document(owner=citizen)
    documents.ready_document(owner=citizen2)
    documents.photographed_document(citizen, sheets=1)
    assert list(queries.reusable_documents(citizen)) == [mine]
    assert queries.document_of(citizen2, mine.id) is None
    assert queries.document_of(citizen, mine.id) == mine
