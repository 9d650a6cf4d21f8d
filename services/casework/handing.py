"""What officers read on their pages when a file leaves their desk, or comes to it, without their doing."""

from datetime import datetime
from typing import Final

from django.conf import settings
from django.urls import reverse
from django.utils import translation

from services.accounts.models import Absence, User
from services.casework.models import Appointment, Case
from services.casework.operations.handing_over import Why
from services.foundation import sealing
from services.notifications import operations as notifications

LEFT_UNTOUCHED: Final = "casework/left_untouched"
FILES_LEFT: Final = "casework/files_left"
FILES_CAME: Final = "casework/files_came"
DECLARED_AWAY: Final = "casework/declared_away"
ANOTHER_TIME: Final = "casework/another_time"
GIVEN_OUT: Final = "casework/given_out"


def tell_who_left_it_untouched(case: Case, *, officer: User, version: int, at: datetime) -> None:
    """The officer reads that the file went back; of a confidential one not which it was."""
    key = f"{LEFT_UNTOUCHED}:{case.reference}:{version}"
    context = {"path": reverse("admin:index")}
    if case.is_confidential:
        key = sealing.blind_index(key, purpose=LEFT_UNTOUCHED).hex()
    else:
        page = reverse("admin:casework_case_change", args=[case.reference])
        context = {"path": page, "reference": case.reference}
    notifications.put_on_page(officer, notice=LEFT_UNTOUCHED, context=context, dedupe_key=key, at=at)


def tell_who_was_drawn(case: Case, *, officer: User, version: int, at: datetime) -> None:
    """The officer reads which file the lot brought to their desk; nothing where it has left again."""
    if case.assignee_id != officer.pk:
        return
    context = {
        "path": reverse("admin:casework_case_change", args=[case.reference]),
        "reference": case.reference,
        "service": case.service_version.service.name,
    }
    key = f"{GIVEN_OUT}:{case.reference}:{version}"
    notifications.put_on_page(officer, notice=GIVEN_OUT, context=context, dedupe_key=key, at=at)


def tell_who_left_a_review_untouched(reference: str, *, officer: User, key: str, at: datetime) -> None:
    """The officer reads of which case the review went back; the page is the one on which they take reviews."""
    context = {"path": reverse("admin:casework_case_reviews"), "reference": reference}
    notifications.put_on_page(
        officer, notice=LEFT_UNTOUCHED, context=context, dedupe_key=f"{LEFT_UNTOUCHED}:review:{key}", at=at
    )


def tell_of_the_handing_over(
    *, had: dict[str, list[str]], gets: dict[str, list[str]], reason_code: str, key: str, at: datetime
) -> None:
    """Whoever had files reads which ones left the desk; whoever gets them which ones came, each once."""
    reason = _in_both_languages(Why(reason_code))
    for notice, by_officer in ((FILES_LEFT, had), (FILES_CAME, gets)):
        officers = User.objects.in_bulk([int(pk) for pk in by_officer])
        for pk, officer in officers.items():
            context = {"files": by_officer[str(pk)], "why": reason, "path": reverse("admin:index")}
            notifications.put_on_page(
                officer, notice=notice, context=context, dedupe_key=f"{notice}:{key}:{pk}", at=at
            )


def tell_who_is_declared_away(absence: Absence, *, at: datetime) -> None:
    """The officer reads on which days, and where to say that it is wrong."""
    context = {
        "first_date": absence.first_date.isoformat(),
        "last_date": absence.last_date.isoformat(),
        "path": reverse("casework:absence"),
    }
    key = f"{DECLARED_AWAY}:{absence.pk}"
    notifications.put_on_page(absence.officer, notice=DECLARED_AWAY, context=context, dedupe_key=key, at=at)


def tell_of_the_wish(appointment: Appointment, *, at: datetime) -> None:
    """Whoever has the inspection on the desk reads that another time is asked for, and why."""
    review = appointment.review
    if review.assignee is None or appointment.wish is None:
        return
    context = {
        "reference": review.case.reference,
        "wish": appointment.wish.isoformat(),
        "reason": appointment.reason,
        "path": reverse("admin:casework_case_reviews"),
    }
    key = f"{ANOTHER_TIME}:{appointment.pk}"
    notifications.put_on_page(review.assignee, notice=ANOTHER_TIME, context=context, dedupe_key=key, at=at)


def _in_both_languages(reason: Why) -> dict[str, str]:
    said = {}
    for language, _name in settings.LANGUAGES:
        with translation.override(language):
            said[language] = str(reason.label)
    return said
