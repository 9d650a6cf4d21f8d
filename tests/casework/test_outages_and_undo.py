"""While a step may be taken back an outage waits for its case, if a date hangs on it; and for no other."""

from datetime import UTC, datetime, timedelta
from typing import Any

import pytest

from permits import operations as permits
from services.accounts.models import User
from services.casework import operations as casework
from services.casework.models import Case, Outage
from services.casework.operations import Thing, moving
from tests.factories import accounts, catalogue, reviews
from tests.factories import casework as cases
from tests.factories import outages as out

#: A Monday, ten in the morning in the west of the country.
START = datetime(2026, 11, 2, 3, tzinfo=UTC)
MINUTE, HOUR, DAY = timedelta(minutes=1), timedelta(hours=1), timedelta(days=1)
NOW = START + 2 * DAY
ASKED = Thing(kind="CLEARER", key="drawing", words="Mohon gambar yang berskala.")
FACT = Thing(kind="FACT", words="Siapa yang membukakan pintu?", reason="Petugas perlu masuk.")


@pytest.fixture
def asked(citizen: User, intake: User, reviewer: User) -> Case:
    """A branch asked before the outage of Tuesday; on Wednesday the whole file was asked too, which may still be undone."""
    accounts.agency("dishub")
    version = catalogue.published_version(**reviews.SHAPE, undo_seconds=600)
    case = cases.accepted_application(citizen, intake, version=version, at=START)
    held = reviews.taken(reviewer, reviews.of(case, "content"), at=START + HOUR)
    casework.ask_for_review(held, actor=reviewer, things=[ASKED], at=START + HOUR)
    out.confirmed(begins_at=START + DAY, lasts=HOUR)
    casework.take_case(fresh(case), actor=reviewer, reason_code="COUNTER", at=NOW)
    return permits.ask_applicant(fresh(case), actor=reviewer, things=[FACT], at=NOW)


def fresh(case: Case) -> Case:
    return Case.objects.get(pk=case.pk)


def test_a_date_moves_once_the_step_stands(asked: Case) -> None:
    out.settle()
    assert casework.move_dates(at=NOW + MINUTE) == 0
    assert Outage.objects.get().moved_at is None
    assert casework.move_dates(at=NOW + HOUR) == 1
    assert Outage.objects.get().moved_at == NOW + HOUR


def test_a_step_undone_while_the_sweep_runs_costs_no_date(
    asked: Case, citizen: User, intake: User, reviewer: User, monkeypatch: pytest.MonkeyPatch
) -> None:
    other = cases.returned_application(citizen, intake, at=START + HOUR)
    out.settle()
    move = moving._move_case

    def meanwhile(case_id: int, *wanted: Any, **more: Any) -> Any:
        if case_id == other.pk:
            casework.undo_step(asked, actor=reviewer, at=NOW + MINUTE)
            out.settle()
        return move(case_id, *wanted, **more)

    monkeypatch.setattr(moving, "_move_case", meanwhile)
    assert casework.move_dates(at=NOW + MINUTE) == 1
    monkeypatch.undo()
    assert casework.move_dates(at=NOW + 2 * MINUTE) == 1
    assert asked.outage_moves.get().before < fresh(asked).requests.get().due_at


def test_a_file_returned_after_the_outage_does_not_keep_it_from_being_settled(
    citizen: User, intake: User
) -> None:
    out.confirmed(begins_at=START, lasts=HOUR)
    version = catalogue.published_version(undo_seconds=600)
    cases.returned_application(citizen, intake, version=version, at=NOW)
    out.settle()
    assert casework.move_dates(at=NOW + MINUTE) == 0
    assert Outage.objects.get().moved_at == NOW + MINUTE
