"""A service with an inspection at the place beside the review of the file, and what an inspector does there."""

from datetime import date, datetime, time, timedelta
from typing import Any
from uuid import uuid4

from services.accounts.models import User
from services.casework import operations as casework
from services.casework.models import Appointment, Case, Minutes, Review
from services.catalogue.models import ServiceVersion
from services.foundation import clock
from services.government import calendar
from tests.factories import catalogue, reviews
from tests.factories.catalogue import said

PLACE = "Jalan Darmo 12, Surabaya"
VISIT = {
    "key": "visit",
    "title": said("Tinjauan lokasi", "Visit to the site"),
    "kind": "inspection",
    "hat": "INSPECTOR",
    "days": 3,
    "checklist": [
        {"key": "size", "label": said("Ukuran sesuai", "The size is as applied for")},
        {"key": "safe", "label": said("Terpasang aman", "It is fixed safely")},
    ],
}
SHAPE: dict[str, Any] = {
    "slug": "izin-ditinjau",
    "reviews": [reviews.CONTENT, VISIT],
    "steps": reviews.STEPS,
}


def inspected_service() -> ServiceVersion:
    """Five working days: three for the inspection beside the review of the content, two for the decision."""
    return catalogue.published_version(**SHAPE)


def next_day(days: int = 1, *, after: datetime | None = None) -> date:
    """So many working days from now."""
    return calendar.add_working_days(clock.local_date(after or clock.now()), days)


def on(day: date, hour: int = 10) -> datetime:
    """An hour of a day where the government is."""
    return clock.moment_of(day, time(hour))


def of(case: Case, key: str = "visit") -> Review:
    """The inspection of a case, as it stands."""
    return reviews.of(case, key)


def taken(inspector: User, case: Case, *, at: datetime | None = None) -> Review:
    """The inspection on the desk of this officer."""
    return reviews.taken(inspector, of(case), at=at)


def appointed(inspector: User, review: Review, **other: Any) -> Appointment:
    """An appointment on the next working day, in the morning, unless said otherwise."""
    at = other.pop("at", None) or clock.now()
    named: dict[str, Any] = {
        "day": next_day(after=at),
        "begins": time(9),
        "ends": time(11),
        "place": PLACE,
    } | other
    return casework.make_appointment(review, actor=inspector, at=at, **named)


def at_the_place(inspector: User, case: Case) -> tuple[Review, datetime]:
    """Taken and appointed, and the moment at which the inspector stands there."""
    review = taken(inspector, case)
    appointment = appointed(inspector, review)
    return of(case), appointment.begins_at + timedelta(minutes=5)


def noted(inspector: User, review: Review, item: str, answer: str = "YES", **other: Any) -> Any:
    """One point, noted under a fresh key unless one is given."""
    told: dict[str, Any] = {"key": uuid4(), "at": clock.now()} | other
    return casework.note_point(review, actor=inspector, item=item, answer=answer, **told)


def signed(inspector: User, review: Review, *, at: datetime, **other: Any) -> Minutes:
    """The minutes, in favour and with the applicant there, unless said otherwise."""
    told: dict[str, Any] = {
        "outcome": "FAVOURABLE",
        "findings": "",
        "attendance": casework.Attendance(presence="APPLICANT"),
    } | other
    return casework.sign_minutes(review, actor=inspector, at=at, **told)


def inspected(inspector: User, case: Case) -> Minutes:
    """From the queue to the signed minutes."""
    review, at = at_the_place(inspector, case)
    for item in review.definition.checklist:
        noted(inspector, review, item.key, at=at)
    return signed(inspector, review, at=at)
