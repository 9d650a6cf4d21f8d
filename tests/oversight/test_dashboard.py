"""The dashboard: the month in numbers, what they were before, and the cases behind each of them."""

import csv
import io
import re
from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
from django.test import Client
from django.utils.translation import override

from oversight import operations, rows
from oversight.models import Stay
from services.accounts.models import User
from services.casework.models import Case
from tests.oversight.world import Office, may, officer

Read = Callable[..., str]
InMay = Callable[[int], None]


@pytest.fixture
def head() -> User:
    return officer("Lestari Kepala", "EXECUTIVE")


def plain(page: str) -> str:
    """The words of a page in one line."""
    return " ".join(re.sub(r"<[^>]+>", " ", page.split("<main", 1)[-1]).split())


def test_the_month_in_numbers(
    office: Office, citizen: User, citizen2: User, head: User, in_may: InMay, read: Read
) -> None:
    office.decided(citizen, days=(4, 6, 8, 11))
    office.decided(citizen2, days=(4, 5, 19, 20))
    office.returned(office.sent(citizen2, may(5)), may(6))
    office.sent(citizen, may(11))
    in_may(21)
    operations.refresh_figures(at=may(21))

    said = plain(read(head, "/dashboard/"))

    for words in (
        "As of 21 May 2026, 10:00 WIB. “Before” is 1 April to 21 April 2026.",
        "4 came in 4 more than before (0)",
        "2 went out 2 more than before (0)",
        "2 are waiting 1 of them wait for the citizen",
        "1 are late",
        "50% of what was settled was in time",
        "5 working days for half of what was settled 9 of 10 within 10 days",
        "Test permit 4 2 2 1 50% 5 10",
    ):
        assert words in said, (words, said)


def test_the_month_is_compared_with_the_same_days_of_the_one_before(
    office: Office, citizen: User, head: User, in_may: InMay, read: Read
) -> None:
    """Two in May up to the 12th; three in April, of which one lies after the 12th."""
    for day in (4, 11):
        office.sent(citizen, may(day))
    for days in (27, 30, 10):
        office.sent(citizen, may(6) - timedelta(days=days))
    in_may(12)
    operations.refresh_figures(at=may(12))

    assert "2 came in as many as before" in plain(read(head, "/dashboard/"))
    assert "3 came in 3 more than before (0)" in plain(read(head, "/dashboard/", month="2026-04"))


def test_each_number_opens_the_cases_behind_it(
    office: Office, citizen: User, citizen2: User, head: User, in_may: InMay, read: Read
) -> None:
    granted = office.decided(citizen, days=(4, 6, 8, 11))
    slow = office.decided(citizen2, days=(4, 5, 19, 20), refused=True)
    returned = office.returned(office.sent(citizen2, may(5)), may(6))
    late = office.sent(citizen, may(11))
    in_may(21)
    operations.refresh_figures(at=may(21))
    behind = {
        "figure=in": {granted, slow, returned, late},
        "figure=out": {granted, slow},
        "figure=out&key=REFUSED": {slow},
        "figure=settled": {granted, slow},
        "figure=settled&key=over-time": {slow},
        "figure=waiting": {returned, late},
        "figure=waiting&key=APPLICANT": {returned},
        "figure=late": {late},
        "figure=returned": {returned},
        "figure=returned&key=UNREADABLE": {returned},
        "figure=returned&key=INCOMPLETE": set(),
        "figure=in&service=izin-uji": {granted, slow, returned, late},
        "figure=in&service=izin-lain": set(),
        "figure=in&month=2026-04": set(),
    }
    for asked, cases in behind.items():
        page = read(head, f"/dashboard/cases/?{asked}")
        found = {case for case in (granted, slow, returned, late) if case.reference in page}
        assert found == cases, asked


def test_every_link_of_the_page_leads_to_as_many_cases_as_it_says(
    office: Office, citizen: User, citizen2: User, head: User, in_may: InMay, read: Read
) -> None:
    office.decided(citizen, days=(4, 6, 8, 11))
    office.decided(citizen2, days=(4, 5, 19, 20), refused=True)
    office.returned(office.sent(citizen2, may(5)), may(6))
    office.sent(citizen, may(11))
    in_may(21)
    operations.refresh_figures(at=may(21))
    page = read(head, "/dashboard/")

    links = re.findall(
        r'data-label="(?!Settled|Half|9 of)[^"]*" data-value="(\d+)"><a class="govuk-link" href="([^"]+)"',
        page,
    )

    assert len(links) > 6
    for number, href in links:
        lines = read(head, href.replace("&amp;", "&")).count('class="case-row"')
        assert lines == int(number), href


def test_the_list_goes_on_page_by_page(
    office: Office, citizen: User, head: User, in_may: InMay, read: Read, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("oversight.views.dashboard.PAGE_SIZE", 2)
    made = [office.sent(citizen, may(day)) for day in (4, 5, 6)]
    in_may(12)
    operations.refresh_figures(at=may(12))
    for figure in ("in", "waiting", "late"):
        first = read(head, f"/dashboard/cases/?figure={figure}")
        following = first.split('rel="next"')[0].rsplit('href="', 1)[1].split('"')[0].replace("&amp;", "&")
        second = read(head, f"/dashboard/cases/{following}")
        seen = [case for case in made if (case.reference in first) + (case.reference in second) == 1]
        assert seen == made


def test_what_is_late_longest_stands_on_the_first_screen(
    office: Office, citizen: User, head: User, in_may: InMay, read: Read
) -> None:
    late = office.sent(citizen, may(4))
    fresh = office.sent(citizen, may(20))
    in_may(21)
    operations.refresh_figures(at=may(21))

    page = read(head, "/dashboard/")

    assert late.reference in page
    assert "10 working days late" in page
    assert fresh.reference not in page


def test_when_nothing_is_late_the_page_says_so(
    office: Office, citizen: User, head: User, in_may: InMay, read: Read
) -> None:
    office.sent(citizen, may(11))
    in_may(11)
    operations.refresh_figures(at=may(11))

    assert "Nothing is late" in read(head, "/dashboard/")


def test_a_table_comes_as_csv(office: Office, citizen: User, head: User, in_may: InMay, read: Read) -> None:
    office.decided(citizen, days=(4, 6, 8, 11))
    office.returned(office.sent(citizen, may(11)), may(12))
    in_may(21)
    operations.refresh_figures(at=may(21))

    services = rows_of(read(head, "/dashboard/services.csv"))
    months = rows_of(read(head, "/dashboard/months.csv"))
    returns = rows_of(read(head, "/dashboard/returns.csv"))

    assert services == [
        [
            "Name",
            "Came in",
            "Went out",
            "Waiting",
            "Late",
            "Settled in time",
            "Half within",
            "9 of 10 within",
        ],
        ["Test permit", "2", "1", "1", "0", "1.0", "5", "5"],
    ]
    assert months[1:] == [["May 2026", "2", "1", "1", "0", "1.0", "5", "5"]]
    assert returns == [["Name", "Times named"], ["Unreadable", "1"]]


def rows_of(sheet: str) -> list[list[str]]:
    assert sheet.startswith("\ufeff")
    return list(csv.reader(io.StringIO(sheet.removeprefix("\ufeff"))))


def test_an_unknown_table_and_an_unknown_figure_are_not_there(
    head: User, client: Client, in_may: InMay
) -> None:
    in_may(12)
    operations.refresh_figures(at=may(12))
    client.force_login(head)

    for address in ("/dashboard/people.csv", "/dashboard/cases/?figure=applicants"):
        assert client.get(address).status_code == 404
    for address in (
        "/dashboard/?month=nonsense&agency=nowhere",
        "/dashboard/?month=2031-01",
        "/dashboard/cases/?after=x",
    ):
        assert client.get(address).status_code == 200


def test_before_the_first_count_the_page_says_that_the_figures_are_being_drawn(
    head: User, in_may: InMay, read: Read, client: Client
) -> None:
    in_may(12)

    assert "The figures are being drawn" in read(head, "/dashboard/")
    assert "The figures are being drawn" in read(None, "/transparency/")
    client.force_login(head)
    assert client.get("/dashboard/services.csv").status_code == 404


def test_pages_ask_at_most_six_queries_however_many_cases_there_are(
    office: Office, citizen: User, head: User, in_may: InMay, client: Client, django_assert_num_queries: Any
) -> None:
    in_may(21)
    client.force_login(head)
    for day in (4, 5, 6):
        office.returned(office.sent(citizen, may(day)), may(day))
        office.sent(citizen, may(day))
        operations.refresh_figures(at=may(21))
        client.get("/dashboard/")
        with django_assert_num_queries(6):
            client.get("/dashboard/")
        with django_assert_num_queries(4):
            client.get("/dashboard/cases/?figure=waiting")
        with django_assert_num_queries(4):
            b"".join(client.get("/dashboard/services.csv"))


def test_a_confidential_case_is_behind_no_number(
    office: Office, citizen: User, head: User, in_may: InMay, read: Read
) -> None:
    """Even between two counts, while the figures still hold it, no list shows it."""
    hidden = office.returned(office.sent(citizen, may(4)), may(6))
    late = office.sent(citizen, may(5))
    in_may(12)
    operations.refresh_figures(at=may(12))
    Case.objects.filter(pk__in=[hidden.pk, late.pk]).update(is_confidential=True)

    for figure in ("in", "waiting", "late", "returned"):
        page = read(head, f"/dashboard/cases/?figure={figure}")
        assert "case-row" not in page
    assert late.reference not in read(head, "/dashboard/")

    operations.refresh_figures(at=may(12))
    said = plain(read(head, "/dashboard/"))
    assert "0 came in" in said
    assert "0 are waiting" in said
    assert "Test permit" not in said


def test_the_first_page_of_the_portal_counts_no_confidential_case(
    office: Office, citizen: User, in_may: InMay, read: Read
) -> None:
    hidden = office.sent(citizen, may(4))
    Case.objects.filter(pk=hidden.pk).update(is_confidential=True)
    in_may(12)

    page = read(None, "/")

    assert re.findall(r'<dd class="stat__value">(\d+)</dd>', page) == ["0", "0"]


def test_the_account_page_and_the_sidebar_lead_there(
    head: User, stranger: User, government: Any, read: Read
) -> None:
    auditor = officer("Maya Auditor", "AUDITOR")

    assert 'href="/dashboard/"' in read(head, "/account/profile/")
    assert 'href="/dashboard/"' in read(head, "/admin/")
    assert 'href="/oversight/register/"' in read(auditor, "/account/profile/")
    assert 'href="/oversight/register/"' in read(auditor, "/admin/")
    assert 'href="/dashboard/"' not in read(auditor, "/admin/")
    assert "Oversight" not in read(stranger, "/account/profile/")
    assert 'href="/transparency/"' in read(None, "/")


def test_what_became_late_today_is_no_whole_day_late(office: Office, citizen: User) -> None:
    stay = Stay(case=office.sent(citizen, may(4)), due_at=may(5))
    with override("en"):
        assert rows.time_of(stay, at=may(5) + timedelta(minutes=1)) == "Late since today"
        assert rows.time_of(stay, at=may(5) + timedelta(days=1)) == "1 working day late"
