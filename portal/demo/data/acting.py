"""An acting official of the demo: a signatory is away, a colleague holds the post by letter and decides; the paper prints the post."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import datetime, timedelta
from random import Random
from typing import Final

from django.core.files.uploadedfile import SimpleUploadedFile

from portal.demo import people
from portal.demo.data.counter import at_the_counter, plain_version
from portal.demo.data.office import Begun, Office
from portal.demo.data.papers import picture
from portal.demo.data.stories import Filer, Staff, Step, Story
from services.accounts.models import Absence, Hat, Mandate, User
from services.casework import operations as casework
from services.foundation import clock
from services.government.models import Agency

SEED: Final = 36
#: The signatory who is away, beside those of the cast.
HOLDER: Final = ("approver2", "Lina Marliana")
POST: Final = "Kepala Bidang Pelayanan Perizinan"
NUMBER: Final = "800.1.3.1/{serial}/2026"
BEGUN_DAYS_AGO, AWAY_FOR_DAYS = 14, 26
#: Whose application it is: a place among the citizens.
WHOSE: Final = 5


class ActingStory(Story):
    """A permit that is granted by whoever acts in the post of a signatory."""

    def steps(self) -> Iterator[Step]:
        """The mandate first, then the road of the case."""
        yield 0, self._name_acting
        yield from ((hours + 1, deed) for hours, deed in super().steps())

    def _name_acting(self, at: datetime) -> None:
        agency, officer = self.version.service.agency, self.staff.approver
        first = clock.local_date(at)
        last = first + timedelta(days=AWAY_FOR_DAYS)
        holder = _holder(agency, at=at)
        casework.declare_absence(
            officer=holder, kind=Absence.Kind.LEAVE, first_date=first, last_date=last, actor=holder, at=at
        )
        file = SimpleUploadedFile("surat.jpg", picture("Surat Perintah Plh", POST), content_type="image/jpeg")
        worn = casework.give_mandate(
            officer=officer,
            agency=agency,
            hat=Hat.APPROVER,
            kind=Mandate.Kind.PLH,
            post=POST,
            holder=holder,
            services=[],
            first_date=first,
            last_date=last,
            letter=casework.Letter(number=NUMBER.format(serial=SEED), day=first, file=file),
            actor=self.staff.head,
            at=at,
        )
        casework.confirm_mandate(worn, actor=_cast("supervisor"), at=at)
        people.sign_pact(officer, at=at)


def begin_acting(*, citizens: list[User], staff: dict[str, Staff], today: datetime) -> Begun:
    """The story of the mandate and of what was decided under it; it has chances of its own."""
    acting = {code: replace(row, approver=row.inspector) for code, row in staff.items()}
    office = Office(citizens=citizens, staff=acting, seed=SEED)
    citizen = citizens[WHOSE % len(citizens)]
    filer = Filer(user=citizen, applicant=citizen)
    steps = ActingStory(office, "ISSUED", filer, plain_version(), Random(SEED)).steps()  # noqa: S311 (invented data)
    _pause, first = next(steps)
    return at_the_counter(today, BEGUN_DAYS_AGO), first, steps


def _holder(agency: Agency, *, at: datetime) -> User:
    name, full = HOLDER
    admins = [_cast("admin"), _cast("admin2")]
    holder = people.sign_up(f"{name}@demo.example", full, Random(SEED), at=at)  # noqa: S311 (invented data)
    people.give(holder, Hat.APPROVER, agency, admins, at=at)
    people.sign_pact(holder, at=at)
    return holder


def _cast(name: str) -> User:
    return User.objects.get(email=f"{name}@demo.example")
