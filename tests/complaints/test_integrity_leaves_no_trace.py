"""A whole integrity report, sent and answered: not in a log, a session, a figure or a list of anybody who does not receive it."""

import io
import logging
from collections.abc import Iterator

import pytest
from allauth.usersessions.models import UserSession
from django.contrib.sessions.models import Session
from django.core.cache import cache
from django.db import connection
from django.test import Client
from prometheus_client import REGISTRY

from complaints.integrity import operations as integrity
from complaints.integrity.values import Reach
from services.accounts.models import Hat, User
from services.audit.models import Event
from services.casework.models import Case
from services.foundation import clock
from services.notifications.models import Delivery, Notice
from services.outbox import delivery
from services.outbox import queries as outbox
from services.outbox.models import Message
from tests.complaints.confidential import NEW, fill, page, passphrase_in, send
from tests.factories import accounts, complaints, documents
from tests.factories import casework as cases
from tests.factories import integrity as reports

ADDRESS, BROWSER = "203.0.113.77", "TellTale/1.0 (Redmi 9A)"
TELLING = ("ratus ribu", "baju batik", "Loket tiga", "REWARD_DEMANDED")


@pytest.fixture(autouse=True)
def _ready() -> None:
    reports.ready()


@pytest.fixture
def log() -> Iterator[io.StringIO]:
    """What the portal writes, as it writes it."""
    kept = io.StringIO()
    handler = logging.StreamHandler(kept)
    handler.setFormatter(
        next(one.formatter for one in logging.root.handlers if one.formatter and one.filters)
    )
    logging.root.addHandler(handler)
    yield kept
    logging.root.removeHandler(handler)


def visitor() -> Client:
    return Client(REMOTE_ADDR=ADDRESS, HTTP_USER_AGENT=BROWSER, HTTP_X_FORWARDED_FOR=ADDRESS)


def deliver() -> None:
    while due := list(outbox.due(clock.now()).values_list("id", flat=True)):
        for message in due:
            delivery.deliver(message)


def tables() -> str:
    """Everything that stands in the database, but not the pages that describe the service."""
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT relname FROM pg_class WHERE relkind IN ('r', 'p') AND NOT relispartition"
            " AND relnamespace = 'public'::regnamespace AND relname !~ '^(catalogue|django_migrations)'"
        )
        rows = []
        for (table,) in cursor.fetchall():
            cursor.execute(f'SELECT * FROM "{table}"')  # noqa: S608 (names of our own tables)
            rows.append(repr([bytes(v) if isinstance(v, memoryview) else v for row in cursor for v in row]))
    return "".join(rows)


@pytest.mark.django_db(transaction=True)
def test_neither_address_nor_words_stand_in_a_log_or_in_clear_in_a_table(
    log: io.StringIO, citizen: User
) -> None:
    client = visitor()
    client.force_login(citizen)
    sessions = Session.objects.count()
    fill(client, until="evidence")
    client.post(f"{NEW}evidence/", {"upload": [documents.upload(name="rumah budi.jpg")]})
    client.post(f"{NEW}evidence/", {})
    client.post(f"{NEW}receiver/", {"receiver": "INSPECTORATE"})
    client.post(f"{NEW}contact/", {"contact": "phone", "phone": "081234567890"})
    receipt = send(client)
    case = Case.objects.get(kind="INTEGRITY")
    client.post(
        "/complaints/integrity/open/", {"reference": case.reference, "passphrase": passphrase_in(receipt)}
    )
    assert "C-" in page(client.get("/complaints/integrity/dialogue/"))
    deliver()
    for told in (ADDRESS, BROWSER, "Redmi", *TELLING, passphrase_in(receipt), "rumah budi", "+62812"):
        assert told not in log.getvalue()
        assert told not in tables()
    held = cache._cache.get_client()  # type: ignore[attr-defined]
    kept = repr([(key, held.get(key)) for key in held.keys("*") if held.type(key) == b"string"])
    for told in (ADDRESS, BROWSER, *TELLING, "+62812"):
        assert told not in kept
    assert Session.objects.count() == sessions
    assert not UserSession.objects.filter(ip=ADDRESS).exists()
    assert not Event.objects.filter(subject_key=case.reference, actor=citizen.pseudonym).exists()
    assert not Event.objects.filter(subject_key=case.reference).exclude(request_id="").exists()


@pytest.mark.django_db(transaction=True)
def test_the_lists_of_an_administrator_are_as_before(client: Client) -> None:
    administrator = accounts.officer("Eko Admin", Hat.ADMINISTRATOR)
    cases.submitted_application(accounts.signed_up("Budi Santoso"))
    deliver()
    client.force_login(administrator)

    def lists() -> list[str]:
        places = ["outbox/message/?state=", "outbox/message/?state=done", "outbox/message/?state=waiting"]
        told = [page(client.get(f"/admin/{place}")) for place in (*places, "notifications/delivery/")]
        return [text[text.index("<main") : text.index("</main>")].replace("\n", "") for text in told]

    before, numbers = lists(), sorted(Message.objects.values_list("pk", flat=True))
    examiner = reports.examiner("Tulus Pemeriksa")
    asked = reports.asked(examiner)
    integrity.write_to_receiver(asked, words="Loket tiga.", at=clock.now())
    deliver()
    assert sorted(Message.objects.values_list("pk", flat=True)) == numbers
    assert not Delivery.objects.filter(purpose__contains="integr").exists()
    assert not Notice.objects.filter(reference=asked.reference).exists()
    without_tokens = [text.partition("csrf")[0] for text in lists()]
    assert without_tokens == [text.partition("csrf")[0] for text in before]


@pytest.mark.django_db(transaction=True)
def test_the_news_to_a_phone_looks_like_any_news_to_a_phone_without_an_account() -> None:
    examiner = reports.examiner("Tulus Pemeriksa")
    quiet = reports.received(
        reach=Reach(channel="SMS", address="+6281234567890", passphrase=reports.PASSPHRASE)
    )
    integrity.begin_examination(reports.taken(quiet, examiner), actor=examiner, at=clock.now())
    complaints.received_report(contact_channel="SMS", contact_address="+6281234567891")
    deliver()
    listed = list(Delivery.objects.values_list("purpose", "channel", "notice", "last_error"))
    assert len(listed) == 2
    assert listed[0] == listed[1]


def test_no_figure_counts_the_pages_of_integrity(client: Client) -> None:
    client.get("/track/")
    fill(client)
    send(client)
    views = {
        sample.labels["view"]
        for metric in REGISTRY.collect()
        for sample in metric.samples
        if "view" in sample.labels
    }
    assert "casework:track" in views
    assert not [view for view in views if view.startswith("complaints:integrity")]
