"""A confidential case is there for those who receive it, and for nobody else: not in a list, a number, a message or a pause."""

import re
from typing import Any

import pytest
from django.db import DatabaseError, connection, transaction
from django.test import Client
from django.test.utils import CaptureQueriesContext

from permits import operations as permits
from services.accounts.models import Hat, User
from services.casework import operations as casework
from services.casework import policies, queries, transitions, workload
from services.casework.models import Case
from services.casework.operations import UnableToHandle
from services.foundation import clock
from services.foundation.pages import keyset_page
from services.integrity.models import Exclusion
from services.notifications.models import Notice
from services.outbox import delivery
from services.outbox import queries as outbox
from services.outbox.models import Message
from tests.factories import accounts
from tests.factories import casework as cases


@pytest.fixture
def secret(citizen: User) -> Case:
    case = cases.submitted_application(citizen)
    Case.objects.filter(pk=case.pk).update(is_confidential=True)
    return Case.objects.get(pk=case.pk)


def messages(client: Client, administrator: User) -> list[str]:
    """The numbers of all messages that the administrator's lists show."""
    client.force_login(administrator)
    pages = [client.get(f"/admin/outbox/message/?state={state}") for state in ("", "waiting", "done")]
    return [found for page in pages for found in re.findall(r"/message/(-?\d+)/", page.content.decode())]


def deliver() -> None:
    while due := list(outbox.due(clock.now()).values_list("id", flat=True)):
        for message in due:
            delivery.deliver(message)


def officer(hat: str, agency_code: str = "dpmptsp") -> User:
    return accounts.officer(f"Petugas {hat}", hat, agency_code=agency_code)


def seen_by(user: User) -> set[str]:
    """Everything the desk has for this officer, wherever it may stand."""
    office = workload.office_of(user, at=clock.now())
    listed = {case.reference for case in workload.readable(office)}
    listed |= {case.reference for case in workload.named(workload.open_cases(office), "Budi")}
    for post in office.posts:
        waiting = queries.waiting_for(agency=post.agency, hat=post.hat, user=user, at=clock.now())
        listed |= {case.reference for case in waiting}
    counted = workload.counts(office, at=clock.now())
    assert (counted.open > 0) == bool(listed)
    return listed


@pytest.mark.parametrize("hat", [Hat.INTAKE, Hat.REVIEWER])
def test_whoever_receives_it_has_it(secret: Case, hat: str) -> None:
    user = officer(hat)
    assert seen_by(user) == {secret.reference}
    assert queries.desk_case(user, secret.reference, at=clock.now()) is not None


@pytest.mark.parametrize("hat", [hat for hat in Hat.values if hat not in policies.RECEIVING_HATS])
def test_no_other_hat_of_the_same_agency_has_it(secret: Case, hat: str) -> None:
    user = officer(hat)
    assert seen_by(user) == set()
    assert queries.desk_case(user, secret.reference, at=clock.now()) is None
    assert policies.hats_for(user, secret, clock.now()) == frozenset()


@pytest.mark.parametrize("hat", Hat.values)
def test_nobody_of_another_agency_has_it(secret: Case, hat: str) -> None:
    user = officer(hat, agency_code="dishub")
    assert seen_by(user) == set()
    assert queries.desk_case(user, secret.reference, at=clock.now()) is None


def test_it_is_looked_for_by_as_many_queries_as_one_that_never_was(secret: Case, supervisor: User) -> None:
    def asked(reference: str) -> list[str]:
        with CaptureQueriesContext(
            connection,
        ) as captured:
            assert queries.desk_case(supervisor, reference, at=clock.now()) is None
        return [query["sql"].replace(reference, "") for query in captured]

    there, nowhere = asked(secret.reference), asked("P-00000-00000")
    assert [text[:60] for text in there] == [text[:60] for text in nowhere]
    assert len(there) == len(nowhere) == 2


def test_the_excluded_has_it_no_more_and_it_leaves_their_desk(secret: Case) -> None:
    accused, colleague = officer(Hat.INTAKE), officer(Hat.INTAKE)
    casework.take_case(secret, actor=accused, at=clock.now())
    kept = casework.exclude_officer(secret, user=accused, actor=colleague, hat=Hat.INTAKE, at=clock.now())
    assert kept.assignee_id is None
    assert seen_by(accused) == set()
    assert queries.desk_case(accused, secret.reference, at=clock.now()) is None
    with pytest.raises(UnableToHandle):
        casework.take_case(secret, actor=accused, at=clock.now())
    with pytest.raises(UnableToHandle) as refusal:
        casework.take_next_case(actor=accused, agency=secret.agency, hat=Hat.INTAKE, at=clock.now())
    assert refusal.value.code == "queue_empty"
    assert seen_by(colleague) == {secret.reference}
    assert (
        casework.take_next_case(
            actor=colleague, agency=secret.agency, hat=Hat.INTAKE, at=clock.now()
        ).reference
        == secret.reference
    )


def test_excluding_twice_is_once_and_the_history_names_nobody(secret: Case) -> None:
    accused = officer(Hat.INTAKE)
    for _time in range(2):
        casework.exclude_officer(secret, user=accused, actor=None, at=clock.now())
    steps = [step for step in queries.timeline(secret) if step.action == "casework.officer.excluded"]
    assert len(steps) == 1
    assert steps[0].details == {}


def test_nobody_is_excluded_from_a_case_that_is_not_confidential(citizen: User, intake: User) -> None:
    case = cases.submitted_application(citizen)
    with pytest.raises(UnableToHandle) as refusal:
        casework.exclude_officer(case, user=intake, actor=None, at=clock.now())
    assert refusal.value.code == "open"
    assert not Exclusion.objects.exists()


def test_the_database_keeps_the_excluded_out_too(secret: Case) -> None:
    accused = officer(Hat.INTAKE)
    casework.exclude_officer(secret, user=accused, actor=None, at=clock.now())
    with pytest.raises(DatabaseError, match="excluded"), transaction.atomic():
        Case.objects.filter(pk=secret.pk).update(assignee=accused)
    with pytest.raises(DatabaseError, match="permission denied"), transaction.atomic():
        Exclusion.objects.all().delete()


@pytest.mark.django_db(transaction=True)
def test_its_moves_stand_in_no_list_and_its_citizen_is_told_all_the_same(
    client: Client, citizen: User, administrator: User
) -> None:
    case = cases.submitted_application(citizen)
    deliver()
    Case.objects.filter(pk=case.pk).update(is_confidential=True)
    listed, last = messages(client, administrator), Message.objects.order_by("-id")[0].pk
    permits.withdraw_application(Case.objects.get(pk=case.pk), actor=citizen, at=clock.now())
    sealed = Message.objects.get(topic=transitions.SEALED_TOPIC)
    assert sealed.id < 0
    assert sealed.payload == {}
    assert case.reference not in repr([sealed.dedupe_key, sealed.topic, bytes(sealed.secret_sealed or b"")])
    assert messages(client, administrator) == listed
    assert client.get(f"/admin/outbox/message/{sealed.pk}/change/").status_code == 302
    deliver()
    assert not Message.objects.filter(topic=transitions.SEALED_TOPIC).exists()
    assert Notice.objects.filter(reference=case.reference, notice="applications/withdrawn").exists()
    following = Message.objects.filter(id__gt=last)
    assert {row.topic for row in following} == {"notifications.delivery.promised"}
    assert sorted(row.pk for row in following) == list(range(last + 1, last + 1 + len(following)))


@pytest.mark.django_db(transaction=True)
def test_one_that_was_given_up_is_shown_without_what_it_says(
    client: Client, citizen: User, administrator: User
) -> None:
    case = cases.submitted_application(citizen)
    Case.objects.filter(pk=case.pk).update(is_confidential=True)
    permits.withdraw_application(Case.objects.get(pk=case.pk), actor=citizen, at=clock.now())
    sealed = Message.objects.get(topic=transitions.SEALED_TOPIC)
    Message.objects.filter(pk=sealed.pk).update(parked_at=clock.now(), last_error="KaboomError")
    client.force_login(administrator)
    page = client.get("/admin/outbox/message/").content.decode()
    assert "KaboomError" in page
    assert case.reference not in page
    assert case.reference not in client.get(f"/admin/outbox/message/{sealed.pk}/change/").content.decode()


def test_the_address_of_a_further_page_tells_no_number(citizen: User) -> None:
    for _time in range(2):
        cases.submitted_application(citizen)
    page: Any = keyset_page(queries.cases_of(citizen), by=("-created_at", "-id"), size=1)
    again: Any = keyset_page(queries.cases_of(citizen), by=("-created_at", "-id"), size=1)
    assert page.next_token != again.next_token
    following = keyset_page(
        queries.cases_of(citizen), by=("-created_at", "-id"), after=page.next_token, size=1
    )
    assert following.items[0].pk < page.items[0].pk
