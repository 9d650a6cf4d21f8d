"""What the machine has checked, as the citizen's page of a case shows it while and after it looks."""

from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from typing import Final

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from services.casework import checks
from services.casework.checks import Looked
from services.casework.models import Case
from services.casework.outlook import Outlook
from services.casework.workflow import GRANT_BY_MACHINE

#: After this the page says that it takes longer than usual.
PATIENCE: Final = timedelta(minutes=1)
_NEXT: Final = gettext_lazy("The system looks at it now. If every check passes, it decides at once.")


@dataclass(frozen=True, slots=True)
class Checked:
    """The checks of the last sending: `state` running, done (all passed) or person (somebody looks at the rest), and what is said."""

    state: str
    text: str
    items: list[Looked]


def checked(case: Case, *, at: datetime) -> Checked | None:
    """How far the checks are of a file that was just sent; None for one without, and once somebody has gone on with it."""
    if not any(row.name == GRANT_BY_MACHINE for row in case.workflow.leaving(case.status)):
        return None
    found = checks.results_of(case)
    if checks.are_pending(case, found):
        return Checked(state="running", text=_running(case, at=at), items=[])
    items = checks.open_first(checks.looked_at(name, finding) for name, finding in found.items())
    if not items:
        return None
    if checks.all_passed(found.values()):
        return Checked(
            state="done", text=_("Every check has passed. The office goes on with it."), items=items
        )
    words = _(
        "A person at the office looks at what has not passed. You are told as soon as something happens."
    )
    return Checked(state="person", text=words, items=items)


def is_deciding(case: Case, looked: Checked | None) -> bool:
    """Whether the machine is at it now and may decide by itself."""
    by_machine = case.service_version.parsed.decided_by == "machine" and case.person_asked_at is None
    return looked is not None and looked.state == "running" and by_machine


def foreseen(view: Outlook) -> Outlook:
    """The outlook of a case that the machine is deciding: it waits for nobody."""
    return replace(view, waits_for="", hat="", next=_NEXT, by=None)


def _running(case: Case, *, at: datetime) -> str:
    if at - case.status_at > PATIENCE:
        return _("The checks take longer than usual. They go on by themselves; you need do nothing.")
    return _("The system is checking your application.")
