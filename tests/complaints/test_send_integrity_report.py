"""Sending an integrity report: who receives it, who is kept away from it, and what of it can be read in the tables."""

from typing import Any
from uuid import uuid4

import pytest
from django.db import DatabaseError, connection, transaction

from complaints.integrity import operations as integrity
from complaints.integrity import queries
from complaints.integrity.values import LONGEST_WORDS, Reach, UnableToReceive
from complaints.models import IntegrityReport
from services.accounts.models import User
from services.casework.models import Case
from services.casework.operations import UnableToHandle
from services.documents import operations as papers
from services.foundation import clock
from services.integrity.models import Exclusion
from tests.factories import accounts, documents
from tests.factories import casework as cases
from tests.factories import integrity as reports


@pytest.fixture
def examiner() -> User:
    reports.ready()
    return reports.examiner("Tulus Pemeriksa")


@pytest.fixture
def commissioner() -> User:
    reports.ready()
    return reports.examiner("Kirana Komisi", reports.COMMISSION)


def test_it_goes_to_the_receiver_that_was_chosen() -> None:
    assert reports.received(receiver="INSPECTORATE").agency.code == reports.INSPECTORATE
    assert reports.received(receiver="COMMISSION").agency.code == reports.COMMISSION


def test_it_is_confidential_and_nobody_is_its_applicant() -> None:
    case = reports.received()
    assert case.is_confidential
    assert case.kind == "INTEGRITY"
    assert case.reference.startswith("C-")
    assert (case.applicant, case.helper, case.district, case.topic, case.answers) == (
        None,
        None,
        None,
        {},
        {},
    )


def test_everything_that_was_told_stands_sealed() -> None:
    case = reports.received(who="Pak Sugeng, loket tiga", reference="P-7K3F9-QXM2E")
    report = IntegrityReport.objects.get(case=case)
    with connection.cursor() as cursor:
        cursor.execute("SELECT * FROM complaints_integrityreport")
        row = repr([bytes(value) if isinstance(value, memoryview) else value for value in cursor.fetchone()])
    for secret in ("Sugeng", "ratus ribu", "P-7K3F9-QXM2E", "dpmptsp", reports.PASSPHRASE, "REWARD"):
        assert secret not in row
    told = queries.told_of(report)
    assert (told.who, told.reference, told.what) == ("Pak Sugeng, loket tiga", "P-7K3F9-QXM2E", reports.WORDS)


@pytest.mark.parametrize("concerned", ["HEAD", "INSPECTORATE"])
def test_against_the_head_or_the_inspectorate_it_goes_to_the_commission_alone(concerned: str) -> None:
    case = reports.received(receiver="INSPECTORATE", may_be_handed_over=True, concerned=concerned)
    assert case.agency.code == reports.COMMISSION
    assert case.integrity_report.commission_alone
    assert not case.integrity_report.may_be_handed_over


def test_the_office_named_decides_too() -> None:
    reports.ready()
    accounts.agency("walikota", is_root=True)
    assert reports.received(office=reports.INSPECTORATE).agency.code == reports.COMMISSION
    assert reports.received(office="walikota").agency.code == reports.COMMISSION
    assert reports.received(office="dishub").agency.code == reports.INSPECTORATE


def test_the_unit_is_derived_from_the_reference_of_a_case_and_of_its_certificate(citizen: User) -> None:
    reports.ready()
    case = cases.submitted_application(citizen)
    paper = documents.signed_certificate(reference=case.reference)
    assert queries.unit_of(case.reference) == case.agency
    assert queries.unit_of(paper.code) == case.agency
    assert queries.unit_of("P-00000-00000") is None
    Case.objects.filter(pk=case.pk).update(is_confidential=True)
    assert queries.unit_of(case.reference) is None


def test_a_named_officer_of_the_inspectorate_makes_it_the_commission_s(examiner: User) -> None:
    assert reports.received(what="Pak Tulus Pemeriksa minta uang.").agency.code == reports.COMMISSION
    assert reports.received(who="pemeriksa bernama TULUS PEMERIKSA").agency.code == reports.COMMISSION
    assert reports.received(what="Dia tulus, tetapi temannya minta uang.").agency.code == reports.INSPECTORATE


def test_whoever_is_named_at_the_receiver_is_kept_away(examiner: User, commissioner: User) -> None:
    colleague = reports.examiner("Sari Pemeriksa Muda")
    case = reports.received(who="Namanya Tulus, orang inspektorat")
    assert case.agency.code == reports.INSPECTORATE
    assert set(Exclusion.objects.values_list("user", flat=True)) == {examiner.pk}
    with pytest.raises(UnableToHandle):
        reports.taken(case, examiner)
    assert reports.taken(case, colleague).assignee == colleague


def test_where_nobody_would_be_left_to_read_it_the_commission_gets_it(
    examiner: User, commissioner: User
) -> None:
    assert reports.received(who="Namanya Tulus").agency.code == reports.COMMISSION


def test_the_same_sending_twice_is_one_report() -> None:
    reports.ready()
    key = uuid4().hex
    sent = [
        integrity.send_report(
            reports.told(),
            receiver="INSPECTORATE",
            may_be_handed_over=False,
            reach=Reach(),
            submission_key=key,
            language="id",
            at=clock.now(),
        )
        for _time in range(2)
    ]
    assert sent[0] == sent[1]
    assert IntegrityReport.objects.count() == 1


@pytest.mark.parametrize(
    ("changes", "code"),
    [
        ({"what": "  "}, "words"),
        ({"what": "x" * (LONGEST_WORDS + 1)}, "words"),
        ({"matter": "GOSSIP"}, "matter"),
        ({"concerned": "NOBODY"}, "matter"),
        ({"axis": "SLOTH"}, "matter"),
    ],
)
def test_what_cannot_be_received_is_said(changes: dict[str, Any], code: str) -> None:
    with pytest.raises(UnableToReceive) as refusal:
        reports.received(**changes)
    assert refusal.value.code == code
    assert not IntegrityReport.objects.exists()


def test_an_unknown_receiver_is_said() -> None:
    with pytest.raises(UnableToReceive) as refusal:
        reports.received(receiver="OFFICE")
    assert refusal.value.field == "receiver"


def test_a_passphrase_opens_it_and_nothing_else_does() -> None:
    case = reports.received()
    typed = reports.PASSPHRASE.upper().replace(" ", "-")
    assert queries.report_behind(case.reference, typed) == case
    assert queries.report_behind(case.reference, "salah salah salah salah salah") is None
    assert queries.report_behind("C-00000-00000", reports.PASSPHRASE) is None


def test_without_a_passphrase_there_is_no_way_back() -> None:
    case = reports.received(reach=Reach())
    assert queries.report_behind(case.reference, "") is None
    assert queries.report_behind(case.reference, reports.PASSPHRASE) is None


def test_evidence_lies_in_the_case(examiner: User) -> None:
    reports.ready()
    file = documents.draft_document(None, title="")
    papers.add_sheet(file, upload=documents.upload(), at=clock.now())
    case = integrity.send_report(
        reports.told(),
        receiver="INSPECTORATE",
        may_be_handed_over=False,
        reach=Reach(),
        evidence=[file],
        submission_key=uuid4().hex,
        language="id",
        at=clock.now(),
    )
    assert [row.slot for row in case.documents.all()] == ["evidence_1"]
    file.refresh_from_db()
    assert file.owner is None
    assert file.state == "JOINING"


def test_the_database_keeps_it_confidential_whatever_the_program_says() -> None:
    case = reports.received()
    with pytest.raises(DatabaseError, match="always_confidential"), transaction.atomic():
        Case.objects.filter(pk=case.pk).update(is_confidential=False)
    with pytest.raises(DatabaseError, match="permission denied"), transaction.atomic():
        IntegrityReport.objects.all().delete()
