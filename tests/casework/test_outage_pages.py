"""An outage from the first word to the new date: declared, read on every page, ended, confirmed, told once, kept in a public list."""

from collections.abc import Callable
from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

from django.conf import settings
from django.test import Client
from django.utils.translation import override

from services.accounts.models import User
from services.casework import operations as casework
from services.casework.models import Case, Outage
from services.foundation import clock
from services.foundation.templatetags.bening import day
from services.notifications.models import Notice
from tests.casework.desk import Desk
from tests.factories import casework as cases
from tests.factories import catalogue
from tests.factories import outages as out

PAGE = "/admin/casework/outages/"
PUBLIC = "/transparency/outages/"
SAID = {"words_id": "Berkas tidak dapat dikirim.", "words_en": "Files cannot be sent."}


def typed(moment: datetime) -> str:
    return f"{moment.astimezone(ZoneInfo(settings.TIME_ZONE)):%Y-%m-%dT%H:%M}"


def test_an_outage_is_declared_read_by_everybody_confirmed_and_gives_its_time_back(
    desk: Desk, citizen: User, intake: User, deliver_outbox: Callable[[], int]
) -> None:
    began = clock.now() - timedelta(hours=3)
    case = cases.returned_application(citizen, intake, at=began - timedelta(days=1))
    deliver_outbox()
    one, other = out.administrator("Satu"), out.administrator("Dua")
    desk.sit(one)
    wrong = desk.client.post(PAGE, SAID | {"begins_at": typed(clock.now() + timedelta(days=2))})
    assert "Say when it began: not later than now." in wrong.content.decode()
    assert "Files cannot be sent." in wrong.content.decode()
    desk.client.post(PAGE, SAID | {"begins_at": typed(began)})
    outage = Outage.objects.get()
    assert "Files cannot be sent." in said_on("/", citizen)
    desk.client.post(f"{PAGE}{outage.pk}/", {"act": "end", "ends_at": typed(clock.now())})
    assert "Files cannot be sent." not in said_on("/", citizen)
    assert "Another person confirms it." in desk.read(f"{PAGE}{outage.pk}/")
    out.settle()
    desk.sit(other)
    desk.client.post(f"{PAGE}{outage.pk}/", {"act": "confirm"})
    deliver_outbox()
    assert [casework.move_dates(at=clock.now()) for _again in range(2)] == [0, 0]
    case.refresh_from_db()
    _its_owner_reads_of_it(case, citizen)
    assert "Files cannot be sent." in said_on(PUBLIC)
    desk.client.post(f"{PAGE}{outage.pk}/", {"act": "correct", "reason": "Hanya dua jam."})
    assert "Hanya dua jam." in said_on(PUBLIC)


def _its_owner_reads_of_it(case: Case, citizen: User) -> None:
    assert case.applicant_due_at
    page = said_on(f"/cases/{case.reference}/", citizen)
    assert f"to {day_in_english(case.applicant_due_at)}: the portal was not available on" in page
    notice = Notice.objects.get(notice="applications/date_moved")
    assert case.reference in notice.title


def test_a_supervisor_of_an_office_reads_them_and_finds_no_form(desk: Desk, supervisor: User) -> None:
    outage = out.declared(out.administrator(), begins_at=clock.now())
    desk.sit(supervisor)
    assert "Files cannot be sent." in desk.read(PAGE)
    assert 'name="begins_at"' not in desk.read(PAGE)
    assert 'name="reason"' not in desk.read(f"{PAGE}{outage.pk}/")
    desk.client.post(f"{PAGE}{outage.pk}/", {"act": "withdraw", "reason": "Keliru"})
    assert Outage.objects.get().is_running


def test_what_was_taken_back_stands_in_no_public_list_and_names_the_service_otherwise(
    desk: Desk, db: None
) -> None:
    service = catalogue.published_version().service
    outage = out.declared(out.administrator("Satu"), begins_at=clock.now(), services=[service.slug])
    assert service.name["en"] in said_on("/")
    desk.sit(out.administrator("Dua"))
    desk.client.post(f"{PAGE}{outage.pk}/", {"act": "withdraw", "reason": ""})
    assert Outage.objects.get().is_running
    desk.client.post(f"{PAGE}{outage.pk}/", {"act": "withdraw", "reason": "Keliru"})
    assert "Files cannot be sent." not in said_on("/") + said_on(PUBLIC)


def said_on(path: str, reader: User | None = None) -> str:
    client = Client(HTTP_ACCEPT_LANGUAGE="en")
    if reader is not None:
        reader.language = "en"
        reader.save(update_fields=["language"])
        client.force_login(reader)
    return client.get(path).content.decode()


def day_in_english(moment: datetime) -> str:
    with override("en"):
        return day(moment)
