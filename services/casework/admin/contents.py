"""What a file holds, ready to be drawn: answers and documents with their marks, earlier defects, the machine's checks."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Final

from django.utils.translation import gettext_lazy

from services.casework import checks, letters
from services.casework.checks import Finding, Looked
from services.casework.checks.file import documents_found
from services.casework.forms.defects import Mark
from services.casework.models import Case, CaseDocument, Defect
from services.casework.queries import Step
from services.catalogue import answers as catalogue_answers
from services.catalogue import rules
from services.catalogue.definition import RequiredDocument
from services.foundation import texts

#: What the machine looks at in every file whose service names no checks, and beside those that it names.
WITHOUT_CHECKS: Final = ("documents_complete", "identity_known")
ALWAYS: Final = ("helper_confirmed",)


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


def looked_at(case: Case, attached: Sequence[CaseDocument], *, at: datetime) -> list[Looked]:
    """What the machine has looked at, each with its result: as kept at the last sending, or as it is now.

    Nothing of what is no application: nobody has to prove anything for being heard.
    """
    if not case.service_version.parsed.is_applied_for:
        return []
    kept = checks.results_of(case)
    names = dict.fromkeys((*(case.service_version.parsed.checks or WITHOUT_CHECKS), *ALWAYS))
    states = {row.slot: row.document.state for row in attached}
    return checks.open_first(
        checks.looked_at(name, _finding(name, case, kept, states, at=at)) for name in names
    )


def _finding(
    name: str, case: Case, kept: Mapping[str, Finding], states: Mapping[str, str], *, at: datetime
) -> Finding:
    """What was kept; as it is now where that may have changed since, and where nothing is kept for this service."""
    check = checks.named(name)
    if name in kept and not (check and check.is_asked_again):
        return kept[name]
    if name in case.service_version.parsed.checks and name not in kept:
        return checks.unknown(gettext_lazy("The system has not looked at it yet."))
    if name == "documents_complete":
        return documents_found(case, states)
    return checks.carry_out(name, case, at=at)


def _by_key(case: Case, defects: Iterable[Defect]) -> dict[str, list[Defect]]:
    """Defects by what they concern, each with the label of its code."""
    labels = {reason.code: texts.local(reason.label) for reason in case.service_version.parsed.defect_reasons}
    found: dict[str, list[Defect]] = {}
    for defect in defects:
        defect.label = labels.get(defect.code, defect.code)  # type: ignore[attr-defined]  # for the template
        found.setdefault(defect.key, []).append(defect)
    return found
