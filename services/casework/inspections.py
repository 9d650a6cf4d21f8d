"""All reads of inspections: the appointment that holds, what was noted at the place, the minutes and their paper."""

from dataclasses import dataclass, field
from datetime import datetime
from typing import Any, Final
from uuid import UUID

from django.db.models import Exists, OuterRef, Prefetch, QuerySet

from services.accounts.models import User
from services.casework.models import Appointment, Case, Minutes, Noted, Review
from services.documents.models import Certificate
from services.foundation import texts

#: What stands between the reference of a case and the place of a review in its standard: the reference of its minutes.
TAIL: Final = "/BA"


@dataclass(frozen=True, slots=True)
class Inspection:
    """A review at the place with all that belongs to it. `latest` is the appointment that holds."""

    review: Review
    latest: Appointment | None
    noted: dict[str, Noted]
    photos: list[Noted]
    minutes: Minutes | None
    asked: Appointment | None = None
    paper: Certificate | None = None
    points: list[dict[str, Any]] = field(default_factory=list)


def of_case(case: Case) -> list[Inspection]:
    """The inspections of a case in the order of its standard. No query where its service declares none."""
    keys = [each.key for each in case.service_version.parsed.reviews if each.kind == "inspection"]
    if not keys:
        return []
    rows = _with_all(case).filter(key__in=keys)
    return sorted((whole(_of(row, case)) for row in rows), key=lambda each: keys.index(each.review.key))


def elsewhere(inspector: User, wanted: Appointment) -> QuerySet[Appointment]:
    """The appointments that hold for the reviews on this desk and overlap with another one."""
    newer = Appointment.objects.filter(review=OuterRef("review"), pk__gt=OuterRef("pk"))
    holding = Appointment.objects.filter(~Exists(newer), review__state__in=Review.UNFINISHED)
    theirs = holding.filter(review__assignee=inspector).exclude(review=wanted.review)
    return theirs.filter(day=wanted.day, begins__lt=wanted.ends, ends__gt=wanted.begins)


def of_review(case: Case, key: str) -> Inspection | None:
    """One inspection of a case."""
    row = _with_all(case).filter(key=key).first()
    return whole(_of(row, case)) if row else None


def whole(review: Review) -> Inspection:
    """A review with what belongs to it. Appointments and notes that were fetched with it are not asked for again."""
    dates = sorted(review.appointments.all(), key=lambda each: each.pk)
    noted = sorted(review.noted.all(), key=lambda each: each.pk)
    last = {each.item: each for each in noted if each.item}
    minutes = Minutes.objects.filter(review=review).select_related("signed_by").first()
    return Inspection(
        review=review,
        latest=dates[-1] if dates else None,
        asked=next((each for each in dates if each.asked_at), None),
        noted=last,
        photos=[each for each in noted if each.photo_id],
        minutes=minutes,
        paper=Certificate.objects.filter(code=minutes.code).first() if minutes else None,
        points=[
            {"key": item.key, "label": texts.local(item.label), "noted": last.get(item.key)}
            for item in review.definition.checklist
        ],
    )


def latest_of(review: Review) -> Appointment | None:
    """The appointment that holds, where nothing else of the inspection is wanted. One query."""
    return review.appointments.order_by("pk").last()


def shown(case: Case, *, at: datetime) -> list[dict[str, Any]]:
    """The inspections of which the citizen's side has something to know, each with whether another time may be asked for."""
    return [{"held": held, "may_ask": may_ask(held, at=at)} for held in of_case(case) if held.latest]


def may_ask(inspection: Inspection, *, at: datetime) -> bool:
    """Whether another time may be asked for now: it was not yet, and the inspector is not yet awaited."""
    latest, running = inspection.latest, inspection.review.state == Review.State.OPEN
    return bool(running and latest and not inspection.asked and at < latest.begins_at)


def photo_of(case: Case, key: str, number: UUID) -> Noted | None:
    """A photo of an inspection, by the key under which it was noted."""
    found = Noted.objects.filter(review__case=case, review__key=key, key=number, photo__isnull=False)
    return found.select_related("photo").first()


def paper_reference(review: Review) -> str:
    """The reference of the paper of its minutes: the case's with a tail, so that whoever looks for the certificate finds that."""
    keys = [each.key for each in review.case.service_version.parsed.reviews]
    return f"{review.case.reference}{TAIL}{keys.index(review.key) + 1}"


def minutes_of_paper(reference: str) -> Minutes | None:
    """The minutes whose paper bears this reference; None for every other paper."""
    if TAIL not in reference:
        return None
    code = Certificate.objects.filter(reference=reference).values("code")
    whole_case = "applicant__user", "helper", "agency", "service_version__service"
    related = [f"review__case__{each}" for each in whole_case]
    return Minutes.objects.filter(code__in=code).select_related("review__agency", *related).first()


def _with_all(case: Case) -> Any:
    photos = Prefetch("noted", Noted.objects.select_related("photo"))
    return case.reviews.select_related("agency").prefetch_related("appointments", photos)


def _of(row: Review, case: Case) -> Review:
    row.case = case
    return row
