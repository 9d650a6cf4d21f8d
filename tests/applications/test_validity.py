"""From when until when a paper is good: counted, named by an answer, or whichever of the two comes first."""

from datetime import UTC, date, datetime
from typing import Any

import pytest

from services.applications import paper
from services.catalogue.definition import Validity

DECIDED_AT = datetime(2026, 3, 16, 3, 0, tzinfo=UTC)


@pytest.mark.parametrize(
    ("validity", "answers", "until"),
    [
        ({}, {}, None),
        ({"days": 30}, {}, date(2026, 4, 15)),
        ({"until_answer": "ends_on"}, {"ends_on": "2027-01-31"}, date(2027, 1, 31)),
        ({"until_answer": "ends_on"}, {}, None),
        ({"days": 1825, "until_answer": "ends_on"}, {"ends_on": "2027-01-31"}, date(2027, 1, 31)),
        ({"days": 30, "until_answer": "ends_on"}, {"ends_on": "2027-01-31"}, date(2026, 4, 15)),
        ({"days": 30, "until_answer": "ends_on"}, {}, date(2026, 4, 15)),
    ],
)
def test_the_earlier_end_holds(validity: dict[str, Any], answers: dict[str, str], until: date | None) -> None:
    found = paper.span(Validity.model_validate(validity), answers=answers, decided_at=DECIDED_AT)
    assert found == (date(2026, 3, 16), until)


def test_what_ended_before_the_decision_is_good_for_the_day_itself() -> None:
    validity = Validity(until_answer="ends_on")
    assert paper.span(validity, answers={"ends_on": "2026-01-01"}, decided_at=DECIDED_AT) == (
        date(2026, 3, 16),
        date(2026, 3, 16),
    )
