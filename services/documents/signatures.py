"""The signing port and its two kinds: the office's seal, and a person's own signature.

A seal signs by itself, in a worker. A personal signature needs its person: it is made only while they are there with their
key and passphrase, which are never kept.
"""

import io
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from functools import lru_cache
from typing import Protocol

from asn1crypto import x509
from cryptography.hazmat.primitives.serialization import pkcs12
from pyhanko.pdf_utils.incremental_writer import IncrementalPdfFileWriter
from pyhanko.sign import fields, signers

from services.documents import keys

FIELD_NAME = "Seal"
# PDF/UA wants every annotation tagged or hidden.
HIDDEN = fields.InvisSigSettings(set_print_flag=False, set_hidden_flag=True)


class UnableToSign(Exception):
    """The signature could not be made; the text says why, for the desk."""


@dataclass(frozen=True)
class Wish:
    """What is to be signed, and what stands in the signature beside it."""

    pdf: bytes
    number: str
    place: str


@dataclass(frozen=True)
class Signed:
    """A signed PDF and the SHA-256 of the certificate whose key signed it."""

    pdf: bytes
    fingerprint: str


class SigningPort(Protocol):
    """Whatever can put one signature over a whole PDF. Raises UnableToSign."""

    def sign(self, wish: Wish) -> Signed:
        """Return the PDF with its signature."""
        ...


class OfficeSeal:
    """SEAL: the key of the office, named by the settings."""

    def sign(self, wish: Wish) -> Signed:
        """Sign with the office's key."""
        try:
            seal = keys.seal()
        except keys.NoSealError as missing:
            raise UnableToSign(str(missing)) from missing
        return _sign(wish, _seal_signer(seal.pkcs12, seal.passphrase))


class SealOfRecordedAct(OfficeSeal):
    """PERSONAL without a provider of certified signatures: the office's seal, once its person's own act is on record.

    The act (who, when, after which check of the password) stands in the record, and their name on the paper. A provider
    such as BSrE is a further `SigningPort`, given to `operations.sign_certificate`.
    """


@dataclass(frozen=True, repr=False)
class PersonalKey:
    """PERSONAL: a person's PKCS#12 and passphrase, given by them at this moment and forgotten after it."""

    pkcs12: bytes
    passphrase: str

    def sign(self, wish: Wish) -> Signed:
        """Sign with the person's key."""
        return _sign(wish, _signer(self.pkcs12, self.passphrase.encode() or None))


class _PdfUaWriter(IncrementalPdfFileWriter):
    """PDF/UA-1 stands on PDF 1.7; without this the writer would call the result PDF 2.0."""

    output_version = (1, 7)


def _sign(wish: Wish, signer: signers.SimpleSigner) -> Signed:
    """PAdES, certified so that no later change is allowed, in an invisible field with a name for screen readers."""
    details = signers.PdfSignatureMetadata(
        field_name=FIELD_NAME,
        reason=wish.number,
        location=wish.place,
        subfilter=fields.SigSeedSubFilter.PADES,
        certify=True,
        docmdp_permissions=fields.MDPPerm.NO_CHANGES,
    )
    field = fields.SigFieldSpec(
        FIELD_NAME,
        invis_sig_settings=HIDDEN,
        readable_field_name=f"Segel elektronik / Electronic seal {wish.number}",
    )
    writer = _PdfUaWriter(io.BytesIO(wish.pdf))
    pdf_signer = signers.PdfSigner(details, signer=signer, new_field_spec=field)
    # pyHanko starts an event loop: in a thread of its own it may, whoever called us and whatever loop runs there.
    with ThreadPoolExecutor(max_workers=1) as thread:
        result: io.BytesIO = thread.submit(pdf_signer.sign_pdf, writer).result()
    return Signed(pdf=result.getvalue(), fingerprint=_certificate(signer).sha256.hex())


@lru_cache(maxsize=2)
def _seal_signer(bundle: bytes, passphrase: bytes | None) -> signers.SimpleSigner:
    """The office's own is unlocked once a process, which takes as long as all the rest of a signature."""
    return _signer(bundle, passphrase)


def _signer(bundle: bytes, passphrase: bytes | None) -> signers.SimpleSigner:
    """Read the bundle twice: `cryptography` says what is wrong with it, pyHanko only that something is."""
    try:
        pkcs12.load_pkcs12(bundle, passphrase)
    except ValueError as wrong:
        raise UnableToSign("the PKCS#12 file is damaged or its passphrase is wrong") from wrong
    signer: signers.SimpleSigner | None = signers.SimpleSigner.load_pkcs12_data(
        bundle, [], passphrase=passphrase
    )
    if signer is None or signer.signing_cert is None:
        raise UnableToSign("the PKCS#12 file holds no key that can sign")
    return signer


def _certificate(signer: signers.SimpleSigner) -> x509.Certificate:
    if signer.signing_cert is None:
        raise UnableToSign("the signer has no certificate")
    return signer.signing_cert
