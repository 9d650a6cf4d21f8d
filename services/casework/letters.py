"""The words of a letter that a decision of the desk brings about, from the codes of the pack; and its preview."""

import re
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Final, Protocol

from babel.dates import format_date
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from services.accounts.models import Language, User
from services.casework import capacity, checks, clocks
from services.casework.models import Case, Objection
from services.casework.operations import SLIP_SLOT, FoundDefect
from services.casework.workflow import Transition
from services.catalogue.definition import ServiceDefinition, Text
from services.foundation import texts
from services.foundation.clock import local_date
from services.notifications import rendering

#: UU 30/2014 article 53 as amended: an electronic system may itself decide where every requirement is met.
_BASIS: Final = gettext_lazy(
    "Decided by the system under UU 30/2014, article 53 (3), and version %(version)s of the service standard “%(service)s”,"
    " after these checks:"
)


#: Under what a certificate stands that nobody signed since nobody decided: in place of role and name.
BY_LAW: Final = gettext_lazy(
    "Granted by operation of law (UU 30/2014, article 53). No official decided, and none has signed."
)
KIND_BY_LAW: Final = gettext_lazy("by operation of law")
_HOW: Final = gettext_lazy(
    "The application was complete on %(complete)s. Nobody decided by %(due)s, and so it counts as granted by operation of law."
)

#: The slots of papers that no standard lists (`operations.enclose_documents`): sent with the case, with a message, or by the office.
_ENCLOSED: Final = re.compile(r"(?P<with>[a-z]+)(?P<id>_\d+)?_(?P<number>\d+)")
#: The slot of a paper that the office asked for and no standard lists (`ApplicantRequest.given_slot`).
_ASKED_FOR: Final = "request_"


class Found(Protocol):
    """A defect, be it marked just now or stored."""

    @property
    def key(self) -> str:
        """The document or the question."""

    @property
    def code(self) -> str:
        """The code of the pack."""

    @property
    def words(self) -> str:
        """The officer's own words; "" for none."""


@dataclass(frozen=True, slots=True)
class DefectInWords:
    """What must be mended: the document or question it concerns, the letter's sentence, and the officer's own words."""

    key: str
    concerns: Text
    letter: Text
    words: str


@dataclass(frozen=True, slots=True)
class RefusalInWords:
    """Why it was refused: the letter's sentence, the article it rests on, and the officer's own words."""

    letter: Text
    article: str
    words: str


@dataclass(frozen=True, slots=True)
class MachineDecision:
    """A decision without a signatory: under what the system decided, and what was looked at; each in both languages."""

    basis: dict[str, str]
    checks: list[dict[str, str]]


def machine_decision(case: Case) -> MachineDecision | None:
    """How the system decided this case; None where a person did, or nobody has. No query."""
    if case.decided_at is None or case.decided_by_id is not None or case.is_granted_by_law:
        return None
    definition = case.service_version.parsed
    basis = texts.in_every_language(_BASIS, service=definition.name, version=case.service_version.number)
    return MachineDecision(basis=basis, checks=[checks.title_of(name) for name in definition.checks])


def how_the_law_granted(case: Case) -> dict[str, str]:
    """When a case granted by law was complete, and by when nobody had decided; in both languages."""
    return texts.in_every_language(
        _HOW, complete=_days(case.complete_at or case.status_at), due=_days(case.due_at or case.status_at)
    )


def _days(moment: datetime) -> Text:
    said = {code: format_date(local_date(moment), format="d MMMM y", locale=code) for code in ("id", "en")}
    return Text(**said)


def titles(definition: ServiceDefinition) -> dict[str, Text]:
    """What each key of the form is called: documents by title, questions by label."""
    return {document.key: document.title for document in definition.documents} | {
        key: question.label for key, question in definition.questions.items()
    }


def title_of(definition: ServiceDefinition, key: str) -> str:
    """What a key of the file is called, in the reader's language; the signed slip is on no service's list."""
    if key == SLIP_SLOT:
        return _("The applicant's signed slip")
    found = titles(definition).get(key)
    if found is None and key.startswith(_ASKED_FOR):
        return _("A further document that was asked for")
    if found is None and (enclosed := _ENCLOSED.fullmatch(key)):
        return _enclosed_title(enclosed)
    return texts.local(found) if found else key


def _enclosed_title(slot: re.Match[str]) -> str:
    number = {"number": slot["number"]}
    if slot["with"] == "ruling":
        return _("Ruling of a court")
    if slot["with"] == "objection":
        return _("Paper %(number)s, with the objection") % number
    if not slot["id"]:
        return _("Photo %(number)s") % number
    if slot["with"] == "message":
        return _("Photo %(number)s, with a message") % number
    return _("Photo %(number)s, by the office") % number


def defects_in_words(definition: ServiceDefinition, found: Iterable[Found]) -> list[DefectInWords]:
    """Each defect as the letter says it, in the order given."""
    names = titles(definition)
    letters = {reason.code: reason.letter for reason in definition.defect_reasons}
    return [
        DefectInWords(
            key=defect.key, concerns=names[defect.key], letter=letters[defect.code], words=defect.words
        )
        for defect in found
    ]


def refusal_in_words(definition: ServiceDefinition, *, reason_code: str, words: str) -> RefusalInWords | None:
    """The reason of a refusal as the letter says it; None for a code that the version does not know."""
    known = {reason.code: reason for reason in definition.refusal_reasons}
    if reason_code not in known:
        return None
    reason = known[reason_code]
    return RefusalInWords(letter=reason.letter, article=reason.article, words=words)


def facts(case: Case) -> dict[str, Any]:
    """What every letter about a case names: texts in both languages, moments in ISO 8601, nothing secret."""
    return {
        "reference": case.reference,
        "path": f"/cases/{case.reference}/",
        "service": case.service_version.parsed.name.model_dump(),
        "agency": case.agency.name,
        "due_at": case.due_at and case.due_at.isoformat(),
        "applicant_due_at": case.applicant_due_at and case.applicant_due_at.isoformat(),
        "defects": [],
        "asked": [],
        "goes_on": False,
        "refusal": None,
        "by_mandate": {},
        "answered_by_mandate": {},
        "certificate": "",
        "basis": {},
        "checks": [],
        "objection_until": None,
    }


def objection_until(at: datetime, case: Case | None = None) -> str:
    """The last moment to object to what was decided then, in ISO 8601 (UU 30/2014 article 77); with the case, as outages have moved it."""
    until = clocks.objection_until(case, at) if case else clocks.given_until(clocks.TIME_TO_OBJECT, at)
    return until.isoformat()


def appeal_until(objection: Objection) -> str:
    """The last moment to appeal against the answer that the decision stands, in ISO 8601; "" for any other. One query."""
    if objection.answered_at is None or objection.result != Objection.Result.CONFIRMED:
        return ""
    return clocks.given_until(clocks.TIME_TO_APPEAL, objection.answered_at).isoformat()


def defect_facts(definition: ServiceDefinition, found: Iterable[Found]) -> list[dict[str, Any]]:
    """Defects as plain values for a letter's template."""
    return [
        {"concerns": row.concerns.model_dump(), "letter": row.letter.model_dump(), "words": row.words}
        for row in defects_in_words(definition, found)
    ]


def refusal_facts(definition: ServiceDefinition, *, reason_code: str, words: str) -> dict[str, Any] | None:
    """A refusal as plain values for a letter's template."""
    row = refusal_in_words(definition, reason_code=reason_code, words=words)
    return {"letter": row.letter.model_dump(), "article": row.article, "words": row.words} if row else None


def preview_of_return(
    case: Case, transition: Transition, *, found: list[FoundDefect], at: datetime
) -> rendering.Words:
    """The letter that this return would send, word for word, in the applicant's language."""
    told = facts(case) | {
        "defects": defect_facts(case.service_version.parsed, found),
        "applicant_due_at": clocks.given_until(clocks.TIME_TO_MEND, at).isoformat(),
    }
    return rendering.render(transition.notice, told, language=language_of(case))


def preview_of_refusal(
    case: Case, transition: Transition, *, decider: User, reason_code: str, words: str, at: datetime
) -> rendering.Words:
    """The letter that this refusal would send, word for word, in the applicant's language."""
    mandate = capacity.of(decider, case, moment=at)
    refusal = refusal_facts(case.service_version.parsed, reason_code=reason_code, words=words)
    told = facts(case) | {"refusal": refusal, "objection_until": objection_until(at)}
    told["by_mandate"] = capacity.printed(mandate)
    return rendering.render(transition.notice, told, language=language_of(case))


def language_of(case: Case) -> str:
    """The language in which the applicant is written to; Indonesian for whoever has no login."""
    user = case.applicant.user if case.applicant else None
    return str(user.language) if user else Language.INDONESIAN.value
