"""A business is entered and changed by the people who act for it."""

from dataclasses import dataclass
from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext as _

from licensing.models import Business, BusinessMember
from services.accounts.models import Person
from services.audit import operations as audit
from services.audit.actors import Actor, Subject
from services.foundation import clock
from services.foundation.errors import UnableTo
from services.government.models import District


class UnableToEnterBusiness(UnableTo):
    """The facts of a business cannot be kept. `code`: nib."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Facts:
    """What is known of a business; `nib` and the KBLI code are "" where it has none."""

    name: str
    legal_form: str
    address: str
    district: District
    nib: str = ""
    kbli_scheme: str = ""
    kbli_code: str = ""


def subject_of(business: Business) -> Subject:
    """The business as the record names it."""
    return Subject("business", str(business.pk))


def register_business(facts: Facts, *, owner: Person, actor: Actor, at: datetime) -> Business:
    """Enter a business; its owner may act for it from today. Raises UnableToEnterBusiness for somebody else's NIB."""
    with transaction.atomic():
        _require_free(facts.nib, but=None)
        business = Business(created_at=at)
        _fill(business, facts)
        business.save(force_insert=True)
        BusinessMember.objects.create(business=business, person=owner, valid_from=clock.local_date(at))
        audit.record("licensing.business.registered", actor=actor, subject=subject_of(business), at=at)
    return business


def change_business(business: Business, facts: Facts, *, actor: Actor, at: datetime) -> Business:
    """Write the facts of a business anew. Papers that were issued keep what they say. Raises as `register_business`."""
    with transaction.atomic():
        locked = Business.objects.select_for_update().get(pk=business.pk)
        _require_free(facts.nib, but=locked)
        changed = _fill(locked, facts)
        if changed:
            locked.save()
            audit.record(
                "licensing.business.changed",
                actor=actor,
                subject=subject_of(locked),
                at=at,
                details={"fields": changed},
            )
    return locked


def _require_free(nib: str, *, but: Business | None) -> None:
    others = Business.objects.filter(nib=nib).exclude(pk=but.pk) if but else Business.objects.filter(nib=nib)
    if nib and others.exists():
        message = _(
            "This NIB belongs to a business that is registered here already. If it is yours, ask somebody who acts for"
            " it to invite you, or come to the office with the NIB sheet."
        )
        raise UnableToEnterBusiness(message, code="nib", field="nib")


def _fill(business: Business, facts: Facts) -> list[str]:
    """Write the facts into the row; the names of what differs."""
    new = {
        "name": facts.name,
        "legal_form": facts.legal_form,
        "address": facts.address,
        "district": facts.district,
        "nib": facts.nib,
        "kbli_scheme": facts.kbli_scheme if facts.kbli_code else "",
        "kbli_code": facts.kbli_code,
    }
    known = {} if business._state.adding else {name: getattr(business, name) for name in new}  # noqa: SLF001 (Django's own flag)
    for name, value in new.items():
        setattr(business, name, value)
    return sorted(name for name, value in new.items() if known.get(name) != value)
