"""A changed holiday is recorded, and those who keep clocks hear of it."""

import pytest

from services.audit.models import Event
from services.outbox.models import Message
from tests.factories import government

pytestmark = pytest.mark.django_db


def heard() -> int:
    return Message.objects.filter(topic="government.calendar.changed").count()


def test_a_changed_holiday_is_recorded_and_told() -> None:
    government.with_overrides(government.override("2026-12-31", works=False))
    assert Event.objects.filter(action="government.holidays.changed").count() == 1
    assert heard() == 1


def test_the_same_holidays_again_are_neither_recorded_nor_told() -> None:
    government.with_overrides(government.override("2026-12-31", works=False))
    government.with_overrides(government.override("2026-12-31", works=False))
    assert Event.objects.filter(action="government.holidays.changed").count() == 1
    assert heard() == 1


def test_taking_a_holiday_away_is_a_change_too() -> None:
    government.with_overrides(government.override("2026-12-31", works=False))
    government.with_overrides()
    assert heard() == 2
