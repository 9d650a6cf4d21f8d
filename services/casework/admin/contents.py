"""What a file holds, ready to be drawn: answers and documents with their marks, earlier defects, the machine's checks."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field

from django.utils.translation import gettext as _

from services.casework import letters
from services.casework.forms.defects import Mark
from services.casework.models import Case, CaseDocument, ConfirmationKind, Defect, HelperRelation
from services.casework.queries import Step
from services.catalogue import answers as catalogue_answers
from services.catalogue import rules
from services.catalogue.definition import RequiredDocument
from services.foundation import texts


@dataclass(frozen=True, slots=True)
class Item:
    """One answer or document: what it is called and says, whether it changed, its defects so far, and its mark."""

    key: str
    title: str
    text: str = ""
    changed: bool = False
    defects: list[Defect] = field(default_factory=list)
    mark: Mark | None = None
    attached: CaseDocument | None = None
    is_missing: bool = False


@dataclass(frozen=True, slots=True)
class Group:
    """A group of answers under its title."""

    title: str
    items: list[Item]


@dataclass(frozen=True, slots=True)
class Check:
    """One thing that the machine has looked at by itself."""

    is_good: bool
    words: str


def changed_in(steps: Iterable[Step]) -> list[str]:
    """What the applicant changed at the last sending, as the record says; nothing after the first."""
    again = [step for step in steps if step.action.endswith(".application.resubmitted")]
    return list(again[-1].details.get("changed", ())) if again else []


def groups(
    case: Case, *, changed: Sequence[str], defects: Sequence[Defect], marks: Mapping[str, Mark]
) -> list[Group]:
    """The answers by group. A question of a repeated group bears its mark once, at the first item."""
    told = _by_key(case, defects)
    return [
        Group(
            title=group.title,
            items=[
                Item(
                    key=answer.key,
                    title=answer.label,
                    text=answer.text,
                    changed=answer.changed,
                    defects=told.get(answer.key, []) if group.number <= 1 else [],
                    mark=marks.get(answer.key) if group.number <= 1 else None,
                )
                for answer in group.items
            ],
        )
        for group in catalogue_answers.rendered(case.service_version.parsed, case.answers, changed=changed)
    ]


def papers(
    case: Case,
    attached: Sequence[CaseDocument],
    *,
    changed: Sequence[str],
    defects: Sequence[Defect],
    marks: Mapping[str, Mark],
) -> list[Item]:
    """The documents in the order of the standard, with those that are missing."""
    definition, told = case.service_version.parsed, _by_key(case, defects)
    there = [
        Item(
            key=row.slot,
            title=letters.title_of(definition, row.slot),
            changed=row.slot in changed,
            defects=told.get(row.slot, []),
            mark=marks.get(row.slot),
            attached=row,
        )
        for row in attached
    ]
    missing = [
        Item(key=row.key, title=texts.local(row.title), is_missing=True)
        for row in missing_documents(case, attached)
    ]
    return there + missing


def missing_documents(case: Case, attached: Sequence[CaseDocument]) -> list[RequiredDocument]:
    """Required documents of the standard that are not in the file."""
    slots = {row.slot for row in attached}
    asked = rules.asked_documents(case.service_version.parsed, case.answers)
    return [row for row in asked if row.required and row.key not in slots]


def checks(case: Case, attached: Sequence[CaseDocument]) -> list[Check]:
    """What the machine has checked by itself, each with its result."""
    return [_documents_check(case, attached), _identity_check(case), *_helper_checks(case)]


def _documents_check(case: Case, attached: Sequence[CaseDocument]) -> Check:
    unready = [row for row in attached if not row.document.is_ready]
    if missing_documents(case, attached) or unready:
        return Check(is_good=False, words=_("Not every document of the standard is there and can be opened."))
    return Check(is_good=True, words=_("Every document of the standard is there and can be opened."))


def _identity_check(case: Case) -> Check:
    applicant = case.applicant
    if applicant is None or not applicant.has_nik:
        return Check(is_good=False, words=_("No NIK is on file for the applicant."))
    if applicant.nik_verified_at:
        return Check(is_good=True, words=_("An officer has compared the NIK with the identity card."))
    return Check(is_good=False, words=_("Nobody has compared the NIK with the identity card yet."))


def _helper_checks(case: Case) -> list[Check]:
    if case.helper_id is None:
        return [Check(is_good=True, words=_("The applicant filed for themselves."))]
    relation = HelperRelation(case.helper_relation).label
    who = Check(is_good=True, words=_("Filed by a helper: %(relation)s.") % {"relation": relation})
    if case.confirmed_at is None:
        return [
            who,
            Check(is_good=False, words=_("The applicant has not confirmed what the helper filled in.")),
        ]
    how = ConfirmationKind(case.confirmed_by).label
    return [who, Check(is_good=True, words=_("The applicant confirmed it: %(how)s.") % {"how": how})]


def _by_key(case: Case, defects: Iterable[Defect]) -> dict[str, list[Defect]]:
    """Defects by what they concern, each with the label of its code."""
    labels = {reason.code: texts.local(reason.label) for reason in case.service_version.parsed.defect_reasons}
    found: dict[str, list[Defect]] = {}
    for defect in defects:
        defect.label = labels.get(defect.code, defect.code)  # type: ignore[attr-defined]  # for the template
        found.setdefault(defect.key, []).append(defect)
    return found
