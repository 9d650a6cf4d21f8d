"""GeoReport v2: the public reports as the standard shows them; what is not public is not there in any way."""

from datetime import UTC, datetime, timedelta

import pytest
from django.test import Client
from django.utils.translation import override

from complaints import operations as complaints
from complaints.models import Complaint
from services.accounts.models import User
from services.foundation import clock
from tests.complaints.open311 import FORMATS, errors, get, ids, said, w3c
from tests.factories import complaints as reports

pytestmark = pytest.mark.usefixtures("small_city")

SENT_AT = datetime(2026, 11, 24, 1, 30, 15, 250_000, tzinfo=UTC)
DAY = timedelta(days=1)


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


def test_the_first_photo_of_a_report_is_named_and_found(client: Client, intake: User) -> None:
    case = reports.verified_report(intake, photos=2)
    first = case.documents.order_by("pk")[0].document_id

    (found,) = said(get(client, f"requests/{case.reference}.json"))

    assert found["media_url"] == f"http://testserver/complaints/{case.reference}/photos/{first}/"
    photo = client.get(found["media_url"])
    assert photo["Content-Type"].startswith("image/")
    assert photo.getvalue()


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
