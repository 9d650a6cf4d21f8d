"""What each check of the machine finds, in words for both sides."""

from collections.abc import Iterator
from datetime import timedelta
from typing import Any

import pytest
from django.utils.translation import override
from pytest_django import Settings

from services.accounts import operations as accounts
from services.accounts import population
from services.accounts.actors import acting
from services.accounts.models import User
from services.casework import checks
from services.casework import operations as casework
from services.casework.checks import Finding, Result
from services.casework.models import Case
from services.catalogue import checks as catalogue_checks
from services.foundation import clock
from tests.factories import casework as cases
from tests.factories import catalogue, documents, government, machine
from tests.factories.catalogue import said

pytestmark = pytest.mark.django_db

ADDRESS = {"street": "Jalan Rungkut 5", "rt": "", "rw": "", "postcode": ""}


class Registry:
    """A registry that knows one name."""

    name: str | None = "BUDI  SANTOSO"
    is_down = False

    def name_of(self, nik: str) -> str | None:
        assert nik == machine.NIK
        if Registry.is_down:
            raise population.RegistryUnreachable
        return Registry.name


@pytest.fixture
def registry(settings: Settings) -> Iterator[type[Registry]]:
    settings.POPULATION_REGISTRY = f"{__name__}.Registry"
    yield Registry
    Registry.name, Registry.is_down = "BUDI  SANTOSO", False


def found(name: str, case: Case) -> Finding:
    """What a check finds now about the case as it stands in the database."""
    return checks.carry_out(name, Case.objects.get(pk=case.pk), at=clock.now())


def with_questions(*questions: dict[str, Any]) -> dict[str, Any]:
    """A form of one group with these questions, and nothing of the certificate that asks for others."""
    return {
        "groups": [{"key": "advert", "title": said("Isi"), "questions": list(questions)}],
        "certificate": catalogue.definition()["certificate"] | {"body": said("Isi."), "fields": []},
        "validity": {},
    }


def answered(citizen: User, answers: dict[str, Any], **changes: Any) -> Case:
    case = cases.draft_application(citizen, version=catalogue.published_version(**changes))
    return casework.remember_answers(case, actor=citizen, answers=answers, at=clock.now())


@pytest.mark.parametrize("name", sorted(catalogue_checks.known()))
def test_a_check_has_a_title_and_words_in_both_languages(name: str, citizen: User) -> None:
    check = checks.named(name)
    assert check is not None
    with override("id"):
        indonesian = str(check.title)
    with override("en"):
        english = str(check.title)
    finding = found(name, cases.submitted_application(citizen))

    assert indonesian != english
    assert finding.words["id"] != finding.words["en"]
    assert "%(" not in finding.words["id"] + finding.words["en"]


def test_without_a_nik_nobody_knows_who_applies(citizen: User) -> None:
    case = cases.submitted_application(citizen)

    assert found("identity_known", case).result == Result.FAILED


def test_a_nik_that_nobody_compared_passes_and_says_so(citizen: User, intake: User) -> None:
    machine.known(citizen)
    case = cases.submitted_application(citizen)

    assert found("identity_known", case).result == Result.PASSED
    assert "Nobody has compared it" in found("identity_known", case).words["en"]

    accounts.verify_nik(citizen.person, verifier=intake, agency=case.agency, at=clock.now())
    assert "an officer has compared it" in found("identity_known", case).words["en"]


def test_a_missing_document_is_named(citizen: User) -> None:
    case = cases.filled_application(citizen)
    assert found("documents_complete", case).result == Result.PASSED

    casework.detach_document(case, actor=citizen, slot="drawing", at=clock.now())
    finding = found("documents_complete", case)
    assert finding.result == Result.FAILED
    assert finding.words == {
        "id": "Satu dokumen dari standar belum ada: Gambar.",
        "en": "A document of the standard is missing: Drawing.",
    }


def test_a_document_that_cannot_be_opened_fails(citizen: User) -> None:
    case = cases.filled_application(citizen)
    document = documents.draft_document(citizen)
    casework.attach_document(case, actor=citizen, slot="drawing", document=document, at=clock.now())

    assert found("documents_complete", case).result == Result.FAILED


def test_a_confirmed_phone_or_email_reaches_the_applicant(citizen: User) -> None:
    case = cases.submitted_application(citizen)
    assert found("phone_reachable", case).result == Result.PASSED

    User.objects.filter(pk=citizen.pk).update(phone_verified_at=None)
    assert "e-mail" in found("phone_reachable", case).words["en"]

    citizen.emailaddress_set.update(verified=False)  # type: ignore[attr-defined]
    assert found("phone_reachable", case).result == Result.UNKNOWN


def test_the_phone_of_a_helped_person_counts_once_they_gave_the_code(citizen: User) -> None:
    case = cases.submitted_application(citizen)
    person = accounts.register_person(
        name="Mbah Karso", phone="+6281234567890", actor=acting(citizen), at=clock.now()
    )
    case.applicant, case.confirmed_by = person, ""
    assert checks.carry_out("phone_reachable", case, at=clock.now()).result == Result.UNKNOWN

    case.confirmed_by = "CODE"
    assert checks.carry_out("phone_reachable", case, at=clock.now()).result == Result.PASSED


def test_an_address_outside_fails_and_one_inside_passes(citizen: User) -> None:
    government.surabaya()
    question = {"key": "home", "kind": "address", "label": said("Alamat")}
    inside = {**ADDRESS, "district": "35.78.03", "district_name": "Rungkut"}
    outside = {**ADDRESS, "district": "", "district_name": ""}
    case = answered(citizen, {"home": inside}, **with_questions(question))
    assert found("district_inside", case).result == Result.PASSED

    case = casework.remember_answers(case, actor=citizen, answers={"home": outside}, at=clock.now())
    assert found("district_inside", case).result == Result.FAILED

    case = casework.remember_answers(case, actor=citizen, answers={"home": None}, at=clock.now())
    assert found("district_inside", case).result == Result.UNKNOWN


def test_another_open_application_of_the_same_person_is_found(citizen: User, citizen2: User) -> None:
    first = cases.submitted_application(citizen)
    cases.submitted_application(citizen2)
    cases.draft_application(citizen)
    assert found("no_open_duplicate", first).result == Result.PASSED

    second = cases.submitted_application(citizen)
    assert found("no_open_duplicate", first).result == Result.FAILED
    assert first.reference in found("no_open_duplicate", second).words["id"]


def test_the_same_nik_is_the_same_person(citizen: User, citizen2: User) -> None:
    machine.known(citizen)
    machine.known(citizen2)
    cases.submitted_application(citizen)

    assert found("no_open_duplicate", cases.submitted_application(citizen2)).result == Result.FAILED


def test_a_certificate_in_force_is_found_and_an_ended_one_is_not(
    citizen: User, intake: User, reviewer: User, approver: User
) -> None:
    granted = cases.granted_application(citizen, intake, reviewer, approver)
    case = cases.submitted_application(citizen)
    assert found("not_already_held", case).result == Result.PASSED

    certificate = documents.signed_certificate(reference=granted.reference)
    assert certificate.number in found("not_already_held", case).words["id"]

    after_its_end = clock.now() + timedelta(days=4000)
    assert checks.carry_out("not_already_held", case, at=after_its_end).result == Result.PASSED


def test_a_declaration_that_was_not_made_fails(citizen: User) -> None:
    question = {"key": "declares_clean", "kind": "yes_no", "label": said("Bersih?", "Is it clean?")}
    case = answered(citizen, {"declares_clean": "yes"}, **with_questions(question))
    assert found("declaration_made", case).result == Result.PASSED

    case = casework.remember_answers(case, actor=citizen, answers={"declares_clean": "no"}, at=clock.now())
    finding = found("declaration_made", case)
    assert finding.result == Result.FAILED
    assert "Is it clean?" in finding.words["en"]


def test_without_a_registry_the_name_is_not_known(citizen: User) -> None:
    machine.known(citizen)

    assert found("registry_name_matches", cases.submitted_application(citizen)).result == Result.UNKNOWN


def test_a_name_that_differs_is_not_known_and_never_refused(citizen: User, registry: type[Registry]) -> None:
    machine.known(citizen)
    case = cases.submitted_application(citizen)
    assert found("registry_name_matches", case).result == Result.PASSED

    registry.name = "Budi Susanto"
    finding = found("registry_name_matches", case)
    assert finding.result == Result.UNKNOWN
    assert "Susanto" not in finding.words["id"] + finding.words["en"]

    registry.name = None
    assert found("registry_name_matches", case).result == Result.UNKNOWN

    registry.is_down = True
    assert found("registry_name_matches", case).result == Result.UNKNOWN


def test_a_check_that_breaks_or_is_gone_knows_nothing(citizen: User, monkeypatch: pytest.MonkeyPatch) -> None:
    def break_down(case: Case, at: object) -> Finding:
        raise ZeroDivisionError

    case = cases.submitted_application(citizen)
    broken = checks.Check(name="broken", title=checks.named("identity_known").title, look=break_down)  # type: ignore[union-attr]
    monkeypatch.setitem(checks.registry._checks, "broken", broken)

    assert found("broken", case).result == Result.UNKNOWN
    assert found("gone_with_an_earlier_release", case).result == Result.UNKNOWN
