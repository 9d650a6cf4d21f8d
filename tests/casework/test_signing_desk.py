"""The signing desk: what waits for one's own signature, one password for a batch, and the paper before it is signed."""

from collections.abc import Callable
from datetime import timedelta

import pytest

from services.accounts.models import Absence, User
from services.casework import operations as casework
from services.casework.models import Case
from services.foundation import clock
from tests.casework.desk import Desk, file
from tests.cast import PASSWORD
from tests.factories import mandates, signing

LIST = "/admin/casework/case/sign/"
NEVER = "never opened by you"


@pytest.fixture
def waiting(citizen: User, citizen2: User, intake: User, reviewer: User, approver: User) -> list[Case]:
    """Two papers, the second decided three days before the first."""
    version, now = signing.signed_service(), clock.now()
    officers = (intake, reviewer, approver)
    return [
        signing.to_sign(citizen, *officers, version=version, at=now),
        signing.to_sign(citizen2, *officers, version=version, at=now - timedelta(days=6)),
    ]


def chosen(*cases: Case) -> list[str]:
    return [f"{case.reference}:{case.row_version}" for case in cases]


def test_the_list_names_what_waits_longest_first_and_says_what_was_never_opened(
    desk: Desk, waiting: list[Case], executive: User, approver: User, reviewer: User
) -> None:
    new, old = waiting
    page = desk.sit(executive).read(LIST)
    assert page.index(old.reference) < page.index(new.reference)
    for words in ("B. S.", f"Granted by {approver.person.name}", f"recommended by {reviewer.person.name}"):
        assert words in page
    assert "Budi Santoso" not in page
    assert page.count(NEVER) == 2
    assert page.count("desk-row--late") == 1


def test_the_paper_is_read_before_it_is_signed_and_the_list_says_so(
    desk: Desk, waiting: list[Case], executive: User
) -> None:
    case = waiting[0]
    paper = desk.sit(executive).read(file(case, "sign/"))
    for words in ("Budi Santoso", "Head of", executive.person.name, "Signed in person"):
        assert words in paper
    assert desk.read(LIST).count(NEVER) == 1


def test_the_sidebar_says_that_the_paper_belongs_to_that_list(
    desk: Desk, waiting: list[Case], executive: User
) -> None:
    desk.sit(executive)
    work = desk.client.get(file(waiting[0], "sign/")).context["sidebar_navigation"][0]
    assert [item["link"] for item in work["items"] if item["active"]] == [LIST]


def test_one_password_signs_every_ticked_paper(desk: Desk, waiting: list[Case], executive: User) -> None:
    new, old = waiting
    desk.sit(executive)
    answer = desk.client.post(LIST, {"papers": chosen(new, old), "password": PASSWORD}, follow=True)
    assert "2 papers were signed." in answer.content.decode()
    assert set(Case.objects.values_list("status", "signed_by")) == {("GRANTED", executive.pk)}


def test_the_page_says_which_paper_was_not_signed(desk: Desk, waiting: list[Case], executive: User) -> None:
    new, old = waiting
    values = [f"{new.reference}:{new.row_version + 3}", *chosen(old)]
    desk.sit(executive)
    page = desk.client.post(LIST, {"papers": values, "password": PASSWORD}, follow=True).content.decode()
    assert "1 paper was signed." in page
    assert f"{new.reference} was not signed: " in page


@pytest.mark.parametrize(
    ("ticks", "password", "words"),
    [
        (2, "", "Enter your password"),
        (2, "salah-sama-sekali", "password"),
        (0, PASSWORD, "Tick at least one paper that you sign."),
    ],
)
def test_without_the_password_or_a_tick_nothing_is_signed(
    desk: Desk, waiting: list[Case], executive: User, ticks: int, password: str, words: str
) -> None:
    desk.sit(executive)
    sent = {"papers": chosen(*waiting)[:ticks], "password": password}
    page = desk.client.post(LIST, sent).content.decode()
    assert words in page
    assert page.count(" checked") == ticks
    assert set(Case.objects.values_list("status", flat=True)) == {"TO_SIGN"}


def test_a_paper_goes_back_with_a_reason_that_the_decider_reads(
    desk: Desk,
    waiting: list[Case],
    executive: User,
    approver: User,
    page_of: Callable[..., str],
    citizen: User,
) -> None:
    case = waiting[0]
    desk.sit(executive)
    refused = desk.press(case, "sign/", **{"back-reason": ""})
    assert "Write a few words." in refused.content.decode()
    assert desk.press(case, "sign/", **{"back-reason": "Nama lokasi keliru."}).status_code == 302
    page = desk.sit(approver).open(case)
    assert "Sent back without a signature" in page
    assert "Nama lokasi keliru." in page
    told = page_of(citizen, f"/cases/{case.reference}/")
    assert "Nama lokasi keliru." not in told


def test_the_citizen_reads_that_it_waits_for_the_signature_and_not_that_it_is_granted(
    page_of: Callable[..., str], waiting: list[Case], citizen: User, approver: User
) -> None:
    page = page_of(citizen, f"/cases/{waiting[0].reference}/")
    assert "Waiting for the signature" in page
    assert approver.person.name not in page
    assert "certificate is being made" not in page


def test_the_cause_stands_before_the_supervisor_where_the_signer_is_away(
    desk: Desk, waiting: list[Case], executive: User, supervisor: User
) -> None:
    assert "Nobody on duty may take these" not in desk.sit(supervisor).read("/admin/")
    today = clock.today()
    casework.declare_absence(
        officer=executive,
        kind=Absence.Kind.LEAVE,
        first_date=today,
        last_date=today,
        actor=executive,
        at=clock.now(),
    )
    page = desk.sit(supervisor).read("/admin/").split("Nobody on duty may take these")[1]
    assert waiting[0].reference in page
    assert "is away." in page


def test_a_head_reads_the_file_only_while_its_paper_waits_for_them(
    desk: Desk, waiting: list[Case], executive: User
) -> None:
    case = waiting[0]
    withheld = "Answers and documents are read by those who work on the file."
    assert withheld not in desk.sit(executive).open(case)
    signing.sign(case, actor=executive, at=clock.now())
    assert withheld in desk.open(case)


def test_the_signature_is_not_a_button_of_the_file(desk: Desk, waiting: list[Case], executive: User) -> None:
    desk.sit(executive).act(waiting[0], "sign")
    waiting[0].refresh_from_db()
    assert waiting[0].status == "TO_SIGN"


def test_a_paper_beyond_the_mandate_is_left_out_and_its_page_says_why(
    desk: Desk,
    citizen: User,
    intake: User,
    reviewer: User,
    approver: User,
    supervisor: User,
    executive: User,
    inspector: User,
) -> None:
    signing.signed_service("APPROVER", slug="izin-satu")
    other = signing.signed_service("APPROVER", slug="izin-dua")
    case = signing.to_sign(citizen, intake, reviewer, approver, version=other)
    mandates.acting(inspector, by=supervisor, second=executive, services=["izin-satu"])
    assert case.reference not in desk.sit(inspector).read(LIST)
    answer = desk.client.get(file(case, "sign/"))
    assert answer.status_code == 403
    assert "your mandate does not reach it" in answer.content.decode()
    assert "Budi Santoso" not in answer.content.decode()
    assert desk.sit(executive).client.get(file(case, "sign/")).status_code == 404
