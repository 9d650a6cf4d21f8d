"""The page of acting officials: given, confirmed and taken back without JavaScript, with what is wrong beside its field."""

from datetime import timedelta

from services.accounts.models import Membership, User
from services.documents.models import Document
from services.foundation import clock
from tests.casework.desk import Desk
from tests.factories import accounts, catalogue, documents, mandates

PAGE = "/admin/casework/acting/"


def test_a_supervisor_gives_a_mandate_and_the_head_confirms_it(
    desk: Desk, supervisor: User, executive: User, inspector: User, approver: User
) -> None:
    catalogue.published_version()
    mandates.away(approver)
    desk.sit(supervisor)
    assert f"holder={approver.pk}" in desk.read(f"/admin/casework/team/{approver.pk}/absence/")
    today = clock.today()
    fields = {
        "officer": inspector.pk,
        "hat": "APPROVER",
        "kind": "PLH",
        "holder": approver.pk,
        "post": "Kepala Bidang Perizinan",
        "first_date": f"{today:%F}",
        "last_date": f"{today + timedelta(days=3):%F}",
        "letter_number": "800/9/2026",
        "letter_date": f"{today:%F}",
    }
    answer = desk.client.post(PAGE, fields)
    assert "Choose the file of the letter." in answer.content.decode()
    upload = documents.upload(documents.pdf(), name="surat.pdf")
    answer = desk.client.post(PAGE, {**fields, "upload": upload}, follow=True)
    assert "It waits for a second person." in answer.content.decode()
    worn = Membership.objects.get(origin="MANDATE")
    assert Document.objects.get(pk=worn.mandate.letter).state == "JOINING"
    desk.sit(executive)
    assert "Plh. Kepala Bidang Perizinan" in desk.read(PAGE)
    desk.client.post(f"{PAGE}{worn.pk}/", {"confirm": "1"})
    assert "Write a few words." in desk.client.post(f"{PAGE}{worn.pk}/", {"reason": ""}).content.decode()
    desk.client.post(f"{PAGE}{worn.pk}/", {"reason": "Dicabut"})
    worn.refresh_from_db()
    assert (worn.state, worn.confirmed_by, worn.ended_by) == ("ENDED", executive, executive)


def test_a_refusal_stands_beside_its_field_and_nothing_typed_is_lost(
    desk: Desk, supervisor: User, inspector: User
) -> None:
    catalogue.deadlines()
    accounts.agency("dpmptsp")
    today = f"{clock.today():%F}"
    answer = desk.sit(supervisor).client.post(
        PAGE,
        {
            "officer": inspector.pk,
            "hat": "APPROVER",
            "kind": "PLT",
            "post": "Kepala Seksi",
            "first_date": today,
            "last_date": f"{clock.today() + timedelta(days=300):%F}",
            "letter_number": "800/9/2026",
            "letter_date": today,
            "upload": documents.upload(documents.pdf(), name="surat.pdf"),
        },
    )
    page = answer.content.decode()
    assert "The last day is" in page
    assert "Kepala Seksi" in page
