"""The office's key: read from PKCS#12; in the demo and in tests made at first use, under an authority of its own.

Whoever runs a real portal names a key that a recognised provider certified (BSrE); this module never makes one there.
"""

import os
import tempfile
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path

from cryptography import x509
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import ec, rsa
from cryptography.hazmat.primitives.serialization import (
    BestAvailableEncryption,
    Encoding,
    NoEncryption,
    pkcs12,
)
from cryptography.x509.oid import NameOID
from django.conf import settings

DEVELOPMENT_NAME = "Bening development seal (no legal force)"
DEVELOPMENT_AUTHORITY = "Bening development authority (no legal force)"
# From a fixed day, so that a clock moved back in a demo still lies within.
VALID_FROM = datetime(2020, 1, 1, tzinfo=UTC)
VALID_FOR = timedelta(days=36500)


# RSA for the seal, as the national provider gives it: signatures on elliptic curves need PDF 2.0, and PDF/UA-1 stands on 1.7.
PrivateKey = rsa.RSAPrivateKey | ec.EllipticCurvePrivateKey


class NoSealError(Exception):
    """No key is where the settings say."""


@dataclass(frozen=True)
class Seal:
    """The seal's PKCS#12 and its passphrase (empty: not encrypted, the file's mode alone protects it)."""

    pkcs12: bytes
    passphrase: bytes | None


def seal() -> Seal:
    """The office's seal. Raises NoSealError."""
    path = Path(settings.SEAL_PKCS12)
    if not path.exists() and settings.SEAL_DEVELOPMENT:
        make_development_seal(path, Path(settings.SEAL_TRUST))
    if not path.exists():
        raise NoSealError(f"SEAL_PKCS12 names {path.name}, which does not exist")
    return Seal(pkcs12=path.read_bytes(), passphrase=settings.SEAL_PASSPHRASE.encode() or None)


def trusted_roots() -> Path:
    """The PEM file of the authorities that `/verify/` trusts; made with the development seal."""
    path = Path(settings.SEAL_TRUST)
    if not path.exists():
        seal()
    return path


def make_development_seal(key_path: Path, trust_path: Path) -> None:
    """Make an authority, forget its key, and keep a seal certified by it. Whoever loses a race uses the winner's."""
    key_path.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
    authority_key, key = (rsa.generate_private_key(public_exponent=65537, key_size=2048) for _ in range(2))
    authority = certify(DEVELOPMENT_AUTHORITY, authority_key, issuer=None, issuer_key=authority_key)
    certificate = certify(DEVELOPMENT_NAME, key, issuer=authority, issuer_key=authority_key)
    passphrase = settings.SEAL_PASSPHRASE.encode()
    encryption = BestAvailableEncryption(passphrase) if passphrase else NoEncryption()
    bundle = pkcs12.serialize_key_and_certificates(b"seal", key, certificate, [authority], encryption)
    # The bundle carries its authority, so that the roots can always be written from the bundle that won.
    bundle = _write_once(key_path, bundle)
    winner = pkcs12.load_pkcs12(bundle, passphrase or None)
    roots = b"".join(extra.certificate.public_bytes(Encoding.PEM) for extra in winner.additional_certs)
    _write_once(trust_path, roots)


def certify(
    name: str,
    key: PrivateKey,
    *,
    issuer: x509.Certificate | None,
    issuer_key: PrivateKey,
) -> x509.Certificate:
    """Certify a key: as an authority of its own without `issuer`, otherwise for signatures that cannot be denied."""
    subject = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, name)])
    is_authority = issuer is None
    usage = dict.fromkeys(
        ["key_encipherment", "data_encipherment", "key_agreement", "encipher_only", "decipher_only"], False
    )
    usage |= dict.fromkeys(["key_cert_sign", "crl_sign"], is_authority)
    usage |= dict.fromkeys(["digital_signature", "content_commitment"], not is_authority)
    public_key = key.public_key()
    return (
        x509.CertificateBuilder()
        .subject_name(subject)
        .issuer_name(issuer.subject if issuer else subject)
        .public_key(public_key)
        .serial_number(x509.random_serial_number())
        .not_valid_before(VALID_FROM)
        .not_valid_after(VALID_FROM + VALID_FOR)
        .add_extension(
            x509.BasicConstraints(ca=is_authority, path_length=0 if is_authority else None), critical=True
        )
        .add_extension(x509.KeyUsage(**usage), critical=True)
        .add_extension(x509.SubjectKeyIdentifier.from_public_key(public_key), critical=False)
        .add_extension(
            x509.AuthorityKeyIdentifier.from_issuer_public_key(issuer_key.public_key()), critical=False
        )
        .sign(issuer_key, hashes.SHA256())
    )


def _write_once(path: Path, content: bytes) -> bytes:
    """Write a file of mode 600 that appears whole or not at all; return what stands there afterwards."""
    path.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
    handle, draft = tempfile.mkstemp(dir=path.parent)  # mode 600 from the start
    with os.fdopen(handle, "wb") as file:
        file.write(content)
    try:
        os.link(draft, path)
    except FileExistsError:
        pass
    finally:
        Path(draft).unlink()
    return path.read_bytes()
