"""GeoReport v2: a program sends a report for somebody, with a key; every field that is wrong is told, and nothing is lost."""

import re
from datetime import timedelta
from typing import Any
from urllib.parse import urlencode

import pytest
from django.contrib.auth.hashers import check_password
from django.test import Client
from django.utils.translation import override
from pytest_django import Settings

from complaints import operations as complaints
from complaints import passphrases
from complaints.models import ApiKey, Category, Complaint
from complaints.open311 import filing
from complaints.operations import keys
from services.accounts.models import User
from services.casework import operations as casework
from services.casework.models import Case
from services.foundation import clock, sealing
from services.foundation.templatetags.bening import day
from services.government import queries as government
from services.government.models import Government
from tests.complaints.open311 import BASE, FORMATS, errors, get, said
from tests.factories.open311 import small_city

IDEMPOTENCY_KEY = "9b2f1c9e-6f0e-4b7e-9a57-3f1d3f3a4a10"
WORDS = "Lampu jalan mati sejak Senin."


@pytest.fixture(autouse=True)
def _city(db: None) -> None:
    small_city()


@pytest.fixture
def program() -> tuple[ApiKey, str]:
    return keys.make_key(name="Warga Peduli", contact="api@example.org", made_by=None, at=clock.now())


@pytest.fixture
def secret(program: tuple[ApiKey, str]) -> str:
    return program[1]


def post(client: Client, secret: str, form: str = "json", *, idempotency_key: str = "", **fields: Any) -> Any:
    """Send a report of a street light at an address, with these fields changed; None takes one away."""
    usual = {
        "api_key": secret,
        "service_code": "street-lights",
        "address_string": "Jalan Mawar 12",
        "description": WORDS,
    }
    headers = {"accept-language": "en"} | ({"idempotency-key": idempotency_key} if idempotency_key else {})
    body = {name: value for name, value in (usual | fields).items() if value is not None}
    return client.post(f"{BASE}/requests.{form}", body, headers=headers)


class Program(Client):
    """It has no token against forged forms, and encodes its forms as the standard asks."""

    def __init__(self) -> None:
        super().__init__(enforce_csrf_checks=True)

    def post(self, path: str, data: Any = None, content_type: str = filing.CONTENT_TYPE, **more: Any) -> Any:  # type: ignore[override]
        body = urlencode(data, doseq=True) if isinstance(data, dict) else data
        return super().post(path, body, content_type, **more)


@pytest.fixture
def client() -> Client:
    return Program()


def complaint_of(response: Any) -> Complaint:
    (row,) = said(response)
    return Complaint.objects.select_related("case").get(case__reference=row["service_request_id"])


def passphrase_in(response: Any) -> str:
    found = re.search(r"passphrase: ((?:\w+ ){4}\w+)\.", response.content.decode())
    assert found
    return found[1]


# What is answered


def test_a_new_request_in_json(client: Client, secret: str) -> None:
    response = post(client, secret)

    assert response.status_code == 201
    assert response["Content-Type"] == "application/json; charset=utf-8"
    case = Case.objects.get()
    assert said(response) == [
        {
            "service_request_id": case.reference,
            "service_notice": f"The complaints office reads it by {day_of(case)} at the latest.\n"
            "After that everybody can read it.\n"
            f"Keep the number and this passphrase: {passphrase_in(response)}. "
            "With both you read the answer and write to the office: http://testserver/track/",
        }
    ]


def day_of(case: Case) -> str:
    with override("en"):
        return day(case.due_at)


def test_a_new_request_in_xml(client: Client, secret: str) -> None:
    response = post(client, secret, "xml")

    assert response.status_code == 201
    assert response["Content-Type"] == "text/xml; charset=utf-8"
    assert re.fullmatch(
        r'<\?xml version="1.0" encoding="utf-8"\?>\n'
        "<service_requests><request>"
        "<service_request_id>C-[0-9A-Z]{5}-[0-9A-Z]{5}</service_request_id>"
        "<service_notice>[^<]+</service_notice>"
        "</request></service_requests>",
        response.content.decode(),
    )


def test_what_was_said_is_kept(client: Client, secret: str) -> None:
    response = post(
        client,
        secret,
        lat="-7.27",
        long="112.75",
        description="Gelap.\r\nSudah <b>lama</b>.",
        phone="0812 3456 7890",
        **{"attribute[district]": "35.78.08", "attribute[visibility]": "ANONYMOUS"},
    )

    report = complaint_of(response)
    assert report.words == "Gelap.\nSudah <b>lama</b>."
    assert (report.place, report.latitude, report.longitude) == ("Jalan Mawar 12", -7.27, 112.75)
    assert (report.visibility, report.language, report.shows_name) == ("ANONYMOUS", "en", False)
    assert report.case.district is not None
    assert report.case.district.name == "Gubeng"
    assert report.case.applicant is None
    assert report.contact_channel == "SMS"
    assert sealing.unseal(report.contact_sealed or b"", bound_to=report.seal_binding) == "+6281234567890"
    assert check_password(passphrase_in(response), report.passphrase_hash)


def test_an_email_comes_before_a_phone_and_a_point_suffices(client: Client, secret: str) -> None:
    response = post(
        client,
        secret,
        address_string=None,
        description=None,
        lat="-7.27",
        long="112.75",
        email="Siti@Example.org",
        phone="081234567890",
    )

    report = complaint_of(response)
    assert sealing.unseal(report.contact_sealed or b"", bound_to=report.seal_binding) == "Siti@Example.org"
    assert report.words == "Lampu Jalan"
    assert report.place == ""
    assert "Not kept: phone." in response.content.decode()


def test_what_has_no_place_here_is_said(client: Client, secret: str) -> None:
    response = post(
        client,
        secret,
        first_name="Siti",
        last_name="Aminah",
        device_id="tt222111",
        account_id="123456",
        media_url="https://photos.example.org/1.jpg",
    )

    notice = said(response)[0]["service_notice"]
    assert notice.endswith("Not kept: first_name, last_name, account_id, device_id, media_url.")
    report = complaint_of(response)
    kept = " ".join(str(value) for value in vars(report).values()) + str(report.case.answers)
    assert "Siti" not in kept
    assert "photos.example.org" not in kept


def test_a_point_outside_of_the_region_is_received_and_told(client: Client, secret: str) -> None:
    square = [[112.0, -8.0], [113.0, -8.0], [113.0, -7.0], [112.0, -7.0], [112.0, -8.0]]
    Government.objects.update(map={"outline": {"type": "Polygon", "coordinates": [square]}})
    government.forget_government()

    response = post(client, secret, lat="-6.9", long="112.5")

    assert complaint_of(response).is_outside
    assert "outside our region" in said(response)[0]["service_notice"]
    assert not complaint_of(post(client, secret, lat="-7.5", long="112.5")).is_outside


def test_danger_to_life_is_answered_with_the_number_to_call(client: Client, secret: str) -> None:
    response = post(client, secret, description="Ada kabel putus di jalan!")

    assert said(response)[0]["service_notice"].startswith("Is a life in danger? Call 112 now")


# Who reads it


def test_a_request_is_listed_once_it_was_verified(client: Client, secret: str, intake: User) -> None:
    report = complaint_of(post(client, secret))
    assert said(get(client, "requests.json")) == []

    case = casework.take_case(report.case, actor=intake, reason_code="COUNTER", at=clock.now())
    complaints.verify_report(case, actor=intake, category=report.category, agency=None, at=clock.now())

    (listed,) = said(get(client, "requests.json"))
    assert listed["service_request_id"] == case.reference


@pytest.mark.parametrize(
    "fields", [{"service_code": "illegal-levy"}, {"attribute[visibility]": "CONFIDENTIAL"}]
)
def test_a_confidential_request_gets_its_number_and_is_never_listed(
    client: Client, secret: str, intake: User, fields: dict[str, str]
) -> None:
    response = post(client, secret, **fields)

    (row,) = said(response)
    assert row.keys() == {"service_request_id", "service_notice"}
    assert "It is confidential and is listed nowhere." in row["service_notice"]
    report = complaint_of(response)
    assert report.case.is_confidential
    case = casework.take_case(report.case, actor=intake, reason_code="COUNTER", at=clock.now())
    complaints.verify_report(case, actor=intake, category=report.category, agency=None, at=clock.now())
    assert said(get(client, "requests.json")) == []
    assert get(client, f"requests/{case.reference}.json").status_code == 404


def test_the_category_has_the_last_word_on_who_reads(client: Client, secret: str) -> None:
    response = post(client, secret, service_code="illegal-levy", **{"attribute[visibility]": "PUBLIC"})

    assert complaint_of(response).visibility == "CONFIDENTIAL"


# Keys


@pytest.mark.parametrize("form", FORMATS)
@pytest.mark.parametrize(
    ("given", "description"),
    [
        (None, "api_key: is missing. discovery.json says where to ask for one."),
        ("", "api_key: is missing. discovery.json says where to ask for one."),
        ("nothing", "api_key: This key is not known, or it was revoked. Ask for a new one."),
    ],
)
def test_without_a_good_key_nothing_is_received(
    client: Client, given: str | None, description: str, form: str
) -> None:
    response = post(client, "", form, api_key=given)

    assert response.status_code == 403
    assert errors(response) == [(403, description)]
    assert not Case.objects.exists()


def test_a_revoked_key_is_refused(client: Client, program: tuple[ApiKey, str], administrator: User) -> None:
    key, secret = program
    keys.revoke_key(key, revoked_by=administrator, reason="Sold", at=clock.now())

    assert post(client, secret).status_code == 403


def test_a_key_in_the_address_does_not_count(client: Client, secret: str) -> None:
    response = client.post(f"{BASE}/requests.json?api_key={secret}", {"service_code": "street-lights"})

    assert response.status_code == 403


def test_the_use_of_a_key_is_noted(client: Client, program: tuple[ApiKey, str]) -> None:
    key, secret = program

    post(client, secret)

    key.refresh_from_db()
    assert key.last_used_at is not None
    assert clock.now() - key.last_used_at < timedelta(minutes=1)


def test_where_no_key_is_needed_none_is_asked_for_and_a_wrong_one_is_still_refused(
    client: Client, settings: Settings
) -> None:
    settings.OPEN311_KEY_REQUIRED = False

    assert post(client, "", api_key=None).status_code == 201
    assert post(client, "nothing").status_code == 403


# The same call again


def test_the_same_call_again_gets_the_same_answer(client: Client, secret: str) -> None:
    first = post(client, secret, idempotency_key=IDEMPOTENCY_KEY)
    second = post(client, secret, idempotency_key=IDEMPOTENCY_KEY)

    assert (first.status_code, second.status_code) == (201, 201)
    assert said(first) == said(second)
    assert check_password(passphrase_in(second), complaint_of(first).passphrase_hash)
    assert Case.objects.count() == 1


def test_the_same_call_with_other_words_is_another_report(client: Client, secret: str) -> None:
    first = post(client, secret, idempotency_key=IDEMPOTENCY_KEY)
    second = post(client, secret, idempotency_key=IDEMPOTENCY_KEY, description="Masih mati.")

    assert complaint_of(first).case != complaint_of(second).case


def test_the_same_call_of_another_program_is_another_report(client: Client, secret: str) -> None:
    _key, other = keys.make_key(name="Lain", contact="x", made_by=None, at=clock.now())
    first = post(client, secret, idempotency_key=IDEMPOTENCY_KEY)
    second = post(client, other, idempotency_key=IDEMPOTENCY_KEY)

    assert complaint_of(first).case != complaint_of(second).case
    assert passphrase_in(first) != passphrase_in(second)


def test_without_an_idempotency_key_every_call_is_a_report(client: Client, secret: str) -> None:
    assert said(post(client, secret)) != said(post(client, secret))


def test_a_passphrase_drawn_from_a_secret_is_like_any_other() -> None:
    drawn = passphrases.drawn_from(bytes(range(32)))

    assert drawn == passphrases.drawn_from(bytes(range(32))) != passphrases.drawn_from(bytes(range(1, 33)))
    assert len(drawn.split()) == passphrases.LENGTH
    assert set(drawn.split()) <= set(passphrases.WORDS)


# What is wrong


@pytest.mark.parametrize("form", FORMATS)
@pytest.mark.parametrize(
    ("fields", "status", "description"),
    [
        (
            {"service_code": None},
            400,
            "service_code: is missing. The codes that can be used are in services.json.",
        ),
        (
            {"service_code": "dragons"},
            404,
            "service_code: there is no “dragons”. The codes that can be used are in services.json.",
        ),
        (
            {"jurisdiction_id": "city.gov"},
            404,
            "jurisdiction_id: “city.gov” is not served here. Leave it out, or send surabaya.",
        ),
        (
            {"address_string": None},
            400,
            "address_string: Say where it is: lat and long, or address_string.",
        ),
        (
            {"address_string": None, "address_id": "12"},
            400,
            "address_string: Say where it is: lat and long, or address_string.",
        ),
        ({"lat": "-7.2"}, 400, "long: A point needs both lat and long."),
        ({"long": "112.7"}, 400, "lat: A point needs both lat and long."),
        ({"lat": "x", "long": "112.7"}, 400, "lat: Enter a number."),
        ({"lat": "nan", "long": "112.7"}, 400, "lat: Enter a number."),
        ({"lat": "91", "long": "0"}, 400, "lat: Ensure this value is less than or equal to 90."),
        ({"lat": "0", "long": "-181"}, 400, "long: Ensure this value is greater than or equal to -180."),
        (
            {"description": "x" * 4001},
            400,
            "description: Ensure this value has at most 4000 characters (it has 4001).",
        ),
        ({"description": "a\x00b"}, 400, "description: Null characters are not allowed."),
        (
            {"address_string": "x" * 301},
            400,
            "address_string: Ensure this value has at most 300 characters (it has 301).",
        ),
        ({"email": "siti"}, 400, "email: Enter a valid email address."),
        (
            {"phone": "12"},
            400,
            "phone: This phone number cannot be reached. Type it as 0812 3456 7890 or with + and the country code.",
        ),
        ({"media_url": "not a url"}, 400, "media_url: Enter a valid URL."),
        (
            {"attribute[district]": "99"},
            400,
            "attribute[district]: “99” is not one of the keys in the definition of the service.",
        ),
        (
            {"attribute[district]": "\x00"},
            400,
            "attribute[district]: “\x00” is not one of the keys in the definition of the service.",
        ),
        (
            {"attribute[visibility]": "public"},
            400,
            "attribute[visibility]: “public” is not one of the keys in the definition of the service.",
        ),
        (
            {"attribute[visibility][]": ["PUBLIC", "ANONYMOUS"]},
            400,
            "attribute[visibility][]: only one value may be chosen.",
        ),
        ({"attribute[WHISPAWN]": "1"}, 400, "attribute[WHISPAWN]: no service has such an attribute."),
        (
            {"idempotency_key": "1"},
            400,
            "Idempotency-Key: 16 to 200 letters and digits, for instance a UUID.",
        ),
    ],
)
def test_every_field_that_is_wrong_is_told(
    client: Client, secret: str, fields: dict[str, Any], status: int, description: str, form: str
) -> None:
    response = post(client, secret, form, **fields)

    assert response.status_code == status
    told = description.replace("\x00", "\ufffd") if form == "xml" else description
    assert errors(response) == [(status, told)]
    assert not Case.objects.exists()


@pytest.mark.parametrize("form", FORMATS)
def test_all_mistakes_are_told_at_once(client: Client, secret: str, form: str) -> None:
    response = post(client, secret, form, lat="x", email="x", **{"attribute[district]": "x"})

    assert [description.split(":")[0] for _code, description in errors(response)] == [
        *("lat", "email", "attribute[district]")
    ]


def test_a_withdrawn_category_is_not_found(client: Client, secret: str) -> None:
    Category.objects.filter(code="waste").update(is_listed=False)

    assert post(client, secret, service_code="waste").status_code == 404


@pytest.mark.parametrize("form", FORMATS)
@pytest.mark.parametrize(
    ("content_type", "body"),
    [
        ("application/json", b"{}"),
        ("multipart/form-data; boundary=x", b"--x--"),
        ("text/xml", b"<request/>"),
    ],
)
def test_another_encoding_is_refused(client: Client, content_type: str, body: bytes, form: str) -> None:
    response = client.post(f"{BASE}/requests.{form}", body, content_type=content_type)

    assert response.status_code == 400
    assert "application/x-www-form-urlencoded" in errors(response)[0][1]


def test_words_in_another_encoding_are_told(client: Client, secret: str) -> None:
    body = f"api_key={secret}&service_code=waste&address_string=x&description=%E9".encode()

    response = client.post(f"{BASE}/requests.json", body, headers={"accept-language": "en"})

    assert errors(response) == [(400, "description: is not UTF-8.")]


@pytest.mark.parametrize(
    ("content_type", "body"),
    [
        (f"{filing.CONTENT_TYPE}; charset=latin-1", b"api_key=x"),
        (filing.CONTENT_TYPE, b"&".join(b"a=1" for _ in range(501))),
        (filing.CONTENT_TYPE, b"description=" + b"x" * (2 * 1024 * 1024 + 1)),
    ],
)
@pytest.mark.parametrize("form", FORMATS)
def test_a_form_that_cannot_be_read_is_told(
    client: Client, content_type: str, body: bytes, form: str
) -> None:
    response = client.post(f"{BASE}/requests.{form}", body, content_type=content_type)

    assert response.status_code == 400
    assert errors(response)[0][0] == 400


# Limits


def test_one_address_that_sends_without_end_is_told_to_wait(
    client: Client, secret: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(filing, "RATE_OF_ADDRESS", "2/m/ip")
    assert [post(client, secret).status_code for _call in range(3)] == [201, 201, 429]

    response = post(client, secret, "xml")

    assert response["Retry-After"] == "60"
    assert errors(response)[0][0] == 429
    assert Case.objects.count() == 2


def test_one_key_that_sends_without_end_is_told_to_wait_from_wherever(
    client: Client, secret: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(filing, "RATE_OF_KEY", "1/m/key")
    _key, other = keys.make_key(name="Lain", contact="x", made_by=None, at=clock.now())

    assert [post(client, key).status_code for key in (secret, secret, other)] == [201, 429, 201]


def test_keys_are_not_guessed(client: Client, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(filing, "RATE_OF_ADDRESS", "2/m/ip")

    assert [post(client, f"bng_{number}").status_code for number in range(3)] == [403, 403, 429]
