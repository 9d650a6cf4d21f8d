"""Where a case stands, what happens next and by when: in words for the citizen's side and for the public."""

from dataclasses import dataclass, replace
from datetime import datetime
from typing import Final

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from services.casework import policies
from services.casework.models import Case
from services.casework.workflow import ANNULLED, STAYED, TO_SIGN, Status

Words = str | Promise

#: The tones in which `components/status.html` draws a status: colour, word and shape together.
TONES: Final = {"blue": "working", "yellow": "waiting", "green": "done", "red": "refused", "grey": "closed"}

_REVOKED: Final = _(
    "You may object to the revocation, or apply again. Nobody may rely on the certificate any longer."
)
_SUSPENDED: Final = _(
    "The certificate may not be used until the office lifts the suspension. You are told at once when it does."
)
#: Where a refusal stands.
REFUSED: Final = "REFUSED"

#: Where a court's ruling says what the certificate is worth.
BY_RULING: Final = frozenset({STAYED, ANNULLED})

#: After a superior has answered the objection.
_CONFIRMED: Final = _(
    "The superior has answered your objection. You may appeal, or apply again when the reason no longer holds."
)


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
    """The outlook of a case, read by one of `queries`; where its certificate was taken back or suspended, that is what counts. No query."""
    status = case.current
    is_final = status.code == REFUSED and not policies.decision_is_new(case)
    waits_for, by = "", None
    if case.waits_for:
        waits_for, by = "office", case.due_at
    elif status.with_citizen:
        waits_for, by = "applicant", case.applicant_due_at
    view = Outlook(
        status=status,
        label=status.label,
        tone=tone_of(status),
        waits_for=waits_for,
        hat=case.waits_for,
        since=case.status_at,
        next=_CONFIRMED if is_final else status.next,
        by=by,
    )
    if status.code in BY_RULING:
        return view
    revoked_at = getattr(case, "revoked_at", None)
    if revoked_at is not None:
        return replace(view, label=_("Revoked"), tone="refused", since=revoked_at, next=_REVOKED)
    suspended_at = getattr(case, "suspended_at", None)
    if suspended_at is not None:
        label = pgettext_lazy("certificate", "Suspended")
        return replace(view, label=label, tone="waiting", since=suspended_at, next=_SUSPENDED)
    return view


def road_ahead(case: Case) -> list[Words]:
    """The stations still to come, as far as they are known: those of the office after the present one."""
    if case.closed_at or case.decided_at:
        return []
    signs = case.service_version.parsed.signature is not None
    ahead = (row for row in case.workflow.ahead_of(case.status) if signs or row.code != TO_SIGN)
    return [*(status.station for status in ahead), case.workflow.destination]
