"""GeoReport v2: a program sends a report for somebody; what is answered, what is kept, and the same call again."""

import re

import pytest
from django.contrib.auth.hashers import check_password
from django.test import Client
from django.utils.translation import override

from complaints import operations as complaints
from complaints import passphrases
from complaints.models import ApiKey
from complaints.operations import keys
from services.accounts.models import User
from services.casework import operations as casework
from services.casework.models import Case
from services.foundation import clock, sealing
from services.foundation.templatetags.bening import day
from services.government import queries as government
from services.government.models import Government
from tests.complaints.open311 import WORDS, Program, complaint_of, get, passphrase_in, post, said

pytestmark = pytest.mark.usefixtures("small_city")

IDEMPOTENCY_KEY = "9b2f1c9e-6f0e-4b7e-9a57-3f1d3f3a4a10"


# What is answered


def test_a_new_request_in_json(sender: Program, secret: str) -> None:
    response = post(sender, secret)

    assert response.status_code == 201
    assert response["Content-Type"] == "application/json; charset=utf-8"
    case = Case.objects.get()
    assert said(response) == [
        {
            "service_request_id": case.reference,
            "service_notice": f"The complaints office reads it by {day_of(case)} at the latest.\n"
            "After that everybody can read it.\n"
            f"Keep the number and this passphrase: {passphrase_in(response)}. "
            "With both you read the answer and write to the office: "
            f"http://testserver/complaints/{case.reference}/dialogue/",
        }
    ]


def day_of(case: Case) -> str:
    with override("en"):
        return day(case.due_at)


def test_a_new_request_in_xml(sender: Program, secret: str) -> None:
    response = post(sender, secret, "xml")

    assert response.status_code == 201
    assert response["Content-Type"] == "text/xml; charset=utf-8"
    assert re.fullmatch(
        r'<\?xml version="1.0" encoding="utf-8"\?>\n'
        "<service_requests><request>"
        "<service_request_id>C-[0-9A-Z]{5}-[0-9A-Z]{5}</service_request_id>"
        "<service_notice>[^<]+</service_notice>"
        "</request></service_requests>",
        response.content.decode(),
    )


def test_what_was_said_is_kept(sender: Program, secret: str) -> None:
    response = post(
        sender,
        secret,
        lat="-7.27",
        long="112.75",
        description="Gelap.\r\nSudah <b>lama</b>.",
        phone="0812 3456 7890",
        **{"attribute[district]": "35.78.08", "attribute[visibility]": "ANONYMOUS"},
    )

    report = complaint_of(response)
    assert report.words == "Gelap.\nSudah <b>lama</b>."
    assert (report.place, report.latitude, report.longitude) == ("Jalan Mawar 12", -7.27, 112.75)
    assert (report.visibility, report.language, report.shows_name) == ("ANONYMOUS", "en", False)
    assert report.case.district is not None
    assert report.case.district.name == "Gubeng"
    assert report.case.applicant is None
    assert report.contact_channel == "SMS"
    assert sealing.unseal(report.contact_sealed or b"", bound_to=report.seal_binding) == "+6281234567890"
    assert check_password(passphrase_in(response), report.passphrase_hash)


def test_the_program_that_sent_it_is_known_to_the_desk_and_to_nobody_else(
    sender: Program, program: tuple[ApiKey, str], intake: User
) -> None:
    key, secret = program
    report = complaint_of(post(sender, secret, lat="-7.27", long="112.75"))
    assert report.program == key
    case = casework.take_case(report.case, actor=intake, reason_code="COUNTER", at=clock.now())
    complaints.verify_report(case, actor=intake, category=report.category, agency=None, at=clock.now())

    sender.force_login(intake)
    assert key.name in sender.get(f"/admin/casework/case/{case.reference}/").content.decode()
    sender.logout()
    for address in (f"/complaints/{case.reference}/", f"/track/{case.reference}/"):
        assert key.name not in sender.get(address).content.decode()
    assert key.name not in get(sender, "requests.json").content.decode()


def test_the_passphrase_opens_the_dialogue(sender: Program, secret: str) -> None:
    response = post(sender, secret, **{"attribute[visibility]": "CONFIDENTIAL"})
    browser = Client()
    address = f"/complaints/{complaint_of(response).case.reference}/dialogue/"

    assert WORDS not in browser.get(address).content.decode()
    opened = browser.post(address, {"passphrase": passphrase_in(response)}, follow=True)
    assert WORDS in opened.content.decode()


def test_an_email_comes_before_a_phone_and_a_point_suffices(sender: Program, secret: str) -> None:
    response = post(
        sender,
        secret,
        address_string=None,
        description=None,
        lat="-7.27",
        long="112.75",
        email="Siti@Example.org",
        phone="081234567890",
    )

    report = complaint_of(response)
    assert sealing.unseal(report.contact_sealed or b"", bound_to=report.seal_binding) == "Siti@Example.org"
    assert report.words == "Lampu Jalan"
    assert report.place == ""
    assert "Not kept: phone." in response.content.decode()


def test_what_has_no_place_here_is_said(sender: Program, secret: str) -> None:
    response = post(
        sender,
        secret,
        first_name="Siti",
        last_name="Aminah",
        device_id="tt222111",
        account_id="123456",
        media_url="https://photos.example.org/1.jpg",
    )

    notice = said(response)[0]["service_notice"]
    assert notice.endswith("Not kept: first_name, last_name, account_id, device_id, media_url.")
    report = complaint_of(response)
    kept = " ".join(str(value) for value in vars(report).values()) + str(report.case.answers)
    assert "Siti" not in kept
    assert "photos.example.org" not in kept


def test_a_point_outside_of_the_region_is_received_and_told(sender: Program, secret: str) -> None:
    square = [[112.0, -8.0], [113.0, -8.0], [113.0, -7.0], [112.0, -7.0], [112.0, -8.0]]
    Government.objects.update(map={"outline": {"type": "Polygon", "coordinates": [square]}})
    government.forget_government()

    response = post(sender, secret, lat="-6.9", long="112.5")

    assert complaint_of(response).is_outside
    assert "outside our region" in said(response)[0]["service_notice"]
    assert not complaint_of(post(sender, secret, lat="-7.5", long="112.5")).is_outside


def test_danger_to_life_is_answered_with_the_number_to_call(sender: Program, secret: str) -> None:
    response = post(sender, secret, description="Ada kabel putus di jalan!")

    assert said(response)[0]["service_notice"].startswith("Is a life in danger? Call 112 now")


# The same call again


def test_the_same_call_again_gets_the_same_answer(sender: Program, secret: str) -> None:
    first = post(sender, secret, idempotency_key=IDEMPOTENCY_KEY)
    second = post(sender, secret, idempotency_key=IDEMPOTENCY_KEY)

    assert (first.status_code, second.status_code) == (201, 201)
    assert said(first) == said(second)
    assert check_password(passphrase_in(second), complaint_of(first).passphrase_hash)
    assert Case.objects.count() == 1


def test_the_same_call_with_other_words_is_another_report(sender: Program, secret: str) -> None:
    first = post(sender, secret, idempotency_key=IDEMPOTENCY_KEY)
    second = post(sender, secret, idempotency_key=IDEMPOTENCY_KEY, description="Masih mati.")

    assert complaint_of(first).case != complaint_of(second).case


def test_the_same_call_of_another_program_is_another_report(sender: Program, secret: str) -> None:
    _key, other = keys.make_key(name="Lain", contact="x", made_by=None, at=clock.now())
    first = post(sender, secret, idempotency_key=IDEMPOTENCY_KEY)
    second = post(sender, other, idempotency_key=IDEMPOTENCY_KEY)

    assert complaint_of(first).case != complaint_of(second).case
    assert passphrase_in(first) != passphrase_in(second)


def test_without_an_idempotency_key_every_call_is_a_report(sender: Program, secret: str) -> None:
    assert said(post(sender, secret)) != said(post(sender, secret))


def test_a_passphrase_drawn_from_a_secret_is_like_any_other() -> None:
    drawn = passphrases.drawn_from(bytes(range(32)))

    assert drawn == passphrases.drawn_from(bytes(range(32))) != passphrases.drawn_from(bytes(range(1, 33)))
    assert len(drawn.split()) == passphrases.LENGTH
    assert set(drawn.split()) <= set(passphrases.WORDS)
