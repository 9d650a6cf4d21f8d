"""GeoReport v2: the filters of the list of requests; each that is wrong is told in the standard's form."""

from datetime import UTC, date, datetime, timedelta

import pytest
from django.test import Client

from complaints import operations as complaints
from complaints.models import Category
from services.accounts.models import User
from services.foundation import clock
from tests.complaints.open311 import FORMATS, errors, get, ids, w3c
from tests.factories import complaints as reports

pytestmark = pytest.mark.usefixtures("small_city")

SENT_AT = datetime(2026, 11, 24, 1, 30, 15, 250_000, tzinfo=UTC)
DAY = timedelta(days=1)


@pytest.fixture
def intake(intake: User) -> User:
    """In office for years, since some reports here are old."""
    intake.memberships.update(valid_from=date(2020, 1, 1))
    return intake


def test_the_newest_come_first(client: Client, intake: User) -> None:
    cases = [reports.verified_report(intake, at=clock.now() - days * DAY) for days in (3, 1, 2)]

    oldest, newest, middle = (case.reference for case in cases)
    assert ids(get(client, "requests.json")) == [newest, middle, oldest]


def test_only_the_last_90_days_are_told_unless_others_are_asked_for(client: Client, intake: User) -> None:
    old = reports.verified_report(intake, at=clock.now() - 91 * DAY)
    new = reports.verified_report(intake, at=clock.now() - 89 * DAY)

    assert ids(get(client, "requests.json")) == [new.reference]
    start = w3c(clock.now() - 92 * DAY)
    assert ids(get(client, "requests.json", start_date=start)) == [new.reference, old.reference]
    assert ids(get(client, "requests.json", end_date=w3c(clock.now() - 90 * DAY))) == [old.reference]
    span = {"start_date": start, "end_date": w3c(clock.now() - 90 * DAY)}
    assert ids(get(client, "requests.json", **span)) == [old.reference]


@pytest.mark.parametrize(
    "moment",
    [
        "2026-11-24T01:30:15Z",
        "2026-11-24T01:30:15.2Z",
        "2026-11-24T01:30Z",
        "2026-11-24T08:30:15+07:00",
        "2026-11-24T08:30:15 07:00",
    ],
)
def test_a_span_includes_both_ends_to_the_second(client: Client, intake: User, moment: str) -> None:
    case = reports.verified_report(intake, at=SENT_AT)

    assert ids(get(client, "requests.json", start_date=moment)) == [case.reference]
    if not moment.endswith(":30Z"):
        assert ids(get(client, "requests.json", end_date=moment)) == [case.reference]


def test_requests_of_some_services(client: Client, intake: User) -> None:
    light = reports.verified_report(intake)
    waste = reports.verified_report(intake, category="waste")

    assert ids(get(client, "requests.json", service_code="waste")) == [waste.reference]
    both = {light.reference, waste.reference}
    assert set(ids(get(client, "requests.json", service_code="waste, street-lights,"))) == both
    twice = client.get("/open311/v2/requests.json?service_code=waste&service_code=street-lights")
    assert set(ids(twice)) == both


def test_a_withdrawn_service_still_has_its_requests(client: Client, intake: User) -> None:
    case = reports.verified_report(intake, category="waste")
    Category.objects.filter(code="waste").update(is_listed=False)

    assert ids(get(client, "requests.json", service_code="waste")) == [case.reference]


def test_open_and_closed(client: Client, intake: User) -> None:
    going_on = reports.verified_report(intake)
    ended = reports.verified_report(intake)
    complaints.hand_over_report(ended, actor=intake, words="PLN", at=clock.now())

    assert ids(get(client, "requests.json", status="open")) == [going_on.reference]
    assert ids(get(client, "requests.json", status="closed")) == [ended.reference]
    for everything in ("", "open,closed", ","):
        assert len(ids(get(client, "requests.json", status=everything))) == 2


def test_numbers_override_all_else(client: Client, intake: User) -> None:
    old = reports.verified_report(intake, at=clock.now() - 400 * DAY)
    new = reports.verified_report(intake)
    wanted = f"{old.reference}, {new.reference},C-00000-00000"

    found = ids(get(client, "requests.json", service_request_id=wanted, status="never", start_date="x"))

    assert found == [new.reference, old.reference]


def test_pages(client: Client, intake: User) -> None:
    cases = [reports.verified_report(intake, at=clock.now() - days * DAY).reference for days in range(5)]

    assert ids(get(client, "requests.json", page_size="2")) == cases[:2]
    assert ids(get(client, "requests.json", page_size="2", page="3")) == cases[4:]
    assert ids(get(client, "requests.json", page_size="2", page="4")) == []


@pytest.mark.parametrize("form", FORMATS)
@pytest.mark.parametrize(
    ("fields", "status", "descriptions"),
    [
        ({"status": "solved"}, 400, ["status: “solved” is neither open nor closed."]),
        ({"page": "0"}, 400, ["page: “0” is no whole number from 1 to 10000."]),
        ({"page": "-1"}, 400, ["page: “-1” is no whole number from 1 to 10000."]),
        ({"page": "٣"}, 400, ["page: “٣” is no whole number from 1 to 10000."]),
        ({"page_size": "1001"}, 400, ["page_size: “1001” is no whole number from 1 to 1000."]),
        (
            {"page": "11"},
            400,
            ["page: Pages reach 10000 requests. For older ones, give an earlier end_date."],
        ),
        (
            {"start_date": "2026-11-24"},
            400,
            [
                (
                    "start_date: “2026-11-24” is no moment. Write it as 2026-01-31T00:00:00Z "
                    "or 2026-01-31T07:00:00+07:00."
                )
            ],
        ),
        (
            {"start_date": "2026-06-01T00:00:00Z", "end_date": "2026-01-01T00:00:00Z"},
            400,
            ["start_date: This lies after end_date."],
        ),
        (
            {"start_date": "2026-01-01T00:00:00Z", "end_date": "2026-04-02T00:00:00Z"},
            400,
            ["end_date: At most 90 days may lie between start_date and end_date."],
        ),
        (
            {"service_code": "dragons"},
            404,
            ["service_code: there is no “dragons”. The codes that can be used are in services.json."],
        ),
        (
            {"service_request_id": "C-00000-00001"},
            400,
            ["service_request_id: “C-00000-00001” has a typing error. A number looks like C-7K3F9-QXM2E."],
        ),
        (
            {"service_request_id": ",".join(map(str, range(1001)))},
            400,
            ["service_request_id: At most 1000 at once."],
        ),
        (
            {"jurisdiction_id": "city.gov"},
            404,
            ["jurisdiction_id: “city.gov” is not served here. Leave it out, or send surabaya."],
        ),
    ],
)
def test_every_parameter_that_is_wrong_is_told(
    client: Client, fields: dict[str, str], status: int, descriptions: list[str], form: str
) -> None:
    response = get(client, f"requests.{form}", **fields)

    assert response.status_code == status
    assert errors(response) == [(status, description) for description in descriptions]


@pytest.mark.parametrize("name", ["start_date", "end_date"])
@pytest.mark.parametrize(
    "moment",
    [
        *("x", "2026-13-01T00:00:00Z", "2026-02-30T00:00:00Z", "2026-11-24T00:00:00", "2026-11-24T25:00:00Z"),
        *("0000-01-01T00:00:00Z", "0001-01-01T00:00:00+07:00", "9999-12-31T23:59:59-12:00", "\x00"),
        *("1764000000", "2026-11-24 00:00:00Z", "2026-11-24T00:00:00+99:00"),
    ],
)
def test_what_is_no_moment_is_told(client: Client, name: str, moment: str) -> None:
    response = get(client, "requests.json", **{name: moment})

    assert response.status_code == 400
    assert errors(response)[0][1].startswith(f"{name}: ")


@pytest.mark.parametrize("form", FORMATS)
def test_all_mistakes_are_told_at_once(client: Client, form: str) -> None:
    response = get(client, f"requests.{form}", status="x", page="x", page_size="x", start_date="x")

    assert [description.split(":")[0] for _code, description in errors(response)] == [
        *("start_date", "status", "page", "page_size")
    ]


def test_an_empty_parameter_is_none(client: Client, intake: User) -> None:
    case = reports.verified_report(intake)
    names = ("service_request_id", "service_code", "start_date", "end_date", "status", "page", "page_size")

    assert ids(get(client, "requests.json", **dict.fromkeys(names, ""))) == [case.reference]


@pytest.mark.parametrize("number", [1, 6])
def test_the_number_of_queries_is_fixed(
    client: Client, intake: User, django_assert_num_queries: object, number: int
) -> None:
    case = reports.verified_report(intake)
    for _each in range(number - 1):
        reports.verified_report(intake)
    get(client, "requests.xml")

    with django_assert_num_queries(1):  # type: ignore[operator]
        assert len(ids(get(client, "requests.json"))) == number
    with django_assert_num_queries(2):  # type: ignore[operator]
        get(client, "requests.xml", service_code="waste", status="open", page_size="10")
    with django_assert_num_queries(1):  # type: ignore[operator]
        get(client, f"requests/{case.reference}.xml")
