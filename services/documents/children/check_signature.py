"""Child: read the signatures of a PDF and say what is true of them; whose certificate counts is not decided here.

usage: check_signature.py SOURCE ROOTS.pem MOMENT   (the certificate must have been good at MOMENT, ISO 8601)
"""

import json
import logging
import sys
from datetime import datetime
from pathlib import Path
from typing import Any

from asn1crypto import pem, x509
from pyhanko.pdf_utils.misc import PdfError
from pyhanko.pdf_utils.reader import PdfFileReader
from pyhanko.sign.validation import SignatureCoverageLevel, validate_pdf_signature
from pyhanko.sign.validation.errors import SignatureValidationError
from pyhanko_certvalidator import ValidationContext


def check(source: Path, roots: Path, moment: datetime) -> dict[str, Any]:
    """Return the facts of every signature in the file; {"refused": "DAMAGED"} when it cannot be read to its end."""
    with source.open("rb") as file:
        try:
            reader = PdfFileReader(file, strict=True)
            signatures = [_facts(each, roots, moment) for each in reader.embedded_signatures]
        except (
            PdfError,
            SignatureValidationError,
            ValueError,
            TypeError,
            KeyError,
            IndexError,
            RecursionError,
            OSError,
        ):
            return {"refused": "DAMAGED"}
    return {"ok": {"signatures": signatures}}


def _facts(signature: Any, roots: Path, moment: datetime) -> dict[str, Any]:
    """`is_intact`: what it signs is unchanged. `is_whole`: it signs every byte of the file but itself."""
    status = validate_pdf_signature(signature, signer_validation_context=_trust(roots, moment))
    return {
        "fingerprint": status.signing_cert.sha256.hex(),
        "is_intact": bool(status.intact and status.valid),
        "is_trusted": bool(status.trusted),
        "is_whole": status.coverage == SignatureCoverageLevel.ENTIRE_FILE,
    }


def _trust(roots: Path, moment: datetime) -> ValidationContext:
    """Our roots and nothing else; nothing is fetched from the network."""
    certificates = [
        x509.Certificate.load(der) for _name, _headers, der in pem.unarmor(roots.read_bytes(), multiple=True)
    ]
    return ValidationContext(trust_roots=certificates, moment=moment, allow_fetching=False)


if __name__ == "__main__":
    logging.disable(logging.CRITICAL)
    sys.stdout.write(
        json.dumps(check(Path(sys.argv[1]), Path(sys.argv[2]), datetime.fromisoformat(sys.argv[3])))
    )
