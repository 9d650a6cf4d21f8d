"""A small world whose figures can be counted by hand, in May 2026: the 1st, 14th, 15th, 27th and 28th are days off."""

from collections import Counter
from dataclasses import dataclass, field
from datetime import UTC, date, datetime

from oversight.models import DailyFigure
from permits import operations as permits
from services.accounts.models import Membership, User
from services.casework import operations as casework
from services.casework.models import Case
from services.casework.operations import FoundDefect
from services.catalogue.models import ServiceVersion
from tests.factories import accounts
from tests.factories import casework as made

LONG_AGO = date(2020, 1, 1)


def may(day: int, hour: int = 3) -> datetime:
    """A moment in May 2026; 3.00 UTC is 10.00 in Surabaya."""
    return datetime(2026, 5, day, hour, tzinfo=UTC)


def figures(*measures: str) -> Counter[tuple[str, str, str]]:
    """The figures kept, by day, measure and key."""
    found: Counter[tuple[str, str, str]] = Counter()
    rows = DailyFigure.objects.filter(measure__in=measures) if measures else DailyFigure.objects.all()
    for day, measure, key, value in rows.values_list("date", "measure", "key", "value"):
        found[f"{day:%m-%d}", measure, key] += value
    return found


def worn_long(user: User) -> User:
    """An officer whose hats counted in May 2026 too."""
    Membership.objects.filter(user=user).update(valid_from=LONG_AGO)
    return user


def officer(name: str, hat: str, agency_code: str = "dpmptsp") -> User:
    """An officer who works since long ago."""
    return worn_long(accounts.officer(name, hat, agency_code=agency_code))


@dataclass
class Office:
    """One agency with an officer for each step, who do what the test says on the days it says."""

    agency_code: str = "dpmptsp"
    intake: User = field(init=False)
    reviewer: User = field(init=False)
    approver: User = field(init=False)

    def __post_init__(self) -> None:
        self.intake = officer("Wulan Intake", "INTAKE", self.agency_code)
        self.reviewer = officer("Agus Penelaah", "REVIEWER", self.agency_code)
        self.approver = officer("Sri Pejabat", "APPROVER", self.agency_code)

    def sent(self, citizen: User, at: datetime, *, version: ServiceVersion | None = None) -> Case:
        return made.submitted_application(citizen, version=version, at=at)

    def returned(self, case: Case, at: datetime, *, code: str = "UNREADABLE") -> Case:
        self._take(case, self.intake, at)
        defect = FoundDefect(target="DOCUMENT", key="drawing", code=code)
        return permits.return_application(case, actor=self.intake, defects=[defect], at=at)

    def mended(self, case: Case, citizen: User, at: datetime) -> Case:
        paper = made.document_of(citizen)
        casework.attach_document(case, actor=citizen, slot="drawing", document=paper, at=at)
        return permits.resubmit_application(case, actor=citizen, at=at)

    def accepted(self, case: Case, at: datetime) -> Case:
        self._take(case, self.intake, at)
        return permits.accept_application(case, actor=self.intake, at=at)

    def asked(self, case: Case, at: datetime) -> Case:
        self._take(case, self.reviewer, at)
        return permits.ask_applicant(case, actor=self.reviewer, things=made.a_fact("Berapa?"), at=at)

    def answered(self, case: Case, citizen: User, at: datetime) -> Case:
        return made.answered(case, citizen, "Tiga.", at=at)

    def recommended(self, case: Case, at: datetime) -> Case:
        self._take(case, self.reviewer, at)
        return permits.recommend_application(case, actor=self.reviewer, recommendation="GRANT", at=at)

    def granted(self, case: Case, at: datetime) -> Case:
        self._take(case, self.approver, at)
        return permits.grant_application(case, actor=self.approver, at=at)

    def refused(self, case: Case, at: datetime) -> Case:
        self._take(case, self.approver, at)
        return permits.refuse_application(
            case, actor=self.approver, reason_code="FORBIDDEN_PLACE", reason="Dekat sekolah.", at=at
        )

    def decided(self, citizen: User, *, days: tuple[int, int, int, int], refused: bool = False) -> Case:
        """A case sent, accepted, recommended and decided on these days of May."""
        sent, accepted, recommended, decided = days
        case = self.accepted(self.sent(citizen, may(sent)), may(accepted))
        case = self.recommended(case, may(recommended))
        return self.refused(case, may(decided)) if refused else self.granted(case, may(decided))

    def _take(self, case: Case, officer: User, at: datetime) -> None:
        case.refresh_from_db()
        casework.take_case(case, actor=officer, reason_code="COUNTER", at=at)
