"""Whether the seal can sign: looked at by Django's checks at every start of a real portal, before a citizen waits for it."""

from datetime import datetime, timedelta
from pathlib import Path
from typing import Any, Final

from cryptography import x509
from cryptography.hazmat.primitives.serialization import pkcs12
from django.conf import settings
from django.core.checks import CheckMessage, Error, Warning  # noqa: A004 (Django's name)

from services.foundation import clock

#: A new certificate takes weeks to get.
SOON: Final = timedelta(days=30)
EXAMPLES: Final = {
    "SEAL_PKCS12": "SEAL_PKCS12=/run/secrets/seal.p12",
    "SEAL_PASSPHRASE": "SEAL_PASSPHRASE=the passphrase of the PKCS#12 file",
    "SEAL_TRUST": "SEAL_TRUST=/etc/bening/seal-roots.pem",
}


class _Unusable(Exception):
    """What is wrong with a file that a variable names."""

    def __init__(self, variable: str, wrong: str) -> None:
        super().__init__(f"{variable} {wrong}")
        self.variable = variable


def the_seal_can_sign(**_asked: Any) -> list[CheckMessage]:
    """The seal is there, opens and is in force, and so are the roots of `/verify/`. A development seal makes itself."""
    if settings.SEAL_DEVELOPMENT:
        return []
    return [*_of_the_seal(clock.now()), *_of_the_roots()]


def _of_the_seal(now: datetime) -> list[CheckMessage]:
    try:
        certificate = _certificate()
    except _Unusable as problem:
        return [_error(problem, "documents.E001")]
    until = certificate.not_valid_after_utc
    day = clock.local_date(until)
    if until <= now:
        return [
            _error(_Unusable("SEAL_PKCS12", f"holds a certificate that expired on {day}."), "documents.E002")
        ]
    if certificate.not_valid_before_utc > now:
        begins = clock.local_date(certificate.not_valid_before_utc)
        wrong = f"holds a certificate that is valid only from {begins}."
        return [_error(_Unusable("SEAL_PKCS12", wrong), "documents.E002")]
    if until <= now + SOON:
        return [
            Warning(
                f"SEAL_PKCS12 holds a certificate that expires on {day}.",
                hint="Ask for the next one now: without it no certificate can be signed after that day.",
                id="documents.W001",
            )
        ]
    return []


def _of_the_roots() -> list[CheckMessage]:
    try:
        x509.load_pem_x509_certificates(_content("SEAL_TRUST", Path(settings.SEAL_TRUST)))
    except _Unusable as problem:
        return [_error(problem, "documents.E003")]
    except ValueError:
        return [
            _error(_Unusable("SEAL_TRUST", "names a file without certificates in PEM."), "documents.E003")
        ]
    return []


def _certificate() -> x509.Certificate:
    """The certificate of the seal, whose key is there too. Raises _Unusable."""
    content = _content("SEAL_PKCS12", Path(settings.SEAL_PKCS12))
    try:
        bundle = pkcs12.load_pkcs12(content, settings.SEAL_PASSPHRASE.encode() or None)
    except ValueError:
        raise _Unusable(
            "SEAL_PASSPHRASE", "does not open the file of SEAL_PKCS12, or that file is damaged."
        ) from None
    if bundle.key is None or bundle.cert is None:
        raise _Unusable("SEAL_PKCS12", "names a file without a key and its certificate.")
    return bundle.cert.certificate


def _content(variable: str, path: Path) -> bytes:
    try:
        return path.read_bytes()
    except FileNotFoundError:
        raise _Unusable(variable, f"names {path}, which does not exist.") from None
    except OSError as problem:
        raise _Unusable(variable, f"names {path}, which cannot be read ({problem.strerror}).") from None


def _error(problem: _Unusable, identity: str) -> Error:
    return Error(str(problem), hint=f"Example: {EXAMPLES[problem.variable]}", id=identity)
