"""What the system does once a licence is granted: the paper of its holder is ordered, and the holder entered."""

from datetime import date, datetime, timedelta

from django.db import transaction

from licensing import queries
from licensing.models import Business, Licence, LicenceApplication
from services.accounts.models import User
from services.applications import operations as applications
from services.casework.models import Case
from services.documents.content import Field, Text
from services.documents.models import Certificate


def order_certificate(case: Case, *, at: datetime) -> Certificate:
    """Order the paper of a granted licence, and enter who holds it. Doing it twice changes nothing.

    What renews a licence is good from the day after the old one's last.
    """
    application = queries.application_of(case)
    business = application.business
    with transaction.atomic():
        certificate = applications.order_certificate(case, at=at, holding=_holding(application, case))
        licence, _is_new = Licence.objects.get_or_create(
            case=case,
            defaults={
                "certificate": certificate,
                "service": case.service_version.service,
                "person": None if business else case.applicant,
                "business": business,
                "granted_at": case.decided_at or at,
            },
        )
        if licence.certificate_id != certificate.pk:
            licence.certificate = certificate
            licence.save(update_fields=["certificate"])
    return certificate


def draft_certificate(case: Case, *, at: datetime, signer: User) -> Certificate:
    """The paper of a licence as `signer` would sign it at this moment; nothing is kept."""
    holding = _holding(queries.application_of(case), case)
    return applications.draft_certificate(case, at=at, signer=signer, holding=holding)


def _holding(application: LicenceApplication, case: Case) -> applications.Holding:
    """Whose the licence is, and from when."""
    business = application.business
    return applications.Holding(
        name=business.name if business else "",
        fields=_fields(business, case) if business else (),
        not_before=_first_day(application),
    )


def _first_day(application: LicenceApplication) -> date | None:
    """The day after the last of a licence that is still in force; None where nothing is renewed."""
    renewed = application.renews
    if renewed is None or renewed.certificate.standing not in Certificate.IN_FORCE:
        return None
    last = renewed.certificate.valid_until
    return last + timedelta(days=1) if last else None


def _fields(business: Business, case: Case) -> list[Field]:
    """What the paper says of a business beside its name; a stall has no number."""
    said = [
        (_PERSON, case.applicant.name if case.applicant else ""),
        (_NIB, business.nib),
        (_KBLI, f"{business.kbli_code} (KBLI {business.kbli_scheme})" if business.kbli_code else ""),
        (_ADDRESS, f"{business.address}, {business.district.name}"),
    ]
    return [Field(label=label, value=Text(id=value, en=value)) for label, value in said if value]


_PERSON = Text(id="Penanggung jawab", en="Person in charge")
_NIB = Text(id="NIB", en="Business number (NIB)")
_KBLI = Text(id="Bidang usaha", en="Line of business")
_ADDRESS = Text(id="Alamat usaha", en="Address of the business")
