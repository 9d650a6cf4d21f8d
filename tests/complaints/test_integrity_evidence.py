"""Evidence of an integrity report: drawn anew, named by nobody, thrown away when it is not sent."""

from datetime import timedelta

import pytest
from django.test import Client

from complaints.integrity import operations
from services.casework.models import Case
from services.documents.models import Document
from services.foundation import clock
from tests.complaints.confidential import ANSWERS, NEW, fill, page, send
from tests.factories import documents
from tests.factories import integrity as reports


@pytest.fixture(autouse=True)
def _in_english(client: Client) -> None:
    reports.ready()
    client.cookies["django_language"] = "en"


def test_evidence_is_drawn_anew_and_named_by_nobody(client: Client) -> None:
    fill(client, until="evidence")
    told = documents.pdf(pages=2)
    uploads = [documents.upload(name="rumah budi.jpg"), documents.upload(told, name="surat budi.pdf")]
    assert client.post(f"{NEW}evidence/", {"upload": uploads})["Location"] == f"{NEW}evidence/"
    shown = page(client.get(f"{NEW}evidence/"))
    assert "File 1" in shown
    assert "2 pages" in shown
    assert "budi" not in shown
    kept = Document.objects.order_by("created_at")
    assert [file.sheets.count() for file in kept] == [1, 2]
    for sheet in (sheet for file in kept for sheet in file.sheets.all()):
        assert sheet.content_type == "image/jpeg"
        assert "budi" not in sheet.name
    client.post(f"{NEW}evidence/1/remove/")
    assert Document.objects.count() == 1
    client.post(f"{NEW}evidence/", {})
    client.post(f"{NEW}receiver/", ANSWERS["receiver"])
    client.post(f"{NEW}contact/", ANSWERS["contact"])
    send(client)
    assert [row.slot for row in Case.objects.get(kind="INTEGRITY").documents.all()] == ["evidence_1"]


def test_a_file_that_is_none_is_told_and_nothing_of_it_stays(client: Client) -> None:
    fill(client, until="evidence")
    answer = client.post(f"{NEW}evidence/", {"upload": [documents.upload(b"nothing", name="catatan.txt")]})
    assert answer.status_code == 200
    assert "catatan.txt" in page(answer)
    assert not Document.objects.exists()
    many = [documents.upload(name=f"{number}.jpg") for number in range(7)]
    assert "At most 6 files" in page(client.post(f"{NEW}evidence/", {"upload": many}))


def test_evidence_that_nobody_sent_is_thrown_away_after_a_day(client: Client) -> None:
    fill(client, until="evidence")
    client.post(f"{NEW}evidence/", {"upload": [documents.upload()]})
    assert operations.forget_unsent_evidence(at=clock.now()) == 0
    assert operations.forget_unsent_evidence(at=clock.now() + timedelta(days=2)) == 1
    assert not Document.objects.exists()
