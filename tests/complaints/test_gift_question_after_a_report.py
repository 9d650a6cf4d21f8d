"""The one question after a report about the city: on its page for its reporter, and where the contact without an account leads."""

from datetime import timedelta
from typing import Any

import pytest
from django.test import Client

from complaints import operations
from services.casework import gifts
from services.casework.models import Case
from services.casework.policies import Bearer
from services.foundation import clock
from services.integrity.models import GiftCount
from services.notifications.models import Delivery
from services.outbox import delivery
from services.outbox import queries as outbox
from tests.factories import accounts
from tests.factories import complaints as reports

pytestmark = pytest.mark.django_db(transaction=True)


def deliver() -> None:
    while due := list(outbox.due(clock.now()).values_list("id", flat=True)):
        for message in due:
            delivery.deliver(message)


def solved(**wanted: Any) -> Case:
    intake = accounts.officer("Wulan Intake", "INTAKE")
    reviewer = accounts.officer("Rudi Lampu", "REVIEWER", agency_code="dishub")
    case = reports.answered_report(intake, reviewer, **wanted)
    return operations.solve_report(case, actor=Bearer(case.reference), at=clock.now())


def questions() -> list[str]:
    texts = [(row.body or {}).get("text", "") for row in Delivery.objects.order_by("created_at")]
    return [text for text in texts if "/gift/" in text]


def test_whoever_left_a_phone_is_asked_a_day_later_in_their_language() -> None:
    case = solved(contact_channel="SMS", contact_address="+6281234567890")
    deliver()
    assert questions() == []
    clock.move(timedelta(days=1, minutes=1))
    deliver()
    assert len(questions()) == 1
    assert gifts.address(case).rstrip("/") in questions()[0]
    assert "uang" in questions()[0]


def test_whoever_left_nothing_is_asked_on_the_page(client: Client) -> None:
    client.cookies["django_language"] = "en"
    case = solved()
    clock.move(timedelta(days=2))
    deliver()
    assert questions() == []
    here = f"/complaints/{case.reference}/dialogue/"
    client.post(here, {"passphrase": reports.PASSPHRASE})
    page = client.get(here).content.decode()
    assert f'action="{gifts.address(case)}"' in page
    client.post(gifts.address(case), {"answer": "NO"})
    assert GiftCount.objects.get().service == "pengaduan"
    assert "your answer was counted" in client.get(here).content.decode()


def test_a_confidential_report_is_followed_by_no_question() -> None:
    solved(visibility="CONFIDENTIAL", contact_channel="SMS", contact_address="+6281234567890")
    clock.move(timedelta(days=2))
    deliver()
    assert questions() == []
