"""The code with which an applicant takes over what a helper filed: shown on the receipt for as long as the session lasts.

The database keeps only its hash, so it can be shown again only from here; sealed, since a session is readable by whoever
reads the cache.
"""

from typing import Final

from django.http import HttpRequest

from services.casework.models import Case
from services.foundation import sealing

SESSION_KEY: Final = "applications.claims"


def keep(request: HttpRequest, case: Case, code: str) -> None:
    """Keep the code of this case for the receipt."""
    kept = dict(request.session.get(SESSION_KEY, {}))
    kept[case.reference] = sealing.seal(code, bound_to=_binding(case)).hex()
    request.session[SESSION_KEY] = kept


def shown(request: HttpRequest, case: Case) -> str:
    """The code of this case if it was made in this session, else ""."""
    sealed = request.session.get(SESSION_KEY, {}).get(case.reference)
    try:
        return sealing.unseal(bytes.fromhex(sealed), bound_to=_binding(case)) if sealed else ""
    except sealing.CannotUnseal:
        return ""


def _binding(case: Case) -> str:
    return f"{SESSION_KEY}:{case.reference}"
