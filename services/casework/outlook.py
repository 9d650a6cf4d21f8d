"""Where a case stands, what happens next and by when: in words for the citizen's side and for the public."""

from dataclasses import dataclass, replace
from datetime import datetime
from typing import Final

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from services.accounts.models import Hat
from services.casework.models import Case, Outcome
from services.casework.workflow import CITIZEN_SIDE, Status

Words = str | Promise

#: The tones in which `components/status.html` draws a status: colour, word and shape together.
TONES: Final = {"blue": "working", "yellow": "waiting", "green": "done", "red": "refused", "grey": "closed"}

_AT_THE_OFFICE: Final[dict[str, Words]] = {
    Hat.INTAKE: _(
        "The office checks whether your file is complete. If something is missing, you are told everything at once."
    ),
    Hat.REVIEWER: _(
        "The office checks your file against the rules and recommends a decision. Somebody else decides."
    ),
    Hat.INSPECTOR: _("An inspector of the office looks at the place."),
    Hat.APPROVER: _("The signatory of the office decides. You are told at once."),
}
_WITH_YOU: Final[dict[str, Words]] = {
    "submit": _("You finish filling in and send it. Nothing happens at the office before that."),
    "resubmit": _("You mend what is listed and send it again. Your place in the queue is kept."),
    "answer": _("You answer the office. Its clock stands still until you do."),
}
_ENDED: Final[dict[str, Words]] = {
    Outcome.GRANTED: _("Nothing more to do. Keep the certificate; anybody can check that it is real."),
    Outcome.REFUSED: _("You may object to the decision, or apply again when the reason no longer holds."),
    Outcome.WITHDRAWN: _("Nothing more happens. You can apply again at any time."),
    Outcome.LAPSED: _("Nothing more happens. You can apply again at any time."),
}
_REVOKED: Final = _(
    "You may object to the revocation, or apply again. Nobody may rely on the certificate any longer."
)
_BEING_MADE: Final = _("The certificate is made and sealed. This takes a few minutes.")


@dataclass(frozen=True, slots=True)
class Outlook:
    """What the citizen's side needs to know of a case at one glance.

    `waits_for` is "office", "applicant" or "" (nobody, or only the machine); `hat` is the role at the office that has
    it; `by` is when that must have happened.
    """

    status: Status
    label: Words
    tone: str
    waits_for: str
    hat: str
    since: datetime
    next: Words
    by: datetime | None


def tone_of(status: Status) -> str:
    """The tone in which this status is drawn."""
    return "draft" if status.code == "DRAFT" else TONES[status.colour]


def of(case: Case) -> Outlook:
    """The outlook of a case, read by one of `queries`; where its certificate was taken back, that is what counts. No query."""
    status = case.current
    step = _step_of_the_citizen(case)
    if status.queue_hat:
        waits_for, words, by = "office", _AT_THE_OFFICE[status.queue_hat], case.due_at
    elif step:
        waits_for, words, by = "applicant", _WITH_YOU[step], case.applicant_due_at
    elif status.final:
        waits_for, words, by = "", _ENDED[case.outcome], None
    else:
        waits_for, words, by = "", _BEING_MADE, None
    view = Outlook(
        status=status,
        label=status.label,
        tone=tone_of(status),
        waits_for=waits_for,
        hat=status.queue_hat,
        since=case.status_at,
        next=words,
        by=by,
    )
    revoked_at = getattr(case, "revoked_at", None)
    if revoked_at is None:
        return view
    return replace(view, label=_("Revoked"), tone="refused", since=revoked_at, next=_REVOKED)


def road_ahead(case: Case) -> list[Words]:
    """The stations still to come, as far as they are known: those of the office after the present one."""
    if case.closed_at or case.decided_at:
        return []
    hats = [Hat.INTAKE, Hat.REVIEWER, Hat.APPROVER]
    done = {case.current.queue_hat} if case.current.queue_hat else set()
    done |= {Hat.INTAKE} if case.complete_at else set()
    done |= {Hat.REVIEWER} if case.recommended_at else set()
    names = {status.queue_hat: status.station for status in case.workflow.statuses if status.queue_hat}
    return [names[hat] for hat in hats if hat in names and hat not in done] + [_("Decision")]


def _step_of_the_citizen(case: Case) -> str:
    """The transition that only the citizen's side can take from here, leaving withdrawal aside."""
    for transition in case.workflow.leaving(case.status):
        if transition.name in _WITH_YOU and transition.hats <= CITIZEN_SIDE:
            return transition.name
    return ""
