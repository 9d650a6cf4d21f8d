"""One question after a case, on its page and by a link: did anyone ask for money or a gift beyond the tariff?"""

from datetime import timedelta
from typing import Any

import pytest
from django.test import Client

from permits import operations as permits
from services.accounts.models import User
from services.casework import gifts
from services.casework.models import Case
from services.foundation import clock
from services.integrity import operations as integrity
from services.integrity.models import GiftCount
from services.notifications.models import Delivery, Notice
from services.outbox import delivery
from services.outbox import queries as outbox
from services.outbox.models import Message
from tests.factories import casework as cases


@pytest.fixture(autouse=True)
def _in_english(client: Client) -> None:
    client.cookies["django_language"] = "en"


@pytest.fixture
def closed(citizen: User) -> Case:
    case = cases.submitted_application(citizen)
    return permits.withdraw_application(case, actor=citizen, at=clock.now())


def deliver() -> None:
    while due := list(outbox.due(clock.now()).values_list("id", flat=True)):
        for message in due:
            delivery.deliver(message)


def answers() -> list[str]:
    return list(GiftCount.objects.filter(number__gt=0).values_list("answer", flat=True))


def test_the_link_asks_and_counts_without_a_login(client: Client, closed: Case) -> None:
    address = gifts.address(closed)
    page = client.get(address).content.decode()
    assert "Did anyone ask you for money or a gift beyond the tariff?" in page
    thanks = client.post(address, {"answer": "NO"}).content.decode()
    assert "Thank you" in thanks
    assert answers() == ["NO"]


def test_a_yes_offers_a_report_with_the_reference_filled_in(client: Client, closed: Case) -> None:
    page = client.post(gifts.address(closed), {"answer": "YES"}).content.decode()
    assert "Will you tell us what happened?" in page
    assert 'action="/complaints/integrity/about/"' in page
    assert f'name="reference" value="{closed.reference}"' in page


def test_it_is_answered_once(client: Client, closed: Case) -> None:
    address = gifts.address(closed)
    client.post(address, {"answer": "DECLINED"})
    assert "It counts once" in client.post(address, {"answer": "YES"}).content.decode()
    assert "It counts once" in client.get(address).content.decode()
    assert answers() == ["DECLINED"]


def test_no_answer_chosen_is_told_beside_the_question(client: Client, closed: Case) -> None:
    page = client.post(gifts.address(closed), {}).content.decode()
    assert "Choose one of the three answers." in page
    assert answers() == []


def test_the_question_stands_on_the_page_of_an_ended_case(
    client: Client, citizen: User, closed: Case
) -> None:
    client.force_login(citizen)
    citizen.language = "en"
    citizen.save()
    page = client.get(f"/cases/{closed.reference}/").content.decode()
    assert f'action="{gifts.address(closed)}"' in page
    client.post(gifts.address(closed), {"answer": "NO"})
    assert "your answer was counted" in client.get(f"/cases/{closed.reference}/").content.decode()


def test_an_open_case_is_not_asked_about(client: Client, citizen: User) -> None:
    case = cases.submitted_application(citizen)
    client.force_login(citizen)
    assert "/gift/" not in client.get(f"/cases/{case.reference}/").content.decode()
    assert client.get(gifts.address(case)).status_code == 404


def test_a_draft_that_was_given_up_is_not_asked_about(client: Client, citizen: User) -> None:
    draft = cases.draft_application(citizen)
    ended = permits.withdraw_application(draft, actor=citizen, at=clock.now())
    assert not Message.objects.filter(topic="casework.case.closed").exists()
    assert client.get(gifts.address(ended)).status_code == 404


def test_a_confidential_case_is_not_asked_about(client: Client, closed: Case) -> None:
    Case.objects.filter(pk=closed.pk).update(is_confidential=True)
    assert client.get(gifts.address(closed)).status_code == 404
    gifts.ask(Case.objects.get(pk=closed.pk), at=clock.now())
    assert not Notice.objects.filter(notice=gifts.NOTICE).exists()


@pytest.mark.parametrize("wrong", ["aaaaaaaaaaaa", "x"])
def test_a_wrong_link_leads_nowhere(client: Client, closed: Case, wrong: str) -> None:
    assert client.get(f"/gift/{closed.reference}/{wrong}/").status_code == 404
    assert client.get(f"/gift/P-00000-00000/{wrong}/").status_code == 404
    assert client.get(f"/gift/nonsense/{wrong}/").status_code == 404


@pytest.mark.django_db(transaction=True)
def test_the_applicant_is_asked_a_day_later_in_their_language(citizen: User) -> None:
    case = cases.submitted_application(citizen)
    permits.withdraw_application(case, actor=citizen, at=clock.now())
    deliver()
    assert not Notice.objects.filter(notice=gifts.NOTICE).exists()
    clock.move(timedelta(days=1, minutes=1))
    deliver()
    notice = Notice.objects.get(notice=gifts.NOTICE)
    assert notice.recipient == citizen
    sms = Delivery.objects.get(notice=notice, channel="SMS").body
    assert sms is not None
    assert gifts.address(case).rstrip("/") in sms["text"]
    assert "uang" in sms["text"].lower()


@pytest.mark.django_db(transaction=True)
def test_nobody_is_asked_who_has_answered_on_the_page(client: Client, citizen: User) -> None:
    case = cases.submitted_application(citizen)
    permits.withdraw_application(case, actor=citizen, at=clock.now())
    client.post(gifts.address(case), {"answer": "NO"})
    clock.move(timedelta(days=2))
    deliver()
    assert not Notice.objects.filter(notice=gifts.NOTICE).exists()


def test_the_limit_is_told_in_plain_words(client: Client, closed: Case) -> None:
    answered: list[Any] = [client.get(gifts.address(closed)) for _time in range(31)]
    assert answered[-1].status_code == 429
    assert "Try again in a minute" in answered[-1].content.decode()


def test_the_rate_stands_on_the_page_of_the_service_once_twenty_have_answered(
    client: Client, closed: Case
) -> None:
    service = closed.service_version.service
    for number in range(20):
        assert "had asked them for money" not in client.get(f"/services/{service.slug}/").content.decode()
        integrity.answer_gift_question(
            reference=f"P-{number:05}",
            service=service.slug,
            agency="dpmptsp",
            answer="YES" if number < 2 else "NO",
            at=clock.now(),
        )
    page = client.get(f"/services/{service.slug}/").content.decode()
    assert "Of 20 people whose case had ended" in page
    assert "2 (10%)" in page
