"""The register of interests: what can be declared, by whom it is ended, and what of it can be read."""

from datetime import date
from typing import Any

import pytest
from django.db import DatabaseError, transaction

from services.accounts.models import User
from services.audit import queries as audit
from services.audit.actors import Subject
from services.audit.models import Event
from services.casework.models import Case
from services.foundation import clock, identity
from services.integrity.conflicts import operations
from services.integrity.conflicts.operations import UnableToDeclare
from services.integrity.models import Interest
from tests.factories import casework as cases
from tests.integrity.interests import NIK, relative, with_nik


@pytest.fixture
def file(citizen: User, intake: User) -> Case:
    """A permit that waits for a reviewer; its applicant's NIK is on file."""
    with_nik(citizen)
    return cases.accepted_application(citizen, intake)


def test_the_register_keeps_no_nik_that_can_be_read(reviewer: User) -> None:
    line = relative(reviewer, phone="0812 3456 7890")
    assert bytes(line.nik_index or b"") != NIK.encode()
    assert NIK not in line.nik_mask
    assert line.phone == "+6281234567890"
    event = Event.objects.get(action="integrity.interest.declared")
    assert event.actor == reviewer.pseudonym
    said = audit.events_of(Subject("interest", str(line.pk)))
    assert [step.details for step in said] == [{"kind": "RELATIVE"}]


@pytest.mark.parametrize(
    ("changes", "field"),
    [
        ({"kind": "FRIEND"}, "kind"),
        ({"name": " "}, "name"),
        ({"nik": "", "phone": ""}, "nik"),
        ({"nib": "123"}, "nib"),
        ({"valid_from": date(2999, 1, 1)}, "valid_from"),
        ({"valid_until": date(1999, 1, 1)}, "valid_until"),
    ],
)
def test_what_cannot_be_declared_is_said_beside_its_field(
    reviewer: User, changes: dict[str, Any], field: str
) -> None:
    with pytest.raises(UnableToDeclare) as refusal:
        relative(reviewer, **changes)
    assert refusal.value.field == field
    assert not Interest.objects.exists()


def test_a_broken_nik_is_said(reviewer: User) -> None:
    with pytest.raises(identity.NotANik):
        relative(reviewer, nik="12")


def test_a_line_is_ended_once_and_by_its_owner_alone(reviewer: User, reviewer2: User) -> None:
    line = relative(reviewer)
    with pytest.raises(UnableToDeclare):
        operations.end_interest(line, user=reviewer2, at=clock.now())
    ended = operations.end_interest(line, user=reviewer, at=clock.now())
    assert ended.valid_until == clock.local_date(clock.now())
    with pytest.raises(UnableToDeclare):
        operations.end_interest(line, user=reviewer, at=clock.now())
    assert Event.objects.filter(action="integrity.interest.ended").count() == 1
    with pytest.raises(DatabaseError), transaction.atomic():
        line.delete()
