"""What the record of a case says of its requests to the applicant, in plain words."""

from collections.abc import Callable, Mapping
from functools import partial
from typing import Any, Final

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy

from services.casework.models import ApplicantRequest
from services.foundation import texts

Words = str | Promise
Details = Mapping[str, Any]

SENTENCES: Final[Mapping[str, Words]] = {
    "request.asked": gettext_lazy(
        "The office asked the applicant for something. Its clock stands still meanwhile."
    ),
    "request.answered": gettext_lazy("The office's question was answered. Its clock goes on."),
    "request.released": gettext_lazy(
        "The office asked the applicant again. Its clock stands still meanwhile."
    ),
    "casework.request.beyond": gettext_lazy(
        "The office asked for something that the standard does not list. Why is on record, and counted."
    ),
    "request.withdrawn": gettext_lazy("What the office asked is no longer needed. Its clock goes on."),
    "casework.request.asked": gettext_lazy("A review asked the applicant for something, and waits for it."),
    "casework.request.answered": gettext_lazy("The applicant answered something that the office asked."),
    "casework.request.withdrawn": gettext_lazy("Something that the office asked is no longer needed."),
    "casework.request.lapsed": gettext_lazy("No answer came in time. The review goes on without it."),
    "casework.request.proposed": gettext_lazy("A second request for the same thing waits for a supervisor."),
    "casework.request.released": gettext_lazy("A supervisor let the applicant be asked again."),
    "casework.request.declined": gettext_lazy("A supervisor did not let the applicant be asked again."),
}


def _things(details: Details) -> list[str]:
    """The kinds of what was asked; an event of before names one."""
    kinds = [kind for kind, _key in details.get("asked", ())] or [details.get("kind", "")]
    return [str(ApplicantRequest.Kind(kind).label) for kind in kinds if kind in ApplicantRequest.Kind.values]


def _said(key: str, words: Words, further: Words, details: Details) -> str:
    things = ", ".join(_things(details))
    if not things:
        return str(SENTENCES[key])
    if "title" in details:
        return str(further) % {"things": things, "review": texts.local(details["title"])}
    return str(words) % {"things": things}


def _row(key: str, words: Words, further: Words) -> tuple[str, Callable[[Details], str]]:
    return key, partial(_said, key, words, further)


WITH_DETAILS: Final[Mapping[str, Callable[[Details], str]]] = dict(
    (
        _row(
            "request.asked",
            gettext_lazy("The office asked the applicant: %(things)s. Its clock stands still meanwhile."),
            "",
        ),
        _row(
            "request.answered",
            gettext_lazy("The office's question was answered: %(things)s. Its clock goes on."),
            "",
        ),
        _row(
            "request.released",
            gettext_lazy(
                "The office asked the applicant again: %(things)s. Its clock stands still meanwhile."
            ),
            "",
        ),
        _row(
            "request.withdrawn",
            gettext_lazy("The office no longer needs: %(things)s. Its clock goes on."),
            "",
        ),
        _row(
            "casework.request.asked",
            gettext_lazy("The office asked the applicant: %(things)s."),
            gettext_lazy("The review “%(review)s” asked the applicant: %(things)s. It alone waits for that."),
        ),
        _row(
            "casework.request.answered",
            gettext_lazy("The applicant answered: %(things)s."),
            gettext_lazy("The applicant answered: %(things)s. The review “%(review)s” goes on."),
        ),
        _row(
            "casework.request.withdrawn",
            gettext_lazy("The office no longer needs: %(things)s."),
            gettext_lazy("The review “%(review)s” no longer needs: %(things)s."),
        ),
        _row(
            "casework.request.lapsed",
            gettext_lazy("No answer came in time: %(things)s."),
            gettext_lazy("No answer came in time: %(things)s. The review “%(review)s” goes on without it."),
        ),
        _row(
            "casework.request.proposed",
            gettext_lazy("To be asked again, if a supervisor lets it: %(things)s."),
            gettext_lazy(
                "To be asked again for the review “%(review)s”, if a supervisor lets it: %(things)s."
            ),
        ),
        _row(
            "casework.request.released",
            gettext_lazy("A supervisor let the applicant be asked again: %(things)s."),
            gettext_lazy(
                "A supervisor let the applicant be asked again for the review “%(review)s”: %(things)s."
            ),
        ),
        _row(
            "casework.request.declined",
            gettext_lazy("A supervisor did not let the applicant be asked again: %(things)s."),
            gettext_lazy(
                "A supervisor did not let the applicant be asked again for the review “%(review)s”: %(things)s."
            ),
        ),
    )
)
