"""The pages of an integrity report, as a browser without JavaScript and without an account asks for them."""

import re
from base64 import urlsafe_b64decode

import pytest
from django.contrib.sessions.models import Session
from django.core.cache import cache
from django.test import Client

from complaints.integrity import drafts, queries
from complaints.models import IntegrityReport
from services.accounts.models import User
from services.casework.models import Case
from services.government.models import Agency
from tests.complaints.confidential import ANSWERS, NEW, fill, page, passphrase_in, send
from tests.factories import casework as cases
from tests.factories import documents
from tests.factories import integrity as reports


@pytest.fixture(autouse=True)
def _in_english(client: Client) -> None:
    reports.ready()
    client.cookies["django_language"] = "en"


def test_the_first_page_says_what_protects_and_what_does_not(client: Client) -> None:
    told = page(client.get(NEW))
    assert "What protects you" in told
    assert "What does not protect you" in told
    assert "Use your own phone and your own connection" in told
    assert drafts.COOKIE not in client.cookies


def test_a_demanded_bribe_is_reported_in_ten_pages(client: Client) -> None:
    checked = page(fill(client))
    for said in ("ratus ribu", "Loket tiga", "baju batik", "Senin pagi", "Rp500.000"):
        assert said in checked
    receipt = send(client)
    case = Case.objects.get(kind="INTEGRITY")
    assert case.reference in receipt
    assert len(passphrase_in(receipt).split()) == 5
    assert case.agency.code == reports.INSPECTORATE
    told = queries.told_of(case.integrity_report)
    assert (told.amount, told.when, told.works_here, told.office) == (500_000, "Senin pagi", False, "dpmptsp")


def test_the_receipt_is_closed_and_everything_typed_is_gone(client: Client) -> None:
    fill(client)
    send(client)
    assert client.post(f"{NEW}sent/").status_code == 302
    assert client.get(f"{NEW}sent/").status_code == 302
    assert "ratus ribu" not in repr([cache.get(key.decode()) for key in cache._cache.get_client().keys("*")])  # type: ignore[attr-defined]


def test_the_other_wrongs_of_an_office_get_a_page_of_their_own(client: Client) -> None:
    fill(client, matter={"matter": "OTHER"}, kind={"axis": "UNDUE_DELAY"})
    send(client)
    assert queries.told_of(IntegrityReport.objects.get()).classified == "UNDUE_DELAY"


def test_changing_the_matter_forgets_a_page_that_is_not_asked_any_longer(client: Client) -> None:
    fill(client, matter={"matter": "OTHER"}, kind={"axis": "UNDUE_DELAY"})
    assert client.post(f"{NEW}matter/", ANSWERS["matter"])["Location"] == f"{NEW}check/"
    send(client)
    assert queries.told_of(IntegrityReport.objects.get()).classified == "REQUEST_FOR_REWARD"


@pytest.mark.parametrize("who", [{"concerned": "HEAD"}, {"concerned": "INSPECTORATE"}])
def test_the_page_says_that_the_commission_alone_gets_it(client: Client, who: dict[str, str]) -> None:
    asked = page(fill(client, until="receiver", who=who))
    assert "Office kpk (en)" in asked or "Office kpk" in asked
    assert 'type="radio"' not in asked
    client.post(f"{NEW}receiver/")
    client.post(f"{NEW}contact/", ANSWERS["contact"])
    send(client)
    assert Case.objects.get(kind="INTEGRITY").agency.code == reports.COMMISSION


def test_whoever_wants_no_way_back_gets_no_passphrase(client: Client) -> None:
    fill(client, contact={"contact": "none"})
    receipt = send(client)
    assert "passphrase__words" not in receipt
    assert "you hear nothing more" in receipt
    assert IntegrityReport.objects.get().passphrase_hash == ""


def test_a_phone_is_sealed(client: Client) -> None:
    assert "0812" not in page(fill(client, contact={"contact": "phone", "phone": "0812-3456-7890"}))
    send(client)
    report = IntegrityReport.objects.get()
    assert queries.contact_of(report) == "+6281234567890"
    assert b"812345" not in bytes(report.contact_sealed or b"")


@pytest.mark.parametrize(
    ("contact", "said"),
    [
        ({"contact": "phone"}, "Enter a mobile number."),
        ({"contact": "email"}, "Enter an e-mail address."),
        ({"contact": "email", "email": "not one"}, "name@example.com"),
        ({}, "Choose how we may reach you."),
    ],
)
def test_a_way_to_be_reached_needs_its_address(client: Client, contact: dict[str, str], said: str) -> None:
    fill(client, until="contact")
    assert said in page(client.post(f"{NEW}contact/", contact))


def test_an_address_that_was_not_chosen_is_forgotten(client: Client) -> None:
    fill(client, contact={"contact": "passphrase", "phone": "0812-3456-7890", "email": "not one"})
    send(client)
    assert IntegrityReport.objects.get().contact_sealed is None


@pytest.mark.parametrize(
    ("name", "typed", "said"),
    [
        ("matter", {}, "Choose what fits best."),
        ("what", {"what": " "}, "Tell in a few words what happened."),
        ("what", {"what": "x" * 10_001}, "Shorten it to 10000 characters. You have written 10001."),
        ("where", {"reference": "P-00000-00001"}, "neither a reference"),
        ("where", {"office": "nowhere"}, "nowhere"),
        ("who", {"who": "x" * 1_001, "concerned": "OFFICER"}, "Shorten it to 1000"),
        ("when", {"amount": "banyak"}, "whole rupiah"),
        ("work", {}, "Choose yes or no"),
        ("receiver", {}, "Choose who shall receive your report."),
        ("receiver", {"receiver": "OFFICE"}, "OFFICE"),
    ],
)
def test_what_is_wrong_stands_beside_the_field_and_what_was_typed_stays(
    client: Client, name: str, typed: dict[str, str], said: str
) -> None:
    fill(client, until=name)
    answer = client.post(f"{NEW}{name}/", typed)
    assert answer.status_code == 200
    assert said in page(answer)
    assert "error-summary" in page(answer)
    for value in typed.values():
        assert value.strip()[:40] in page(answer)


def test_scripts_are_words(client: Client) -> None:
    fill(
        client, what={"what": "<script>alert(1)</script>"}, who={"concerned": "OFFICER", "who": "<b>Pak</b>"}
    )
    assert "<script>alert(1)" not in page(client.get(f"{NEW}check/"))


def test_a_page_is_not_come_to_before_its_turn(client: Client) -> None:
    assert client.get(f"{NEW}contact/")["Location"] == NEW
    client.post(NEW)
    assert client.get(f"{NEW}contact/")["Location"] == f"{NEW}matter/"
    assert client.get(f"{NEW}check/")["Location"] == f"{NEW}matter/"
    assert client.get(f"{NEW}kind/")["Location"] == f"{NEW}matter/"
    assert client.get(f"{NEW}nonsense/").status_code == 404


def test_a_draft_that_ran_out_loses_no_page_that_is_being_sent(client: Client) -> None:
    fill(client, until="who")
    cache.clear()
    assert client.get(f"{NEW}who/")["Location"] == NEW
    assert client.post(f"{NEW}what/", ANSWERS["what"])["Location"] == f"{NEW}matter/"
    client.post(f"{NEW}matter/", ANSWERS["matter"])
    assert reports.WORDS in page(client.get(f"{NEW}what/"))


def test_what_is_typed_is_sealed_and_stands_in_no_table(client: Client) -> None:
    fill(client)
    held = [cache._cache.get_client().get(key) for key in cache._cache.get_client().keys("*draft*")]  # type: ignore[attr-defined]
    assert len(held) == 1
    assert b"ribu" not in held[0]
    assert not Session.objects.exists()
    assert not Case.objects.filter(kind="INTEGRITY").exists()
    cookie = client.cookies[drafts.COOKIE]
    assert (cookie["path"], cookie["httponly"], cookie["samesite"]) == (drafts.PATH, True, "Lax")


def test_sent_twice_is_one_report_with_one_passphrase(client: Client) -> None:
    fill(client)
    kept = client.cookies[drafts.COOKIE].value
    before = {key: cache.get(key) for key in [drafts._place(urlsafe_b64decode(kept + "="))]}
    receipt = send(client)
    for key, value in before.items():
        cache.set(key, value)
    assert passphrase_in(send(client)) == passphrase_in(receipt)
    assert IntegrityReport.objects.count() == 1


def test_nobody_is_known_even_when_signed_in(client: Client, citizen: User) -> None:
    client.force_login(citizen)
    fill(client)
    send(client)
    case = Case.objects.get(kind="INTEGRITY")
    assert case.applicant is None
    assert client.get(f"/cases/{case.reference}/").status_code == 404
    assert case.reference not in page(client.get("/cases/"))


def test_the_reference_of_a_case_is_filled_in_from_its_page(client: Client, citizen: User) -> None:
    case = cases.submitted_application(citizen)
    answer = client.post("/complaints/integrity/about/", {"reference": case.reference.lower()})
    assert answer["Location"] == NEW
    assert case.reference not in answer["Location"]
    fill(client, until="where")
    asked = page(client.get(f"{NEW}where/"))
    assert f'value="{case.reference}"' in asked
    assert case.agency.name["en"] not in re.sub(r"<option.*?</option>", "", asked, flags=re.DOTALL)


def test_the_code_of_a_certificate_is_filled_in_too(client: Client) -> None:
    paper = documents.signed_certificate()
    client.post("/complaints/integrity/about/", {"reference": paper.code})
    fill(client, until="where")
    assert f'value="{paper.code}"' in page(client.get(f"{NEW}where/"))


def test_a_mangled_reference_is_simply_left_out(client: Client) -> None:
    assert client.post("/complaints/integrity/about/", {"reference": "<b>"}).status_code == 302
    assert client.get("/complaints/integrity/about/").status_code == 405


def test_many_reports_from_one_address_are_slowed_down_and_nothing_is_lost(client: Client) -> None:
    for _time in range(20):
        fill(client)
        send(client)
        client.post(f"{NEW}sent/")
    fill(client)
    answer = client.post(f"{NEW}check/")
    assert answer.status_code == 429
    assert "nothing you typed is lost" in page(answer)
    assert reports.WORDS in page(answer)


def test_without_a_second_receiver_the_first_is_there_to_choose(client: Client) -> None:
    Agency.objects.filter(code=reports.COMMISSION).update(is_active=False)
    assert page(fill(client, until="receiver")).count('type="radio"') == 1
