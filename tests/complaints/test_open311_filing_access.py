"""Who may send by GeoReport v2, how often, and who reads what was sent."""

from datetime import timedelta

import pytest
from pytest_django import Settings

from complaints import operations as complaints
from complaints.models import ApiKey
from complaints.open311 import filing
from complaints.operations import keys
from services.accounts.models import User
from services.casework import operations as casework
from services.casework.models import Case
from services.foundation import clock
from tests.complaints.open311 import BASE, FORMATS, Program, complaint_of, errors, get, post, said

pytestmark = pytest.mark.usefixtures("small_city")


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
    sender: Program, given: str | None, description: str, form: str
) -> None:
    response = post(sender, "", form, api_key=given)

    assert response.status_code == 403
    assert errors(response) == [(403, description)]
    assert not Case.objects.exists()


def test_a_revoked_key_is_refused(sender: Program, program: tuple[ApiKey, str], administrator: User) -> None:
    key, secret = program
    keys.revoke_key(key, revoked_by=administrator, reason="Sold", at=clock.now())

    assert post(sender, secret).status_code == 403


def test_a_key_in_the_address_does_not_count(sender: Program, secret: str) -> None:
    response = sender.post(f"{BASE}/requests.json?api_key={secret}", {"service_code": "street-lights"})

    assert response.status_code == 403


def test_the_use_of_a_key_is_noted(sender: Program, program: tuple[ApiKey, str]) -> None:
    key, secret = program

    post(sender, secret)

    key.refresh_from_db()
    assert key.last_used_at is not None
    assert clock.now() - key.last_used_at < timedelta(minutes=1)


def test_where_no_key_is_needed_none_is_asked_for_and_a_wrong_one_is_still_refused(
    sender: Program, settings: Settings
) -> None:
    settings.OPEN311_KEY_REQUIRED = False

    assert post(sender, "", api_key=None).status_code == 201
    assert post(sender, "nothing").status_code == 403


# Limits


def test_one_address_that_sends_without_end_is_told_to_wait(
    sender: Program, secret: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(filing, "RATE_OF_ADDRESS", "2/m/ip")
    assert [post(sender, secret).status_code for _call in range(3)] == [201, 201, 429]

    response = post(sender, secret, "xml")

    assert response["Retry-After"] == "60"
    assert errors(response)[0][0] == 429
    assert Case.objects.count() == 2


def test_one_key_that_sends_without_end_is_told_to_wait_from_wherever(
    sender: Program, secret: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(filing, "RATE_OF_KEY", "1/m/key")
    _key, other = keys.make_key(name="Lain", contact="x", made_by=None, at=clock.now())

    assert [post(sender, key).status_code for key in (secret, secret, other)] == [201, 429, 201]


def test_keys_are_not_guessed(sender: Program, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(filing, "RATE_OF_ADDRESS", "2/m/ip")

    assert [post(sender, f"bng_{number}").status_code for number in range(3)] == [403, 403, 429]


# Who reads it


def test_a_request_is_listed_once_it_was_verified(sender: Program, secret: str, intake: User) -> None:
    report = complaint_of(post(sender, secret))
    assert said(get(sender, "requests.json")) == []

    case = casework.take_case(report.case, actor=intake, reason_code="COUNTER", at=clock.now())
    complaints.verify_report(case, actor=intake, category=report.category, agency=None, at=clock.now())

    (listed,) = said(get(sender, "requests.json"))
    assert listed["service_request_id"] == case.reference


@pytest.mark.parametrize(
    "fields", [{"service_code": "illegal-levy"}, {"attribute[visibility]": "CONFIDENTIAL"}]
)
def test_a_confidential_request_gets_its_number_and_is_never_listed(
    sender: Program, secret: str, intake: User, fields: dict[str, str]
) -> None:
    response = post(sender, secret, **fields)

    (row,) = said(response)
    assert row.keys() == {"service_request_id", "service_notice"}
    assert "It is confidential and is listed nowhere." in row["service_notice"]
    report = complaint_of(response)
    assert report.case.is_confidential
    case = casework.take_case(report.case, actor=intake, reason_code="COUNTER", at=clock.now())
    complaints.verify_report(case, actor=intake, category=report.category, agency=None, at=clock.now())
    assert said(get(sender, "requests.json")) == []
    assert get(sender, f"requests/{case.reference}.json").status_code == 404


def test_the_category_has_the_last_word_on_who_reads(sender: Program, secret: str) -> None:
    response = post(sender, secret, service_code="illegal-levy", **{"attribute[visibility]": "PUBLIC"})

    assert complaint_of(response).visibility == "CONFIDENTIAL"
