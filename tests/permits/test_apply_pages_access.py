"""Who may open the pages of an application: its own side, and nobody else."""

from urllib.parse import quote

import pytest
from django.test import Client
from django.urls import reverse

from services.accounts.models import User
from services.catalogue.models import Service
from tests.factories import applications, catalogue, documents
from tests.factories.applications import EVENT
from tests.factories.applying import Applicant

PAGES = [
    ("tasks", {}),
    ("identity", {}),
    ("confirmation", {}),
    ("slip", {}),
    ("questions", {"group": "event"}),
    ("questions", {"group": "team"}),
    ("item", {"group": "team", "number": 1}),
    ("remove_item", {"group": "team", "number": 1}),
    ("document", {"slot": "ktp"}),
    ("progress", {"slot": "ktp"}),
    ("check", {}),
    ("receipt", {}),
]
STEPS = ["send_code", "confirm_slip", "claim"]
DOCUMENT_STEPS = ["finish", "remove", "reopen", "reuse"]


@pytest.fixture
def applicant(citizen: User) -> Applicant:
    applications.full_service()
    return Applicant(citizen).begin()


@pytest.mark.parametrize(("name", "more"), PAGES)
def test_a_stranger_gets_404(
    applicant: Applicant, stranger: User, name: str, more: dict[str, object]
) -> None:
    other = Applicant(stranger, reference=applicant.reference)
    assert other.open(name, **more).status_code == 404
    assert other.send(name, {"seen": "x"}, **more).status_code == 404


@pytest.mark.parametrize("name", STEPS)
def test_a_stranger_gets_404_for_every_step(applicant: Applicant, stranger: User, name: str) -> None:
    assert Applicant(stranger, reference=applicant.reference).send(name).status_code == 404


@pytest.mark.parametrize("name", DOCUMENT_STEPS)
def test_a_stranger_gets_404_for_every_step_of_a_document(
    applicant: Applicant, stranger: User, name: str
) -> None:
    assert Applicant(stranger, reference=applicant.reference).send(name, slot="ktp").status_code == 404


def test_an_officer_gets_404_for_a_draft(applicant: Applicant, intake: User, auditor: User) -> None:
    for officer in (intake, auditor):
        assert Applicant(officer, reference=applicant.reference).open("tasks").status_code == 404


def test_a_sheet_is_shown_to_its_owner_alone(applicant: Applicant, stranger: User) -> None:
    applicant.send("document", {"upload": documents.upload()}, slot="ktp")
    sheet = applicant.case.documents.get().document.sheets.get()
    picture = applicant.open("picture", slot="ktp", sheet=sheet.pk)
    assert (picture.status_code, picture["Content-Type"]) == (200, "image/jpeg")
    assert b"".join(picture.streaming_content).startswith(b"\xff\xd8")
    other = Applicant(stranger, reference=applicant.reference)
    assert other.open("picture", slot="ktp", sheet=sheet.pk).status_code == 404
    own = Applicant(stranger).begin()
    assert own.open("picture", slot="ktp", sheet=sheet.pk).status_code == 404
    assert own.send("again", slot="ktp", sheet=sheet.pk).status_code == 404


def test_another_slug_with_the_same_reference_is_404(applicant: Applicant) -> None:
    catalogue.published_version()
    assert (
        Applicant(applicant.user, slug="izin-uji", reference=applicant.reference).open("tasks").status_code
        == 404
    )


@pytest.mark.parametrize("reference", ["P-00000-00000", "nonsense", "P-7K3F9-QXM2X"])
def test_a_mangled_reference_is_404(applicant: Applicant, reference: str) -> None:
    assert Applicant(applicant.user, reference=reference).open("tasks").status_code == 404


def test_a_reference_copied_by_hand_is_understood(applicant: Applicant) -> None:
    lower = applicant.reference.lower().replace("-", "")
    assert Applicant(applicant.user, reference=lower).open("tasks").status_code == 200


def test_an_unknown_service_is_404(applicant: Applicant) -> None:
    assert applicant.client.get(reverse("permits:start", kwargs={"slug": "izin-terbang"})).status_code == 404


def test_a_service_that_is_no_longer_offered_takes_no_new_application(applicant: Applicant) -> None:
    Service.objects.update(is_listed=False)
    assert applicant.client.get(applicant.url("start")).status_code == 404
    assert applicant.client.post(applicant.url("start"), {"helper_relation": "SELF"}).status_code == 404
    assert applicant.open("tasks").status_code == 200


def test_somebody_who_is_not_signed_in_is_asked_to_and_comes_back(applicant: Applicant) -> None:
    for page in (applicant.url("start"), applicant.url("tasks")):
        answer = Client().get(page)
        assert answer["Location"] == f"{reverse('account_login')}?next={quote(page)}"


def test_what_was_typed_in_an_expired_session_comes_back_after_signing_in(applicant: Applicant) -> None:
    page = applicant.url("questions", group="event")
    seen = applicant.client.get(page).content.decode().split('name="seen" value="')[1].split('"')[0]
    browser = Client()
    answer = browser.post(page, EVENT | {"q-title": "Kerja satu jam", "seen": seen})
    assert answer["Location"].startswith(reverse("account_login"))
    assert applicant.case.answers == {}
    browser.force_login(applicant.user)
    text = browser.get(page).content.decode()
    assert 'value="Kerja satu jam"' in text
    answer = browser.post(page, EVENT | {"q-title": "Kerja satu jam", "seen": seen})
    assert answer.status_code == 302
    assert applicant.case.answers["title"] == "Kerja satu jam"


def test_what_was_typed_is_given_back_once_and_only_on_its_page(applicant: Applicant) -> None:
    page = applicant.url("questions", group="event")
    browser = Client()
    browser.post(page, EVENT | {"q-title": "Kerja satu jam"})
    browser.force_login(applicant.user)
    assert "Kerja satu jam" not in browser.get(applicant.url("questions", group="place")).content.decode()
    assert "Kerja satu jam" in browser.get(page).content.decode()
    assert "Kerja satu jam" not in browser.get(page).content.decode()


def test_what_was_typed_lies_sealed_in_the_session(applicant: Applicant) -> None:
    browser = Client()
    browser.post(applicant.url("questions", group="event"), EVENT)
    assert applications.NIK not in str(dict(browser.session.items()))


def test_a_session_that_ends_on_the_last_page_loses_nothing(applicant: Applicant) -> None:
    applicant.name_oneself()
    applicant.answer_everything()
    applicant.add_ready_document()
    browser = Client()
    fields = {"declared": "on", "submission_key": "0" * 32}
    answer = browser.post(applicant.url("check"), fields)
    browser.force_login(applicant.user)
    page = browser.get(answer["Location"].split("next=")[1])
    assert "checked" in page.content.decode()
    assert browser.post(applicant.url("check"), fields)["Location"] == applicant.url("receipt")
