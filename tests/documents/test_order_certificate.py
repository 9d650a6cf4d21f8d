"""Numbers of certificates: unique and without gaps within prefix and year, whoever orders when."""

import threading
from datetime import UTC, datetime

import pytest
from django.db import connection, transaction
from django.db.utils import Error as DatabaseError
from pydantic import ValidationError

from services.documents import codes
from services.documents.content import CertificateContent
from services.documents.models import Certificate, NumberSeries
from services.outbox.models import Message
from tests.factories import accounts, documents

MARCH = datetime(2026, 3, 30, 7, 0, tzinfo=UTC)
NEW_YEARS_EVE_IN_LONDON = datetime(2026, 12, 31, 18, 0, tzinfo=UTC)


@pytest.mark.django_db
def test_numbers_count_up_within_prefix_and_year() -> None:
    numbers = [
        documents.ordered_certificate(number_prefix=prefix, at=at).number
        for prefix, at in [
            ("503.REK", MARCH),
            ("503.REK", MARCH),
            ("503.JLN", MARCH),
            ("503.REK", NEW_YEARS_EVE_IN_LONDON),
            ("503.REK", MARCH),
        ]
    ]
    assert numbers == [
        "503.REK/0001/2026",
        "503.REK/0002/2026",
        "503.JLN/0001/2026",
        "503.REK/0001/2027",
        "503.REK/0003/2026",
    ]


@pytest.mark.django_db
def test_ordering_twice_gives_the_same_certificate() -> None:
    first = documents.ordered_certificate(dedupe_key="permit:P-1")
    again = documents.ordered_certificate(dedupe_key="permit:P-1", holder_name="Somebody Else")
    assert again == first
    assert again.holder_name == "Budi Santoso"
    assert NumberSeries.objects.get().last_number == 1
    assert Message.objects.filter(topic="documents.certificate.ordered").count() == 1


@pytest.mark.django_db
def test_an_order_that_is_rolled_back_leaves_no_gap() -> None:
    documents.ordered_certificate()

    def order_and_fail() -> None:
        with transaction.atomic():
            documents.ordered_certificate()
            raise ZeroDivisionError

    with pytest.raises(ZeroDivisionError):
        order_and_fail()
    assert documents.ordered_certificate().sequence == 2


@pytest.mark.django_db(transaction=True)
def test_many_who_order_at_once_get_every_number_once() -> None:
    accounts.agency("dpmptsp")
    start = threading.Barrier(4)
    problems: list[BaseException] = []

    def order() -> None:
        try:
            start.wait(timeout=10)
            for _ in range(5):
                documents.ordered_certificate()
        except BaseException as problem:  # noqa: BLE001 (told to the test's own thread)
            problems.append(problem)
        finally:
            connection.close()

    threads = [threading.Thread(target=order) for _ in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(timeout=60)
    assert not problems
    assert sorted(Certificate.objects.values_list("sequence", flat=True)) == list(range(1, 21))


@pytest.mark.django_db
def test_the_wording_is_frozen_with_the_names_of_its_day() -> None:
    agency = accounts.agency("dpmptsp")
    certificate = documents.ordered_certificate()
    agency.name = {"id": "Nama Baru", "en": "New Name"}
    agency.save()
    kept = CertificateContent.model_validate(certificate.content)
    assert kept.issuer
    assert kept.issuer.agency.en == "Office dpmptsp"


@pytest.mark.django_db
def test_the_code_cannot_be_guessed_from_the_number() -> None:
    made = [documents.ordered_certificate() for _ in range(5)]
    assert len({certificate.code for certificate in made}) == 5
    assert all(codes.parse(certificate.code) == certificate.code for certificate in made)


def test_wording_without_a_legal_basis_is_no_certificate() -> None:
    whole = documents.wording().model_dump()
    with pytest.raises(ValidationError, match="legal_basis"):
        CertificateContent.model_validate(whole | {"legal_basis": []})


@pytest.mark.django_db
@pytest.mark.parametrize(
    "statement",
    ["UPDATE documents_numberseries SET last_number = last_number + 2", "DELETE FROM documents_numberseries"],
)
def test_the_database_itself_lets_no_number_be_left_out(statement: str) -> None:
    documents.ordered_certificate()
    with connection.cursor() as cursor, pytest.raises(DatabaseError, match="one by one"):
        cursor.execute(statement)
