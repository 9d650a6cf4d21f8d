"""The demo of every government: its people, and one case and one report of each ending, by the operations people use."""

from collections import Counter
from datetime import timedelta

import pytest
from pytest_django import Settings

from complaints.models import Complaint
from portal import governments, packs
from portal.demo import people
from portal.demo.data import acting, counter, licences, office, reports, silence
from portal.demo.data.stories import Staff
from services.accounts import queries as accounts
from services.accounts.models import User
from services.casework import capacity
from services.casework.models import Case, Minutes, Review
from services.catalogue.models import Service, ServiceVersion
from services.foundation import clock
from services.government.models import Agency

each_pack = pytest.mark.parametrize("name", governments.known())


def cast(name: str) -> User:
    return User.objects.get(email=f"{name}@demo.example")


def whole_staff() -> Staff:
    return Staff(
        intake=cast("intake"),
        reviewer=cast("reviewer"),
        approver=cast("approver"),
        partner=cast(people.PARTNER),
        inspector=cast("inspector"),
        head=cast("executive"),
    )


@each_pack
@pytest.mark.django_db
def test_the_office_of_a_pack_brings_every_case_to_its_end(name: str, settings: Settings) -> None:
    settings.CERTIFICATE_TEMPLATES = governments.PACKS / name / "templates"
    packs.load(governments.PACKS / name, at=clock.now())
    citizens = people.make_people(at=clock.now() - timedelta(days=100))
    staff = whole_staff()
    desks = dict.fromkeys(people.desks().values_list("code", flat=True), staff)
    versions = ServiceVersion.objects.filter(retired_at=None, service__kind=Service.Kind.PERMIT)
    further = reports.begin_reports(
        citizens=citizens,
        staff=staff,
        examiner=cast("inspectorate"),
        today=clock.now(),
        plan=Counter(reports.PLAN.keys()),
    )

    silent = list(silence.begin_silence(citizens=citizens, staff=desks, today=clock.now()))
    served = list(
        counter.begin_counter(
            served_by=cast("intake"), colleague=cast("intake2"), staff=desks, today=clock.now()
        )
    )
    begun = acting.begin_acting(citizens=citizens, staff=desks, today=clock.now())
    made = office.Office(citizens=citizens, staff=desks).work(
        list(versions.select_related("service__agency")),
        plan=Counter(office.PLAN.keys()),
        further=[*further, *silent, *served, begun],
    )

    assert made == len(office.PLAN) + len(reports.PLAN) + len(silent) + len(served) + 1
    assert any(case.is_granted_by_law for case in Case.objects.filter(status="ISSUED"))
    filed = Case.objects.get(helper_relation="COUNTER")
    assert (filed.helper, filed.confirmed_by, filed.status) == (cast("intake"), "SLIP", "IN_REVIEW")
    assert set(Complaint.objects.exclude(taken_how="").values_list("taken_how", "taken_by")) == {
        ("COUNTER", cast("intake").pk),
        ("TELEPHONE", cast("intake2").pk),
    }
    (decided,) = Case.objects.filter(decided_by=cast("inspector"))
    assert capacity.printed(capacity.of_decision(decided))["id"].startswith("Plh. ")
    statuses = set(Case.objects.values_list("status", flat=True))
    assert {"DRAFT", "RETURNED", "IN_REVIEW", "ISSUED", "REFUSED", "SOLVED", "PLANNED"} <= statuses
    assert Case.objects.filter(status="TO_SIGN", signer_hat="EXECUTIVE").exists()


@each_pack
@pytest.mark.django_db
def test_the_officers_of_a_pack_work_where_its_services_are(name: str) -> None:
    packs.load(governments.PACKS / name, at=clock.now())
    offices = Agency.objects.filter(role=Agency.Role.OFFICE, services_offered__is_listed=True)
    assert set(offices) <= set(people.desks())


@each_pack
@pytest.mark.django_db
def test_somebody_of_the_cast_is_on_leave(name: str) -> None:
    packs.load(governments.PACKS / name, at=clock.now())
    people.make_people(at=clock.now() - timedelta(days=100))
    people.send_away(at=clock.now())
    assert accounts.absence_of(cast(people.AWAY), at=clock.now())


@pytest.mark.django_db
def test_lodging_is_inspected_before_anybody_recommends(monkeypatch: pytest.MonkeyPatch) -> None:
    packs.load(governments.PACKS / "surabaya", at=clock.now())
    citizens = people.make_people(at=clock.now() - timedelta(days=100))
    desks = dict.fromkeys(people.desks().values_list("code", flat=True), whole_staff())
    working = office.Office(citizens=citizens, staff=desks)
    told = [
        row
        for row in licences.PLAN
        if row[:2] in {("READY", licences.LODGING), ("IN_REVIEW", licences.LODGING)}
    ]
    monkeypatch.setattr(licences, "PLAN", told)
    working.work(
        [],
        plan=Counter(),
        further=licences.begin_licences(working, citizens=citizens, today=clock.now()),
    )

    awaited = Review.objects.filter(kind=Review.Kind.INSPECTION, state__in=Review.UNFINISHED)
    assert awaited.filter(assignee=cast("inspector"), appointments__isnull=False).exists()
    recommended = Case.objects.filter(recommended_by__isnull=False)
    assert recommended.count() == Minutes.objects.count() == 1
