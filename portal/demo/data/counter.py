"""What officers of the demo do for those who come to the counter or call: a permit for somebody without a phone, two reports taken down."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import date, datetime, time, timedelta
from random import Random
from typing import Final

from django.utils.timezone import localtime

from complaints import operations as complaints
from complaints import queries
from complaints.models import Category
from complaints.operations import Report, Taken
from permits import operations as permits
from portal.demo import people
from portal.demo.data.office import SATURDAY, Begun, Office
from portal.demo.data.papers import send_paper
from portal.demo.data.reports import PASSPHRASE, WORDS
from portal.demo.data.stories import Filer, Staff, Story, pace_of
from services.accounts import actors
from services.accounts import operations as accounts
from services.accounts.models import Hat, Person, User
from services.casework import operations as casework
from services.casework.models import Case, HelperRelation
from services.casework.operations.filing import SLIP_SLOT
from services.catalogue.models import Service, ServiceVersion
from services.documents.models import Document
from services.foundation import texts
from services.government import queries as government

SEED: Final = 30
#: Somebody without a phone and without an account; the number is invented.
NAME: Final = "Mbah Sumarni"
BORN: Final = date(1951, 7, 4)
BEGUN_DAYS_AGO, TAKEN_DOWN_DAYS_AGO = 5, 1
OPEN_AT: Final = time(10, 12)
USUAL: Final = 1
SLIP: Final = "Surat persetujuan"


class CounterStory(Story):
    """A permit that an officer fills in at the counter; the person signs a slip, a colleague accepts it."""

    def _opened(self, at: datetime) -> Case:
        actor = actors.acting(self.citizen, hat=Hat.INTAKE, agency_code=self.version.service.agency.code)
        district = government.smallest_districts()[0]
        nik = people.invented_nik(district, BORN, Random(SEED))  # noqa: S311 (invented data)
        self.person: Person = accounts.register_person(
            name=NAME, nik=nik, district=district, actor=actor, at=at
        )
        return permits.start_application(
            version=self.version,
            actor=self.citizen,
            applicant=self.person,
            helper_relation=self.filer.relation,
            at=at,
        )

    def _paper(self, title: str, at: datetime) -> Document:
        return send_paper(self.citizen, title, holder=NAME, at=at)

    def _confirm(self, at: datetime) -> None:
        slip = self._paper(SLIP, at)
        casework.attach_document(self.case, actor=self.citizen, slot=SLIP_SLOT, document=slip, at=at)
        casework.confirm_applicant(self.case, actor=self.citizen, kind="SLIP", at=at)


def begin_counter(
    *, served_by: User, colleague: User, staff: dict[str, Staff], today: datetime
) -> Iterator[Begun]:
    """One permit filed at the counter and in review; one report taken down there, one on the telephone.

    They have chances of their own, so that no other story goes another way for them.
    """
    accepting = {code: replace(row, intake=colleague) for code, row in staff.items()}
    office = Office(citizens=[served_by], staff=accepting, seed=SEED)
    version = plain_version()
    filer = Filer(user=served_by, applicant=served_by, relation=HelperRelation.COUNTER)
    steps = CounterStory(office, "IN_REVIEW", filer, version, Random(SEED)).steps()  # noqa: S311 (invented data)
    _pause, first = next(steps)
    yield at_the_counter(today, BEGUN_DAYS_AGO), first, steps
    for officer, how in ((served_by, "COUNTER"), (colleague, "TELEPHONE")):
        yield _taken_down(officer, how, at=at_the_counter(today, TAKEN_DOWN_DAYS_AGO))


def plain_version() -> ServiceVersion:
    """The permit that is needed most of those that people decide in one office, and the machine seals."""
    offered = ServiceVersion.objects.filter(retired_at=None, service__kind=Service.Kind.PERMIT)
    ranked = offered.select_related("service__agency").order_by("service__rank", "id")
    plain = [row for row in ranked if row.parsed.decided_by == "people" and not row.is_given_out]
    of_one_office = [row for row in plain if not row.parsed.reviews and row.parsed.signature is None]
    return next((row for row in of_one_office if pace_of(row) >= USUAL), of_one_office[0])


def at_the_counter(today: datetime, days: int) -> datetime:
    """A moment so many days ago, or the weekday before, at which counters are open."""
    moment = localtime(today - timedelta(days=days))
    while moment.weekday() >= SATURDAY:
        moment -= timedelta(days=1)
    return moment.replace(hour=OPEN_AT.hour, minute=OPEN_AT.minute)


def _taken_down(officer: User, how: str, *, at: datetime) -> Begun:
    def send(at: datetime) -> None:
        complaints.receive_report(
            _report(how),
            actor=None,
            submission_key=f"demo-taken-{how}",
            passphrase=PASSPHRASE,
            language="id",
            taken=Taken(officer, how),
            at=at,
        )

    return at, send, iter(())


def _report(how: str) -> Report:
    open_ones = [row for row in queries.listed_categories() if not row.is_confidential]
    category: Category = open_ones[0 if how == "COUNTER" else 1]
    district = government.smallest_districts()[0]
    fallback = f"Mohon ditindaklanjuti: {texts.local(category.name, 'id').lower()}."
    return Report(
        category=category,
        words=WORDS.get(category.code, fallback).format(place=district.name),
        district=district,
        visibility="PUBLIC" if how == "COUNTER" else "ANONYMOUS",
    )
