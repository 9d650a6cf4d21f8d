"""Orders a certificate: gives it a number, a verification code and its frozen wording."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime

from django.conf import settings
from django.db import transaction

from services.audit import operations as audit
from services.audit.actors import SYSTEM, Subject
from services.documents import codes
from services.documents.content import CertificateContent, Issuer, Text
from services.documents.models import Certificate, NumberSeries
from services.foundation import clock
from services.government import queries as government
from services.outbox import operations as outbox

ORDERED = "documents.certificate.ordered"


@dataclass(frozen=True, slots=True, kw_only=True)
class Order:
    """What a certificate is to be, before it has a number and a code."""

    reference: str
    kind: str
    holder_name: str
    title: Mapping[str, str]
    content: CertificateContent
    agency_code: str
    number_prefix: str
    valid_from: date
    valid_until: date | None
    template: str = "certificate"
    signer: Certificate.Signer = Certificate.Signer.SEAL


def draft_certificate(order: Order, *, at: datetime) -> Certificate:
    """The certificate as it would be ordered at this moment: without number and code, and kept nowhere."""
    return Certificate(
        reference=order.reference,
        kind=order.kind,
        agency_code=order.agency_code,
        holder_name=order.holder_name,
        title=dict(order.title),
        content=_frozen(order.content, order.agency_code),
        template=order.template,
        signer=order.signer,
        valid_from=order.valid_from,
        valid_until=order.valid_until,
        created_at=at,
    )


def order_certificate(order: Order, *, dedupe_key: str, at: datetime) -> Certificate:
    """Order a certificate; it is then made and signed by Celery. The same `dedupe_key` gives the same certificate.

    The number is `prefix/sequence/year` of the day it is ordered where the government is: unique and without gaps, since a
    rolled-back order rolls the series back too.
    """
    with transaction.atomic():
        series = _locked_series(order.number_prefix, clock.local_date(at).year)
        ordered = Certificate.objects.filter(dedupe_key=dedupe_key).first()
        if ordered is not None:
            return ordered
        certificate = draft_certificate(order, at=at)
        certificate.code, certificate.dedupe_key = codes.new(), dedupe_key
        for name, value in _number(series).items():
            setattr(certificate, name, value)
        certificate.save(force_insert=True)
        _tell(certificate, at=at)
    return certificate


def _locked_series(prefix: str, year: int) -> NumberSeries:
    """The row of this prefix and year, locked until the order is committed; made by whoever comes first."""
    NumberSeries.objects.bulk_create([NumberSeries(prefix=prefix, year=year)], ignore_conflicts=True)
    return NumberSeries.objects.select_for_update().get(prefix=prefix, year=year)


def _number(series: NumberSeries) -> dict[str, str | int]:
    series.last_number += 1
    series.save(update_fields=["last_number"])
    return {
        "prefix": series.prefix,
        "sequence": series.last_number,
        "year": series.year,
        "number": f"{series.prefix}/{series.last_number:04d}/{series.year}",
    }


def _frozen(content: CertificateContent, agency_code: str) -> dict[str, object]:
    """The wording with the names of who issues it as they are today."""
    agency = government.agency_by_code(agency_code)
    ruler = government.government()
    names = ruler.name if ruler else agency.name
    address = agency.contact.get("address") or {}
    issuer = Issuer(government=_text(names), agency=_text(agency.name), address=_text(address))
    return content.model_copy(update={"issuer": issuer}).model_dump(mode="json")


def _text(value: Mapping[str, str]) -> Text:
    main = value.get(settings.LANGUAGE_CODE.split("-")[0], "")
    return Text(id=value.get("id") or main, en=value.get("en") or main)


def _tell(certificate: Certificate, *, at: datetime) -> None:
    subject = Subject("certificate", certificate.number)
    details = {"reference": certificate.reference, "id": certificate.id, "content": certificate.content}
    audit.record(ORDERED, actor=SYSTEM, subject=subject, at=at, details=details)
    payload = {"certificate": str(certificate.id), "reference": certificate.reference}
    outbox.publish(ORDERED, payload, dedupe_key=f"certificate:{certificate.id}:ordered", at=at)
