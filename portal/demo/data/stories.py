"""One case of the demo, from its draft to the state it is planned to reach, by the operations that people use."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta
from random import Random
from typing import TYPE_CHECKING, Any, Final

from permits import operations as permits
from portal.demo.data.reviewing import Reviewing
from services.accounts.models import Hat, User
from services.casework import branches, clocks, handlers, papers
from services.casework import operations as casework
from services.casework import queries as casework_queries
from services.casework.models import Case
from services.casework.operations import FoundDefect, UnableToHandle
from services.casework.workflow import GRANT_FOR_SIGNATURE, SIGN
from services.catalogue import rules
from services.catalogue.models import ServiceVersion
from services.documents import operations as documents
from services.documents.models import Document
from services.foundation import clock

if TYPE_CHECKING:
    from portal.demo.data.office import Office

#: How many of the issued ones were returned once, and how many optional papers people add.
RETURNED_SHARE: Final = 0.3
OPTIONAL_SHARE: Final = 0.4
#: The promise of most services, in days, for which the pauses of a story are meant.
USUAL_DAYS = 5
PARTS_OF_A_DAY: Final = {"HOUR": 24, "MINUTE": 24 * 60}
#: How long the checks of the machine take.
MACHINE_TAKES: Final = timedelta(seconds=2)

#: Hours after the step before, and what is done then.
Step = tuple[float, Callable[[datetime], None]]


@dataclass(frozen=True, slots=True)
class Staff:
    """Who wears which hat in the agency of a service; `partner` reviews for it in another one."""

    intake: User
    reviewer: User
    approver: User
    partner: User
    inspector: User
    head: User


@dataclass(frozen=True, slots=True)
class Filer:
    """Who files, and for whom: oneself, or (with a relation) somebody else."""

    user: User
    applicant: User
    relation: str = ""


def pace_of(version: ServiceVersion) -> float:
    """How long people take for a service beside the usual one: 1 for five days, less for a quicker one, at most 2."""
    promised = clocks.by_people(version.parsed)
    return min(promised.amount / PARTS_OF_A_DAY.get(promised.unit, 1) / USUAL_DAYS, 2)


class Story:
    """One case from its draft to the state it is planned to reach. Each step is a pause in hours and a deed."""

    def __init__(
        self, office: "Office", ending: str, filer: Filer, version: ServiceVersion, chance: Random
    ) -> None:
        self.office, self.ending, self.filer, self.citizen = office, ending, filer, filer.user
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
        if self.ending not in {"RETURNED", "LAPSED", "SUBMITTED", "MENDED"} and not self.case.closed_at:
            yield from self._after_intake()

    def _at_intake(self) -> Iterator[Step]:
        is_returned = self.ending == "ISSUED" and self.chance.random() < RETURNED_SHARE
        if is_returned or self.ending in {"RETURNED", "MENDED", "LAPSED"}:
            yield self._office_hours(6), self._return
        if is_returned or self.ending == "MENDED":
            yield self.chance.uniform(10, 40), self._mend
        if self.ending == "WITHDRAWN" and not self.version.parsed.reviews:
            yield 20, self._withdraw

    def _after_intake(self) -> Iterator[Step]:
        yield self._office_hours(10), self._accept
        yield from Reviewing(self).steps()
        if self.ending == "WAITING":
            yield self._office_hours(20), self._ask
        if self.ending == "WITHDRAWN":
            yield 20, self._withdraw
        if branches.unfinished(self.case):
            return  # An inspection whose day has not come.
        if self.ending in {"READY", "TO_SIGN", "ISSUED", "REFUSED"}:
            is_quick = self.version.parsed.reviews or self.ending == "TO_SIGN"
            yield self._office_hours(20 if is_quick else 50), self._recommend
        is_signed = self.version.parsed.signature is not None
        if self.ending in {"ISSUED", "REFUSED"} or (self.ending == "TO_SIGN" and is_signed):
            yield self._office_hours(10 if self.ending == "TO_SIGN" else 30), self._decide
        if self.ending == "ISSUED" and is_signed:
            yield self._office_hours(10), self._sign

    def _office_hours(self, mean: float) -> float:
        """Hours around the mean for a service of five days; one that promises less is quicker, one that promises more slower."""
        mean *= pace_of(self.version)
        return self.chance.uniform(mean * 0.4, mean * 1.6)

    def _keep(self, case: Case) -> None:
        self.case = case

    def _start(self, at: datetime) -> None:
        self.case = self._opened(at)
        self._fill_in(at)

    def _opened(self, at: datetime) -> Case:
        """A fresh draft."""
        return permits.start_application(
            version=self.version,
            actor=self.citizen,
            applicant=self.filer.applicant.person,
            helper_relation=self.filer.relation,
            at=at,
        )

    def _fill_in(self, at: datetime) -> None:
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
                document = self._paper(title, at)
                casework.attach_document(
                    self.case, actor=self.citizen, slot=wanted.key, document=document, at=at
                )

    def _paper(self, title: str, at: datetime) -> Document:
        return self.office.paper_of(self.citizen, title, at)

    def _submit(self, at: datetime) -> None:
        key = f"demo-{self.case.reference}"
        if self.version.parsed.checks:
            for attached in casework_queries.current_documents(self.case):
                documents.join_document(attached.document_id, at=at)
        if self.filer.relation:
            self._confirm(at)
        sent = self._sent(key, at)
        self._keep(casework.check_case(sent, at=at + MACHINE_TAKES))

    def _confirm(self, at: datetime) -> None:
        casework.confirm_applicant(self.case, actor=self.citizen, kind="CODE", at=at)

    def _sent(self, key: str, at: datetime) -> Case:
        """The draft, sent."""
        return permits.submit_application(self.case, actor=self.citizen, submission_key=key, at=at)

    def _move(self, name: str, *, actor: User, at: datetime, **told: Any) -> None:
        """Take the case along a road of its service."""
        self._keep(handlers.handler(self.case, name)(self.case, actor=actor, at=at, **told))

    def _take(self, officer: User, at: datetime) -> User:
        """Take it onto this officer's desk; returns whose it is, which is another's where the machine draws by lot."""
        if self.version.is_given_out:
            casework.give_out_cases(at=at, below=self.office.lots.randrange)
            self.case.refresh_from_db(fields=["assignee"])
            return self.case.assignee or officer
        try:
            taken = casework.take_case(self.case, actor=officer, at=at)
        except UnableToHandle:
            taken = casework.take_case(self.case, actor=officer, reason_code="SAME_MATTER", at=at)
        self.case.assignee = taken.assignee
        return officer

    def _withdraw(self, at: datetime) -> None:
        self._move("withdraw", actor=self.citizen, at=at)

    def _return(self, at: datetime) -> None:
        officer = self._take(self.staff.intake, at)
        slot = self.case.documents.filter(replaced_at=None).order_by("id").values_list("slot", flat=True)[0]
        code = self.version.parsed.defect_reasons[0].code
        defects = [FoundDefect(target="DOCUMENT", key=slot, code=code)]
        self._move("return", actor=officer, defects=defects, at=at)

    def _mend(self, at: datetime) -> None:
        defect = self.case.defects.get(mended_at=None)
        document = self._paper("Lampiran baru", at)
        casework.attach_document(self.case, actor=self.citizen, slot=defect.key, document=document, at=at)
        self._move("resubmit", actor=self.citizen, at=at)
        self._keep(casework.check_case(self.case, at=at + MACHINE_TAKES))

    def _accept(self, at: datetime) -> None:
        officer = self._take(self.staff.intake, at)
        casework.record_opening(self.case, viewer=officer, hat=Hat.INTAKE, at=at)
        self._move("accept", actor=officer, at=at)

    def _ask(self, at: datetime) -> None:
        officer = self._take(self.staff.reviewer, at)
        asked = casework.Thing(
            kind="FACT",
            words="Siapa yang dapat kami hubungi di lokasi, dan kapan?",
            reason="Petugas perlu masuk ke lokasi, dan formulir tidak menanyakan siapa yang membukakan pintu.",
        )
        self._move("ask", actor=officer, things=[asked], at=at)

    def _recommend(self, at: datetime) -> None:
        officer = self._take(self.staff.reviewer, at)
        casework.record_opening(self.case, viewer=officer, hat=Hat.REVIEWER, at=at)
        refuse = self.ending == "REFUSED"
        self._move(
            "recommend",
            actor=officer,
            recommendation="REFUSE" if refuse else "GRANT",
            reason_code=self._refusal() if refuse else "",
            reason="Sesuai pemeriksaan berkas dan lokasi.",
            at=at,
        )

    def _decide(self, at: datetime) -> None:
        approver = self._take(self.staff.approver, at)
        if self.ending == "REFUSED":
            self._move("refuse", actor=approver, reason_code=self._refusal(), at=at)
        else:
            road = GRANT_FOR_SIGNATURE if self.version.parsed.signature else "grant"
            self._move(road, actor=approver, at=at)

    def _sign(self, at: datetime) -> None:
        """The head reads the paper and signs it."""
        head, hat = self.staff.head, self.case.signer_hat
        casework.record_opening(self.case, viewer=head, hat=hat, at=at, what=papers.PAPER)
        self._move(SIGN, actor=head, at=at)

    def _refusal(self) -> str:
        return self.version.parsed.refusal_reasons[0].code
