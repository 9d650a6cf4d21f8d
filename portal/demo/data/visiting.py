"""An inspection of the demo: the appointment, the checklist with a photo on its day, the signed minutes."""

from collections.abc import Iterator
from datetime import date, datetime, time
from itertools import count
from typing import TYPE_CHECKING, Final
from uuid import uuid4

from django.core.files.uploadedfile import SimpleUploadedFile

from portal.demo.data.papers import picture
from services.casework import inspections
from services.casework import operations as casework
from services.casework.models import Appointment, Review
from services.catalogue.definition import ReviewDefinition
from services.foundation import clock
from services.government import calendar

if TYPE_CHECKING:
    from portal.demo.data.reviewing import Reviewing
    from portal.demo.data.stories import Step

#: Working days until an inspection that is told to its end, and until one that is still awaited.
SOON, LATER = 1, 5
#: When an inspector comes: in the morning, or in the afternoon where somebody else is awaited.
HOURS: Final = ((time(9), time(11)), (time(13), time(15)))
A_DAY: Final = 24
#: How often the inspector looks whether the day has come, holidays and weekends between.
PATIENCE: Final = 6
FOUND: Final = "Jalan keluar belakang tertutup lemari."


class Visiting:
    """What the inspector does with one inspection of a case."""

    def __init__(self, reviewing: "Reviewing", declared: ReviewDefinition) -> None:
        self.reviewing, self.declared = reviewing, declared
        self.inspector = reviewing.officer(declared)
        self.days = LATER

    def steps(self, *, is_done: bool) -> Iterator["Step"]:
        """Appointed; and where it is told to its end, visited on the day."""
        self.days = SOON if is_done else LATER
        for _time in range(PATIENCE):
            if not self._review().appointments.exists():
                yield A_DAY / 2, self._appoint
            elif is_done and self._review().is_open:
                yield A_DAY, self._visit

    def _review(self) -> Review:
        reviews = Review.objects.select_related("agency", "case__service_version")
        return reviews.get(case=self.reviewing.story.case, key=self.declared.key)

    def _appoint(self, at: datetime) -> None:
        review = self.reviewing.take(self.declared, at)
        if review is not None:
            day, begins, ends = self._free_hours(review, at)
            place = f"Jalan Pemuda {10 + review.case_id % 80}"
            casework.make_appointment(
                review, actor=self.inspector, day=day, begins=begins, ends=ends, place=place, at=at
            )

    def _free_hours(self, review: Review, at: datetime) -> tuple[date, time, time]:
        """The first hours of the inspector at which nobody else awaits them."""
        days = (calendar.add_working_days(clock.local_date(at), number) for number in count(self.days))
        wanted = (
            Appointment(review=review, day=day, begins=begins, ends=ends)
            for day in days
            for begins, ends in HOURS
        )
        found = next(each for each in wanted if not inspections.elsewhere(self.inspector, each).exists())
        return found.day, found.begins, found.ends

    def _visit(self, at: datetime) -> None:
        review = self._review()
        if review.appointments.latest("pk").day > clock.local_date(at):
            return
        outcome = self.reviewing.outcome()
        for number, item in enumerate(self.declared.checklist):
            is_wrong = number == 1 and outcome != Review.Outcome.FAVOURABLE
            casework.note_point(
                review,
                actor=self.inspector,
                key=uuid4(),
                item=item.key,
                answer="NO" if is_wrong else "YES",
                words=FOUND if is_wrong else "",
                at=at,
            )
        photo = SimpleUploadedFile("foto.jpg", picture("Tinjauan", "Lokasi"), content_type="image/jpeg")
        casework.note_photo(
            review, actor=self.inspector, key=uuid4(), upload=photo, words="Jalan keluar belakang", at=at
        )
        casework.sign_minutes(
            review,
            actor=self.inspector,
            outcome=outcome,
            findings="" if outcome == Review.Outcome.FAVOURABLE else FOUND,
            attendance=casework.Attendance(presence="APPLICANT"),
            at=at,
        )
