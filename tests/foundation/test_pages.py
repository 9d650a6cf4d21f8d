"""Keyset pages."""

from datetime import UTC, datetime, timedelta

import pytest

from services.foundation.pages import BoundedPaginator, keyset_page
from services.outbox.models import Message

BY = ("-created_at", "-id")
START = datetime(2026, 3, 30, tzinfo=UTC)


@pytest.fixture
def messages(db: None) -> list[Message]:
    """Seven messages, three of them of the same moment."""
    return [
        Message.objects.create(
            topic="a.b",
            subscriber="c",
            queue="default",
            payload={},
            dedupe_key=str(n),
            due_at=START,
            created_at=START + timedelta(hours=max(n - 3, 0)),
        )
        for n in range(7)
    ]


def test_pages_follow_each_other_without_gap_or_repetition(messages: list[Message]) -> None:
    seen, token = [], ""
    while True:
        page = keyset_page(Message.objects.all(), by=BY, after=token, size=2)
        seen += [message.dedupe_key for message in page.items]
        token = page.next_token
        if not token:
            break
    assert seen == ["6", "5", "4", "3", "2", "1", "0"]


def test_rows_a_microsecond_apart_are_neither_skipped_nor_repeated(messages: list[Message]) -> None:
    for number, message in enumerate(messages):
        message.created_at = START + timedelta(microseconds=number)
        message.save()
    seen, token = [], ""
    for _ in messages:
        page = keyset_page(Message.objects.all(), by=BY, after=token, size=1)
        seen += [message.dedupe_key for message in page.items]
        token = page.next_token
    assert seen == ["6", "5", "4", "3", "2", "1", "0"]


def test_a_row_that_arrives_meanwhile_shifts_nothing(messages: list[Message]) -> None:
    first = keyset_page(Message.objects.all(), by=BY, size=3)
    messages[0].id, messages[0].dedupe_key, messages[0].created_at = None, "new", START + timedelta(days=1)
    messages[0].save(force_insert=True)
    second = keyset_page(Message.objects.all(), by=BY, after=first.next_token, size=3)
    assert [message.dedupe_key for message in second.items] == ["3", "2", "1"]


def test_ascending_columns_run_upwards(messages: list[Message]) -> None:
    first = keyset_page(Message.objects.all(), by=("created_at", "id"), size=5)
    rest = keyset_page(Message.objects.all(), by=("created_at", "id"), after=first.next_token, size=5)
    assert [message.dedupe_key for message in rest.items] == ["5", "6"]
    assert rest.next_token == ""


@pytest.mark.parametrize("token", ["nonsense", "a:b:c", "🙂"])
def test_a_broken_token_starts_from_the_top(messages: list[Message], token: str) -> None:
    assert keyset_page(Message.objects.all(), by=BY, after=token, size=2).items[0].dedupe_key == "6"


def test_the_token_of_another_list_starts_from_the_top(messages: list[Message]) -> None:
    token = keyset_page(Message.objects.all(), by=("due_at", "id"), size=2).next_token
    assert keyset_page(Message.objects.all(), by=BY, after=token, size=2).items[0].dedupe_key == "6"


def test_numbered_pages_count_no_further_than_they_need(
    messages: list[Message], monkeypatch: pytest.MonkeyPatch, django_assert_num_queries: object
) -> None:
    assert BoundedPaginator(Message.objects.order_by("-id"), 3).count == 7
    monkeypatch.setattr(BoundedPaginator, "COUNTED", 4)
    pages = BoundedPaginator(Message.objects.order_by("-id"), 3)
    with django_assert_num_queries(1):  # type: ignore[operator]
        assert (pages.count, pages.num_pages) == (4, 2)
