"""What is told in confidence in the demo of every government, and what people said about gifts."""

from collections import Counter
from datetime import timedelta

import pytest

from portal import governments, packs
from portal.demo import people
from portal.demo.data import integrity, office
from services.accounts.models import User
from services.casework.models import Case
from services.foundation import clock
from services.integrity.models import GiftRate

each_pack = pytest.mark.parametrize("name", governments.known())


def cast(name: str) -> User:
    return User.objects.get(email=f"{name}@demo.example")


@each_pack
@pytest.mark.django_db
def test_what_is_told_in_confidence_lies_with_both_receivers_of_a_pack(name: str) -> None:
    packs.load(governments.PACKS / name, at=clock.now())
    citizens = people.make_people(at=clock.now() - timedelta(days=100))
    examiners = {"INSPECTORATE": cast("inspectorate"), "COMMISSION": cast("commission")}
    told = integrity.begin_integrity_reports(
        examiners=examiners, office=people.desks()[0].code, today=clock.now()
    )

    office.Office(citizens=citizens, staff={}).work([], plan=Counter(), further=told)

    found = Case.objects.filter(kind="INTEGRITY").values_list("agency__role", "status")
    assert len(found) == len(integrity.PLAN)
    assert {role for role, _status in found} == {"INSPECTORATE", "COMMISSION"}
    assert {status for _role, status in found} >= {"RECEIVED", "NEEDS_DATA", "NOT_OURS", "SUBSTANTIATED"}
    assert integrity.answer_about_gifts(today=clock.now()) > 50
    assert GiftRate.objects.exists()
