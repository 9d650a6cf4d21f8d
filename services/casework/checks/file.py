"""Checks of the file itself: its documents, its place, and what the same person has here already."""

from collections.abc import Mapping
from datetime import datetime

from django.db.models import Q, QuerySet
from django.utils.translation import gettext_lazy as _

from services.casework.checks.registry import Check, Finding, failed, passed, same_holder, unknown
from services.casework.models import Case
from services.catalogue import rules
from services.documents.models import Certificate, Document, in_force
from services.government import queries as government


def documents_complete(case: Case, at: datetime) -> Finding:
    """Every required document of the standard is attached, and the system could open it."""
    attached = case.documents.filter(replaced_at=None)
    return documents_found(case, dict(attached.values_list("slot", "document__state")))


def documents_found(case: Case, states: Mapping[str, str]) -> Finding:
    """The same for whoever has read the `states` of the attached documents by their slots already. No query."""
    asked = rules.asked_documents(case.service_version.parsed, case.answers)
    missing = [row.title for row in asked if row.required and row.key not in states]
    if missing:
        return failed(_("A document of the standard is missing: %(title)s."), title=missing[0])
    if any(state != Document.State.READY for state in states.values()):
        return failed(_("Not every document can be opened."))
    if not states:
        return passed(_("The standard asks for no document."))
    return passed(_("Every document of the standard is there and can be opened."))


def district_inside(case: Case, at: datetime) -> Finding:
    """The address that the matter is about lies in a district of this government."""
    address = rules.placing_address(case.service_version.parsed, case.answers)
    ruler = government.government()
    where = ruler.short_name if ruler else {}
    if address is None:
        return unknown(_("The application names no address."))
    if not address.get("district"):
        return failed(_("The address lies outside %(where)s."), where=where)
    if not government.districts().filter(code=address["district"]).exists():
        return unknown(_("The district of the address is not on our list."))
    return passed(_("The address lies in %(where)s."), where=where)


def no_open_duplicate(case: Case, at: datetime) -> Finding:
    """The same person (or business) has no other application for the same service that is still open."""
    other = _others(case, same_holder(case)).filter(submitted_at__isnull=False, closed_at=None).first()
    if other is not None:
        return failed(
            _("Another application for the same is still open: %(reference)s."), reference=other.reference
        )
    return passed(_("No other application for the same is open."))


def not_already_held(case: Case, at: datetime) -> Finding:
    """The holder has no certificate of the same service that is in force today, or suspended."""
    granted = _others(case, same_holder(case)).filter(outcome="GRANTED").values("reference")
    held = Certificate.objects.filter(in_force(at=at), reference__in=granted).first()
    if held is not None:
        return failed(_("A certificate for the same is in force: %(number)s."), number=held.number)
    return passed(_("No certificate for the same is in force."))


def _others(case: Case, same: Q) -> QuerySet[Case]:
    service = case.service_version.service_id
    return Case.objects.filter(same, service_version__service=service).exclude(pk=case.pk).order_by("pk")


CHECKS = (
    Check(name="documents_complete", title=_("The documents are complete"), look=documents_complete),
    Check(name="district_inside", title=_("The address lies in our area"), look=district_inside),
    Check(name="no_open_duplicate", title=_("Nothing else of the same kind is open"), look=no_open_duplicate),
    Check(name="not_already_held", title=_("Nothing of the same kind is held"), look=not_already_held),
)
