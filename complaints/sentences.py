"""What the events of a report say in its history, in plain words."""

from collections.abc import Mapping
from typing import Final

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

SENTENCES: Final[Mapping[str, str | Promise]] = {
    "report.received": _("The report was received."),
    "report.data_asked": _(
        "The complaints office asked the reporter for more. Its clock stands still meanwhile."
    ),
    "report.data_given": _("The reporter added what was missing."),
    "report.verified": _("The report was verified."),
    "report.assigned": _("The report was handed to the office that can help."),
    "report.handed_back": _("The office handed the report back, because it is not the right one."),
    "report.planned": _("The office planned the work."),
    "report.answered": _("The office answered."),
    "report.solved": _("The reporter said that it is solved."),
    "report.reopened": _("The reporter said that it is not solved. The office takes it up again."),
    "report.escalated": _(
        "The reporter said for the second time that it is not solved. The head of the office looks at it."
    ),
    "report.taken_up": _("The office takes the report up again."),
    "report.upheld": _("The head of the office stands by the answer."),
    "report.not_possible": _("The office said that it cannot be done, and why."),
    "report.not_ours": _("The complaints office said who else is responsible."),
    "report.duplicate": _("The same matter was reported before."),
    "report.archived": _("The report was put aside with a reason."),
    "report.lapsed": _("The report was put aside, because what was missing did not come in time."),
    "report.closed": _("The report was closed, because nobody said whether it is solved."),
}
