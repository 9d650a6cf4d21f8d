"""What was found about a case, as pages show it: the results of its last sending."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from services.casework.checks.registry import Finding, Result, named
from services.casework.models import Case
from services.casework.workflow import GRANT_BY_MACHINE
from services.foundation import texts


@dataclass(frozen=True, slots=True)
class Looked:
    """One check with its result: what was looked at, and what was found, in the reader's language."""

    name: str
    title: str
    result: Result
    words: str

    @property
    def is_passed(self) -> bool:
        """Whether it is as it should be."""
        return self.result == Result.PASSED

    @property
    def result_words(self) -> str:
        """The result in a word."""
        return str(self.result.label)

    @property
    def icon(self) -> str:
        """The shape that goes with the result."""
        return {Result.PASSED: "done", Result.FAILED: "attention", Result.UNKNOWN: "waiting"}[self.result]


def open_first(looked: Iterable[Looked]) -> list[Looked]:
    """What has not passed before what has, otherwise in the same order."""
    return sorted(looked, key=lambda each: each.is_passed)


def title_of(name: str) -> dict[str, str]:
    """What a check looks at, in both languages; its name, where this release has it no longer."""
    check = named(name)
    return texts.in_every_language(check.title) if check else {"id": name, "en": name}


def looked_at(name: str, finding: Finding) -> Looked:
    """A finding as a page shows it."""
    check = named(name)
    title = str(check.title) if check else name.replace("_", " ")
    return Looked(name=name, title=title, result=finding.result, words=texts.local(finding.words))


def results_of(case: Case) -> dict[str, Finding]:
    """What the checks of the last sending found, in the order of the version. One query, none where it names no check."""
    names = case.service_version.parsed.checks
    if not names or not case.rounds:
        return {}
    rows = {row.check_name: row for row in case.check_results.filter(round=case.rounds)}
    return {
        name: Finding(Result(rows[name].result), rows[name].details.get("words", {}))
        for name in names
        if name in rows
    }


def are_pending(case: Case, found: Mapping[str, Finding]) -> bool:
    """Whether the machine has still to look at what was sent last; `found` are the results so far."""
    waits = any(row.name == GRANT_BY_MACHINE for row in case.workflow.leaving(case.status))
    return waits and bool(case.service_version.parsed.checks) and not found


def all_passed(findings: Iterable[Finding]) -> bool:
    """Whether nothing is left for a person to look at."""
    return all(finding.result == Result.PASSED for finding in findings)
