"""An office that works through three months of applications, day by day, by the operations that people use."""

from collections import Counter
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta
from random import Random
from typing import Final

from django.utils.timezone import localtime

from permits import operations as permits
from portal.demo.data.answers import Answerer
from portal.demo.data.papers import send_paper
from services.accounts.models import Hat, User
from services.casework import clocks
from services.casework import operations as casework
from services.casework import queries as casework_queries
from services.casework.models import Case
from services.casework.operations import FoundDefect, UnableToHandle
from services.catalogue import rules
from services.catalogue.models import ServiceVersion
from services.documents import operations as documents
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
    "ISSUED": (85, 9),
    "REFUSED": (80, 10),
    "WITHDRAWN": (60, 5),
    "LAPSED": (88, 45),
}
#: How many of the issued ones were returned once, and how many optional papers people add.
RETURNED_SHARE: Final = 0.3
OPTIONAL_SHARE: Final = 0.4
#: Office hours where the government is: 08.00 to 16.00, Monday to Friday.
OPENS, CLOSES, SATURDAY = 8, 16, 5
MOST_OFTEN = 6
#: The promise of most services, in days, for which the pauses of a story are meant.
USUAL_DAYS = 5
PARTS_OF_A_DAY: Final = {"HOUR": 24, "MINUTE": 24 * 60}
#: How long the checks of the machine take.
MACHINE_TAKES: Final = timedelta(seconds=2)

#: Hours after the step before, and what is done then.
Step = tuple[float, Callable[[datetime], None]]
#: When something is done, what, and the steps that follow.
Begun = tuple[datetime, Callable[[datetime], None], Iterator[Step]]


@dataclass(frozen=True, slots=True)
class Staff:
    """Who wears which hat in the agency of a service."""

    intake: User
    reviewer: User
    approver: User


def deliver(at: datetime) -> None:
    """Keep every promise that is due, and what these lead to."""
    while due := list(outbox.due(at).values_list("id", flat=True)):
        for message_id in due:
            delivery.deliver(message_id)


def weight_of(rank: int | None) -> int:
    """How often a service is asked for: what people need most, most; what the pack does not rank, seldom."""
    return 1 if rank is None else max(1, MOST_OFTEN - rank)


class Story:
    """One case from its draft to the state it is planned to reach. Each step is a pause in hours and a deed."""

    def __init__(
        self, office: "Office", ending: str, citizen: User, version: ServiceVersion, chance: Random
    ) -> None:
        self.office, self.ending, self.citizen = office, ending, citizen
        self.version, self.chance = version, chance
        self.staff = office.staff[version.service.agency.code]
        self.case: Case

    def steps(self) -> Iterator[Step]:
        """The road of this case: hours after the step before, and what is done then."""
        yield 0, self._start
        if self.ending == "DRAFT":
            return
        yield 1, self._submit
        if self.case.status == "SUBMITTED":
            yield from self._at_intake()
        if self.case.status == "GRANTED":
            return  # The machine has done it.
        if self.ending not in {"RETURNED", "LAPSED", "SUBMITTED", "MENDED", "WITHDRAWN"}:
            yield from self._after_intake()

    def _at_intake(self) -> Iterator[Step]:
        is_returned = self.ending == "ISSUED" and self.chance.random() < RETURNED_SHARE
        if is_returned or self.ending in {"RETURNED", "MENDED", "LAPSED"}:
            yield self._office_hours(6), self._return
        if is_returned or self.ending == "MENDED":
            yield self.chance.uniform(10, 40), self._mend
        if self.ending == "WITHDRAWN":
            yield (
                20,
                lambda at: self._keep(permits.withdraw_application(self.case, actor=self.citizen, at=at)),
            )

    def _after_intake(self) -> Iterator[Step]:
        yield self._office_hours(10), self._accept
        if self.ending == "WAITING":
            yield self._office_hours(20), self._ask
        if self.ending in {"READY", "ISSUED", "REFUSED"}:
            yield self._office_hours(50), self._recommend
        if self.ending in {"ISSUED", "REFUSED"}:
            yield self._office_hours(30), self._decide

    def _office_hours(self, mean: float) -> float:
        """Hours around the mean for a service of five days; one that promises less is quicker, one that promises more slower."""
        promised = clocks.by_people(self.version.parsed)
        mean *= min(promised.amount / PARTS_OF_A_DAY.get(promised.unit, 1), USUAL_DAYS * 2) / USUAL_DAYS
        return self.chance.uniform(mean * 0.4, mean * 1.6)

    def _keep(self, case: Case) -> None:
        self.case = case

    def _start(self, at: datetime) -> None:
        self.case = permits.start_application(
            version=self.version, actor=self.citizen, applicant=self.citizen.person, at=at
        )
        definition = self.version.parsed
        given = self.office.answerer.answers(
            definition, reference=self.case.reference, today=clock.local_date(at)
        )
        if self.ending == "DRAFT":
            given = dict(list(given.items())[: len(given) // 2])
        district = self.chance.choice(self.office.answerer.districts)
        self.case = casework.remember_answers(
            self.case, actor=self.citizen, answers=given, at=at, district=district
        )
        for wanted in rules.asked_documents(definition, given):
            if self.ending != "DRAFT" and (wanted.required or self.chance.random() < OPTIONAL_SHARE):
                title = "KTP" if "ktp" in wanted.key else "Lampiran"
                document = self.office.paper_of(self.citizen, title, at)
                casework.attach_document(
                    self.case, actor=self.citizen, slot=wanted.key, document=document, at=at
                )

    def _submit(self, at: datetime) -> None:
        key = f"demo-{self.case.reference}"
        if self.version.parsed.checks:
            for attached in casework_queries.current_documents(self.case):
                documents.join_document(attached.document_id, at=at)
        sent = permits.submit_application(self.case, actor=self.citizen, submission_key=key, at=at)
        self._keep(casework.check_case(sent, at=at + MACHINE_TAKES))

    def _take(self, officer: User, at: datetime) -> None:
        try:
            casework.take_case(self.case, actor=officer, at=at)
        except UnableToHandle:
            casework.take_case(self.case, actor=officer, reason_code="SAME_MATTER", at=at)

    def _return(self, at: datetime) -> None:
        self._take(self.staff.intake, at)
        slot = self.case.documents.filter(replaced_at=None).order_by("id").values_list("slot", flat=True)[0]
        code = self.version.parsed.defect_reasons[0].code
        defects = [FoundDefect(target="DOCUMENT", key=slot, code=code)]
        self._keep(permits.return_application(self.case, actor=self.staff.intake, defects=defects, at=at))

    def _mend(self, at: datetime) -> None:
        defect = self.case.defects.get(mended_at=None)
        document = self.office.paper_of(self.citizen, "Lampiran baru", at)
        casework.attach_document(self.case, actor=self.citizen, slot=defect.key, document=document, at=at)
        sent = permits.resubmit_application(self.case, actor=self.citizen, at=at)
        self._keep(casework.check_case(sent, at=at + MACHINE_TAKES))

    def _accept(self, at: datetime) -> None:
        self._take(self.staff.intake, at)
        casework.record_opening(self.case, viewer=self.staff.intake, hat=Hat.INTAKE, at=at)
        self._keep(permits.accept_application(self.case, actor=self.staff.intake, at=at))

    def _ask(self, at: datetime) -> None:
        self._take(self.staff.reviewer, at)
        words = "Mohon jelaskan lebih lengkap jawaban Anda, dan siapa yang dapat kami hubungi di lokasi."
        self._keep(
            permits.ask_applicant(self.case, actor=self.staff.reviewer, kind="FACT", words=words, at=at)
        )

    def _recommend(self, at: datetime) -> None:
        self._take(self.staff.reviewer, at)
        casework.record_opening(self.case, viewer=self.staff.reviewer, hat=Hat.REVIEWER, at=at)
        refuse = self.ending == "REFUSED"
        self._keep(
            permits.recommend_application(
                self.case,
                actor=self.staff.reviewer,
                recommendation="REFUSE" if refuse else "GRANT",
                reason_code=self._refusal() if refuse else "",
                reason="Sesuai pemeriksaan berkas dan lokasi.",
                at=at,
            )
        )

    def _decide(self, at: datetime) -> None:
        approver = self.staff.approver
        self._take(approver, at)
        if self.ending == "REFUSED":
            self._keep(
                permits.refuse_application(self.case, actor=approver, reason_code=self._refusal(), at=at)
            )
        else:
            self._keep(permits.grant_application(self.case, actor=approver, at=at))

    def _refusal(self) -> str:
        return self.version.parsed.refusal_reasons[0].code


class Office:
    """Runs many stories on one calendar, and lets the clock follow the deeds."""

    def __init__(self, *, citizens: list[User], staff: dict[str, Staff], seed: int = 2026) -> None:
        self.chance = Random(seed)  # noqa: S311 (invented data, no secret)
        self.citizens, self.staff = citizens, staff
        self.answerer = Answerer(self.chance)
        self.papers: dict[tuple[int, str], Document] = {}

    def paper_of(self, owner: User, title: str, at: datetime) -> Document:
        """The owner's paper of this name, sent once and used again."""
        key = (owner.pk, title)
        if key not in self.papers:
            self.papers[key] = send_paper(owner, title, at=at)
        return self.papers[key]

    def work(self, versions: list[ServiceVersion], plan: Counter[str] = PLAN) -> int:
        """Live through every planned story up to today; returns the number of cases."""
        today = clock.now().replace(hour=2, minute=0, second=0, microsecond=0)
        stories = [self._begin(ending, versions, today) for ending in sorted(plan.elements())]
        agenda = sorted(stories, key=lambda entry: entry[0])
        day = agenda[0][0].date()
        present = clock.now()
        while agenda:
            at, step, rest = agenda.pop(0)
            if at.date() != day:
                self._close_the_day(day := at.date(), at)
            step(at)
            following = next(rest, None)
            if following is not None:
                then = min(self._at_work(at + timedelta(hours=following[0])), max(present, at))
                agenda.append((then, following[1], rest))
                agenda.sort(key=lambda entry: entry[0])
        self._close_the_day(day, present)
        permits.lapse_applications(at=present)
        deliver(present)
        clock.reset()
        return len(stories)

    def _begin(self, ending: str, versions: list[ServiceVersion], today: datetime) -> Begun:
        most, least = BEGUN[ending]
        weights = [weight_of(version.service.rank) for version in versions]
        version = self.chance.choices(versions, weights)[0]
        citizen = self.chance.choice(self.citizens)
        start = today - timedelta(days=self.chance.uniform(least, most), hours=self.chance.uniform(0, 4))
        steps = Story(self, ending, citizen, version, self.chance).steps()
        _pause, first = next(steps)
        return (start, first, steps)

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
