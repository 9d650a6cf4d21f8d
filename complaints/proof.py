"""How somebody without an account shows that a report is theirs: by its passphrase, remembered in a sealed cookie for a while.

Not in the session: it knows who is signed in, and an anonymous report is tied to nobody.
"""

import json
from datetime import datetime, timedelta
from typing import Final

from django.conf import settings
from django.contrib.auth.hashers import check_password, make_password
from django.http import HttpRequest
from django.http.response import HttpResponseBase
from django.urls import reverse

from complaints import passphrases
from complaints.models import Complaint, IntegrityReport
from services.accounts.models import User
from services.casework.models import Case
from services.casework.policies import Bearer
from services.foundation import clock, limits, sealing

COOKIE: Final = "bening_opened"
BINDING: Final = "complaints.proof"
GOOD_FOR: Final = timedelta(hours=2)
MOST: Final = 20
#: Attempts from one address, and attempts at one report from wherever: a passphrase is not guessed in a lifetime.
RATE_OF_ADDRESS: Final = "20/h/ip"
RATE_OF_REPORT: Final = "20/h/key"
ACTION: Final = "complaints.open"


def may_try(request: HttpRequest, reference: str) -> bool:
    """Count an attempt at a report, whether or not there is one; False where there were too many."""
    by_address = limits.is_within(request, action=f"{ACTION}.address", rate=RATE_OF_ADDRESS)
    at_report = limits.is_within(request, action=f"{ACTION}.report", rate=RATE_OF_REPORT, key=reference)
    return by_address and at_report


def opens(typed: str, complaint: Complaint | IntegrityReport | None) -> bool:
    """Whether the passphrase is the report's. Takes as long where there is no such report, or none with a passphrase."""
    plain = passphrases.plain(typed)
    if complaint is None or not complaint.passphrase_hash:
        make_password(plain)
        return False
    return check_password(plain, complaint.passphrase_hash)


def reporter_of(request: HttpRequest, case: Case) -> User | Bearer | None:
    """Whoever reads as the reporter of this case: its account, or the bearer of its passphrase; None for anybody else."""
    user = request.user
    if isinstance(user, User) and case.applicant is not None and case.applicant.user_id == user.pk:
        return user
    return Bearer(case.reference) if case.reference in _opened(request) else None


def remember(request: HttpRequest, answer: HttpResponseBase, case: Case) -> None:
    """Let this browser open this report for a while, with the others that it has opened."""
    until = clock.now() + GOOD_FOR
    opened = [*_opened(request).items(), (case.reference, until)][-MOST:]
    text = json.dumps({reference: moment.isoformat() for reference, moment in opened})
    answer.set_cookie(
        COOKIE,
        sealing.seal(text, bound_to=BINDING).hex(),
        max_age=GOOD_FOR,
        path=reverse("complaints:list"),
        secure=settings.SESSION_COOKIE_SECURE,
        httponly=True,
        samesite="Lax",
    )


def forget(answer: HttpResponseBase) -> None:
    """Close every report that this browser has opened."""
    answer.delete_cookie(COOKIE, path=reverse("complaints:list"), samesite="Lax")


def _opened(request: HttpRequest) -> dict[str, datetime]:
    """The reports that this browser has opened and that are still open, by reference."""
    try:
        text = sealing.unseal(bytes.fromhex(request.COOKIES.get(COOKIE, "")), bound_to=BINDING)
    except (ValueError, sealing.CannotUnseal):
        return {}
    now = clock.now()
    known = {reference: datetime.fromisoformat(moment) for reference, moment in json.loads(text).items()}
    return {reference: moment for reference, moment in known.items() if moment > now}
