"""The messages of the demo, read in the browser."""

import pytest
from django.test import Client

from services.accounts.models import User
from services.notifications.models import Delivery
from tests.factories import notifications

IN_THE_DEMO = pytest.mark.urls("tests.portal.demo_urls")


@pytest.mark.django_db
@pytest.mark.parametrize("path", ["/demo/outbox/", "/demo/gallery/"])
def test_outside_the_demo_nothing_of_it_exists(client: Client, path: str) -> None:
    assert client.get(path).status_code == 404


@IN_THE_DEMO
@pytest.mark.django_db
def test_an_empty_outbox_says_what_to_do(client: Client) -> None:
    assert "Nothing was sent yet" in client.get("/demo/outbox/", headers={"Accept-Language": "en"}).text


@IN_THE_DEMO
def test_anybody_reads_what_was_said_to_whom(client: Client, citizen: User) -> None:
    delivery = notifications.notice_to(citizen).deliveries.get(channel="SMS")

    page = client.get("/demo/outbox/").text

    assert delivery.address in page
    assert notifications.REFERENCE in page


@IN_THE_DEMO
def test_a_mail_is_shown_with_its_layout_and_can_do_nothing(client: Client, citizen: User) -> None:
    delivery = notifications.notice_to(citizen).deliveries.get(channel="EMAIL")

    answer = client.get(f"/demo/outbox/{delivery.id}/")

    assert "<html" in answer.text
    assert "default-src 'none'" in answer["Content-Security-Policy"]


@IN_THE_DEMO
def test_an_sms_has_no_layout(client: Client, citizen: User) -> None:
    delivery = notifications.notice_to(citizen).deliveries.get(channel="SMS")

    assert client.get(f"/demo/outbox/{delivery.id}/").status_code == 404


@IN_THE_DEMO
def test_a_long_outbox_has_pages(client: Client, citizen: User) -> None:
    for number in range(16):
        notifications.notice_to(citizen, key=str(number))

    first = client.get("/demo/outbox/")
    second = client.get(f"/demo/outbox/{first.context['next_url']}")

    shown = {delivery.id for page in (first, second) for delivery in page.context["deliveries"]}
    assert shown == set(Delivery.objects.values_list("id", flat=True))
    assert second.context["first_url"] == "/demo/outbox/"
