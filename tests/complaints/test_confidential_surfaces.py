"""A confidential report appears nowhere but to its receiver and its reporter; an anonymous one shows no person. One test a surface."""

from collections.abc import Callable, Iterator
from datetime import timedelta
from typing import Any

import pytest
from django.core import mail
from django.core.cache import cache
from django.test import Client

from portal.pages import home
from services.accounts.models import Hat, User
from services.audit import queries as audit
from services.audit.actors import Subject
from services.casework import queries, workload
from services.casework.models import Case
from services.foundation import clock
from services.notifications.models import Delivery, Notice
from services.outbox.models import Message
from tests.casework.desk import explain, file
from tests.factories import accounts
from tests.factories import complaints as reports

SECRET = "Petugas loket tiga meminta seratus ribu rupiah."
OTHERS = ("supervisor", "executive", "auditor", "approver", "administrator", "foreign_reviewer", "stranger")


def body(answer: Any) -> str:
    return str(answer.content.decode())


@pytest.fixture
def secret(citizen: User, intake: User, reviewer: User) -> Case:
    """Answered by its own office, sent with an account."""
    at = clock.now() - timedelta(days=2)
    return reports.answered_report(
        intake, reviewer, citizen, category="illegal-levy", words=SECRET, photos=1, at=at
    )


@pytest.fixture(params=OTHERS)
def other(request: pytest.FixtureRequest) -> User:
    found: User = request.getfixturevalue(request.param)
    return found


def traces(secret: Case) -> Iterator[str]:
    yield secret.reference
    yield "seratus ribu"


def test_the_public_list_does_not_show_it(client: Client, secret: Case) -> None:
    for query in ("", "?category=illegal-levy", "?state=answered"):
        shown = client.get(f"/complaints/{query}")
        assert not any(trace in body(shown) for trace in traces(secret))
        assert shown.context["rows"] == []


def test_its_public_page_is_404_like_what_never_was(client: Client, secret: Case, other: User) -> None:
    client.force_login(other)
    answers = [client.get(f"/complaints/{reference}/") for reference in (secret.reference, "C-00000-00000")]
    assert [answer.status_code for answer in answers] == [404, 404]


def test_its_photos_are_404(client: Client, secret: Case, other: User) -> None:
    client.force_login(other)
    for row in secret.documents.all():
        assert client.get(f"/complaints/{secret.reference}/photos/{row.document_id}/").status_code == 404


def test_tracking_does_not_know_it(client: Client, secret: Case) -> None:
    known = client.get(f"/track/{secret.reference}/")
    never = client.get("/track/C-00000-00000/")
    assert known.status_code == 404
    assert queries.tracking(secret.reference) is None
    assert body(known).count("Lampu") == body(never).count("Lampu")
    assert "seratus ribu" not in body(known)


def test_its_dialogue_asks_for_a_passphrase_as_for_any_reference(
    client: Client, secret: Case, other: User
) -> None:
    client.force_login(other)
    known = body(client.get(f"/complaints/{secret.reference}/dialogue/"))
    never = body(client.get("/complaints/C-00000-00000/dialogue/"))
    assert 'name="passphrase"' in known
    assert "seratus ribu" not in known
    assert known.count("<p") == never.count("<p")


def test_the_search_for_services_does_not_find_it(client: Client, secret: Case) -> None:
    assert "/complaints/C-" not in body(client.get(f"/services/?q={secret.reference}"))


def test_the_desk_of_others_does_not_list_find_count_or_open_it(
    client: Client, secret: Case, other: User
) -> None:
    client.force_login(other)
    now = clock.now()
    office = workload.office_of(other, at=now)
    assert not workload.readable(office).filter(pk=secret.pk).exists()
    assert workload.counts(office, at=now).open == 0
    for query in ("", "?show=open", f"?q={secret.reference}", "?q=Budi"):
        answer = client.get(f"/admin/casework/case/{query}")
        assert not any(row["case"].pk == secret.pk for row in (answer.context or {}).get("rows", ()))
    opened = client.get(f"/admin/casework/case/{secret.reference}/")
    assert opened.status_code in {302, 404}


def test_its_receiver_reads_it(client: Client, secret: Case, reviewer: User) -> None:
    client.force_login(reviewer)
    explain(client, secret)
    assert SECRET in body(client.get(file(secret)))


def test_its_reporter_reads_it(client: Client, secret: Case, citizen: User) -> None:
    client.force_login(citizen)
    assert SECRET in body(client.get(f"/cases/{secret.reference}/"))
    assert SECRET in body(client.get(f"/complaints/{secret.reference}/dialogue/"))


def test_the_supervisor_is_not_shown_it_on_the_first_page(
    client: Client, secret: Case, supervisor: User
) -> None:
    client.force_login(supervisor)
    assert secret.reference not in body(client.get("/admin/"))


@pytest.mark.parametrize("hat", [Hat.EXECUTIVE, Hat.SUPERVISOR])
def test_the_heads_page_does_not_list_it(client: Client, secret: Case, hat: str) -> None:
    accounts.agency("pemkot", is_root=True)
    for agency in ("pemkot", "dpmptsp"):
        client.force_login(accounts.officer(f"Kepala {agency}", hat, agency_code=agency))
        for query in ("", "?show=escalated"):
            answer = client.get(f"/admin/complaints/category/unanswered/{query}")
            assert not any(trace in body(answer) for trace in traces(secret))


def test_the_month_in_numbers_does_not_count_it(citizen: User, intake: User, reviewer: User) -> None:
    before = home.month_in_numbers(at=clock.now())
    reports.answered_report(intake, reviewer, citizen, category="illegal-levy")
    cache.clear()
    assert home.month_in_numbers(at=clock.now()) == before


def test_its_notices_say_nothing_of_it(
    citizen: User, intake: User, reviewer: User, deliver_outbox: Callable[[], int]
) -> None:
    secret = reports.answered_report(intake, reviewer, citizen, category="illegal-levy", words=SECRET)
    deliver_outbox()
    notices = list(Notice.objects.all())
    assert {notice.notice for notice in notices} == {"casework/news"}
    for notice in notices:
        said = f"{notice.title} {notice.page_html} {notice.path} {notice.reference} {notice.dedupe_key}"
        assert secret.reference not in said
        assert "lapor" not in said.lower()
        assert "complaint" not in said.lower()
    assert {delivery.purpose for delivery in Delivery.objects.all()} == {"casework/news"}
    for sent in mail.outbox:
        assert secret.reference not in f"{sent.subject} {sent.body} {getattr(sent, 'alternatives', '')}"
        assert "pungutan" not in f"{sent.subject} {sent.body}".lower()


def test_without_an_account_its_notices_say_nothing_either(
    intake: User, reviewer: User, deliver_outbox: Callable[[], int]
) -> None:
    secret = reports.answered_report(
        intake,
        reviewer,
        category="illegal-levy",
        words=SECRET,
        contact_channel="EMAIL",
        contact_address="warga@example.com",
    )
    deliver_outbox()
    assert mail.outbox
    for sent in mail.outbox:
        said = f"{sent.subject} {sent.body} {getattr(sent, 'alternatives', '')}"
        assert sent.to == ["warga@example.com"]
        assert secret.reference not in said
        assert "/complaints/" not in said
    assert not Notice.objects.exists()


def test_the_list_of_messages_behind_the_scenes_does_not_name_it(secret: Case) -> None:
    for message in Message.objects.all():
        assert secret.reference not in f"{message.payload} {message.dedupe_key} {message.topic}"


# An anonymous report shows no person to anybody.


@pytest.fixture
def unnamed(citizen: User, intake: User, foreign_reviewer: User) -> Case:
    """Sent with an account, anonymously."""
    return reports.answered_report(intake, foreign_reviewer, citizen, visibility="ANONYMOUS", shows_name=True)


@pytest.mark.parametrize("path", ["/complaints/", "/complaints/{}/", "/track/{}/"])
def test_no_public_page_of_an_anonymous_report_shows_a_person(
    client: Client, unnamed: Case, path: str
) -> None:
    shown = body(client.get(path.format(unnamed.reference)))
    assert "Lampu jalan" in shown
    assert "Budi" not in shown


def test_no_officer_sees_whose_it_is(
    client: Client, unnamed: Case, foreign_reviewer: User, citizen: User
) -> None:
    client.force_login(foreign_reviewer)
    explain(client, unnamed)
    shown = body(client.get(f"/admin/casework/case/{unnamed.reference}/"))
    assert reports.WORDS in shown
    for trace in ("Budi", citizen.phone, citizen.email):
        assert str(trace) not in shown
    assert client.get("/admin/casework/case/?q=Budi").context["rows"] == []


def test_it_is_not_among_the_cases_of_the_account(client: Client, unnamed: Case, citizen: User) -> None:
    client.force_login(citizen)
    assert unnamed.reference not in body(client.get("/cases/"))
    assert client.get(f"/cases/{unnamed.reference}/").status_code == 404
    assert reports.WORDS not in body(client.get(f"/complaints/{unnamed.reference}/dialogue/"))


def test_the_record_ties_it_to_nobody(unnamed: Case, citizen: User) -> None:
    steps = audit.events_of(Subject("case", unnamed.reference))
    assert citizen.pseudonym not in {event.actor.pseudonym for event in steps}
    assert str(citizen.pseudonym) not in str([event.details for event in steps])


def test_its_notices_reach_the_phone_and_no_page(
    unnamed: Case, citizen: User, deliver_outbox: Callable[[], int]
) -> None:
    deliver_outbox()
    assert not Notice.objects.exists()
    delivered = list(Delivery.objects.all())
    assert delivered
    assert {delivery.address for delivery in delivered} == {citizen.phone}
    assert str(citizen.phone) not in {delivery.address_masked for delivery in delivered}
