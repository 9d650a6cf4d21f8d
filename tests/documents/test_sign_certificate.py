"""The paper of a certificate: accessible, sealed once, readable for everyone's tools."""

import hashlib
import io
import re
import subprocess
from collections.abc import Callable
from datetime import timedelta
from pathlib import Path

import pikepdf
import pytest
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.serialization import BestAvailableEncryption, pkcs12
from django.db import connection
from django.db.utils import Error as DatabaseError
from pytest_django import Settings

from services.audit import queries as audit
from services.audit.actors import Subject
from services.documents import keys, operations, queries, rendering, signatures
from services.documents.content import Field, Text
from services.documents.models import Certificate
from services.foundation import clock
from services.outbox.models import Message
from tests.factories import documents

pytestmark = pytest.mark.django_db


def poppler(tool: str, content: bytes, folder: Path, *after: str) -> str:
    """What a poppler tool prints about a PDF; its exit status is 0 even for a broken signature."""
    path = folder / "paper.pdf"
    path.write_bytes(content)
    done = subprocess.run([tool, path, *after], capture_output=True, text=True, check=False, timeout=60)
    return done.stdout


def words_of(content: bytes, folder: Path) -> str:
    return " ".join(poppler("pdftotext", content, folder, "-").split())


def personal_key(name: str = "Sri Pejabat") -> signatures.PersonalKey:
    authority_key, key = ec.generate_private_key(ec.SECP256R1()), ec.generate_private_key(ec.SECP256R1())
    authority = keys.certify("Some authority", authority_key, issuer=None, issuer_key=authority_key)
    certificate = keys.certify(name, key, issuer=authority, issuer_key=authority_key)
    passphrase = "rahasia"
    locked = BestAvailableEncryption(passphrase.encode())
    bundle = pkcs12.serialize_key_and_certificates(b"me", key, certificate, [authority], locked)
    return signatures.PersonalKey(pkcs12=bundle, passphrase=passphrase)


def actions(certificate: Certificate) -> list[str]:
    return [event.action for event in audit.events_of(Subject("certificate", certificate.number))]


def test_an_ordered_certificate_is_signed_by_the_worker_and_told(deliver_outbox: Callable[[], int]) -> None:
    certificate = documents.ordered_certificate()
    assert certificate.state == Certificate.State.TO_SIGN
    deliver_outbox()
    certificate.refresh_from_db()
    assert certificate.state == Certificate.State.SIGNED
    assert certificate.signed_at
    assert actions(certificate) == ["documents.certificate.ordered", "documents.certificate.signed"]
    told = Message.objects.filter(topic="documents.certificate.signed").first()
    assert told
    assert told.payload == {"certificate": str(certificate.id), "reference": certificate.reference}


def test_poppler_finds_the_signature_valid_and_over_the_whole_document(tmp_path: Path) -> None:
    printed = poppler("pdfsig", documents.paper(documents.signed_certificate()), tmp_path)
    assert "Signature is Valid" in printed
    assert "Total document signed" in printed
    assert "Not total document signed" not in printed
    assert "Bening development seal" in printed
    assert printed.count("Signature #") == 1


def test_the_paper_claims_pdf_ua_and_says_its_title_and_language() -> None:
    with pikepdf.open(io.BytesIO(documents.paper(documents.signed_certificate()))) as pdf:
        metadata = pdf.open_metadata()
        assert metadata["pdfuaid:part"] == "1"
        assert metadata.pdfa_status == ""
        assert "Izin Penyelenggaraan Reklame" in str(metadata["dc:title"])
        assert str(pdf.Root.Lang).startswith("id")
        assert pdf.Root.MarkInfo.Marked
        assert pdf.Root.ViewerPreferences.DisplayDocTitle
        assert pdf.pdf_version == "1.7"
        assert "/Version" not in pdf.Root or str(pdf.Root.Version) == "/1.7"
        (field,) = pdf.Root.AcroForm.Fields
        assert "Segel" in str(field.TU)
        assert int(field.F) & 2, "an annotation that is not tagged is hidden"
        annotated = [page for page in pdf.pages if "/Annots" in page.obj]
        assert all(str(page.obj.get("/Tabs", "")) == "/S" for page in annotated)
        pictures = [
            each
            for each in pdf.objects
            if isinstance(each, pikepdf.Dictionary) and each.get("/S") == "/Figure"
        ]
    assert pictures
    assert all("/verify/" in str(picture.get("/Alt", "")) or "/A" in picture for picture in pictures)


def test_the_paper_says_all_that_it_must(tmp_path: Path) -> None:
    certificate = documents.signed_certificate()
    words = words_of(documents.paper(certificate), tmp_path)
    for expected in (
        certificate.number,
        certificate.code,
        "Budi Santoso",
        "Izin Penyelenggaraan Reklame",
        "Billboard permit",
        "Reklame tetap aman dan bersih.",
        "Peraturan Daerah Kota Surabaya Nomor 5 Tahun 2019",
        "Sri Pejabat",
        "Warung Bu Sri",
        rendering.paper_of(certificate).valid_from["id"],
    ):
        assert expected in words
    assert rendering.verification_address(certificate.code) in re.sub(r"\s", "", words)


def test_an_ordinary_paper_is_one_page_so_that_the_code_stands_beside_what_it_proves() -> None:
    law = "Undang-Undang Nomor 22 Tahun 2009 tentang Lalu Lintas dan Angkutan Jalan, Pasal 127 sampai dengan Pasal 130"
    condition = Text(
        id="Penutupan jalan dimulai setelah rambu sementara terpasang dan petugas hadir (UU 22/2009 Pasal 128).",
        en="The street is closed only once temporary signs stand and officers are present (Act 22/2009, article 128).",
    )
    address = "Jalan Ahmad Yani 45\nRT 012 RW 008\nKecamatan Tenggilis Mejoyo\n60245"
    fields = [
        Field(
            label=Text(id="Nama acara", en="Name of the event"), value=Text(id="Jalan Sehat", en="Fun walk")
        ),
        Field(label=Text(id="Jenis acara", en="Kind of event"), value=Text(id="Olahraga", en="Sport")),
        Field(label=Text(id="Jalan", en="Street"), value=Text(id=address, en=address)),
        Field(label=Text(id="Bagian jalan", en="Part of it"), value=Text(id="Sebagian", en="Some")),
    ]
    content = documents.wording(fields=fields, conditions=[condition] * 4, legal_basis=[law] * 3)
    with pikepdf.open(io.BytesIO(documents.paper(documents.signed_certificate(content=content)))) as pdf:
        assert len(pdf.pages) == 1


def test_a_second_delivery_makes_no_second_signature_and_no_second_number() -> None:
    certificate = documents.signed_certificate()
    again = operations.sign_certificate(certificate.id, at=clock.now() + timedelta(hours=1))
    assert (again.sha256, again.number, again.signed_at) == (
        certificate.sha256,
        certificate.number,
        certificate.signed_at,
    )
    assert actions(certificate).count("documents.certificate.signed") == 1


def test_a_worker_at_it_is_not_disturbed_until_its_claim_has_run_out() -> None:
    certificate = documents.ordered_certificate()
    at = clock.now()
    Certificate.objects.filter(pk=certificate.pk).update(state="SIGNING", signing_since=at)
    with pytest.raises(operations.SigningUnderWay):
        operations.sign_certificate(certificate.id, at=at + timedelta(minutes=5))
    signed = operations.sign_certificate(certificate.id, at=at + timedelta(minutes=7))
    assert signed.is_signed


def test_a_worker_that_comes_back_too_late_leaves_the_other_ones_signature() -> None:
    certificate = documents.ordered_certificate()
    at = clock.now()

    class SlowSeal:
        """While it signs, its claim runs out and another worker signs."""

        def sign(self, wish: signatures.Wish) -> signatures.Signed:
            operations.sign_certificate(certificate.id, at=at + timedelta(minutes=7))
            return signatures.OfficeSeal().sign(wish)

    kept = operations.sign_certificate(certificate.id, at=at, port=SlowSeal())
    assert kept.signed_at == at + timedelta(minutes=7)
    assert actions(certificate).count("documents.certificate.signed") == 1
    assert hashlib.sha256(documents.paper(kept)).hexdigest() == kept.sha256


def test_a_missing_key_is_a_failure_with_its_reason_and_is_tried_again(
    settings: Settings, tmp_path: Path, deliver_outbox: Callable[[], int]
) -> None:
    known = settings.SEAL_PKCS12
    settings.SEAL_PKCS12, settings.SEAL_DEVELOPMENT = tmp_path / "none.p12", False
    certificate = documents.ordered_certificate()
    deliver_outbox()
    certificate.refresh_from_db()
    assert certificate.state == Certificate.State.FAILED
    assert "SEAL_PKCS12" in certificate.failure
    assert queries.verification_of(certificate.code).certificate is None

    settings.SEAL_PKCS12, settings.SEAL_DEVELOPMENT = known, True
    clock.move(timedelta(minutes=2))
    deliver_outbox()
    certificate.refresh_from_db()
    assert (certificate.state, certificate.failure) == (Certificate.State.SIGNED, "")
    assert actions(certificate) == [
        "documents.certificate.ordered",
        "documents.certificate.failed",
        "documents.certificate.signed",
    ]


def test_a_broken_template_is_a_failure_with_its_reason(settings: Settings, tmp_path: Path) -> None:
    settings.CERTIFICATE_TEMPLATES = tmp_path
    (tmp_path / "certificate.typ").write_text("#nothing-of-that-name")
    certificate = documents.ordered_certificate()
    with pytest.raises(Exception, match="unknown variable"):
        operations.sign_certificate(certificate.id, at=clock.now())
    certificate.refresh_from_db()
    assert certificate.state == Certificate.State.FAILED
    assert "unknown variable" in certificate.failure


def test_a_personal_signature_waits_for_its_person(deliver_outbox: Callable[[], int], tmp_path: Path) -> None:
    certificate = documents.ordered_certificate(signer=Certificate.Signer.PERSONAL)
    deliver_outbox()
    certificate.refresh_from_db()
    assert certificate.state == Certificate.State.TO_SIGN

    signed = operations.sign_certificate(certificate.id, at=clock.now(), port=personal_key())
    assert signed.is_signed
    printed = poppler("pdfsig", documents.paper(signed), tmp_path)
    assert "Sri Pejabat" in printed
    assert "Total document signed" in printed


def test_a_wrong_passphrase_is_a_failure_that_the_person_can_mend() -> None:
    certificate = documents.ordered_certificate(signer=Certificate.Signer.PERSONAL)
    key = personal_key()
    wrong = signatures.PersonalKey(pkcs12=key.pkcs12, passphrase="salah")
    with pytest.raises(signatures.UnableToSign, match="passphrase"):
        operations.sign_certificate(certificate.id, at=clock.now(), port=wrong)
    certificate.refresh_from_db()
    assert certificate.state == Certificate.State.FAILED
    assert "salah" not in certificate.failure
    assert "salah" not in repr(wrong)
    assert operations.sign_certificate(certificate.id, at=clock.now(), port=key).is_signed


def test_letters_that_no_font_has_do_not_stop_a_paper(tmp_path: Path) -> None:
    odd = Field(label=Text(id="Nama", en="Name"), value=Text(id="Łukasz ꦱꦫꦶ 😀 王", en="Łukasz"))
    certificate = documents.signed_certificate(
        holder_name="Šárka “Ñandú” d'Été \u200b", content=documents.wording(fields=[odd])
    )
    words = words_of(documents.paper(certificate), tmp_path)
    assert "Šárka “Ñandú” d" in words
    assert "Łukasz" in words


def test_words_of_an_applicant_are_never_read_as_typst() -> None:
    trick = '#panic("x") *bold* $x$ @ref <label> \\ #read("/etc/passwd") // off'
    certificate = documents.signed_certificate(holder_name=trick)
    with pikepdf.open(io.BytesIO(documents.paper(certificate))) as pdf:
        assert pdf.pages


@pytest.mark.parametrize("name", ["../../../etc/passwd", "none", ""])
def test_a_template_outside_the_pack_is_not_found(name: str) -> None:
    certificate = documents.ordered_certificate(template=name)
    with pytest.raises(FileNotFoundError):
        operations.sign_certificate(certificate.id, at=clock.now())


def test_the_key_is_made_once_and_is_ours_alone(settings: Settings, tmp_path: Path) -> None:
    settings.SEAL_PKCS12, settings.SEAL_TRUST = (
        tmp_path / "keys" / "seal.p12",
        tmp_path / "keys" / "roots.pem",
    )
    settings.SEAL_DEVELOPMENT = True
    first = keys.seal().pkcs12
    assert keys.seal().pkcs12 == first
    assert keys.trusted_roots().read_text().startswith("-----BEGIN CERTIFICATE-----")
    assert settings.SEAL_PKCS12.stat().st_mode & 0o777 == 0o600
    assert settings.SEAL_PKCS12.parent.stat().st_mode & 0o777 == 0o700
    keys.make_development_seal(settings.SEAL_PKCS12, settings.SEAL_TRUST)
    assert keys.seal().pkcs12 == first, "whoever comes second uses what is there"


@pytest.mark.parametrize(
    "change",
    [
        "holder_name = 'Somebody Else'",
        "content = '{}'",
        "number = '1/1/1'",
        "sha256 = repeat('0', 64)",
        "state = 'TO_SIGN', file = '', sha256 = '', signed_at = NULL, signer_fingerprint = ''",
    ],
)
def test_the_database_itself_keeps_a_signed_certificate_as_it_is(change: str) -> None:
    certificate = documents.signed_certificate()
    with connection.cursor() as cursor, pytest.raises(DatabaseError, match=r"never changes|is signed once"):
        cursor.execute(f"UPDATE documents_certificate SET {change} WHERE id = %s", [certificate.id])  # noqa: S608


def test_the_database_itself_deletes_no_certificate() -> None:
    certificate = documents.ordered_certificate()
    with connection.cursor() as cursor, pytest.raises(DatabaseError, match="never deleted"):
        cursor.execute("DELETE FROM documents_certificate WHERE id = %s", [certificate.id])
