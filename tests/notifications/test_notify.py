"""Telling somebody something."""

from collections.abc import Callable

import pytest
from allauth.account.models import EmailAddress
from django.core import mail
from pytest_django import Settings

from services.accounts.models import Person, User
from services.foundation import clock
from services.notifications import operations, queries
from services.notifications.models import Channel, Delivery, Notice
from services.outbox.models import Message
from tests.factories.notifications import notice_to

pytestmark = pytest.mark.django_db
WARNING = "No officer asks for money, a code or an app."


@pytest.fixture
def reader(citizen: User) -> User:
    """Somebody who reads English and has a verified phone and a confirmed e-mail."""
    citizen.language = "en"
    citizen.save()
    if not queries.addresses_of(citizen, None).get(Channel.EMAIL):
        EmailAddress.objects.create(user=citizen, email="budi@warga.example", verified=True, primary=True)
    return citizen


def delivered_to(notice: Notice) -> list[str]:
    return sorted(notice.deliveries.values_list("channel", flat=True))


def test_a_notice_stands_on_the_page_and_goes_out_by_sms_and_mail(
    reader: User, deliver_outbox: Callable[[], int]
) -> None:
    notice = notice_to(reader)
    deliver_outbox()
    assert notice.title == "Application P-7K3F9-QXM2E has ended"
    assert notice.page_html.startswith("<p>We waited for you to go on with “Billboard permit”")
    assert list(queries.notices_of(reader)) == [notice]
    assert delivered_to(notice) == ["EMAIL", "SMS"]
    assert set(notice.deliveries.values_list("state", flat=True)) == {"SENT"}


def test_an_sms_has_reference_link_and_warning(reader: User) -> None:
    sms = notice_to(reader).deliveries.get(channel="SMS").body
    assert sms is not None
    assert sms["text"].startswith("P-7K3F9-QXM2E has ended")
    assert " testserver/cases/P-7K3F9-QXM2E/ " in sms["text"]
    assert sms["text"].endswith(WARNING)


def test_a_mail_has_text_and_html_with_the_same_words(
    reader: User, deliver_outbox: Callable[[], int]
) -> None:
    notice_to(reader)
    deliver_outbox()
    (sent,) = mail.outbox
    ((html, kind),) = sent.alternatives  # type: ignore[union-attr]
    assert sent.subject == "Application P-7K3F9-QXM2E has ended"
    assert kind == "text/html"
    for words in (str(sent.body), str(html)):
        assert "We waited for you to go on with “Billboard permit”" in words
        assert "http://testserver/cases/P-7K3F9-QXM2E/" in words
        assert WARNING in words
    assert "<p>" not in str(sent.body)
    assert '<html lang="en">' in str(html)


def test_the_words_are_in_the_readers_language_at_the_time(reader: User) -> None:
    english = notice_to(reader)
    reader.language = "id"
    reader.save()
    indonesian = notice_to(reader, key="2")
    assert (english.language, indonesian.language) == ("en", "id")
    assert notice_to(reader).title == english.title


def test_the_same_key_tells_once(reader: User) -> None:
    assert notice_to(reader) == notice_to(reader)
    assert Delivery.objects.count() == 2


def test_addresses_and_bodies_stand_sealed(reader: User) -> None:
    delivery = notice_to(reader).deliveries.get(channel="SMS")
    assert reader.phone is not None
    assert reader.phone.encode() not in bytes(delivery.address_sealed)
    assert delivery.address == reader.phone
    assert delivery.address_masked == "+62••••••••" + reader.phone[-3:]
    for message in Message.objects.all():
        assert reader.phone not in str(message.payload)


def test_what_the_reader_does_not_want_stays_on_the_page(reader: User) -> None:
    operations.choose_channels(reader, wanted=[Channel.EMAIL])
    assert delivered_to(notice_to(reader)) == ["EMAIL"]
    operations.choose_channels(reader, wanted=[])
    assert delivered_to(notice_to(reader, key="2", legally_required=False)) == []


def test_what_the_law_requires_reaches_the_reader_in_one_way_at_least(reader: User) -> None:
    operations.choose_channels(reader, wanted=[])
    assert delivered_to(notice_to(reader)) == ["SMS"]


def test_no_notice_needs_an_email(reader: User) -> None:
    EmailAddress.objects.filter(user=reader).delete()
    assert delivered_to(notice_to(reader)) == ["SMS"]


def test_without_a_verified_phone_the_mail_suffices(reader: User) -> None:
    User.objects.filter(pk=reader.pk).update(phone_verified_at=None)
    reader.refresh_from_db()
    assert delivered_to(notice_to(reader)) == ["EMAIL"]


def test_a_person_without_a_login_is_told_by_sms_in_the_portals_language() -> None:
    person = Person.objects.create(name="Siti Aminah", phone="+6281234567890", created_at=clock.now())
    notice = notice_to(person)
    assert (notice.recipient, notice.person, notice.language) == (None, person, "id")
    assert delivered_to(notice) == ["SMS"]


def test_a_person_with_a_login_reads_it_on_their_page(reader: User) -> None:
    notice = notice_to(reader.person)
    assert notice.recipient == reader
    assert queries.unread_count(reader) == 1


def test_whatsapp_is_used_by_wish_and_only_where_there_is_a_gateway(reader: User, settings: Settings) -> None:
    operations.choose_channels(reader, wanted=list(Channel))
    assert delivered_to(notice_to(reader)) == ["EMAIL", "SMS", "WHATSAPP"]
    settings.KEEP_SENT_BODIES = False
    settings.SMS_GATEWAY_URL = "http://127.0.0.1:1/"
    assert delivered_to(notice_to(reader, key="2")) == ["EMAIL", "SMS"]


def test_notices_of_others_are_theirs_alone(reader: User, citizen2: User) -> None:
    notice = notice_to(reader)
    assert queries.notice_of(citizen2, notice.id) is None
    assert queries.unread_count(citizen2) == 0
