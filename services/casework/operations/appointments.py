"""When an inspector comes: the office names a time, and whoever applied may ask once for another."""

from datetime import date, datetime, time
from typing import Final

from django.db import transaction
from django.utils.translation import gettext as _

from services.accounts.models import User
from services.casework import branches, holdings, inspections, policies, transitions
from services.casework.models import Appointment, Case, Review
from services.casework.operations import reviewing
from services.casework.operations.values import UnableToFile, UnableToHandle
from services.casework.workflow import CITIZEN_SIDE
from services.foundation import clock
from services.foundation.templatetags.bening import day as day_in_words
from services.government import calendar

APPOINTED: Final = "casework.inspection.appointed"
ASKED: Final = "casework.inspection.another_time_asked"


def make_appointment(
    review: Review, *, actor: User, day: date, begins: time, ends: time, place: str, at: datetime
) -> Appointment:
    """Say when and where the inspector comes; whoever applied is told. The same said twice is one appointment.

    Nobody is in two places at the same time.

    Where another day was wished for, the date of this review moves by the working days up to the new one, and never beyond
    the wish: the office pays for its own delay. Raises UnableToHandle (taken, inspection, waiting, day, hours, place, busy),
    policies.UnableToAct (hat, pact).
    """
    with transaction.atomic():
        holdings.lock_desk(actor)
        locked = _inspection_in_hand(review, actor=actor, at=at)
        _require_slot(day, begins, ends, place, at)
        before = inspections.latest_of(locked)
        wanted = Appointment(
            review=locked, day=day, begins=begins, ends=ends, place=place.strip(), made_by=actor, made_at=at
        )
        if before and before.slot == wanted.slot and before.asked_at is None:
            return before
        _require_free(actor, wanted)
        wanted.save()
        _move_the_date(locked, before, wanted)
        details = {"appointment": wanted.pk, "day": day.isoformat()}
        transitions.record_review(locked, APPOINTED, actor=actor, at=at, details=details)
        told = {"reference": locked.case.reference, "appointment": wanted.pk}
        transitions.promise(locked.case, APPOINTED, told, key=str(wanted.pk), at=at)
    return wanted


def ask_for_another_time(
    case: Case, *, actor: User, key: str, wish: date, reason: str, at: datetime
) -> Appointment:
    """Ask once for another day than the one named, with a reason. The appointment holds until the office names another.

    Raises UnableToFile (side, closed, asked, wish, reason).
    """
    with transaction.atomic():
        locked = transitions.lock(case)
        sides = policies.hats_for(actor, locked, at) & CITIZEN_SIDE
        if not sides:
            raise UnableToFile(code="side", message=_("You may not do this with this case."))
        appointment = _movable(locked, key, at)
        _require_wish(locked, appointment, wish, reason, at)
        appointment.asked_at, appointment.wish, appointment.reason = at, wish, reason.strip()
        appointment.save(update_fields=["asked_at", "wish", "reason"])
        details = {"appointment": appointment.pk, "wish": wish.isoformat()}
        details |= transitions.named(appointment.review)
        transitions.record(locked, ASKED, actor=actor, hat=min(sides), at=at, details=details)
        told = {"reference": locked.reference, "appointment": appointment.pk}
        transitions.promise(locked, ASKED, told, key=str(appointment.pk), at=at)
    return appointment


def _inspection_in_hand(review: Review, *, actor: User, at: datetime) -> Review:
    locked = reviewing.in_hand(review, actor=actor, at=at)
    reviewing.require_inspection(locked)
    reviewing.require_running(locked)
    return locked


def _require_slot(day: date, begins: time, ends: time, place: str, at: datetime) -> None:
    if day <= clock.local_date(at):
        raise UnableToHandle(code="day", message=_("Choose a working day after today."), field="day")
    if not calendar.is_working_day(day):
        words = _("%(day)s is no working day. Choose another.") % {"day": day_in_words(day)}
        raise UnableToHandle(code="day", message=words, field="day")
    if begins >= ends:
        words = _("The end must be later than the beginning.")
        raise UnableToHandle(code="hours", message=words, field="ends")
    if not place.strip():
        raise UnableToHandle(code="place", message=_("Say where you come."), field="place")


def _require_free(actor: User, wanted: Appointment) -> None:
    """Raise UnableToHandle (busy) where another appointment that holds has them elsewhere at that time."""
    other = inspections.elsewhere(actor, wanted).select_related("review__case").first()
    if other:
        words = _("You are awaited elsewhere from %(begins)s to %(ends)s that day: %(reference)s.")
        told = {
            "begins": other.begins.strftime("%H.%M"),
            "ends": other.ends.strftime("%H.%M"),
            "reference": other.review.case.reference,
        }
        raise UnableToHandle(code="busy", message=words % told, field="begins")


def _movable(case: Case, key: str, at: datetime) -> Appointment:
    inspection = inspections.of_review(case, key)
    if inspection and inspection.asked:
        raise UnableToFile(code="asked", message=_("You have asked for another time already."))
    if inspection is None or not inspections.may_ask(inspection, at=at) or inspection.latest is None:
        raise UnableToFile(code="closed", message=_("Another time cannot be asked for any more."))
    return inspection.latest


def _require_wish(case: Case, appointment: Appointment, wish: date, reason: str, at: datetime) -> None:
    if wish <= clock.local_date(at) or wish == appointment.day or not calendar.is_working_day(wish):
        words = _("Choose another working day after today.")
        raise UnableToFile(code="wish", message=words, field="wish")
    # The date of the decision does not move.
    if case.due_at and wish >= clock.local_date(case.due_at):
        words = _("Choose an earlier day, so that the decision can be made in time.")
        raise UnableToFile(code="wish", message=words, field="wish")
    if not reason.strip():
        raise UnableToFile(code="reason", message=_("Say why this time does not suit you."), field="reason")


def _move_the_date(review: Review, before: Appointment | None, now: Appointment) -> None:
    """The office does not pay for the days that were wished for, and for no others is it excused."""
    if before is None or before.wish is None:
        return
    days = calendar.working_days_between(before.day, min(now.day, before.wish))
    if days:
        branches.add_days(review, days)
        review.save(update_fields=["due_at", "days_added"])
