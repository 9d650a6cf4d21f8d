"""What the record of a case says of its reviews, in plain words."""

from collections.abc import Callable, Mapping
from functools import partial
from typing import Any, Final

from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from services.casework.models import Review
from services.foundation import texts

Words = str | Promise
Details = Mapping[str, Any]

SENTENCES: Final[Mapping[str, Words]] = {
    "casework.review.opened": gettext_lazy("A review was opened."),
    "casework.review.taken": gettext_lazy("A review was taken from its queue to be worked on."),
    "casework.review.released": gettext_lazy("A review was laid back into its queue."),
    "casework.review.done": gettext_lazy("A review was finished."),
    "casework.inspection.appointed": gettext_lazy("The office named a time for the inspection at the place."),
    "casework.inspection.another_time_asked": gettext_lazy("Another time was asked for the inspection."),
    "casework.inspection.noted": gettext_lazy("What was seen at the place was noted."),
    "casework.inspection.signed": gettext_lazy("The inspector signed the minutes of the inspection."),
    "casework.review.returned_to_queue": gettext_lazy(
        "A review lay untouched for a working day: it is in its queue again."
    ),
    "casework.review.reassigned": gettext_lazy("A supervisor moved a review to another desk."),
}


def _review(words: Words, details: Details) -> str:
    return str(words) % {"review": texts.local(details.get("title", {}))}


def outcome(details: Details) -> str:
    """How a review ended: for the office until the decision, since it is advice to the one who decides."""
    if details.get("outcome") not in Review.Outcome.values:
        return ""
    return _("Outcome: %(outcome)s.") % {"outcome": Review.Outcome(details["outcome"]).label}


WITH_DETAILS: Final[Mapping[str, Callable[[Details], str]]] = {
    "casework.review.opened": partial(_review, gettext_lazy("The review “%(review)s” was opened.")),
    "casework.review.taken": partial(
        _review, gettext_lazy("The review “%(review)s” was taken to be worked on.")
    ),
    "casework.review.released": partial(
        _review, gettext_lazy("The review “%(review)s” was laid back into its queue.")
    ),
    "casework.review.returned_to_queue": partial(
        _review,
        gettext_lazy("The review “%(review)s” lay untouched for a working day: it is in its queue again."),
    ),
    "casework.review.reassigned": partial(
        _review, gettext_lazy("A supervisor moved the review “%(review)s” to another desk.")
    ),
    "casework.review.done": partial(_review, gettext_lazy("The review “%(review)s” was finished.")),
}
