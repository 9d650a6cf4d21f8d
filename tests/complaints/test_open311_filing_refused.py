"""GeoReport v2: every field of a new request that is wrong is told in the standard's form, in JSON and in XML."""

from typing import Any

import pytest

from complaints.models import Category
from complaints.open311 import filing
from services.casework.models import Case
from tests.complaints.open311 import BASE, FORMATS, Program, errors, post

pytestmark = pytest.mark.usefixtures("small_city")


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
    sender: Program, secret: str, fields: dict[str, Any], status: int, description: str, form: str
) -> None:
    response = post(sender, secret, form, **fields)

    assert response.status_code == status
    told = description.replace("\x00", "\ufffd") if form == "xml" else description
    assert errors(response) == [(status, told)]
    assert not Case.objects.exists()


@pytest.mark.parametrize("form", FORMATS)
def test_all_mistakes_are_told_at_once(sender: Program, secret: str, form: str) -> None:
    response = post(sender, secret, form, lat="x", email="x", **{"attribute[district]": "x"})

    assert [description.split(":")[0] for _code, description in errors(response)] == [
        *("lat", "email", "attribute[district]")
    ]


def test_a_withdrawn_category_is_not_found(sender: Program, secret: str) -> None:
    Category.objects.filter(code="waste").update(is_listed=False)

    assert post(sender, secret, service_code="waste").status_code == 404


@pytest.mark.parametrize("form", FORMATS)
@pytest.mark.parametrize(
    ("content_type", "body"),
    [
        ("application/json", b"{}"),
        ("multipart/form-data; boundary=x", b"--x--"),
        ("text/xml", b"<request/>"),
    ],
)
def test_another_encoding_is_refused(sender: Program, content_type: str, body: bytes, form: str) -> None:
    response = sender.post(f"{BASE}/requests.{form}", body, content_type=content_type)

    assert response.status_code == 400
    assert "application/x-www-form-urlencoded" in errors(response)[0][1]


def test_words_in_another_encoding_are_told(sender: Program, secret: str) -> None:
    body = f"api_key={secret}&service_code=waste&address_string=x&description=%E9".encode()

    response = sender.post(f"{BASE}/requests.json", body, headers={"accept-language": "en"})

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
    sender: Program, content_type: str, body: bytes, form: str
) -> None:
    response = sender.post(f"{BASE}/requests.{form}", body, content_type=content_type)

    assert response.status_code == 400
    assert errors(response)[0][0] == 400
