"""`/verify/`: what a stranger learns of a paper, by its code, its link or the file; and what no forgery gets past."""

import io
from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta

import pikepdf
import pytest
from django.test import Client
from django.urls import reverse
from pyhanko.pdf_utils import generic
from pyhanko.pdf_utils.incremental_writer import IncrementalPdfFileWriter
from pyhanko.sign import fields, signers
from pytest_django import Settings

from services.accounts import actors
from services.accounts.models import User
from services.documents import codes, keys, operations, rendering, signatures, views
from services.documents.models import Certificate
from services.foundation import clock
from tests.documents.test_sign_certificate import personal_key
from tests.factories import documents

pytestmark = pytest.mark.django_db

VERIFY = "/verify/"


@pytest.fixture(autouse=True)
def _in_english(settings: Settings) -> None:
    settings.LANGUAGE_CODE = "en"


def by_code(client: Client, code: str) -> str:
    return client.get(VERIFY, {"code": code}, follow=True).content.decode()


def by_file(client: Client, content: bytes, *, name: str = "izin.pdf") -> str:
    return client.post(VERIFY, {"paper": documents.upload(content, name=name)}).content.decode()


def added_to(paper: bytes) -> bytes:
    """The paper with an incremental update, as an editor saves it; the signature itself stays valid."""
    writer = IncrementalPdfFileWriter(io.BytesIO(paper))
    writer.root["/PageLayout"] = generic.pdf_name("/SinglePage")
    writer.update_root()  # type: ignore[no-untyped-call]
    written = io.BytesIO()
    writer.write(written)  # type: ignore[no-untyped-call]
    return written.getvalue()


class HeedlessSigner(signers.PdfSigner):
    """Signs although the paper says that it must not be changed."""

    def _enforce_certification_constraints(self, reader: object) -> None:
        """Do not ask."""


def signed_again(paper: bytes) -> bytes:
    """Our paper with a stranger's signature over it."""
    key = personal_key("Calo Perizinan")
    signer = signers.SimpleSigner.load_pkcs12_data(key.pkcs12, [], passphrase=key.passphrase.encode())
    writer = IncrementalPdfFileWriter(io.BytesIO(paper))
    meta = signers.PdfSignatureMetadata(field_name="Other")
    field = fields.SigFieldSpec("Other")
    heedless = HeedlessSigner(meta, signer=signer, new_field_spec=field)
    # pyHanko starts an event loop, and a browser of another test may have one in this thread.
    with ThreadPoolExecutor(max_workers=1) as thread:
        written: io.BytesIO = thread.submit(heedless.sign_pdf, writer).result()
    return written.getvalue()


def test_a_valid_paper_shows_what_the_paper_shows(client: Client) -> None:
    certificate = documents.signed_certificate()
    page = by_code(client, certificate.code)
    assert "Genuine and valid" in page
    for shown in (
        certificate.number,
        "Budi Santoso",
        "Billboard permit",
        "Warung Bu Sri",
        "The sign stays safe",
    ):
        assert shown in page
    assert "Did someone ask you for money" in page


def test_nothing_of_the_person_is_shown_that_is_not_on_the_paper(client: Client, citizen: User) -> None:
    certificate = documents.signed_certificate()
    page = by_code(client, certificate.code)
    assert certificate.reference not in page
    assert str(certificate.id) not in page
    assert str(citizen.phone) not in page


@pytest.mark.parametrize("change", [str.lower, lambda code: code.replace("-", " "), lambda code: f" {code} "])
def test_a_code_is_understood_however_it_is_typed(client: Client, change: object) -> None:
    certificate = documents.signed_certificate()
    assert certificate.number in by_code(client, change(certificate.code))  # type: ignore[operator]


def test_the_qr_link_leads_straight_to_the_answer(client: Client, settings: Settings) -> None:
    certificate = documents.signed_certificate()
    link = rendering.verification_address(certificate.code)
    assert link == f"{settings.SITE_URL}/verify/{certificate.code}/"
    response = client.get(link.removeprefix(settings.SITE_URL))
    assert response.status_code == 200
    assert (response["Cache-Control"], response["X-Robots-Tag"]) == ("no-store", "noindex")


def test_a_typing_error_is_told_at_once_and_what_was_typed_is_kept(client: Client) -> None:
    for response in (client.get(VERIFY, {"code": "7K3F-9QXM-2E8J"}), client.get("/verify/7K3F-9QXM-2E8J/")):
        page = response.content.decode()
        assert "typing error" in page
        assert 'value="7K3F-9QXM-2E8J"' in page
        assert "Error:" in page


def test_an_empty_code_asks_for_one(client: Client) -> None:
    assert "Type the code" in by_code(client, "")


def test_an_unknown_code_is_404_and_says_what_to_do(client: Client) -> None:
    certificate = documents.signed_certificate()
    other = documents.ordered_certificate()
    response = client.get(reverse("documents:verification", args=[other.code]))
    assert response.status_code == 404, "what is not signed yet is not known to anyone"
    page = response.content.decode()
    assert "No document has this code" in page
    assert "What you can do" in page
    assert certificate.number not in page
    assert "Budi Santoso" not in page


def test_an_expired_paper_says_until_when(client: Client) -> None:
    certificate = documents.signed_certificate(valid_until=clock.today())
    clock.move(timedelta(days=1))
    assert "Genuine, but expired" in by_code(client, certificate.code), "even before beat has looked"
    operations.expire_certificates(at=clock.now())
    assert "Genuine, but expired" in by_code(client, certificate.code)
    assert "Genuine, but expired" in by_file(client, documents.paper(certificate))


def test_a_paper_for_later_says_from_when(client: Client) -> None:
    later = clock.today() + timedelta(days=5)
    certificate = documents.signed_certificate(valid_from=later)
    assert "Genuine, not valid yet" in by_code(client, certificate.code)


def test_a_revoked_paper_says_so_and_keeps_the_reason(client: Client, approver: User) -> None:
    certificate = documents.signed_certificate()
    operations.revoke_certificate(
        certificate, actor=actors.acting(approver), reason="Tunggakan pajak", at=clock.now()
    )
    for page in (by_code(client, certificate.code), by_file(client, documents.paper(certificate))):
        assert "Revoked: no longer valid" in page
        assert "Tunggakan" not in page


def test_a_suspended_paper_says_so_until_the_suspension_is_lifted(client: Client, approver: User) -> None:
    certificate, actor = documents.signed_certificate(), actors.acting(approver)
    operations.suspend_certificate(certificate, actor=actor, reason="Dapur kotor", at=clock.now())
    for page in (by_code(client, certificate.code), by_file(client, documents.paper(certificate))):
        assert "Genuine, but suspended" in page
        assert "Dapur" not in page
    operations.reinstate_certificate(certificate, actor=actor, reason="Sudah bersih", at=clock.now())
    assert "Genuine and valid" in by_code(client, certificate.code)


def test_the_file_as_we_signed_it_is_valid(client: Client) -> None:
    certificate = documents.signed_certificate()
    page = by_file(client, documents.paper(certificate))
    assert "Genuine and valid" in page
    assert "Every byte" in page
    assert certificate.number in page


def test_a_personally_signed_file_is_valid_only_under_a_trusted_authority(
    client: Client, settings: Settings, tmp_path: object
) -> None:
    certificate = documents.ordered_certificate(signer=Certificate.Signer.PERSONAL)
    signed = operations.sign_certificate(certificate.id, at=clock.now(), port=personal_key())
    assert "Not a document of ours" in by_file(client, documents.paper(signed))


@pytest.mark.parametrize(
    ("forge", "said"),
    [
        pytest.param(added_to, "something was added", id="incremental update"),
        pytest.param(signed_again, "something was added", id="signed by a stranger too"),
        pytest.param(lambda paper: paper + b"\n% catatan\n", "something was added", id="bytes at the end"),
        pytest.param(lambda paper: paper[:-2000], "cannot be read to its end", id="truncated"),
        pytest.param(lambda paper: paper[:300], "cannot be read to its end", id="only the head"),
    ],
)
def test_no_altered_copy_passes(client: Client, forge: object, said: str) -> None:
    certificate = documents.signed_certificate()
    page = by_file(client, forge(documents.paper(certificate)))  # type: ignore[operator]
    assert "Altered: do not rely on this file" in page
    assert said in page
    assert certificate.number not in page
    assert "Genuine" not in page


@pytest.mark.parametrize("position", [0.1, 0.35, 0.6, 0.95])
def test_one_changed_byte_is_enough(client: Client, position: float) -> None:
    paper = bytearray(documents.paper(documents.signed_certificate()))
    paper[int(len(paper) * position)] ^= 0x01
    page = by_file(client, bytes(paper))
    assert "Genuine" not in page
    assert "Altered" in page or "Not a document of ours" in page


def test_a_copy_signed_by_a_stranger_is_not_ours(client: Client) -> None:
    certificate = documents.ordered_certificate()
    wish = signatures.Wish(pdf=rendering.pdf_of(certificate), number=certificate.number, place="Surabaya")
    page = by_file(client, personal_key("Pemerintah Kota Surabaya").sign(wish).pdf)
    assert "Not a document of ours" in page
    assert "Somebody else has signed this file" in page


def test_a_seal_of_the_same_name_under_another_authority_is_not_ours(
    client: Client, settings: Settings, tmp_path: object
) -> None:
    documents.signed_certificate()
    certificate = documents.ordered_certificate()
    wish = signatures.Wish(pdf=rendering.pdf_of(certificate), number=certificate.number, place="Surabaya")
    page = by_file(client, personal_key(keys.DEVELOPMENT_NAME).sign(wish).pdf)
    assert "Not a document of ours" in page


def test_an_unsigned_copy_is_not_ours(client: Client) -> None:
    certificate = documents.signed_certificate()
    written = io.BytesIO()
    with pikepdf.open(io.BytesIO(documents.paper(certificate))) as pdf:
        del pdf.Root.AcroForm
        del pdf.pages[0].obj.Annots
        pdf.save(written)
    page = by_file(client, written.getvalue())
    assert "Not a document of ours" in page
    assert "does not bear our seal" in page


def test_our_seal_on_a_paper_that_is_not_in_the_register_is_unknown(client: Client) -> None:
    documents.signed_certificate()
    certificate = documents.ordered_certificate()
    wish = signatures.Wish(pdf=rendering.pdf_of(certificate), number=certificate.number, place="Surabaya")
    page = by_file(client, signatures.OfficeSeal().sign(wish).pdf)
    assert "Our register does not hold this file" in page


@pytest.mark.parametrize(
    ("content", "name", "said"),
    [
        (b"", "izin.pdf", "0 bytes"),
        (b"%PDF-" + bytes(16 * 1024 * 1024), "izin.pdf", "larger than 15 MB"),
        (documents.picture(), "izin.pdf", "This is not a PDF"),
        (b"hello", "izin.txt", "This is not a PDF"),
    ],
)
def test_what_is_no_pdf_is_told_next_to_the_field(
    client: Client, content: bytes, name: str, said: str
) -> None:
    page = by_file(client, content, name=name)
    assert said in page
    assert 'id="id_paper-error"' in page or "govuk-error-message" in page


def test_sending_no_file_asks_for_one(client: Client) -> None:
    assert "Choose the PDF file" in client.post(VERIFY).content.decode()


def test_who_tries_too_often_waits_a_minute(client: Client, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(views, "CODES_RATE", "3/m/ip")
    address = reverse("documents:verification", args=[documents.signed_certificate().code])
    assert [client.get(address).status_code for _ in range(4)] == [200, 200, 200, 429]
    assert "Wait one minute" in client.get(address).content.decode()


def test_files_are_limited_by_themselves(client: Client, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(views, "FILES_RATE", "1/m/ip")
    paper = documents.pdf()
    answers = [client.post(VERIFY, {"paper": documents.upload(paper, name="a.pdf")}) for _ in range(2)]
    assert [answer.status_code for answer in answers] == [200, 429]
    assert client.get(reverse("documents:verification", args=[codes.new()])).status_code == 404


@pytest.mark.parametrize("method", ["put", "delete", "patch"])
def test_nothing_else_is_done_here(client: Client, method: str) -> None:
    assert getattr(client, method)(VERIFY).status_code == 405
