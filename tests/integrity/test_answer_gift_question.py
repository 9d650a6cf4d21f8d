"""Counting the answers after a case: once each, without a person, and public only where many have answered."""

from datetime import date, timedelta

import pytest
from django.db import DatabaseError, connection, transaction

from services.audit.models import Event, Payload
from services.foundation import clock
from services.integrity import operations, queries, tokens
from services.integrity.models import GiftCount, GiftRate, GiftTicket
from services.integrity.operations import UnableToAnswer

SERVICE = "izin-uji"


def answer(number: int, said: str = "NO", *, service: str = SERVICE, agency: str = "dpmptsp") -> None:
    operations.answer_gift_question(
        reference=f"P-{number:05}", service=service, agency=agency, answer=said, at=clock.now()
    )


def numbers() -> dict[str, int]:
    return dict(GiftCount.objects.values_list("answer", "number"))


def test_an_answer_is_added_to_a_number() -> None:
    answer(1)
    answer(2)
    answer(3, "YES")
    assert numbers() == {"NO": 2, "YES": 1}


def test_a_case_counts_once() -> None:
    answer(1, "NO")
    with pytest.raises(UnableToAnswer) as refusal:
        answer(1, "YES")
    assert refusal.value.code == "answered"
    assert numbers() == {"NO": 1}
    assert queries.has_answered("P-00001")
    assert not queries.has_answered("P-00002")


def test_only_the_three_answers_are_taken() -> None:
    with pytest.raises(UnableToAnswer) as refusal:
        answer(1, "PERHAPS")
    assert refusal.value.field == "answer"
    assert not queries.has_answered("P-00001")


def test_months_agencies_and_services_are_counted_apart() -> None:
    answer(1)
    answer(2, agency="dishub")
    clock.move(timedelta(days=31))
    answer(3)
    assert list(GiftCount.objects.values_list("number", flat=True)) == [1, 1, 1]
    assert all(month.day == 1 for month in GiftCount.objects.values_list("month", flat=True))


def test_nothing_that_is_kept_names_the_case_or_ties_it_to_its_answer() -> None:
    answer(1, "YES")
    event = Event.objects.get(action="integrity.gift_question.answered")
    told = Payload.objects.get(event=event).payload
    assert "P-00001" not in told
    assert "YES" not in told
    assert (event.actor_kind, event.actor, event.subject_key) == ("ANONYMOUS", None, SERVICE)
    assert {field.name for field in GiftTicket._meta.get_fields()} == {"digest", "month"}
    assert b"P-00001" not in bytes(GiftTicket.objects.get().digest)


def test_the_rate_is_public_from_twenty_answers_on() -> None:
    for number in range(19):
        answer(number, "YES" if number < 3 else "NO")
    assert queries.gift_rate(SERVICE) is None
    answer(19, "DECLINED")
    rate = queries.gift_rates()[SERVICE]
    assert (rate.yes, rate.no, rate.declined, rate.answered, rate.percent) == (3, 16, 1, 20, 15)
    assert rate.as_of == clock.today()


def test_no_single_answer_shows_in_the_public_rate() -> None:
    for number in range(20):
        answer(number)
    for number in range(20, 39):
        answer(number, "YES")
    assert queries.gift_rates()[SERVICE].yes == 0
    answer(39, "YES")
    assert queries.gift_rates()[SERVICE].yes == 20


def test_the_answers_of_one_service_do_not_make_the_rate_of_another_public() -> None:
    for number in range(15):
        answer(number)
        answer(number + 100, service="izin-lain")
    assert queries.gift_rates() == {}


def test_the_portal_cannot_take_back_a_used_link_or_a_count() -> None:
    answer(1)
    for model in (GiftTicket, GiftCount):
        with pytest.raises(DatabaseError, match="permission denied"), transaction.atomic():
            model.objects.all().delete()
    with pytest.raises(DatabaseError, match="permission denied"), transaction.atomic():
        GiftTicket.objects.update(month=date(2020, 1, 1))
    assert connection.vendor == "postgresql"
    assert not GiftRate.objects.exists()


def test_a_link_is_good_for_its_own_case_alone() -> None:
    token = tokens.gift_token("P-7K3F9-QXM2E")
    assert len(token) == tokens.LENGTH
    assert tokens.is_gift_token("P-7K3F9-QXM2E", token.upper())
    assert not tokens.is_gift_token("P-7K3F9-QXM2F", token)
    assert not tokens.is_gift_token("P-7K3F9-QXM2E", "")
