"""What was typed, once more before it is sent: one row a page, each with the way back to it."""

from datetime import datetime
from typing import Any

from django.urls import reverse
from django.utils.translation import gettext as _

from complaints.integrity import journey, queries
from complaints.integrity.drafts import Draft
from complaints.integrity.forms import EMAIL, PHONE, ContactForm
from complaints.integrity.matters import Concerned, Maladministration, Matter
from services.foundation import identity, texts
from services.foundation.templatetags.bening import rupiah
from services.government.models import Agency


def rows(draft: Draft, *, at: datetime) -> list[dict[str, Any]]:
    """The rows of the list, in the order of the pages."""
    told = journey.told_of(draft)
    axis = draft.answers.get("axis", "")
    said: list[tuple[str, str, Any]] = [
        ("matter", _("What it is about"), Matter(told.matter).label),
        ("kind", _("What the office did wrong"), Maladministration(axis).label if axis else ""),
        ("what", _("What happened"), told.what),
        ("where", _("Which office"), _office(told.office)),
        ("where", _("Where"), told.place),
        ("where", _("Case or certificate"), told.reference),
        ("who", _("Whom it concerns"), Concerned(told.concerned).label),
        ("who", _("Who it was"), told.who),
        ("when", _("When"), told.when),
        ("when", _("How much"), rupiah(told.amount) if told.amount is not None else ""),
        ("work", _("You work there"), _("Yes") if told.works_here else _("No")),
        ("evidence", _("Photos and documents"), _files(draft)),
        ("receiver", _("Who receives it"), _receiver(draft, at=at)),
        ("contact", _("How we may reach you"), _contact(draft)),
    ]
    return [
        {"key": key, "value": str(value), "href": reverse("complaints:integrity_step", args=[step])}
        for step, key, value in said
        if value
    ]


def name_of(agency: Agency) -> str:
    """The name of an agency in the reader's language."""
    return texts.local(agency.name)


def _office(code: str) -> str:
    agency = Agency.objects.filter(code=code).first() if code else None
    return name_of(agency) if agency else ""


def _files(draft: Draft) -> str:
    return str(len(draft.files)) if draft.files else _("None")


def _receiver(draft: Draft, *, at: datetime) -> str:
    agency = queries.receivers().get(journey.receiver_of(draft, at=at))
    if agency is None:
        return ""
    if journey.is_for_commission_alone(draft, at=at):
        return _("%(office)s alone") % {"office": name_of(agency)}
    if draft.answers.get("may_be_handed_over"):
        return _("%(office)s, which may hand it to the other receiver") % {"office": name_of(agency)}
    return name_of(agency)


def _contact(draft: Draft) -> str:
    contact = draft.answers.get("contact", "")
    labels = {value: str(label) for value, label in ContactForm.base_fields["contact"].choices}  # type: ignore[attr-defined]
    if contact == PHONE:
        return f"{labels[contact]}: {identity.mask_phone(draft.answers[PHONE])}"
    if contact == EMAIL:
        return f"{labels[contact]}: {identity.mask_email(draft.answers[EMAIL])}"
    return labels.get(contact, "")
