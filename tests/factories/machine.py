"""A small service that the machine decides, and applicants about whom everything is known."""

from datetime import datetime
from typing import Any

from services.accounts import operations as accounts
from services.accounts.actors import acting
from services.accounts.models import Person, User
from services.casework import operations
from services.casework.models import Case
from services.catalogue.models import ServiceVersion
from services.foundation import clock
from tests.factories import casework, catalogue

#: A number of the demo; one for each applicant.
NIK = "3578015502900000"
CHECKS = ["identity_known", "documents_complete", "no_open_duplicate", "declaration_made"]


def service(**changes: Any) -> ServiceVersion:
    """A service that the machine decides by four checks."""
    changes = {"slug": "surat-mesin", "checks": CHECKS, "decided_by": "machine"} | changes
    return catalogue.published_version(**changes)


def granted(user: User, **changes: Any) -> Case:
    """An application that the machine has granted, and that is drawn to be looked at again."""
    known(user)
    case = sent(user, **({"human_looks_at_one_in": 1} | changes))
    return operations.check_case(case, at=clock.now())


def known(user: User, nik: str = NIK) -> Person:
    """This user's person, with a NIK on file."""
    return accounts.keep_nik(user.person, nik, actor=acting(user), at=clock.now())


def sent(user: User, *, at: datetime | None = None, **changes: Any) -> Case:
    """A sent application at which the machine has not looked yet."""
    return casework.submitted_application(user, version=service(**changes), at=at)
