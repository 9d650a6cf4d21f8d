"""An entry of the register in words: for the page, and as cells of a sheet."""

from collections.abc import Callable
from typing import Any, Final

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from oversight import tables
from oversight.queries.cases import names_a_person
from oversight.queries.register import OVERRIDES, TAKEN, Entry, Hand, HelperRow, Override
from oversight.queries.report import Names
from services.accounts.models import Hat
from services.casework import letters, outlook
from services.casework.models import Case, Outcome
from services.casework.operations.desk import OutOfOrder
from services.foundation import texts
from services.foundation.clock import local_date

#: What an override is called.
OVERRIDE_WORDS: Final = {
    TAKEN: gettext_lazy("Taken before others"),
    OVERRIDES[0]: gettext_lazy("Late return allowed"),
    OVERRIDES[1]: gettext_lazy("Certificate revoked"),
    OVERRIDES[2]: gettext_lazy("Asked for more than the standard lists"),
    OVERRIDES[3]: gettext_lazy("Asked for the same thing again"),
}
TONES: Final = {Outcome.GRANTED: "done", Outcome.SOLVED: "done", Outcome.REFUSED: "refused"}


def shown(entry: Entry, names: Names) -> dict[str, Any]:
    """An entry for the page."""
    case = entry.case
    return {
        "case": case,
        "title": case.title,
        "agency": texts.local(case.agency.short_name),
        "applicant": applicant(case),
        "helper": helper_name(case),
        "relation": case.get_helper_relation_display() if helper_name(case) else "",
        "outcome": outcome(case),
        "tone": TONES.get(Outcome(case.outcome), "closed") if case.outcome else outlook.tone_of(case.current),
        "refusal": _refusal(case),
        "hands": [_hand(hand, names) for hand in entry.hands],
        "returns": [
            {"day": defect.found_at, "reason": names.reasons.get(defect.code, defect.code)}
            for defect in entry.returns
        ],
        "overrides": [
            {"what": OVERRIDE_WORDS[row.action], "at": row.at, "why": _why(row), "by": _hand(row.hand, names)}
            for row in entry.overrides
        ],
    }


def applicant(case: Case) -> str:
    """Who asked for it; nobody is named where people complain."""
    return case.applicant.name if case.applicant and names_a_person(case) else ""


def helper_name(case: Case) -> str:
    """Who filed it for them."""
    return str(getattr(case, "helper_name", None) or "") if names_a_person(case) else ""


def outcome(case: Case) -> str:
    """How it ended, or where it stands."""
    return str(case.get_outcome_display() if case.outcome else case.current.label)


def share(value: float | None) -> str:
    """A share in the reader's way."""
    return tables.NOTHING if value is None else tables.written(value, "share")


def helper(row: HelperRow, *, query: str) -> dict[str, Any]:
    """A helper for the page, with the address of their cases."""
    return {"row": row, "share": share(row.share_granted), "query": query}


#: The columns of the sheet: what each is called, in English for every reader, and how it is written.
COLUMNS: Final[dict[str, Callable[[Entry, Names], Any]]] = {
    "reference": lambda entry, _names: entry.case.reference,
    "kind": lambda entry, _names: entry.case.kind,
    "service": lambda entry, _names: entry.case.service_version.service.slug,
    "agency": lambda entry, _names: entry.case.agency.code,
    "district": lambda entry, _names: entry.case.district.name if entry.case.district else "",
    "came_in": lambda entry, _names: _day(entry.case.submitted_at),
    "complete": lambda entry, _names: _day(entry.case.complete_at),
    "decided": lambda entry, _names: _day(entry.case.decided_at),
    "closed": lambda entry, _names: _day(entry.case.closed_at),
    "status": lambda entry, _names: entry.case.status,
    "outcome": lambda entry, _names: entry.case.outcome,
    "applicant": lambda entry, _names: applicant(entry.case),
    "helper": lambda entry, _names: helper_name(entry.case),
    "helper_relation": lambda entry, _names: entry.case.helper_relation,
    "reason_code": lambda entry, _names: entry.case.reason_code,
    "reason": lambda entry, _names: entry.case.reason if names_a_person(entry.case) else "",
    "returns": lambda entry, _names: len({defect.round for defect in entry.returns}),
    "return_codes": lambda entry, _names: " ".join(defect.code for defect in entry.returns),
    "overtaken": lambda entry, _names: entry.case.overtook,
    "overrides": lambda entry, _names: "; ".join(
        f"{row.action} {row.reason}".strip() for row in entry.overrides
    ),
    "hands": lambda entry, _names: "; ".join(
        f"{hand.hat} {hand.agency} {hand.name}".strip() for hand in entry.hands
    ),
}
HEAD: Final = tuple(COLUMNS)
HELPERS_HEAD: Final = ("helper", "pseudonym", "cases", "decided", "granted", "share_granted")


def cells(entry: Entry, names: Names) -> list[Any]:
    """An entry as cells of the sheet."""
    return [write(entry, names) for write in COLUMNS.values()]


def _refusal(case: Case) -> dict[str, str] | None:
    """Why it was refused: the label of the reason, its article, and the officer's words."""
    if case.outcome != Outcome.REFUSED:
        return None
    said = letters.refusal_in_words(
        case.service_version.parsed, reason_code=case.reason_code, words=case.reason
    )
    if said is None:
        return {"letter": case.reason_code, "article": "", "words": case.reason}
    return {"letter": texts.local(said.letter), "article": said.article, "words": said.words}


def _hand(hand: Hand, names: Names) -> dict[str, str]:
    office = next(
        (names.agencies[key] for key, code in names.codes.items() if code == hand.agency), hand.agency
    )
    role = str(Hat(hand.hat).label) if hand.hat in Hat.values else hand.hat
    return {"role": role, "office": office, "name": hand.name or _("name no longer on file")}


def _why(row: Override) -> str:
    return str(OutOfOrder(row.reason).label) if row.reason in OutOfOrder.values else row.reason


def _day(moment: Any) -> str:
    return local_date(moment).isoformat() if moment else ""
