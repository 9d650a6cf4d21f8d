"""Who may look at what: heads and supervisors at the figures of their agencies, auditors at the register of all."""

from collections.abc import Sequence
from dataclasses import dataclass

from services.accounts.models import Hat, Membership, User
from services.casework.models import Case

DASHBOARD_HATS = frozenset({Hat.EXECUTIVE, Hat.SUPERVISOR})


@dataclass(frozen=True, slots=True)
class Scope:
    """Whose figures somebody sees: `agencies` None means all. Applicants are named only where the reader supervises."""

    agencies: frozenset[int] | None
    supervised: frozenset[int] = frozenset()

    def holds(self, agency: int) -> bool:
        """Whether the figures of this agency are in it."""
        return self.agencies is None or agency in self.agencies


#: What everybody sees: every agency, and nobody by name.
EVERYBODY = Scope(agencies=None)


def scope_of(memberships: Sequence[Membership]) -> Scope | None:
    """What these hats open of the dashboard; None for nothing. The head of government sees every agency."""
    worn = [row for row in memberships if row.hat in DASHBOARD_HATS]
    if not worn:
        return None
    heads_all = any(row.hat == Hat.EXECUTIVE and row.agency.is_root for row in worn)
    return Scope(
        agencies=None if heads_all else frozenset(row.agency_id for row in worn),
        supervised=frozenset(row.agency_id for row in worn if row.hat == Hat.SUPERVISOR),
    )


def auditing_agency(memberships: Sequence[Membership]) -> str:
    """The code of the agency for which somebody audits; "" for whoever does not."""
    return next((row.agency.code for row in memberships if row.hat == Hat.AUDITOR), "")


def may_read_file(scope: Scope, case: Case, reader: User) -> bool:
    """Whether a list may name the applicant and lead to the file: for a supervisor of its agency, not in their own matter."""
    is_own = case.helper_id == reader.pk or bool(case.applicant and case.applicant.user_id == reader.pk)
    return case.agency_id in scope.supervised and not is_own
