"""What the counter adds to filing for somebody else: the hat for it, the record of it, and nobody for themselves."""

from datetime import datetime
from typing import Final

from django.utils.translation import gettext as _

from services.accounts import actors
from services.accounts import queries as accounts
from services.accounts.models import Hat, Person, User
from services.audit import operations as audit
from services.casework import policies, transitions
from services.casework.models import Case, HelperRelation
from services.casework.operations.values import UnableToFile
from services.casework.workflow import HELPER
from services.government.models import Agency
from services.integrity.pact import queries as pact

#: That somebody of the office filled it in for a person who stands at the counter.
AT_COUNTER: Final = "casework.counter.served"
#: That somebody of the office took it down for a person on the telephone.
ON_TELEPHONE: Final = "casework.counter.served_by_telephone"
TELEPHONE: Final = "TELEPHONE"


def require_counter(user: User, at: datetime, *, service_of: Agency | None = None) -> Agency:
    """The agency at whose counter this user serves: of several the one that offers the service, else the first by its code.

    Raises policies.UnableToAct (hat, pact, away) where there is none.
    """
    found = accounts.agencies_of(user, hat=Hat.INTAKE, at=at).order_by("code")
    agencies = sorted(found, key=lambda agency: agency != service_of)
    for agency in agencies:
        if Hat.INTAKE in pact.signed_hats(user, agency=agency, at=at):
            return agency
    if agencies:
        policies.refuse_who_wears_it(user, at)
    raise policies.UnableToAct(code="hat", message=_("Only intake serves people at the counter."))


def require_service(actor: User, applicant: Person | None, at: datetime, *, offered_by: Agency) -> Agency:
    """The agency at whose counter this user serves this person with a service of some agency. Raises policies.UnableToAct (hat, pact, away), UnableToFile (own)."""
    agency = require_counter(actor, at, service_of=offered_by)
    require_somebody_else(actor, applicant)
    return agency


def require_somebody_else(actor: User, applicant: Person | None) -> None:
    """Nobody serves themselves at the counter. Raises UnableToFile (own)."""
    if applicant is not None and applicant.user_id == actor.pk:
        raise UnableToFile(
            code="own", message=_("This is you. Apply on the pages for citizens; a colleague handles it.")
        )


def require_hat(case: Case, actor: User, at: datetime) -> None:
    """Whoever fills it in at the counter goes on with it only as long as they serve there."""
    is_served = case.helper_relation == HelperRelation.COUNTER
    if is_served and policies.citizen_side(actor, case) == HELPER:
        require_counter(actor, at)


def record_service(case: Case, *, agency: Agency, actor: User, how: str = "", at: datetime) -> None:
    """Say on the case at whose counter (with `how` TELEPHONE, on whose telephone) it is filled in, and under which hat."""
    audit.record(
        ON_TELEPHONE if how == TELEPHONE else AT_COUNTER,
        actor=actors.acting(actor, hat=Hat.INTAKE, agency_code=agency.code),
        subject=transitions.subject_of(case),
        at=at,
        case_version=case.row_version,
    )
