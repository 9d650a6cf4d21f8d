"""The record of a case in plain words: one sentence for each event, for the citizen's side and for the office."""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any, Final

from django.utils.translation import gettext as _
from django.utils.translation import ngettext, pgettext

from services.accounts.models import Hat
from services.casework import outagewords, requestwords, reviewwords, rulingwords
from services.casework.models import Case, Recommendation, SecondLook, Told
from services.casework.openings import Reason
from services.casework.operations.desk import OutOfOrder
from services.casework.operations.handing_over import Why
from services.casework.operations.moving import DATES_MOVED
from services.casework.operations.signing import NEVER_OPENED
from services.casework.queries import Step
from services.casework.sentences import OPENED, SENTENCES, Words
from services.casework.workflow import APPLICANT, HELPER
from services.foundation import texts
from services.government import queries as government

#: The office's own working marks. They say nothing about the citizen's matter, and notes are the office's alone.
OFFICE_ONLY: Final = frozenset(
    {"casework.note.written", "casework.request.proposed", "casework.request.declined"}
)

#: Done again and again, a form saved or a file opened: shown once, with how often.
REPEATED: Final = frozenset(
    {
        OPENED,
        "casework.answers.saved",
        "casework.document.attached",
        "casework.document.detached",
        "casework.inspection.noted",
    }
)


_further: dict[str, Words] = {}


def register(sentences: Mapping[str, Words]) -> None:
    """Make known what the events of a public service say that no other service has; done in its `apps.py`."""
    _further.update(sentences)


@dataclass(frozen=True, slots=True)
class Line:
    """One line of the history: what happened (a sentence), when (the last time, if repeated), and by which role."""

    action: str
    sentence: str
    at: datetime
    by: str
    times: int = 1


def key_of(action: str) -> str:
    """The name under which an event's sentence is kept: without the app of the public service."""
    return action if action.startswith("casework.") else action.partition(".")[2]


def for_citizen(case: Case, steps: Iterable[Step]) -> list[Line]:
    """Every event but the office's working marks, oldest first. Roles and offices, never a person."""
    shown = [step for step in steps if step.action not in OFFICE_ONLY]
    return _collapsed(_lines(case, shown, _plainly))


def for_office(case: Case, steps: Iterable[Step]) -> list[Line]:
    """Every event, oldest first, with what only the office may read."""
    return _collapsed(_lines(case, list(steps), _in_full))


def openings(case: Case, steps: Iterable[Step]) -> list[Line]:
    """Each opening of the file by the office, newest first: what was opened, by which role, when."""
    opened = [step for step in steps if step.action == OPENED]
    return _lines(case, opened, _plainly)[::-1]


def role(hat: str) -> str:
    """The role in words: a hat of the office, a side of the citizen, or the system."""
    if hat in Hat.values:
        return str(Hat(hat).label)
    if hat == APPLICANT:
        return pgettext("role", "Applicant")
    return pgettext("role", "Helper") if hat == HELPER else pgettext("role", "The system")


def _lines(case: Case, steps: list[Step], say: Callable[[Step], str]) -> list[Line]:
    names = _agency_names(case, steps)
    return [
        Line(action=step.action, sentence=say(step), at=step.at, by=_byline(case, step, names))
        for step in steps
    ]


def _byline(case: Case, step: Step, names: Mapping[str, str]) -> str:
    if step.hat in Hat.values:
        return _("%(role)s, %(office)s") % {
            "role": role(step.hat),
            "office": names.get(step.agency, step.agency),
        }
    return str(case.workflow.applicant) if step.hat == APPLICANT else role(step.hat)


def _agency_names(case: Case, steps: list[Step]) -> dict[str, str]:
    """Short names by code; other agencies than the case's cost one query, and only where they occur."""
    names = {case.agency.code: texts.local(case.agency.short_name)}
    others = {step.agency for step in steps if step.hat in Hat.values} - {case.agency.code}
    if others:
        found = government.agencies().filter(code__in=others)
        names |= {agency.code: texts.local(agency.short_name) for agency in found}
    return names


def _collapsed(lines: list[Line]) -> list[Line]:
    kept: list[Line] = []
    for line in lines:
        before = kept[-1] if kept else None
        same = before and (before.sentence, before.by) == (line.sentence, line.by)
        if before and same and line.action in REPEATED:
            kept[-1] = replace(line, times=before.times + 1)
        else:
            kept.append(line)
    return kept


def _plainly(step: Step) -> str:
    key = key_of(step.action)
    if key in _WITH_DETAILS and step.details:
        return _WITH_DETAILS[key](step.details)
    return str(SENTENCES.get(key) or _further.get(key) or _("The file was worked on."))


def _in_full(step: Step) -> str:
    key = key_of(step.action)
    if key in _FOR_THE_OFFICE and step.details:
        return f"{_plainly(step)} {_FOR_THE_OFFICE[key](step.details)} {_as(step.details)}".strip()
    return f"{_plainly(step)} {_as(step.details)}".strip()


def _as(details: Mapping[str, Any]) -> str:
    """In which post it was done, where that was by mandate."""
    mandate = details.get("mandate")
    if not isinstance(mandate, Mapping):
        return ""
    title = f"{str(mandate.get('kind', '')).capitalize()}. {mandate.get('post', '')}"
    return _("As %(post)s, by letter %(number)s.") % {
        "post": title,
        "number": mandate.get("letter_number", ""),
    }


def _returned(details: Mapping[str, Any]) -> str:
    count = len(details.get("defects", ()))
    return ngettext(
        "The file was returned: %(count)d thing to mend.",
        "The file was returned: %(count)d things to mend.",
        count,
    ) % {"count": count}


def _sent(details: Mapping[str, Any]) -> str:
    said = str(SENTENCES["application.submitted"])
    return f"{said} {_by_a_person()}" if details.get("asks_for_person") else said


def _sent_again(details: Mapping[str, Any]) -> str:
    said = str(SENTENCES["application.resubmitted"])
    return f"{said} {_by_a_person()}" if details.get("asks_for_person") else said


def _by_a_person() -> str:
    return _("The applicant wants a person to decide.")


def _opened(details: Mapping[str, Any]) -> str:
    is_case = details.get("what") == "case"
    said = _("The file was opened.") if is_case else _("A document of the file was opened.")
    code = details.get("reason_code")
    if code not in Reason.values:
        return said
    words = str(details.get("words") or Reason(code).label)
    reason = _("Reason: %(reason)s.") % {"reason": words.rstrip(".")}
    return f"{said} {reason}"


def _asked_by(details: Mapping[str, Any]) -> str:
    number = details.get("number")
    return _("Their number: %(number)s.") % {"number": number} if number else ""


def _escalated(details: Mapping[str, Any]) -> str:
    if details.get("tells") not in Told.values:
        return str(SENTENCES["casework.clock.escalated"])
    percent = int(details.get("percent", 0))
    if details.get("clock") in SecondLook.CLOCKS.values():
        who = _("whoever may look") if details["tells"] == Told.OFFICER else Told(details["tells"]).label
        words = _("%(percent)d%% of the time for a person's look has passed. Reminded: %(who)s.")
        return words % {"percent": percent, "who": who}
    return _("%(percent)d%% of the office's time has passed. Reminded: %(who)s.") % {
        "percent": percent,
        "who": Told(details["tells"]).label,
    }


def _taken(details: Mapping[str, Any]) -> str:
    if details.get("reason_code") not in OutOfOrder.values:
        return ""
    return _("Out of order: %(reason)s.") % {"reason": OutOfOrder(details["reason_code"]).label}


def _given_out(details: Mapping[str, Any]) -> str:
    count = int(details.get("candidates", 0))
    words = ngettext(
        "Drawn from %(count)d officer on duty.",
        "Drawn from %(count)d officers on duty, the emptier a desk, the likelier.",
        count,
    )
    return words % {"count": count}


def _reassigned(details: Mapping[str, Any]) -> str:
    if details.get("reason_code") not in Why.values:
        return _why(details)
    reason = _("Reason: %(reason)s.") % {"reason": Why(details["reason_code"]).label}
    return f"{reason} {_why(details)}".rstrip()


def _undone(details: Mapping[str, Any]) -> str:
    event = SENTENCES.get(key_of(str(details.get("event", ""))))
    return _("What was taken back: %(step)s") % {"step": event} if event else ""


def _recommended(details: Mapping[str, Any]) -> str:
    if details.get("recommendation") not in Recommendation.values:
        return ""
    return _("Recommended: %(what)s.") % {"what": Recommendation(details["recommendation"]).label}


def _read_or_not(details: Mapping[str, Any]) -> str:
    if details.get("opened_at") == NEVER_OPENED:
        return _("Whoever signed never opened the paper here.")
    return ""


def _why(details: Mapping[str, Any]) -> str:
    return str(details.get("reason", ""))


_WITH_DETAILS: Final[Mapping[str, Callable[[Mapping[str, Any]], str]]] = {
    "application.submitted": _sent,
    "application.resubmitted": _sent_again,
    "application.returned": _returned,
    **reviewwords.WITH_DETAILS,
    **rulingwords.WITH_DETAILS,
    **requestwords.WITH_DETAILS,
    DATES_MOVED: outagewords.in_history,
    "casework.clock.escalated": _escalated,
    OPENED: _opened,
}
_FOR_THE_OFFICE: Final[Mapping[str, Callable[[Mapping[str, Any]], str]]] = {
    OPENED: _asked_by,
    "casework.case.taken": _taken,
    "casework.case.given_out": _given_out,
    "casework.case.reassigned": _reassigned,
    "application.recommended": _recommended,
    "casework.review.done": reviewwords.outcome,
    "step.undone": _undone,
    "casework.late_defects.allowed": _why,
    "casework.urgency.proposed": _why,
    "casework.urgency.granted": _why,
    "casework.urgency.declined": _why,
    "casework.request.beyond": _why,
    "application.sent_back_unsigned": _why,
    "application.signed": _read_or_not,
    "casework.machine.confirmed": _why,
    "casework.machine.erred": _why,
    "casework.certificate.revoked": _why,
    "casework.certificate.suspended": _why,
    "casework.certificate.reinstated": _why,
}
