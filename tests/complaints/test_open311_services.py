"""GeoReport v2: what can be reported, in JSON and in XML, as the standard's own examples show it."""

from datetime import datetime

import pytest
from django.test import Client

from complaints.models import Category
from complaints.open311 import endpoint
from services.foundation import clock
from tests.complaints.open311 import BASE, FORMATS, errors, get, said

pytestmark = pytest.mark.usefixtures("small_city")

XML = b'<?xml version="1.0" encoding="utf-8"?>\n'


def only(*codes: str) -> None:
    """Withdraw every other category, so that an answer can be read in one look."""
    Category.objects.exclude(code__in=codes).update(is_listed=False)


def test_the_list_of_services_in_json(client: Client) -> None:
    only("street-lights")

    response = get(client, "services.json", jurisdiction_id="surabaya")

    assert response["Content-Type"] == "application/json; charset=utf-8"
    assert said(response) == [
        {
            "service_code": "street-lights",
            "service_name": "Lampu Jalan",
            "description": "Lampu Jalan. Goes to: Office dishub.",
            "metadata": True,
            "type": "realtime",
            "keywords": "jalan,lampu,light,street",
            "group": "City",
        }
    ]


def test_the_list_of_services_in_xml(client: Client) -> None:
    only("street-lights")
    Category.objects.filter(code="street-lights").update(words=["lampu", "<b>"])

    response = get(client, "services.xml", language="id")

    assert response["Content-Type"] == "text/xml; charset=utf-8"
    assert response.content == XML + (
        b"<services><service>"
        b"<service_code>street-lights</service_code>"
        b"<service_name>Lampu jalan</service_name>"
        b"<description>Lampu jalan. Diteruskan ke: Dinas dishub.</description>"
        b"<metadata>true</metadata>"
        b"<type>realtime</type>"
        b"<keywords>lampu,&lt;b&gt;</keywords>"
        b"<group>Kota</group>"
        b"</service></services>"
    )


def test_a_withdrawn_category_is_no_service(client: Client) -> None:
    Category.objects.filter(code="waste").update(is_listed=False)

    assert "waste" not in {service["service_code"] for service in said(get(client, "services.json"))}
    assert get(client, "services/waste.json").status_code == 404


def test_the_definition_of_a_service_in_json(client: Client) -> None:
    definition = said(get(client, "services/street-lights.json"))

    district, visibility = definition["attributes"]
    assert definition["service_code"] == "street-lights"
    assert district == {
        "variable": True,
        "code": "district",
        "datatype": "singlevaluelist",
        "required": False,
        "datatype_description": "One of the keys.",
        "order": 1,
        "description": "District in which it is. Reports without one are sorted by hand.",
        "values": [{"key": "35.78.03", "name": "Rungkut"}, {"key": "35.78.08", "name": "Gubeng"}],
    }
    assert [value["key"] for value in visibility["values"]] == ["PUBLIC", "ANONYMOUS", "CONFIDENTIAL"]


def test_the_definition_of_a_confidential_service_asks_nobody_who_may_read(client: Client) -> None:
    response = get(client, "services/illegal-levy.xml")

    assert response.content.endswith(
        b"</attribute><attribute><variable>false</variable><code>visibility</code><datatype>string</datatype>"
        b"<required>false</required><datatype_description></datatype_description><order>2</order>"
        b"<description>Always confidential: only the office that receives it reads it.</description>"
        b"<values></values></attribute></attributes></service_definition>"
    )
    assert response.content.startswith(
        XML + b"<service_definition><service_code>illegal-levy</service_code><attributes>"
    )


def test_discovery_in_json(client: Client) -> None:
    found = said(get(client, "discovery.json"))

    assert found["contact"] == "City of Trial, api@uji.example"
    assert found["contact"] in found["key_service"]
    changed_at = found.pop("changeset")
    assert datetime.fromisoformat(changed_at) <= clock.now()
    assert found["endpoints"] == [
        {
            "specification": "http://wiki.open311.org/GeoReport_v2",
            "url": "http://testserver/open311/v2",
            "changeset": changed_at,
            "type": "production",
            "formats": ["text/xml", "application/json"],
        }
    ]


def test_discovery_in_xml(client: Client) -> None:
    found = said(get(client, "discovery.xml", language="id"))["discovery"]

    assert list(found) == ["changeset", "contact", "key_service", "endpoints"]
    (endpoint,) = found["endpoints"]
    assert endpoint["endpoint"]["formats"] == [{"format": "text/xml"}, {"format": "application/json"}]


def test_the_address_that_people_are_given_leads_to_discovery(client: Client) -> None:
    assert client.get(f"{BASE}/")["Location"] == f"{BASE}/discovery.json"


@pytest.mark.parametrize("given", ["surabaya", "Surabaya", "testserver", ""])
def test_our_own_jurisdiction_may_be_named(client: Client, given: str) -> None:
    assert get(client, "services.json", jurisdiction_id=given).status_code == 200


@pytest.mark.parametrize("form", FORMATS)
@pytest.mark.parametrize("address", ["services", "services/waste"])
def test_another_jurisdiction_is_not_found(client: Client, address: str, form: str) -> None:
    response = get(client, f"{address}.{form}", jurisdiction_id="city.gov")

    assert response.status_code == 404
    assert errors(response) == [
        (404, "jurisdiction_id: “city.gov” is not served here. Leave it out, or send surabaya.")
    ]


def test_an_error_in_xml_is_as_the_standard_shows_it(client: Client) -> None:
    response = get(client, "services/<dragons>.xml")

    assert response["Content-Type"] == "text/xml; charset=utf-8"
    assert (
        response.content
        == XML
        + (
            "<errors><error><code>404</code><description>service_code: there is no “&lt;dragons&gt;”. "
            "The codes that can be used are in services.json.</description></error></errors>"
        ).encode()
    )


def test_an_error_in_json_is_as_the_standard_shows_it(client: Client) -> None:
    response = get(client, "services/dragons.json", language="id")

    assert response["Content-Type"] == "application/json; charset=utf-8"
    assert said(response) == [
        {
            "code": 404,
            "description": "service_code: tidak ada “dragons”. Kode yang dapat dipakai ada di services.json.",
        }
    ]


@pytest.mark.parametrize("address", ["services", "services.csv", "tokens/1.xml", "a/b/c.xml", "SERVICES.xml"])
def test_any_other_address_is_not_found(client: Client, address: str) -> None:
    response = get(client, address)

    assert response.status_code == 404
    assert response["Content-Type"] == "text/xml; charset=utf-8"
    assert errors(response)[0][0] == 404


def test_any_other_address_answers_in_json_where_json_is_asked(client: Client) -> None:
    assert errors(get(client, "tokens/1.json"))[0][0] == 404


@pytest.mark.parametrize("form", FORMATS)
@pytest.mark.parametrize("method", ["post", "put", "delete", "patch", "options"])
def test_another_method_is_refused(client: Client, method: str, form: str) -> None:
    response = getattr(client, method)(f"{BASE}/services.{form}")

    assert response.status_code == 405
    assert response["Allow"] == "GET, HEAD"
    assert errors(response)[0][0] == 405


@pytest.mark.parametrize("form", FORMATS)
def test_whoever_asks_without_end_is_told_to_wait(
    client: Client, monkeypatch: pytest.MonkeyPatch, form: str
) -> None:
    monkeypatch.setattr(endpoint, "RATE", "2/m/ip")
    for _call in range(2):
        assert get(client, "services.json").status_code == 200

    response = get(client, f"discovery.{form}")

    assert response.status_code == 429
    assert response["Retry-After"] == "60"
    assert errors(response) == [(429, "Too many calls in a short time. Try again in 60 seconds.")]


def test_browsers_of_other_sites_may_read(client: Client) -> None:
    assert get(client, "services.json")["Access-Control-Allow-Origin"] == "*"


def test_a_character_that_xml_has_not_is_replaced(client: Client) -> None:
    Category.objects.filter(code="waste").update(name={"id": "Pohon\x0b\ud83c\udf33"})

    names = [row["service"]["service_name"] for row in said(get(client, "services.xml"))["services"]]

    assert "Pohon\ufffd\U0001f333" in names


@pytest.mark.parametrize("address", ["services.xml", "services/waste.json"])
def test_the_number_of_queries_is_fixed(
    client: Client, django_assert_num_queries: object, address: str
) -> None:
    get(client, address)

    with django_assert_num_queries(1 if "/" not in address else 2):  # type: ignore[operator]
        get(client, address)
