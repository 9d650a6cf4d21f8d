"""Turns the frozen wording of a certificate into paper: one set of facts for the PDF by Typst and for the page."""

import json
import unicodedata
from collections.abc import Mapping
from dataclasses import asdict, dataclass
from datetime import date
from functools import lru_cache
from pathlib import Path
from typing import Any

import segno
import structlog
import typst
from babel.dates import format_date
from django.conf import settings
from django.urls import reverse
from fontTools.ttLib import TTFont

from services.documents.content import CertificateContent
from services.documents.models import Certificate

log = structlog.get_logger(__name__)

LANGUAGES = ("id", "en")
#: What templates of packs import as @bening/paper: the layout that is the same for every government.
LAYOUTS = Path(__file__).with_name("typst")
Words = Mapping[str, str]


@dataclass(frozen=True)
class Paper:
    """All that stands on a certificate. Words are {"id": …, "en": …}; the template of the pack reads these names."""

    number: str
    code: str
    address: str
    qr: str
    title: Words
    holder: str
    body: Words
    fields: list[dict[str, Words]]
    valid_from: Words
    valid_until: Words | None
    conditions: list[Words]
    legal_basis: list[str]
    decided_on: Words
    signatory: str
    role: Words
    in_person: bool
    checks: list[Words]
    minutes: bool
    sections: list[dict[str, Any]]
    government: Words
    agency: Words
    agency_address: Words


def paper_of(certificate: Certificate) -> Paper:
    """The paper of a certificate, from its frozen content alone; a draft has neither number nor code yet."""
    content = CertificateContent.model_validate(certificate.content)
    if content.issuer is None:
        raise ValueError(f"certificate {certificate.number} was ordered without its issuer")
    address = verification_address(certificate.code) if certificate.code else ""
    plain = content.model_dump(mode="json")
    return Paper(
        number=certificate.number,
        code=certificate.code,
        address=address,
        qr=segno.make(address, error="m").svg_inline(omitsize=True, border=2, dark="#0b2e36"),
        title=certificate.title,
        holder=certificate.holder_name,
        body=plain["body"],
        fields=plain["fields"],
        valid_from=_day(certificate.valid_from),
        valid_until=_day(certificate.valid_until) if certificate.valid_until else None,
        conditions=plain["conditions"],
        legal_basis=content.legal_basis,
        decided_on=_day(content.decided_on),
        signatory=content.signatory.name,
        role=plain["signatory"]["role"],
        in_person=content.signatory.in_person,
        checks=plain["checks"],
        minutes=content.minutes,
        sections=plain["sections"],
        government=plain["issuer"]["government"],
        agency=plain["issuer"]["agency"],
        agency_address=plain["issuer"]["address"],
    )


def verification_address(code: str) -> str:
    """The public address under which a paper is verified; what its QR code holds."""
    return settings.SITE_URL + reverse("documents:verification", args=[code])


def pdf_of(certificate: Certificate) -> bytes:
    """The unsigned paper as tagged PDF/UA-1. Raises typst.TypstError when the template is broken."""
    paper = _printable(asdict(paper_of(certificate)))
    made, warnings = typst.compile_with_warnings(
        str(_template(certificate.template)),
        root=str(settings.CERTIFICATE_TEMPLATES),
        package_path=str(LAYOUTS),
        font_paths=[str(settings.CERTIFICATE_FONTS)],
        ignore_system_fonts=True,
        format="pdf",
        pdf_standards=["ua-1"],
        timestamp=int(certificate.created_at.timestamp()),
        sys_inputs={"paper": json.dumps(paper, ensure_ascii=False)},
    )
    for warning in warnings:
        log.warning("documents.template.warned", template=certificate.template, warning=warning.message)
    if not isinstance(made, bytes):
        raise TypeError("Typst returned pages instead of one PDF")
    return made


def _template(name: str) -> Path:
    """The template's file; a name can never lead out of the folder."""
    path = Path(settings.CERTIFICATE_TEMPLATES) / f"{Path(name).name}.typ"
    if not path.is_file():
        raise FileNotFoundError(f"the pack has no certificate template {name!r}")
    return path


def _day(value: date) -> dict[str, str]:
    return {language: format_date(value, format="d MMMM y", locale=language) for language in LANGUAGES}


def _printable(value: Any) -> Any:
    """The same facts in letters that our fonts have: PDF/UA forbids a missing glyph, and one letter must not stop a paper."""
    if isinstance(value, str):
        return "".join(
            letter if _is_printable(letter) else "□" for letter in unicodedata.normalize("NFC", value)
        )
    if isinstance(value, Mapping):
        return {key: _printable(item) for key, item in value.items()}
    if isinstance(value, list):
        return [_printable(item) for item in value]
    return value


def _is_printable(letter: str) -> bool:
    return letter == "\n" or ord(letter) in _known_letters()


@lru_cache(maxsize=1)
def _known_letters() -> frozenset[int]:
    """Letters of the build's fonts and those of Libertinus Serif, which Typst brings along: Latin, Greek, Cyrillic."""
    known = {0x25A1, *range(0x20, 0x7F), *range(0xA0, 0x180), *range(0x391, 0x3CA), *range(0x410, 0x450)} - {
        0xAD
    }
    for path in Path(settings.CERTIFICATE_FONTS).glob("*.ttf"):
        with TTFont(path, lazy=True) as font:
            known |= set(font.getBestCmap() or {})
    return frozenset(known)
