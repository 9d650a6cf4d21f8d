"""What was asked of the applicant, ready to be drawn: what exactly and why, by when, by whom, and the way to the answer."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.urls import reverse
from django.utils.translation import gettext as _

from services.casework import asking, handlers, letters
from services.casework.models import ApplicantRequest, Case
from services.catalogue import answers
from services.catalogue.definition import Question, QuestionKind
from services.foundation import texts
from services.foundation.templatetags.bening import moment


@dataclass(frozen=True, slots=True)
class Asked:
    """One request as people read it. `why` is given for what the standard does not list; `href` leads to the answer."""

    title: str
    words: str
    why: str
    by: str
    due_at: datetime
    href: str = ""


def title_of(row: ApplicantRequest) -> str:
    """What is asked, in a few words: the kind, and the paper or the question that it concerns."""
    kind = str(row.get_kind_display())
    if not row.key:
        return kind
    return f"{kind}: {letters.title_of(row.case.service_version.parsed, row.key)}"


def asked(row: ApplicantRequest) -> Asked:
    """An open request before the citizen's side."""
    return Asked(
        title=title_of(row),
        words=row.words,
        why=row.reason if row.is_beyond else "",
        by=who_asks(row),
        due_at=row.due_at,
        href=handlers.answer_link(row),
    )


def open_in(case: Case) -> list[Asked]:
    """What the office asks and waits for, before the citizen's side."""
    return [asked(row) for row in asking.open_requests(case)]


def facts(rows: Iterable[ApplicantRequest]) -> list[dict[str, Any]]:
    """Requests as plain values for a letter's template: what in both languages, the words, and why beyond the standard."""
    return [
        {
            "what": texts.in_every_language(ApplicantRequest.Kind(row.kind).label),
            "concerns": _concerns(row),
            "words": row.words,
            "why": row.reason if row.is_beyond else "",
        }
        for row in rows
    ]


def _concerns(row: ApplicantRequest) -> dict[str, str]:
    found = letters.titles(row.case.service_version.parsed).get(row.key)
    return found.model_dump() if found else {}


def who_asks(row: ApplicantRequest) -> str:
    """The office that asks, and for which of its reviews."""
    if row.review is None:
        return texts.local(row.case.agency.short_name)
    row.review.case = row.case
    return f"{texts.local(row.review.agency.short_name)}, {row.review.title}"


def by_whom(row: ApplicantRequest) -> str:
    """Who of the office asks, where the query has read it, and for what; for officers' eyes only."""
    asker = getattr(row, "asker", None)
    return f"{asker}, {who_asks(row)}" if asker else who_asks(row)


def for_office(row: ApplicantRequest) -> dict[str, Any]:
    """One request before officers, with who asked and what was answered; for their eyes only."""
    was = (row.was or {}).get("document")
    return {
        "key": row.given_slot,
        "title": title_of(row),
        "words": row.words,
        "why": row.reason if row.is_beyond else "",
        "times": [moment(time) for time in row.times],
        "state": row.get_state_display(),
        "due_at": row.due_at if row.is_open else None,
        "by": by_whom(row),
        "asked_at": row.asked_at,
        "releaser": getattr(row, "releaser", None) or "",
        "answered_at": row.answered_at,
        "answer": row.answer,
        "given": _given(row),
        "before": reverse("admin:casework_case_document", args=[row.case.reference, was]) if was else "",
        "is_changed": row.document_id is not None or row.value is not None,
    }


def _given(row: ApplicantRequest) -> list[str]:
    """What was answered besides words."""
    if row.agreed_at:
        return [_("Agreed: %(time)s") % {"time": moment(row.agreed_at)}]
    if row.document_id:
        return [_("The document is in the file.")]
    if row.value is None:
        return []
    question = row.case.service_version.parsed.questions[row.key]
    before, after = (_in_words(question, (one or {}).get("answer")) for one in (row.was, row.value))
    return [
        _("Before: %(answer)s") % {"answer": before or "-"},
        _("Now: %(answer)s") % {"answer": after or "-"},
    ]


def _in_words(question: Question, value: Any) -> str:
    """An answer as it stands in the file; of a repeated question, that of each item."""
    if isinstance(value, list) and question.kind is not QuestionKind.MANY:
        return ", ".join(answers.in_words(question, one) for one in value)
    return answers.in_words(question, value)
