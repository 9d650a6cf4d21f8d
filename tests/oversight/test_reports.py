"""Reports about the city in the figures: counted like every case, nobody named; those that are confidential are nowhere."""

from collections.abc import Callable

import pytest

from complaints import operations as complaints
from oversight import operations
from oversight.models import DailyFigure, Stay
from services.accounts.models import User
from services.casework import operations as casework
from services.casework.models import Case
from tests.factories import accounts, integrity
from tests.factories import complaints as reports
from tests.oversight.test_dashboard import plain
from tests.oversight.world import Office, figures, may, officer

Read = Callable[..., str]
InMay = Callable[[int], None]


@pytest.fixture
def lights(db: None) -> User:
    """Who answers reports about lights, in another agency than the complaints office."""
    return officer("Rudi Lampu", "REVIEWER", "dishub")


def reopened(office: Office, lights: User) -> Case:
    """Reported on the 4th, handed over on the 6th, answered on the 8th, not solved on the 11th."""
    case = reports.received_report(at=may(4))
    casework.take_case(case, actor=office.intake, at=may(6))
    category = case.complaint.category
    case = complaints.verify_report(
        case, actor=office.intake, category=category, agency=reports.agency_of(case), at=may(6)
    )
    casework.take_case(case, actor=lights, at=may(8))
    case = complaints.answer_report(case, actor=lights, words="Sudah diganti.", photos=[], at=may(8))
    return complaints.reopen_report(case, actor=reports.bearer(case), words="Masih mati.", at=may(11))


def test_a_report_is_in_the_hands_of_each_office_in_its_turn(office: Office, lights: User) -> None:
    reopened(office, lights)

    operations.refresh_figures(at=may(12))

    stays = Stay.objects.order_by("number").values_list("agency__code", "holder", "is_arrival", "left_as")
    assert list(stays) == [
        ("dpmptsp", "INTAKE", True, ""),
        ("dpmptsp", "INTAKE", False, ""),
        ("dishub", "REVIEWER", False, ""),
        ("dishub", "APPLICANT", False, ""),
        ("dishub", "REVIEWER", False, ""),
    ]
    waiting = (
        DailyFigure.objects.filter(measure="WAITING")
        .order_by("date")
        .values_list("date__day", "agency__code", "key")
    )
    assert list(waiting) == [
        (4, "dpmptsp", "INTAKE"),
        (5, "dpmptsp", "INTAKE"),
        (6, "dishub", "REVIEWER"),
        (7, "dishub", "REVIEWER"),
        *((day, "dishub", "APPLICANT") for day in (8, 9, 10)),
        *((day, "dishub", "REVIEWER") for day in (11, 12)),
    ]


def test_a_report_is_settled_when_its_reporter_says_so(office: Office, lights: User) -> None:
    """The office's days are those until its answers: two, one and four, and one more; not those of the reporter."""
    case = reopened(office, lights)
    casework.take_case(case, actor=lights, at=may(12))
    case = complaints.answer_report(case, actor=lights, words="Kabelnya diganti.", photos=[], at=may(12))
    complaints.solve_report(case, actor=reports.bearer(case), at=may(20))

    operations.refresh_figures(at=may(21))

    assert figures("IN", "OUT", "DAYS", "IN_TIME", "OVER_TIME") == {
        ("05-04", "IN", ""): 1,
        ("05-20", "OUT", "SOLVED"): 1,
        ("05-20", "DAYS", "5"): 1,
        ("05-20", "IN_TIME", ""): 1,
    }


def test_whoever_reports_is_named_to_nobody(
    office: Office, citizen: User, in_may: InMay, read: Read, commissioner: User
) -> None:
    case = reports.received_report(citizen, at=may(4))
    in_may(12)
    operations.refresh_figures(at=may(12))
    supervisor = officer("Hendra Atasan", "SUPERVISOR")

    listed = read(supervisor, "/dashboard/cases/?figure=in")
    register = read(commissioner, "/oversight/register/")
    sheet = read(commissioner, "/oversight/register/cases.csv")

    for page in (listed, register, sheet):
        assert case.reference in page
        assert citizen.person.name not in page
        assert reports.WORDS not in page
    assert "Lampu Jalan" in listed


@pytest.fixture
def everybody(office: Office) -> dict[str, User]:
    """Everybody who may look at figures or registers, of the receivers' own agencies too, the head of government first."""
    accounts.agency("pemkot", is_root=True)
    watchers = {
        f"{hat} {agency}": officer(f"{hat} {agency}", hat, agency)
        for hat in ("EXECUTIVE", "SUPERVISOR", "AUDITOR")
        for agency in ("pemkot", "dpmptsp", integrity.INSPECTORATE, integrity.COMMISSION)
    }
    integrity.ready()
    return watchers


PAGES = {
    "EXECUTIVE": (
        "/dashboard/",
        "/dashboard/cases/?figure=in",
        "/dashboard/cases/?figure=waiting",
        "/dashboard/services.csv",
    ),
    "SUPERVISOR": (
        "/dashboard/",
        "/dashboard/cases/?figure=in",
        "/dashboard/cases/?figure=late",
        "/dashboard/services.csv",
    ),
    "AUDITOR": ("/oversight/register/", "/oversight/register/cases.csv", "/oversight/register/helpers/"),
    "": (
        "/transparency/",
        "/transparency/services.csv",
        "/transparency/months.csv",
        "/transparency/register/",
        "/",
    ),
}


def seen_by(everybody: dict[str, User], read: Read) -> dict[str, str]:
    """Every page as each of them reads it, as plain words."""
    found = {}
    for who, user in [*everybody.items(), ("", None)]:
        for page in PAGES[who.split(" ")[0]]:
            found[f"{who} {page}"] = plain(read(user, page))
    return found


def test_a_confidential_report_and_an_integrity_report_change_no_page_of_anybody(
    office: Office, citizen: User, everybody: dict[str, User], in_may: InMay, read: Read
) -> None:
    office.sent(citizen, may(4))
    reports.received_report(at=may(5))
    in_may(12)
    operations.refresh_figures(at=may(12))
    before = seen_by(everybody, read)

    levy = reports.received_report(citizen, category="illegal-levy", at=may(6))
    bribe = integrity.received(at=may(7))
    with_the_commission = integrity.received(receiver="COMMISSION", at=may(8))
    operations.refresh_figures(at=may(12))

    assert all(case.is_confidential for case in (levy, bribe, with_the_commission))
    assert seen_by(everybody, read) == before
    operations.recompute_figures(at=may(12))
    assert seen_by(everybody, read) == before
    assert not Stay.objects.filter(case__in=[levy, bribe, with_the_commission]).exists()
