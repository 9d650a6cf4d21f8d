"""Every notice there is: complete, in both languages, and its SMS in 160 characters with only our own host in it."""

import re
from pathlib import Path
from typing import Any

import pytest
from django.conf import settings
from django.template import Engine
from django.utils.translation import override
from pytest_django import Settings

from services.notifications import purposes, rendering, sms

FOLDER = Path(settings.BASE_DIR, "templates", "notifications")
NOTICES = sorted(str(title.parent.relative_to(FOLDER)) for title in FOLDER.glob("*/*/title.txt"))
FILES = {"title.txt", "sms.txt", "page.html", "name.txt"}
MISSING = "no such variable: %s"
REFERENCE = "P-7K3F9-QXM2E"
LONG_NAME = "Izin Penggunaan Jalan untuk Kegiatan Kemasyarakatan dan Keagamaan"
# The longest that real life brings. A notice with a variable of its own adds it here.
LONGEST: dict[str, Any] = {
    "looks": 12,
    "reference": REFERENCE,
    "path": f"/cases/{REFERENCE}/",
    "service": {"id": LONG_NAME, "en": LONG_NAME},
    "agency": {"id": LONG_NAME, "en": LONG_NAME},
    "due_at": "2026-09-30T16:59:59+00:00",
    "applicant_due_at": "2026-09-30T16:59:59+00:00",
    "defects": [
        {
            "concerns": {"id": "Gambar lokasi", "en": "Drawing of the site"},
            "letter": {"id": "Tidak terbaca.", "en": "It cannot be read."},
            "words": "Halaman kedua buram.",
        }
    ],
    "request": "Berapa lebar trotoar?",
    "refusal": {
        "letter": {"id": "Lokasi dilarang.", "en": "The place is forbidden."},
        "article": "Perwali 70/2023 pasal 12",
        "words": "Di depan rumah ibadah.",
    },
    "basis": {"id": "Diputuskan oleh sistem setelah:", "en": "Decided by the system after:"},
    "checks": [{"id": "Semua dokumen ada.", "en": "Every document is there."}],
    "certificate": "503/1234/436.7.5/2026",
    "user": "0b1c9a52-7c1f-4a6e-9a44-5a3f7f5b7c11",
    "hat": "ADMINISTRATOR",
    "hat_name": {"id": "Administrator", "en": "Administrator"},
    "agency_name": {"id": LONG_NAME, "en": LONG_NAME},
    "valid_until": "2026-11-25",
    "reason": "Tidak ada pejabat lain yang dapat masuk.",
    "post": "Plh. Kepala Bidang Penyelenggaraan Perizinan dan Nonperizinan",
    "letter_number": "800/1234/436.7.5/2026",
    "by_mandate": {
        "id": "Plh. Kepala Bidang, menurut surat 800/1",
        "en": "Plh. Kepala Bidang, by letter 800/1",
    },
    "first_date": "2026-09-30",
    "last_date": "2026-11-25",
    "topic": {"id": "Lampu jalan mati atau berkedip", "en": "Street light out or flickering"},
    "words": "Lampu sudah diganti.",
    "earlier": REFERENCE,
    "planned_date": "2026-12-02",
    "files": [REFERENCE, REFERENCE],
    "why": {"id": "Berkas terlambat atau segera terlambat", "en": "The file is late, or soon will be"},
    "objection_until": "2026-12-22T16:59:59+00:00",
    "percent": 150,
    "came": 123_456,
    "went": 123_456,
    "late": 123_456,
    "reached": 123_456,
    "day": "2026-09-30",
    "oldest": [
        {
            "reference": REFERENCE,
            "service": {"id": LONG_NAME, "en": LONG_NAME},
            "agency": {"id": LONG_NAME, "en": LONG_NAME},
            "due_at": "2026-09-30T16:59:59+00:00",
        }
    ],
    "appeal_until": "2026-12-22T16:59:59+00:00",
    "court": "Pengadilan Tinggi Tata Usaha Negara Surabaya",
    "number": "12/G/2026/PTUN.SBY",
    "ruled_on": "2026-09-30",
    "short": "30/09 09.00",
    "hours": "09.00-11.00",
    "place": "Jalan Raya Darmo Permai Selatan 112, Pradahkalikendal",
    "calendar": f"/cases/{REFERENCE}/inspections/site_visit/appointment.ics",
    "wish": "2026-10-01",
    "until": "2026-12-22T16:59:59+00:00",
    "days": 12,
    "begins_at": "2026-11-25T02:00:00+00:00",
    "ends_at": "2026-11-26T02:00:00+00:00",
}
PATHS = {
    "complaints": "/complaints/C-7K3F9-QXM2E/dialogue/",
    "complaints/answered": "/complaints/C-7K3F9-QXM2E/a/ABCDEFGHJKMN/",
    "applications/objection_waits": f"/admin/casework/case/{REFERENCE}/change/",
    "applications/ruling_waits": "/admin/casework/case/rulings/123456/",
    "licensing/ended": f"/licensing/{REFERENCE}/",
    "licensing/ends_soon": f"/licensing/{REFERENCE}/",
    "accounts/break_glass_used": "/admin/accounts/membership/123456/",
    "accounts/hat_unused": "/admin/",
    "casework/morning": "/admin/",
    "casework/declared_away": "/admin/casework/absence/",
    "casework/mandate_waits": "/admin/casework/acting/123456/",
    "casework/mandate_counts": "/pact/sign/",
    "casework/mandate_ended": "/admin/",
    "casework/time_runs": f"/admin/casework/case/{REFERENCE}/",
    "casework/time_runs_sealed": "/admin/",
    "integrity": "/pact/sign/",
    "casework/another_time": "/admin/casework/case/reviews/",
    "casework/gift_question": f"/gift/{REFERENCE}/7k3f9qxm2e7k/",
}

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _a_long_host_and_no_unknown_variable(settings: Settings, monkeypatch: pytest.MonkeyPatch) -> None:
    settings.SITE_URL = "https://layanan.surabaya.go.id"
    monkeypatch.setattr(Engine.get_default(), "string_if_invalid", MISSING)


def values(notice: str, language: str) -> dict[str, Any]:
    path = PATHS.get(notice) or PATHS.get(notice.split("/", maxsplit=1)[0], LONGEST["path"])
    return {**LONGEST, "path": path, "link": f"{settings.SITE_URL}{path}", "language": language}


def test_there_are_notices() -> None:
    assert len(NOTICES) >= 10


@pytest.mark.parametrize("notice", NOTICES)
def test_a_notice_has_all_its_files(notice: str) -> None:
    assert {file.name for file in (FOLDER / notice).iterdir()} >= FILES


@pytest.mark.parametrize("language", ["id", "en"])
@pytest.mark.parametrize("notice", NOTICES)
def test_an_sms_fits_uncut_and_leads_nowhere_but_to_us(notice: str, language: str) -> None:
    with override(language):
        message = rendering.sms_message(notice, values(notice, language))
        warning = rendering.warning()
    assert MISSING[:10] not in message
    assert message == sms.plain(message)
    whole = f"{message} {warning}"
    assert sms.length(whole) <= sms.LIMIT, f"{sms.length(whole)} characters: {whole}"
    hosts = re.findall(r"(?:https?://)?((?:[a-z0-9-]+\.)+[a-z]{2,})\b", whole.lower())
    assert set(hosts) <= {"layanan.surabaya.go.id"}
    assert sms.compose(message, ending=warning) == whole


@pytest.mark.parametrize("language", ["id", "en"])
@pytest.mark.parametrize("notice", NOTICES)
def test_a_notice_is_written_whole_in_each_language(notice: str, language: str) -> None:
    words = rendering.render(notice, LONGEST, language=language)
    for text in (words.title, words.page_html, words.sms, words.email_text, words.email_html):
        assert text.strip()
        assert MISSING[:10] not in text
        assert "{{" not in text
    assert len(words.title) <= 120


@pytest.mark.parametrize("notice", NOTICES)
def test_the_languages_differ(notice: str) -> None:
    indonesian, english = (rendering.render(notice, LONGEST, language=language) for language in ("id", "en"))
    assert indonesian.title != english.title
    assert indonesian.sms != english.sms
    assert indonesian.page_html != english.page_html


@pytest.mark.parametrize("language", ["id", "en"])
@pytest.mark.parametrize("notice", NOTICES)
def test_a_delivery_is_called_by_a_name_for_people(notice: str, language: str) -> None:
    with override(language):
        assert "/" not in purposes.name_of(notice)


def test_a_message_of_the_account_has_a_name_too() -> None:
    with override("en"):
        assert purposes.name_of("SIGN_IN_CODE") == "Sign-in code"
        assert purposes.name_of("account/email/login_code") == "Sign-in code"
        assert purposes.name_of("never/heard") == "never/heard"
