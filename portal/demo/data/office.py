"""An office that works through three months of applications, day by day, by the operations that people use."""

from collections import Counter
from collections.abc import Callable, Iterable, Iterator
from datetime import datetime, timedelta
from random import Random
from typing import Final

from django.utils.timezone import localtime

from complaints import operations as complaints
from permits import operations as permits
from portal.demo.data.answers import Answerer
from portal.demo.data.papers import send_paper
from portal.demo.data.stories import Filer, Staff, Step, Story, pace_of
from services.accounts.models import User
from services.casework import operations as casework
from services.catalogue.models import ServiceVersion
from services.documents.models import Document
from services.foundation import clock
from services.outbox import delivery
from services.outbox import queries as outbox

#: How many cases end the simulation in which state.
PLAN: Final = Counter(
    DRAFT=14,
    SUBMITTED=30,
    RETURNED=14,
    MENDED=8,
    IN_REVIEW=28,
    WAITING=9,
    READY=18,
    TO_SIGN=5,
    ISSUED=52,
    REFUSED=12,
    WITHDRAWN=8,
    LAPSED=7,
)
#: How many days ago a case that ends in this state was begun: at most, at least.
BEGUN: Final = {
    "DRAFT": (12, 0),
    "SUBMITTED": (3, 0),
    "RETURNED": (9, 3),
    "MENDED": (10, 4),
    "IN_REVIEW": (8, 2),
    "WAITING": (9, 4),
    "READY": (9, 4),
    "TO_SIGN": (6, 5),
    "ISSUED": (85, 9),
    "REFUSED": (80, 10),
    "WITHDRAWN": (60, 5),
    "LAPSED": (88, 45),
}
#: What an office has in hand: a quick service is begun later, or all of it would be late.
IN_HAND: Final = {"SUBMITTED", "MENDED", "IN_REVIEW", "WAITING", "READY", "TO_SIGN"}
#: What only people bring about.
BY_PEOPLE: Final = {"RETURNED", "MENDED", "IN_REVIEW", "WAITING", "READY", "REFUSED"}
#: Who files for others: their place among the citizens, their relation, and their share of all cases.
HELPERS: Final = ((-1, "PROXY", 0.1), (-2, "FAMILY", 0.04))
#: Office hours where the government is: 08.00 to 16.00, Monday to Friday.
OPENS, CLOSES, SATURDAY = 8, 16, 5
MOST_OFTEN = 6
#: What was done a moment ago may still be undone, so nobody goes on with it.
UNDONE_AT_MOST: Final = timedelta(minutes=15)

#: When something is done, what, and the steps that follow.
Begun = tuple[datetime, Callable[[datetime], None], Iterator[Step]]


def deliver(at: datetime) -> None:
    """Keep every promise that is due, and what these lead to."""
    while due := list(outbox.due(at).values_list("id", flat=True)):
        for message_id in due:
            delivery.deliver(message_id)


def suits(version: ServiceVersion, ending: str) -> bool:
    """Whether a case of this service can end like this: the machine asks and refuses nothing, and signs nothing."""
    if ending == "TO_SIGN":
        return version.parsed.signature is not None
    return ending not in BY_PEOPLE or version.parsed.decided_by == "people"


def weight_of(rank: int | None) -> int:
    """How often a service is asked for: what people need most, most; what the pack does not rank, seldom."""
    return 1 if rank is None else max(1, MOST_OFTEN - rank)


class Office:
    """Runs many stories on one calendar, and lets the clock follow the deeds."""

    def __init__(self, *, citizens: list[User], staff: dict[str, Staff], seed: int = 2026) -> None:
        self.chance = Random(seed)  # noqa: S311 (invented data, no secret)
        self.helping = Random(seed + 1)  # noqa: S311 (as above)
        self.reviewing = Random(seed + 2)  # noqa: S311 (as above)
        self.lots = Random(seed + 3)  # noqa: S311 (as above)
        self.citizens, self.staff = citizens, staff
        self.answerer = Answerer(self.chance)
        self.papers: dict[tuple[int, str], Document] = {}

    def paper_of(self, owner: User, title: str, at: datetime) -> Document:
        """The owner's paper of this name, sent once and used again."""
        key = (owner.pk, title)
        if key not in self.papers:
            self.papers[key] = send_paper(owner, title, at=at)
        return self.papers[key]

    def work(
        self, versions: list[ServiceVersion], plan: Counter[str] = PLAN, further: Iterable[Begun] = ()
    ) -> int:
        """Live through every planned story, and `further` ones, up to today; returns the number of cases."""
        today = clock.now().replace(hour=2, minute=0, second=0, microsecond=0)
        stories = [self._begin(ending, versions, today) for ending in sorted(plan.elements())]
        stories += further
        agenda = sorted(stories, key=lambda entry: entry[0])
        day = agenda[0][0].date()
        present = clock.now()
        while agenda:
            at, step, rest = agenda.pop(0)
            if at.date() != day:
                self._close_the_day(day := at.date(), at)
            step(at)
            following = next(rest, None)
            if following is not None and at < present - UNDONE_AT_MOST:
                then = min(self._at_work(at + timedelta(hours=following[0])), present)
                agenda.append((then, following[1], rest))
                agenda.sort(key=lambda entry: entry[0])
        self._close_the_day(day, present)
        permits.lapse_applications(at=present)
        complaints.end_silent_reports(at=present)
        casework.expire_clocks(at=present)
        while outbox.due(clock.now()).exists():
            deliver(clock.now())
        clock.reset()
        return len(stories)

    def _begin(self, ending: str, versions: list[ServiceVersion], today: datetime) -> Begun:
        most, least = BEGUN[ending]
        versions = [version for version in versions if suits(version, ending)] or versions
        weights = [weight_of(version.service.rank) for version in versions]
        version = self.chance.choices(versions, weights)[0]
        citizen = self.chance.choice(self.citizens)
        days = self.chance.uniform(least, most) * (min(1, pace_of(version)) if ending in IN_HAND else 1)
        start = today - timedelta(days=days, hours=self.chance.uniform(0, 4))
        steps = Story(self, ending, self._filer_for(citizen), version, self.chance).steps()
        _pause, first = next(steps)
        return (start, first, steps)

    def _filer_for(self, citizen: User) -> Filer:
        """Most file for themselves; some have it done by a proxy or by family."""
        drawn = self.helping.random()
        for place, relation, share in HELPERS:
            helper = self.citizens[place]
            if 0 <= drawn < share and helper != citizen:
                return Filer(user=helper, applicant=citizen, relation=relation)
            drawn -= share
        return Filer(user=citizen, applicant=citizen)

    def _at_work(self, moment: datetime) -> datetime:
        """The same or the next moment at which an office is open."""
        while (local := localtime(moment)).weekday() >= SATURDAY or not OPENS <= local.hour < CLOSES:
            moment += timedelta(hours=1)
        return moment

    def _close_the_day(self, day: object, at: datetime) -> None:
        """Move the clock to the new day and deliver what the day before promised."""
        clock.reset()
        clock.move(at - clock.now())
        deliver(at)
