"""A small published service, for tests that need one and do not care which."""

from datetime import date
from typing import Any

from services.catalogue import operations
from services.catalogue.definition import ServiceDefinition
from services.catalogue.models import Deadline, ServiceVersion
from services.foundation import clock
from tests.factories import accounts


def said(words: str, in_english: str = "") -> dict[str, str]:
    """A text in both languages."""
    return {"id": words, "en": in_english or f"{words} (en)"}


def definition(**changes: Any) -> dict[str, Any]:
    """The definition of a small service as a pack would hold it; `changes` replace whole keys."""
    return {
        "slug": "izin-uji",
        "kind": "PERMIT",
        "agency": "dpmptsp",
        "name": said("Izin Uji", "Test permit"),
        "summary": said("Untuk menguji", "For testing"),
        "search_words": ["uji", "percobaan"],
        "published": "2026-01-02",
        "standard": {
            name: said(f"Isi {name}")
            for name in ("requirements", "procedure", "time", "fee", "product", "complaints")
        },
        "internal": {
            name: said(f"Isi {name}")
            for name in (
                *("legal_basis", "facilities", "competence", "supervision"),
                *("staff", "guarantee", "safety", "evaluation"),
            )
        },
        "time": {"amount": 5},
        "fee": {"amount": 0},
        "steps": [
            {"key": "review", "title": said("Telaah", "Review"), "hat": "REVIEWER", "days": 3},
            {"key": "decision", "title": said("Keputusan", "Decision"), "hat": "APPROVER", "days": 2},
        ],
        "groups": [
            {
                "key": "advert",
                "title": said("Reklame", "Advertisement"),
                "questions": [
                    {
                        "key": "shown_text",
                        "kind": "text",
                        "label": said("Teks yang tampil", "Text shown"),
                        "max_length": 80,
                    },
                    {
                        "key": "ends_on",
                        "kind": "date",
                        "label": said("Sampai tanggal", "Until"),
                        "earliest": "tomorrow",
                    },
                ],
            }
        ],
        "documents": [
            {"key": "ktp", "title": said("KTP", "Identity card")},
            {"key": "drawing", "title": said("Gambar", "Drawing")},
            {"key": "letter", "title": said("Surat kuasa", "Letter"), "required": False},
        ],
        "defect_reasons": [
            {
                "code": "UNREADABLE",
                "label": said("Tidak terbaca", "Unreadable"),
                "letter": said("Foto tidak terbaca.", "The picture is unreadable."),
            },
            {
                "code": "INCOMPLETE",
                "label": said("Tidak lengkap", "Incomplete"),
                "letter": said("Isian tidak lengkap.", "The answer is incomplete."),
            },
        ],
        "refusal_reasons": [
            {
                "code": "FORBIDDEN_PLACE",
                "label": said("Lokasi terlarang", "Forbidden place"),
                "letter": said("Lokasi terlarang.", "The place is forbidden."),
                "article": "Pasal 9",
            }
        ],
        "certificate": {
            "title": said("Izin Uji", "Test permit"),
            "body": said("Diberikan untuk {shown_text}.", "Given for {shown_text}."),
            "conditions": [said("Dipasang rapi.", "Put up neatly.")],
            "fields": ["shown_text", "ends_on"],
            "number_prefix": "UJI",
            "legal_basis": ["UU 25/2009"],
        },
        "validity": {"until_answer": "ends_on"},
        "undo_seconds": 0,
    } | changes


#: The times of the law that tests may count on, in working days.
TIMES = {
    "mend-returned-file": 10,
    "acting-plh": 30,
    "acting-plt": 90,
    "answer-request": 5,
    "lapse-reminder-first": 3,
    "lapse-reminder-last": 1,
    "objection": 21,
    "why-answer": 3,
    "second-look": 5,
    "objection-decision": 10,
    "appeal": 10,
}


def deadlines() -> None:
    """The times of the law that every pack gives, if they are not there yet."""
    for code, amount in TIMES.items():
        Deadline.objects.get_or_create(
            code=code,
            valid_from=date(2014, 1, 1),
            defaults={
                "label": said(code),
                "amount": amount,
                "unit": Deadline.Unit.WORKING_DAY,
                "starts_with": "test",
                "legal_basis": "UU 30/2014",
            },
        )


def published_version(
    *, agency_code: str = "dpmptsp", slug: str = "izin-uji", **changes: Any
) -> ServiceVersion:
    """The current version of the small service, published if it is not there yet."""
    accounts.agency(agency_code)
    deadlines()
    shape = ServiceDefinition.model_validate(definition(agency=agency_code, slug=slug, **changes))
    return operations.publish_version(definition=shape, at=clock.now()).version
