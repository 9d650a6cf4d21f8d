"""What the pages of businesses and licences show, as plain values for their templates."""

from dataclasses import dataclass
from datetime import datetime

from licensing import queries, wording
from licensing.models import Business, Licence
from licensing.rules import Renewal
from licensing.wording import Standing
from services.casework import letters
from services.foundation import clock, texts


@dataclass(frozen=True, slots=True)
class LicenceRow:
    """A licence in a list or on its page."""

    licence: Licence
    title: str
    holder: str
    standing: Standing
    renewal: Renewal
    renewal_text: str

    @property
    def reference(self) -> str:
        """The reference of its case, by which its page is found."""
        return self.licence.case.reference


def licence_row(licence: Licence, *, at: datetime) -> LicenceRow:
    """A licence (read by `queries.full`) in the reader's language."""
    renewal = queries.renewal_of(licence, at=at)
    return LicenceRow(
        licence=licence,
        title=texts.local(licence.service.name),
        holder=licence.business.name if licence.business else "",
        standing=wording.of_standing(licence.certificate, today=clock.local_date(at)),
        renewal=renewal,
        renewal_text=wording.of_renewal(licence, renewal),
    )


def objection_until(licence: Licence) -> str:
    """The last moment to object to a suspension or a revocation, in ISO 8601; "" where there is neither."""
    certificate = licence.certificate
    changed_at = certificate.revoked_at or certificate.suspended_at
    return letters.objection_until(changed_at, licence.case) if changed_at else ""


def facts_of(business: Business) -> list[dict[str, object]]:
    """What is known of a business, as rows; what it lacks is not shown."""
    rows = [
        (Business._meta.get_field("legal_form").verbose_name, business.get_legal_form_display()),
        (
            Business._meta.get_field("address").verbose_name,
            f"{business.address}\n{business.district.full_name}",
        ),
        ("NIB", business.nib),
        (f"KBLI {business.kbli_scheme}", business.kbli_code),
    ]
    return [
        {"key": str(key).capitalize() if str(key).islower() else key, "value": value}
        for key, value in rows
        if value
    ]
