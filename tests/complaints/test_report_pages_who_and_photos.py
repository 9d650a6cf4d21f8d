"""Reporting in a browser: photos, who may read it, where one is told, and what is forgotten."""

from datetime import timedelta
from typing import Any

import pytest
from django.test import Client

from complaints import operations as complaints
from complaints.models import Complaint, DraftPhoto, ReportDraft
from services.accounts.models import User
from services.casework.models import Case
from services.documents.models import Document, Sheet
from services.foundation import clock
from services.government.models import Government
from tests.factories import complaints as reports
from tests.factories import documents as files

WORDS = "Lampu jalan di depan rumah mati."
SURABAYA = {
    "outline": {
        "type": "Polygon",
        "coordinates": [[[112.6, -7.35], [112.85, -7.35], [112.85, -7.19], [112.6, -7.19], [112.6, -7.35]]],
    },
    "latitude": -7.26,
    "longitude": 112.74,
    "zoom": 11,
}


@pytest.fixture(autouse=True)
def _city() -> None:
    reports.ready()
    reports.district()
    name = {"id": "Kota Uji", "en": "Test City"}
    Government.objects.create(code="kota-uji", name=name, short_name=name, map=SURABAYA)


def post(client: Client, step: str, data: dict[str, Any] | None = None, **more: Any) -> Any:
    return client.post(f"/complaints/new/{step}", data or {}, **more)


def filled(client: Client, **changes: dict[str, Any]) -> None:
    """Every page up to the check; `changes` replace what one of them is told."""
    said = {
        "": {"words": WORDS},
        "subject/": {"category": "street-lights"},
        "where/": {"place": "Jalan Mawar 12", "district": "35.78.08"},
        "readers/": {"visibility": "PUBLIC"},
        "contact/": {"contact": "none"},
    }
    for step, data in (said | {f"{name}/" if name else "": data for name, data in changes.items()}).items():
        answer = post(client, step, data)
        assert answer.status_code == 302, (step, answer.content.decode())


def body(answer: Any) -> str:
    return str(answer.content.decode())


def test_photos_are_added_seen_and_taken_out(client: Client) -> None:
    filled(client)
    for name in ("satu.jpg", "dua.jpg"):
        assert post(client, "photos/", {"upload": files.upload(name=name)}).status_code == 302
    first, second = DraftPhoto.objects.order_by("position")
    shown = client.get(f"/complaints/new/photos/{first.document_id}/")
    assert shown["Content-Type"] == "image/jpeg"
    assert shown.getvalue()
    assert Client().get(f"/complaints/new/photos/{first.document_id}/").status_code == 404
    post(client, f"photos/{first.document_id}/remove/")
    assert list(DraftPhoto.objects.all()) == [second]
    post(client, "check/")
    [document] = Document.objects.all()
    assert document.owner is None
    assert Case.objects.get().documents.get().slot == "photo_1"


def test_a_photo_keeps_nothing_of_where_it_was_taken(client: Client) -> None:
    exif = b"Exif\x00\x00MM\x00*\x00\x00\x00\x08\x00\x00"
    post(client, "photos/", {"upload": files.upload(files.picture(exif=exif))})
    with Sheet.objects.get().file.open("rb") as kept:
        assert b"Exif" not in kept.read()


@pytest.mark.parametrize(
    ("name", "content"),
    [
        ("foto.jpg", b"not a picture"),
        ("foto.jpg", b""),
        ("berkas.pdf", None),
        ("skrip.svg", b"<svg onload=alert(1)>"),
        ("foto.exe", b"MZ"),
    ],
)
def test_a_photo_that_is_not_one_is_told_and_the_others_stay(
    client: Client, name: str, content: bytes | None
) -> None:
    post(client, "photos/", {"upload": files.upload()})
    bad = files.upload(files.pdf() if content is None else content, name=name)
    answer = post(client, "photos/", {"upload": [files.upload(name="baik.jpg"), bad]})
    assert answer.status_code == 200
    assert name in body(answer)
    assert "atau PDF" not in body(answer)
    assert DraftPhoto.objects.count() == 2
    assert Document.objects.count() == 2


def test_more_than_six_photos_are_told(client: Client) -> None:
    answer = post(client, "photos/", {"upload": [files.upload(name=f"{n}.jpg") for n in range(8)]})
    assert "6" in body(answer)
    assert DraftPhoto.objects.count() == 6


def test_a_subject_that_is_always_confidential_asks_nothing_and_says_so(client: Client) -> None:
    post(client, "", {"words": "Diminta uang"})
    post(client, "subject/", {"category": "illegal-levy"})
    shown = body(client.get("/complaints/new/readers/"))
    assert 'name="visibility"' not in shown
    assert "rahasia" in shown
    filled(client, subject={"category": "illegal-levy"}, readers={"visibility": "PUBLIC"})
    post(client, "check/")
    assert Case.objects.get().is_confidential
    assert Complaint.objects.get().visibility == "CONFIDENTIAL"


def test_by_sms_or_by_mail_needs_where_to(client: Client) -> None:
    for contact, name in (("phone", "phone"), ("email", "email")):
        answer = post(client, "contact/", {"contact": contact})
        assert answer.status_code == 200
        assert f'id="id_{name}_error"' in body(answer)
    assert post(client, "contact/", {"contact": "none", "phone": "nonsense"}).status_code == 302
    assert post(client, "contact/", {"contact": "phone", "phone": "0812 3456 7890"}).status_code == 302
    assert ReportDraft.objects.get().answers["phone"] == "+6281234567890"
    assert b"81234567890" not in bytes(ReportDraft.objects.get().answers_sealed or b"")


def test_on_the_account_leads_to_the_sign_in_and_back(client: Client, citizen: User) -> None:
    filled(client)
    answer = post(client, "contact/", {"contact": "account"})
    assert answer["Location"].startswith("/account/login/?next=/complaints/new/check/")
    client.force_login(citizen)
    post(client, "check/")
    assert Case.objects.get().applicant == citizen.person
    assert ReportDraft.objects.get().passphrase == ""
    assert post(client, "sent/")["Location"] == f"/cases/{Case.objects.get().reference}/"


def test_signed_in_the_name_is_shown_only_by_choice(client: Client, citizen: User) -> None:
    client.force_login(citizen)
    filled(client, readers={"visibility": "PUBLIC", "shows_name": "on"}, contact={"contact": "account"})
    post(client, "check/")
    assert Complaint.objects.get().shows_name


def test_signed_in_an_anonymous_report_is_tied_to_nobody(client: Client, citizen: User) -> None:
    client.force_login(citizen)
    filled(client, readers={"visibility": "ANONYMOUS", "shows_name": "on"}, contact={"contact": "account"})
    post(client, "check/")
    assert Case.objects.get().applicant is None
    assert len(ReportDraft.objects.get().passphrase.split()) == 5


def test_scripts_in_every_field_are_words(client: Client) -> None:
    script = "<script>alert(1)</script>"
    filled(client, **{"": {"words": script}, "where": {"place": script, "district": "35.78.08"}})
    shown = body(client.get("/complaints/new/check/"))
    assert script not in shown
    assert "&lt;script&gt;" in shown
    post(client, "check/")
    assert Complaint.objects.get().words == script


def test_control_characters_are_dropped_and_a_mangled_cookie_is_none(client: Client) -> None:
    post(client, "", {"words": "Lampu\x00 mati"})
    assert ReportDraft.objects.get().answers["words"] == "Lampu mati"
    client.cookies["bening_report"] = "nonsense:sig"
    assert client.get("/complaints/new/").status_code == 200


def test_nothing_is_stored_before_something_was_typed(client: Client) -> None:
    client.get("/complaints/new/")
    client.get("/complaints/new/photos/")
    assert not ReportDraft.objects.exists()


def test_drafts_that_nobody_comes_back_to_are_forgotten_with_their_photos(client: Client) -> None:
    post(client, "photos/", {"upload": files.upload()})
    now = clock.now()
    assert complaints.forget_drafts(at=now + timedelta(days=13)) == 0
    assert complaints.forget_drafts(at=now + timedelta(days=15)) == 1
    assert not ReportDraft.objects.exists()
    assert not Document.objects.exists()


def test_the_receipt_is_forgotten_after_half_an_hour(client: Client) -> None:
    filled(client)
    post(client, "check/")
    assert complaints.forget_drafts(at=clock.now() + timedelta(minutes=29)) == 0
    assert complaints.forget_drafts(at=clock.now() + timedelta(minutes=31)) == 1
    assert client.get("/complaints/new/sent/")["Location"] == "/complaints/new/"


def test_very_many_reports_from_one_address_are_told_to_wait(client: Client) -> None:
    for _ in range(20):
        filled(client)
        assert post(client, "check/").status_code == 302
    filled(client)
    answer = post(client, "check/")
    assert answer.status_code == 429
    assert Case.objects.count() == 20
    assert WORDS in body(client.get("/complaints/new/check/"))
