"""What the services of Surabaya show of all that a pack can say."""

import pytest

from services.catalogue import pack
from services.catalogue.definition import QuestionKind, ServiceDefinition
from tests.factories.government import SURABAYA

SERVICES: list[ServiceDefinition] = [file.value for file in pack.read_section(SURABAYA).services]
ASKING = [service for service in SERVICES if service.is_applied_for and service.triage]
each = pytest.mark.parametrize("service", ASKING, ids=[service.slug for service in ASKING])


def test_among_them_every_kind_of_question_is_asked() -> None:
    kinds = {question.kind for service in SERVICES for question in service.questions.values()}
    assert kinds == set(QuestionKind)


def test_conditions_and_repeated_groups_are_used() -> None:
    groups = [group for service in SERVICES for group in service.groups]
    assert any(group.repeated for group in groups)
    assert any(group.when for group in groups)
    assert any(question.when for group in groups for question in group.questions)
    assert any(document.when for service in SERVICES for document in service.documents)


@each
def test_it_asks_two_or_three_questions_first_and_some_need_no_permit(service: ServiceDefinition) -> None:
    outcomes = {answer.outcome.kind for question in service.triage for answer in question.answers}
    assert 2 <= len(service.triage) <= 3
    assert {"no_permit_needed", "national", "continue"} <= outcomes


def by_slug(slug: str) -> ServiceDefinition:
    return next(service for service in SERVICES if service.slug == slug)


def test_a_basic_school_brings_sixteen_documents() -> None:
    assert len(by_slug("izin-sekolah-dasar").documents) == 16


def test_the_days_of_a_doctor_s_licence_are_those_of_magelang() -> None:
    doctor = by_slug("sip-dokter")
    assert [step.days for step in doctor.steps] == [1, 3, 2, 2, 1]
    assert (doctor.time.amount, doctor.time.unit) == (9, "CALENDAR_DAY")
    assert doctor.held_at_most == 3


@pytest.mark.parametrize(
    ("slug", "risk", "decided_by"),
    [
        ("tanda-daftar-usaha-pkl", "low", "machine"),
        ("laik-higiene-rumah-makan", "medium_low", "machine"),
        ("standar-penginapan", "medium_high", "people"),
        ("sip-bidan", "high", "people"),
        ("sip-dokter", "high", "people"),
        ("izin-sekolah-dasar", "high", "people"),
    ],
)
def test_the_risk_chooses_who_decides(slug: str, risk: str, decided_by: str) -> None:
    assert (by_slug(slug).risk, by_slug(slug).decided_by) == (risk, decided_by)


def test_what_the_nation_issues_is_only_explained() -> None:
    national = [service for service in SERVICES if service.authority == "national"]
    assert {service.slug for service in national} == {"nomor-induk-berusaha", "sertifikat-standar-restoran"}
    assert [service.slug for service in national if service.certificate or service.groups] == []


@pytest.mark.parametrize(
    ("slug", "amount", "unit", "decided_by"),
    [
        ("pengantar-skck", 10, "MINUTE", "machine"),
        ("reklame-kecil", 4, "HOUR", "machine"),
        ("surat-pindah", 3, "WORKING_DAY", "people"),
        ("perpanjangan-ipt", 11, "WORKING_DAY", "people"),
    ],
)
def test_the_times_of_the_further_permits(slug: str, amount: int, unit: str, decided_by: str) -> None:
    service = by_slug(slug)
    assert (service.time.amount, service.time.unit, service.decided_by) == (amount, unit, decided_by)


def test_the_machine_asks_no_other_house_before_it_decides() -> None:
    """A check that asks outside is never certain, and would send every case to a person."""
    asked = {name for service in SERVICES if service.decided_by == "machine" for name in service.checks}
    assert "registry_name_matches" not in asked


def test_the_receipt_of_the_retribution_is_a_document_until_payments_exist() -> None:
    documents = {document.key for document in by_slug("perpanjangan-ipt").documents}
    assert {"property_tax_receipt", "retribution_receipt", "present_permit", "agreement"} <= documents
