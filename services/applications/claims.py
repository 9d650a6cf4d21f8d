"""The code with which an applicant takes over what a helper filed: shown on the receipt for as long as the session lasts.

The database keeps only its hash, so it can be shown again only from the browser in which it was made: in a cookie of the
receipt alone, sealed for this case and this session. It costs no query, and the cache never holds it.
"""

from typing import Final

from django.conf import settings
from django.http import HttpRequest, HttpResponse

from services.casework.models import Case
from services.foundation import sealing

COOKIE: Final = "claim_code"


def keep(request: HttpRequest, answer: HttpResponse, case: Case, code: str, *, receipt: str) -> None:
    """Keep the code of this case for its receipt, with the answer that leads there."""
    answer.set_cookie(
        COOKIE,
        sealing.seal(code, bound_to=_binding(request, case)).hex(),
        path=receipt,
        secure=settings.SESSION_COOKIE_SECURE,
        httponly=True,
        samesite="Strict",
    )


def shown(request: HttpRequest, case: Case) -> str:
    """The code of this case if it was made in this session, else ""."""
    try:
        sealed = bytes.fromhex(request.COOKIES.get(COOKIE, ""))
        return sealing.unseal(sealed, bound_to=_binding(request, case)) if sealed else ""
    except (ValueError, sealing.CannotUnseal):
        return ""


def _binding(request: HttpRequest, case: Case) -> str:
    return f"applications.claims:{case.reference}:{request.session.session_key}"
