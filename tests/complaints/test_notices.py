"""Whom a report's notices reach, once, and with which words."""

from collections.abc import Callable
from typing import Any

import pytest
from django.core import mail

from complaints import operations as complaints
from services.accounts.models import User
from services.casework import operations as casework
from services.foundation import clock
from services.notifications.models import Delivery, Notice
from tests.factories import complaints as reports

PHONE: dict[str, Any] = {"contact_channel": "SMS", "contact_address": "+6281234567890"}
MAIL: dict[str, Any] = {"contact_channel": "EMAIL", "contact_address": "warga@example.com"}

Deliver = Callable[[], int]


def texts() -> list[str]:
    return [str((delivery.body or {})["text"]) for delivery in Delivery.objects.order_by("created_at")]


def test_without_a_contact_nobody_is_told(deliver_outbox: Deliver) -> None:
    reports.received_report()
    deliver_outbox()
    assert not Delivery.objects.exists()
    assert not Notice.objects.exists()


def test_by_sms_with_the_way_to_the_dialogue_in_160_characters(deliver_outbox: Deliver) -> None:
    case = reports.received_report(**PHONE)
    deliver_outbox()
    [text] = texts()
    assert f"/complaints/{case.reference}/dialogue/" in text
    assert len(text) <= 160
    assert reports.PASSPHRASE not in text


def test_by_mail_with_the_words_of_the_office(
    intake: User, foreign_reviewer: User, deliver_outbox: Deliver
) -> None:
    reports.planned_report(intake, foreign_reviewer, **MAIL)
    deliver_outbox()
    assert "Kami ganti." in str(mail.outbox[-1].body)
    assert [message.to for message in mail.outbox] == [["warga@example.com"]] * 3


def test_on_the_account_as_a_notice_that_leads_to_the_case(
    citizen: User, intake: User, foreign_reviewer: User, deliver_outbox: Deliver
) -> None:
    case = reports.taken_report(intake, foreign_reviewer, citizen)
    deliver_outbox()
    told = Notice.objects.filter(recipient=citizen).order_by("id")
    assert [notice.notice for notice in told] == ["complaints/received", "complaints/assigned"]
    assert {notice.path for notice in told} == {f"/cases/{case.reference}/"}


def test_a_message_of_the_office_is_told_and_ones_own_is_not(
    citizen: User, intake: User, foreign_reviewer: User, deliver_outbox: Deliver
) -> None:
    case = reports.taken_report(intake, foreign_reviewer, citizen)
    deliver_outbox()
    complaints.write(case, actor=citizen, words="Halo", at=clock.now())
    deliver_outbox()
    assert not Notice.objects.filter(notice="complaints/message").exists()
    casework.write_message(case, actor=foreign_reviewer, words="Kami datang besok.", at=clock.now())
    deliver_outbox()
    assert "Kami datang besok." in Notice.objects.get(notice="complaints/message").page_html


def test_what_is_asked_for_is_told_once(intake: User, citizen: User, deliver_outbox: Deliver) -> None:
    reports.asked_report(intake, citizen)
    deliver_outbox()
    told = Notice.objects.exclude(notice="complaints/received")
    assert "Nomor tiang berapa?" in told.get().page_html


@pytest.mark.parametrize(("code", "words"), [("SPAM", "Iklan"), ("PRIVATE", "antarpribadi")])
def test_an_archived_report_says_why(
    intake: User, citizen: User, deliver_outbox: Deliver, code: str, words: str
) -> None:
    case = reports.received_report(citizen)
    casework.take_case(case, actor=intake, at=clock.now())
    complaints.archive_report(case, actor=intake, reason_code=code, at=clock.now())
    deliver_outbox()
    assert words in Notice.objects.get(notice="complaints/archived").page_html


def test_the_reporter_of_a_duplicate_is_led_to_the_earlier_one(
    intake: User, citizen: User, deliver_outbox: Deliver
) -> None:
    earlier, case = reports.verified_report(intake), reports.received_report(citizen)
    casework.take_case(case, actor=intake, reason_code="COUNTER", at=clock.now())
    complaints.mark_duplicate(case, actor=intake, reference=earlier.reference, at=clock.now())
    deliver_outbox()
    assert earlier.reference in Notice.objects.get(notice="complaints/duplicate").page_html


def test_a_script_in_an_answer_is_words(
    intake: User, foreign_reviewer: User, citizen: User, deliver_outbox: Deliver
) -> None:
    case = reports.taken_report(intake, foreign_reviewer, citizen)
    words = "<script>alert(1)</script>"
    complaints.answer_report(case, actor=foreign_reviewer, words=words, at=clock.now())
    deliver_outbox()
    assert "<script>" not in Notice.objects.get(notice="complaints/answered").page_html
