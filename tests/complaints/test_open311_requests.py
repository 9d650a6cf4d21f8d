"""GeoReport v2: the public reports, filtered as the standard says; what is not public is not there in any way."""

from datetime import UTC, date, datetime, timedelta
from typing import Any

import pytest
from django.test import Client
from django.utils import timezone
from django.utils.translation import override

from complaints import operations as complaints
from complaints.models import Category, Complaint
from services.accounts.models import User
from services.foundation import clock
from tests.complaints.open311 import FORMATS, errors, get, said
from tests.factories import complaints as reports
from tests.factories.open311 import small_city

SENT_AT = datetime(2026, 11, 24, 1, 30, 15, 250_000, tzinfo=UTC)
DAY = timedelta(days=1)


@pytest.fixture(autouse=True)
def _city(db: None) -> None:
    small_city()


@pytest.fixture
def intake(intake: User) -> User:
    """In office for years, since some reports here are old."""
    intake.memberships.update(valid_from=date(2020, 1, 1))
    return intake


def ids(response: Any) -> list[str]:
    """The numbers in an answer, in its order."""
    assert response.status_code == 200, response.content
    return [request["service_request_id"] for request in said(response)]


def w3c(at: datetime) -> str:
    return timezone.localtime(at).isoformat(timespec="seconds")


def test_a_request_in_json(client: Client, intake: User, foreign_reviewer: User) -> None:
    case = reports.assigned_report(intake, at=SENT_AT, latitude=-7.27, longitude=112.75)

    response = get(client, "requests.json")

    assert response["Content-Type"] == "application/json; charset=utf-8"
    assert said(response) == [
        {
            "service_request_id": case.reference,
            "status": "open",
            "status_notes": "The office has the report",
            "service_name": "Lampu Jalan",
            "service_code": "street-lights",
            "description": "Lampu jalan di depan rumah nomor 12 mati sejak Senin.",
            "agency_responsible": "Office dishub",
            "service_notice": "The office looks at it and answers you, or says what it will do and when.",
            "requested_datetime": "2026-11-24T08:30:15+07:00",
            "updated_datetime": "2026-11-24T08:30:15+07:00",
            "expected_datetime": "2026-12-01T23:59:59+07:00",
            "address": "Jalan Mawar 12, Gubeng",
            "address_id": None,
            "zipcode": None,
            "lat": -7.27,
            "long": 112.75,
            "media_url": None,
        }
    ]


def test_a_request_in_xml(client: Client, intake: User, foreign_reviewer: User) -> None:
    case = reports.answered_report(intake, foreign_reviewer, at=SENT_AT, words="Gelap <sekali> & lama")

    response = get(client, "requests.xml", language="id")

    assert response["Content-Type"] == "text/xml; charset=utf-8"
    with override("id"):
        station, following = str(case.current.station), str(case.current.next)
    assert response.content.decode() == (
        '<?xml version="1.0" encoding="utf-8"?>\n'
        "<service_requests><request>"
        f"<service_request_id>{case.reference}</service_request_id>"
        "<status>open</status>"
        f"<status_notes>{station}\nSudah diganti.</status_notes>"
        "<service_name>Lampu jalan</service_name>"
        "<service_code>street-lights</service_code>"
        "<description>Gelap &lt;sekali&gt; &amp; lama</description>"
        "<agency_responsible>Dinas dishub</agency_responsible>"
        f"<service_notice>{following}</service_notice>"
        "<requested_datetime>2026-11-24T08:30:15+07:00</requested_datetime>"
        "<updated_datetime>2026-11-24T08:30:15+07:00</updated_datetime>"
        "<expected_datetime></expected_datetime>"
        "<address>Jalan Mawar 12, Gubeng</address>"
        "<address_id></address_id><zipcode></zipcode><lat></lat><long></long><media_url></media_url>"
        "</request></service_requests>"
    )


def test_nothing_to_tell_is_an_empty_list(client: Client) -> None:
    reports.ready()

    assert said(get(client, "requests.json")) == []
    assert get(client, "requests.xml").content.endswith(b"<service_requests></service_requests>")


def test_one_request_is_found_by_its_number(client: Client, intake: User) -> None:
    case = reports.assigned_report(intake)
    reports.assigned_report(intake)

    assert ids(get(client, f"requests/{case.reference}.json")) == [case.reference]
    assert ids(get(client, f"requests/{case.reference.lower().replace('-', '')}.json")) == [case.reference]


@pytest.mark.parametrize("form", FORMATS)
@pytest.mark.parametrize("number", ["C-00000-00000", "P-7K3F9-QXM2E", "1234", "%00", "ö", "x" * 300])
def test_an_unknown_number_is_not_found(client: Client, number: str, form: str) -> None:
    response = get(client, f"requests/{number}.{form}")

    assert response.status_code == 404
    ((code, description),) = errors(response)
    assert (code, description[:20]) == (404, "service_request_id: ")


# What is public


@pytest.mark.parametrize("form", FORMATS)
def test_a_confidential_report_appears_nowhere(client: Client, intake: User, form: str) -> None:
    cases = [
        reports.assigned_report(intake, visibility="CONFIDENTIAL"),
        reports.assigned_report(intake, category="illegal-levy"),
        reports.received_report(),
    ]
    empty = get(client, f"requests.{form}").content
    queries: list[dict[str, str]] = [
        {},
        {"status": "open"},
        {"service_code": "illegal-levy"},
        {"service_code": "street-lights,illegal-levy"},
        {"service_request_id": ",".join(case.reference for case in cases)},
        {"page": "2"},
    ]

    for fields in queries:
        assert get(client, f"requests.{form}", **fields).content == empty
    for case in cases:
        answer = get(client, f"requests/{case.reference}.{form}")
        assert answer.status_code == 404
        unknown = get(client, f"requests/C-00000-00000.{form}").content.decode()
        assert answer.content.decode().replace(case.reference, "") == unknown.replace("C-00000-00000", "")


def test_a_report_becomes_public_when_it_was_verified(client: Client, intake: User) -> None:
    reports.received_report()
    verified = reports.verified_report(intake)

    assert ids(get(client, "requests.json")) == [verified.reference]


def test_what_was_taken_back_is_gone(client: Client, intake: User) -> None:
    case = reports.verified_report(intake)
    Complaint.objects.filter(case=case).update(published_at=None)

    assert ids(get(client, "requests.json")) == []
    assert get(client, f"requests/{case.reference}.json").status_code == 404


@pytest.mark.parametrize("visibility", ["PUBLIC", "ANONYMOUS"])
def test_no_person_stands_in_any_field(
    client: Client, intake: User, foreign_reviewer: User, citizen: User, visibility: str
) -> None:
    reports.answered_report(
        intake, foreign_reviewer, citizen, visibility=visibility, shows_name=visibility == "PUBLIC"
    )

    for form in FORMATS:
        answer = get(client, f"requests.{form}").content.decode()
        people = [citizen, intake, foreign_reviewer]
        for person in people:
            assert person.get_full_name() not in answer
            assert str(person.phone) not in answer
            assert str(person.email) not in answer
            assert str(person.pseudonym) not in answer


def test_a_duplicate_leads_to_the_first_report(client: Client, intake: User) -> None:
    first = reports.verified_report(intake)
    second = reports.verified_report(intake)
    complaints.mark_duplicate(second, actor=intake, reference=first.reference, at=clock.now())

    (found,) = said(get(client, f"requests/{second.reference}.json"))

    assert found["status"] == "closed"
    assert found["status_notes"] == f"Reported before by somebody else\nSee {first.reference}."
    assert found["expected_datetime"] is None


def test_a_closed_request_was_last_changed_when_it_was_closed(client: Client, intake: User) -> None:
    case = reports.verified_report(intake, at=SENT_AT)
    ended_at = SENT_AT + 3 * DAY
    complaints.hand_over_report(case, actor=intake, words="Ini wewenang PLN, hubungi 123.", at=ended_at)

    (found,) = said(get(client, f"requests/{case.reference}.json"))

    assert found["updated_datetime"] == w3c(ended_at)
    assert found["status_notes"] == "Somebody else is responsible\nIni wewenang PLN, hubungi 123."


# Filters


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
