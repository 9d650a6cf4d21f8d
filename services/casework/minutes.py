"""The minutes of an inspection (berita acara) as a paper: what was checked, what was found, the photos by number, who was there."""

from collections.abc import Mapping
from typing import Any, Final

from babel.dates import format_date
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from services.casework import inspections
from services.casework.inspections import Inspection
from services.casework.models import Appointment, Minutes, Noted
from services.documents import operations as documents
from services.documents.content import CertificateContent, Field, Section, Signatory, Text
from services.foundation import clock, texts

TITLE: Final = _("Minutes of an inspection")
BODY: Final = _(
    "On %(day)s the place of the application “%(service)s” (%(reference)s) was inspected. These minutes say what was seen"
    " there. They decide nothing."
)
WITNESSED: Final[Mapping[str, Promise]] = {
    Minutes.Presence.APPLICANT: _("%(name)s, who applied, was there."),
    Minutes.Presence.REPRESENTATIVE: _("%(name)s was there for whoever applied."),
    Minutes.Presence.NOBODY: _("Nobody was there for whoever applied."),
}
_ANSWERS: Final[Mapping[str, Promise]] = {
    Noted.Answer.YES: pgettext_lazy("checklist", "Yes"),
    Noted.Answer.NO: pgettext_lazy("checklist", "No"),
    Noted.Answer.NOT_APPLICABLE: pgettext_lazy("checklist", "Not applicable"),
}
LANGUAGES: Final = ("id", "en")
PREFIX: Final = "BA"
_SHOWN_OF_A_DIGEST: Final = 16


def paper_of(inspection: Inspection, signed: Minutes) -> documents.Order:
    """The paper that these minutes are to be."""
    review, day = inspection.review, clock.local_date(signed.signed_at)
    applicant = review.case.applicant
    return documents.Order(
        reference=inspections.paper_reference(review),
        kind=review.case.kind,
        holder_name=applicant.name if applicant else "",
        title=texts.in_every_language(TITLE),
        content=_content(inspection, signed),
        template=review.case.service_version.parsed.paper.template,
        agency_code=review.agency.code,
        number_prefix=f"{PREFIX}/{review.agency.code.upper()}"[:20],
        valid_from=day,
        valid_until=None,
    )


def _content(inspection: Inspection, signed: Minutes) -> CertificateContent:
    review, day = inspection.review, clock.local_date(signed.signed_at)
    case, definition = review.case, review.case.service_version.parsed
    inspector = str(signed.signed_by.get_full_name())
    return CertificateContent(
        minutes=True,
        body=_said(BODY, day=_day(day), service=definition.name, reference=case.reference),
        fields=_particulars(inspection, signed),
        sections=[_checked(inspection), *_found(signed), *_photos(inspection)],
        legal_basis=list(definition.paper.legal_basis),
        signatory=Signatory(
            name=inspector, role=_said(_("Inspector, %(office)s"), office=review.agency.name)
        ),
        decided_on=day,
    )


def _particulars(inspection: Inspection, signed: Minutes) -> list[Field]:
    applicant = inspection.review.case.applicant
    who = signed.name or (applicant.name if applicant else "")
    present = texts.in_every_language(WITNESSED[signed.presence], name=who)
    rows: list[tuple[Promise, Text]] = [(_("What was inspected"), _plain(inspection.review.definition.title))]
    if inspection.latest:
        rows += [(_("Appointed for"), _when(inspection.latest)), (_("Place"), _same(inspection.latest.place))]
    rows.append((_("Present"), Text(**present)))
    if signed.others:
        rows.append((_("Others present"), _same(signed.others)))
    return [Field(label=_said(label), value=value) for label, value in rows]


def _checked(inspection: Inspection) -> Section:
    labels = {item.key: item.label for item in inspection.review.definition.checklist}
    lines = [_point(label, inspection.noted[key]) for key, label in labels.items() if key in inspection.noted]
    return Section(title=_said(_("What was checked")), lines=lines)


def _point(label: Any, noted: Noted) -> Text:
    answer = (
        texts.in_every_language(_ANSWERS[noted.answer]) if noted.answer else dict.fromkeys(LANGUAGES, "-")
    )
    words = f" {noted.words}" if noted.words else ""
    said = label.model_dump()
    return Text(**{language: f"{said[language]}: {answer[language]}.{words}" for language in answer})


def _found(signed: Minutes) -> list[Section]:
    if not signed.findings:
        return []
    return [Section(title=_said(_("What was found")), lines=[_same(signed.findings)])]


def _photos(inspection: Inspection) -> list[Section]:
    if not inspection.photos:
        return []
    lines = [_photo(number, noted) for number, noted in enumerate(inspection.photos, start=1)]
    return [Section(title=_said(_("Photos, kept with the file")), lines=lines)]


def _photo(number: int, noted: Noted) -> Text:
    digest = noted.photo.sha256[:_SHOWN_OF_A_DIGEST] if noted.photo else ""
    caption = f"{noted.words} · " if noted.words else ""
    return _said(
        _("Photo %(number)s: %(caption)sSHA-256 %(digest)s…"), number=number, caption=caption, digest=digest
    )


def _when(appointment: Appointment) -> Text:
    """The day and the hours in each language's way of writing them."""
    said = {}
    for language, written in _day(appointment.day).items():
        hours = "%H.%M" if language == "id" else "%H:%M"
        said[language] = f"{written}, {appointment.begins:{hours}}-{appointment.ends:{hours}}"
    return Text(**said)


def _day(day: Any) -> dict[str, str]:
    return {language: format_date(day, format="EEEE, d MMMM y", locale=language) for language in LANGUAGES}


def _said(words: Promise, **values: Any) -> Text:
    return Text(**texts.in_every_language(words, **values))


def _plain(words: Any) -> Text:
    return Text(**words.model_dump())


def _same(words: str) -> Text:
    """Words of a person, which stand as they were written."""
    return Text(id=words, en=words)
