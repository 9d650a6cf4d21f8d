"""An inspection through its pages, without JavaScript: the appointment, the visit, the signature, and what the applicant sees."""

from datetime import datetime
from typing import Any
from uuid import uuid4

import pytest

from services.accounts.models import User
from services.casework import inspections
from services.casework.models import Case, Noted
from services.documents import operations as documents
from services.documents.models import Certificate
from services.foundation import clock
from services.notifications.models import Notice
from services.outbox import registry
from services.outbox.models import Message
from tests.casework.desk import Desk, file
from tests.factories import accounts
from tests.factories import casework as cases
from tests.factories import inspections as visits
from tests.factories.documents import upload

HERE = "reviews/visit/"


@pytest.fixture
def case(citizen: User, intake: User) -> Case:
    return cases.accepted_application(citizen, intake, version=visits.inspected_service())


def tell(topic: str) -> None:
    """What follows from this topic happens."""
    for message in Message.objects.filter(topic=topic):
        for subscriber in registry.subscribers_of(topic):
            if not subscriber.effect:
                subscriber.handle(message.payload, secret=None, message_id=message.pk)


@pytest.fixture
def day(case: Case, inspector: User, monkeypatch: pytest.MonkeyPatch) -> datetime:
    """Appointed yesterday, and now the inspector stands there."""
    _review, moment = visits.at_the_place(inspector, case)
    monkeypatch.setattr(clock, "now", lambda: moment)
    return moment


def test_the_applicant_is_told_of_the_time_and_asks_for_another(
    case: Case, citizen: User, inspector: User, desk: Desk
) -> None:
    visits.taken(inspector, case)
    first, wish = visits.next_day(), visits.next_day(2)
    desk.sit(inspector)
    slot: dict[str, Any] = {"begins": "09:00", "ends": "11:00", "place": visits.PLACE}
    refused = desk.client.post(file(case, f"{HERE}appointment/"), slot | {"day": clock.today().isoformat()})
    assert "Choose a working day after today." in refused.content.decode()
    made = desk.client.post(file(case, f"{HERE}appointment/"), slot | {"day": first.isoformat()})
    assert made["Location"] == file(case, HERE)
    tell("casework.inspection.appointed")
    notice = Notice.objects.get(notice="applications/appointment")
    assert visits.PLACE in notice.page_html
    calendar = f"/cases/{case.reference}/inspections/visit/appointment.ics"
    assert calendar in notice.page_html

    own = desk.sit(citizen).read(f"/cases/{case.reference}/")
    assert "09.00-11.00" in own
    assert "Tono" not in own
    event = desk.client.get(calendar).content.decode()
    assert f"DTSTART:{first:%Y%m%d}T020000Z\r\n" in event
    assert "LOCATION:Jalan Darmo 12\\, Surabaya\r\n" in event
    place = f"/cases/{case.reference}/inspections/visit/another-time/"
    assert "Say why" in desk.client.post(place, {"wish": wish.isoformat()}).content.decode()
    desk.client.post(place, {"wish": wish.isoformat(), "reason": "Toko tutup."})
    assert "one holds" in desk.read(f"/cases/{case.reference}/")
    tell("casework.inspection.another_time_asked")
    assert Notice.objects.get(notice="casework/another_time").recipient == inspector
    assert "Toko tutup." in desk.sit(inspector).read(file(case, f"{HERE}appointment/"))


@pytest.mark.usefixtures("day")
def test_what_the_forms_send_is_kept_once(case: Case, inspector: User, desk: Desk) -> None:
    page = file(case, f"{HERE}visit/")
    desk.sit(inspector)
    sent = {"answer-size": "NO", "words-size": "Lebar 4 m.", "key-size": str(uuid4())}
    for _ in range(2):
        assert desk.client.post(page, sent)["Location"] == page
    key = str(uuid4())
    for _ in range(2):
        desk.client.post(page, {"upload": [upload(), upload()], "words": "Depan", "key": key})
    assert Noted.objects.filter(item="size").count() == 1
    assert Noted.objects.filter(photo__isnull=False).count() == 2
    shown = desk.read(page)
    assert "Lebar 4 m." in shown
    photo = Noted.objects.filter(photo__isnull=False).first()
    assert photo is not None
    assert desk.client.get(file(case, f"{HERE}photos/{photo.key}/")).status_code == 404
    refused = desk.client.post(page, {"upload": upload(b"", name="a.jpg"), "key": str(uuid4())})
    assert "This file is empty" in refused.content.decode()


@pytest.mark.usefixtures("day")
def test_the_phone_is_told_what_was_kept_and_what_was_refused(
    case: Case, inspector: User, desk: Desk
) -> None:
    place, key = file(case, f"{HERE}visit/note/"), str(uuid4())
    desk.sit(inspector)
    sent = {"key": key, "item": "size", "answer": "YES", "words": ""}
    assert [desk.client.post(place, sent).json() for _ in range(2)] == [{"kept": key}] * 2
    refused = desk.client.post(place, sent | {"key": str(uuid4()), "item": "made-up"})
    assert (refused.status_code, refused.json()["code"]) == (422, "item")


def test_the_minutes_are_signed_with_the_password_and_read_by_both_sides(
    case: Case, citizen: User, inspector: User, supervisor: User, day: datetime, desk: Desk
) -> None:
    page = file(case, f"{HERE}minutes/")
    desk.sit(inspector)
    for item in ("size", "safe"):
        visits.noted(inspector, visits.of(case), item, at=day)
    told = {"outcome": "UNFAVOURABLE", "findings": "Terlalu dekat jalan.", "presence": "APPLICANT"}
    wrong = desk.client.post(page, told | {"password": "salah"}).content.decode()
    assert "Terlalu dekat jalan." in wrong
    assert visits.of(case).state == "OPEN"
    done = desk.client.post(page, told | {"password": accounts.PASSWORD})
    assert done["Location"] == "/admin/casework/case/reviews/"
    held = inspections.of_review(case, "visit")
    assert held is not None
    assert held.paper is not None
    documents.sign_certificate(held.paper.pk, at=day)
    tell("documents.certificate.signed")
    assert Notice.objects.filter(notice="applications/minutes").count() == 1

    own = desk.sit(citizen).read(f"/cases/{case.reference}/")
    assert "Download the minutes (PDF)" in own
    paper = desk.client.get(f"/cases/{case.reference}/inspections/visit/minutes/")
    assert b"".join(paper).startswith(b"%PDF")
    verified = desk.read(f"/verify/{held.paper.code}/")
    assert held.paper.number in verified
    assert "Terlalu dekat jalan." not in verified
    assert "Granted to" not in verified
    assert "Terlalu dekat jalan." in desk.sit(supervisor).open(case)
    answer = desk.client.get(file(case, f"{HERE}minutes/paper/"))
    assert b"".join(answer).startswith(b"%PDF")
    assert Certificate.objects.get(reference=held.paper.reference).standing == "ACTIVE"


@pytest.mark.usefixtures("day")
def test_an_inspection_is_there_for_whoever_has_it_on_the_desk(
    case: Case, supervisor: User, desk: Desk
) -> None:
    desk.sit(supervisor)
    for place in ("appointment/", "visit/", "minutes/"):
        assert desk.client.get(file(case, f"{HERE}{place}")).status_code == 404


@pytest.mark.usefixtures("day")
def test_another_time_cannot_be_asked_for_when_the_inspector_is_awaited(
    case: Case, citizen: User, desk: Desk
) -> None:
    asked = desk.sit(citizen).client.get(f"/cases/{case.reference}/inspections/visit/another-time/")
    assert asked.status_code == 302
