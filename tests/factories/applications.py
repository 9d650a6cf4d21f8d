"""Forms of every kind, and applications on the way to being sent."""

from typing import Any

from services.catalogue.definition import Question, QuestionGroup, ServiceDefinition
from services.catalogue.models import ServiceVersion
from services.government.models import District
from tests.factories import catalogue
from tests.factories.catalogue import said

SLUG = "izin-lengkap"
NIK = "3578015502900000"
GENTENG = "35.78.07"
TWO_CHOICES = [
    {"value": "shop", "label": said("Toko", "Shop")},
    {"value": "home", "label": said("Rumah", "Home")},
]


def question(key: str, kind: str, **more: Any) -> Question:
    """One question, labelled by its key."""
    return Question.model_validate(asked(key, kind, **more))


def group(*questions: dict[str, Any], key: str = "group", **more: Any) -> QuestionGroup:
    """One group of questions as `asked` makes them."""
    return QuestionGroup.model_validate(
        {"key": key, "title": said(key.title()), "questions": list(questions), **more}
    )


def asked(key: str, kind: str, **more: Any) -> dict[str, Any]:
    """A question as a pack holds it; choices where the kind needs them."""
    choices = TWO_CHOICES if kind in {"choice", "many"} else []
    return {
        "key": key,
        "kind": kind,
        "label": said(key.replace("_", " ").capitalize()),
        "choices": choices,
        **more,
    }


EVERY_KIND = [
    asked("title", "text", max_length=40),
    asked("story", "long_text", required=False),
    asked("guests", "number", minimum=1, maximum=500),
    asked("cost", "money", required=False),
    asked("starts_on", "date", earliest="tomorrow"),
    asked("has_music", "yes_no"),
    asked("music_kind", "text", when={"question": "has_music", "one_of": ["yes"]}),
    asked("place_kind", "choice"),
    asked("goods", "many", required=False),
    asked("owner_nik", "nik"),
    asked("contact", "phone"),
]

GROUPS = [
    {"key": "event", "title": said("Acara", "Event"), "questions": EVERY_KIND},
    {
        "key": "place",
        "title": said("Tempat", "Place"),
        "questions": [asked("site", "address"), asked("spot", "point", required=False)],
    },
    {
        "key": "team",
        "title": said("Tim", "Team"),
        "item_name": said("Anggota", "Member"),
        "repeated": True,
        "maximum_times": 3,
        "questions": [asked("member", "text"), asked("member_nik", "nik", required=False)],
    },
    {
        "key": "shop",
        "title": said("Toko", "Shop"),
        "when": {"question": "place_kind", "one_of": ["shop"]},
        "questions": [asked("shop_name", "text")],
    },
]

DOCUMENTS = [
    {"key": "ktp", "title": said("KTP", "Identity card"), "maximum_pages": 3},
    {
        "key": "lease",
        "title": said("Surat sewa", "Lease"),
        "when": {"question": "place_kind", "one_of": ["shop"]},
    },
    {"key": "letter", "title": said("Surat lain", "Other letter"), "required": False},
]


def full_definition(**changes: Any) -> ServiceDefinition:
    """A service that asks every kind of question."""
    return ServiceDefinition.model_validate(catalogue.definition(**_changes(**changes)))


def full_service(**changes: Any) -> ServiceVersion:
    """The same, published, with two districts."""
    districts()
    return catalogue.published_version(**_changes(**changes))


def districts() -> None:
    """Two districts of Surabaya."""
    for code, name in ((GENTENG, "Genteng"), ("35.78.31", "Sambikerep")):
        District.objects.get_or_create(
            code=code, defaults={"name": name, "latitude": -7.26, "longitude": 112.74}
        )


def _changes(**changes: Any) -> dict[str, Any]:
    certificate = catalogue.definition()["certificate"] | {
        "fields": ["title"],
        "body": said("Diberikan untuk {title}."),
    }
    shape = {
        "slug": SLUG,
        "groups": GROUPS,
        "documents": DOCUMENTS,
        "certificate": certificate,
        "validity": {"days": 30},
    }
    return shape | changes


#: What a browser sends for the group "event", all filled in.
EVENT = {
    "q-title": "Pasar Malam",
    "q-story": "Dua hari.\r\nTiga panggung.",
    "q-guests": "250",
    "q-cost": "Rp1.500.000",
    "q-starts_on_day": "27",
    "q-starts_on_month": "3",
    "q-starts_on_year": "2099",
    "q-has_music": "yes",
    "q-music_kind": "Keroncong",
    "q-place_kind": "home",
    "q-goods": ["shop", "home"],
    "q-owner_nik": NIK,
    "q-contact": "0812 3456 7890",
}
PLACE = {
    "q-site__street": "Jl. Tunjungan 1",
    "q-site__rt": "004",
    "q-site__rw": "012",
    "q-site__district": GENTENG,
    "q-site__postcode": "60275",
    "q-spot__latitude": "-7,2575",
    "q-spot__longitude": "112.7521",
}
MEMBER = {"q-member": "Siti Aminah", "q-member_nik": ""}
