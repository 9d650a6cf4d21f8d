"""What everybody sees: the same figures without persons, with small numbers hidden, drawn on the server; and the papers."""

import csv
import io
import re
from collections.abc import Callable
from typing import Any

import pytest
from django.test import Client

from oversight import operations, tables
from oversight.tables import Cell, Row
from permits import operations as permits
from services.accounts.models import User
from services.audit.actors import SYSTEM
from services.casework.models import Case
from services.documents import operations as documents
from services.documents.models import Certificate
from services.foundation import clock
from services.integrity import operations as integrity
from tests.factories import catalogue
from tests.factories import documents as papers
from tests.oversight.test_dashboard import plain
from tests.oversight.world import Office, may, officer

Read = Callable[..., str]
InMay = Callable[[int], None]


def issued(office: Office, citizen: User, **wanted: Any) -> Certificate:
    """A paper of a case that was granted on the 11th of May."""
    case = office.accepted(office.sent(citizen, may(4), **wanted), may(6))
    case = office.granted(office.recommended(case, may(8)), may(11))
    paper = permits.order_certificate(case, at=may(11))
    return documents.sign_certificate(paper.id, at=may(11))


def test_the_same_figures_as_the_dashboard_without_links(
    office: Office, citizen: User, citizen2: User, in_may: InMay, read: Read
) -> None:
    for _number in range(6):
        office.decided(citizen, days=(4, 6, 8, 11))
        office.sent(citizen2, may(12))
    in_may(12)
    operations.refresh_figures(at=may(12))
    head = officer("Lestari Kepala", "EXECUTIVE")

    public = plain(read(None, "/transparency/"))
    own = plain(read(head, "/dashboard/"))

    for words in ("12 came in", "6 went out", "6 are waiting", "Test permit 12 6 6 0 100% 5 5"):
        assert words in public
        assert words in own
    page = read(None, "/transparency/")
    assert "/dashboard/" not in page
    assert citizen.person.name not in page


def test_small_numbers_are_not_told(office: Office, citizen: User, in_may: InMay, read: Read) -> None:
    office.decided(citizen, days=(4, 6, 8, 11))
    office.returned(office.sent(citizen, may(5)), may(6))
    in_may(12)
    operations.refresh_figures(at=may(12))

    said = plain(read(None, "/transparency/"))
    sheet = read(None, "/transparency/services.csv")

    assert "&lt;5 came in" in said
    assert f"Test permit &lt;5 &lt;5 &lt;5 0 {tables.NOTHING} {tables.NOTHING}" in said
    assert "fewer than 5 files were returned" in said
    assert list(csv.reader(io.StringIO(sheet)))[1] == ["Test permit", "<5", "<5", "<5", "0", "", "", ""]


def test_where_one_number_alone_is_hidden_a_second_is_too() -> None:
    def line(name: str, number: int) -> Row:
        cell = (
            Cell(str(number), number, "count")
            if number >= tables.SMALL
            else tables.hidden("count", tables.SMALL)
        )
        return Row(name, (cell,))

    one = tables.covered([line("a", 3), line("b", 7), line("c", 40)])
    two = tables.covered([line("a", 3), line("b", 2), line("c", 40)])

    assert [row.cells[0].text for row in one] == ["<5", "…", "40"]
    assert [row.cells[0].text for row in two] == ["<5", "<5", "40"]
    assert tables.covered([]) == ()


def test_each_table_has_a_drawing_that_says_what_it_shows(
    office: Office, citizen: User, in_may: InMay, read: Read
) -> None:
    for _number in range(6):
        office.returned(office.sent(citizen, may(4)), may(5))
    in_may(12)
    operations.refresh_figures(at=may(12))

    page = read(None, "/transparency/")

    drawings = re.findall(r'<svg class="drawing" role="img" aria-labelledby="([\w-]+) ([\w-]+)"', page)
    assert len(drawings) == 3
    for title, about in drawings:
        assert f'<title id="{title}">' in page
        assert f'<desc id="{about}">' in page
    assert "chart.js" not in page
    assert page.count("as CSV") == 3


def test_the_page_asks_a_fixed_number_of_queries(
    office: Office, citizen: User, in_may: InMay, client: Client, django_assert_num_queries: Any
) -> None:
    in_may(12)
    for _number in range(2):
        issued(office, citizen)
        operations.refresh_figures(at=may(12))
        client.get("/transparency/")
        with django_assert_num_queries(6):
            client.get("/transparency/")
        with django_assert_num_queries(3):
            client.get("/transparency/register/")


def test_a_confidential_case_changes_no_public_number(
    office: Office, citizen: User, citizen2: User, in_may: InMay, read: Read
) -> None:
    for _number in range(6):
        office.sent(citizen, may(4))
    in_may(12)
    operations.refresh_figures(at=may(12))
    before = plain(read(None, "/transparency/"))
    hidden = office.returned(office.sent(citizen2, may(5)), may(6))
    Case.objects.filter(pk=hidden.pk).update(is_confidential=True)

    operations.refresh_figures(at=may(12))

    assert plain(read(None, "/transparency/")) == before


def test_the_register_of_papers_tells_no_person(
    office: Office, citizen: User, in_may: InMay, read: Read
) -> None:
    paper = issued(office, citizen)
    in_may(12)

    page = read(None, "/transparency/register/")

    assert paper.number in page
    assert "Test permit" in page
    assert "a person" in page
    assert citizen.person.name not in page
    assert "Budi" not in page


def test_a_business_is_named_where_the_standard_says_that_it_holds_the_paper(
    office: Office, citizen: User, in_may: InMay, read: Read
) -> None:
    version = catalogue.published_version(slug="izin-usaha", holder="business")
    own_name = issued(office, citizen, version=version)
    case = office.accepted(office.sent(citizen, may(4), version=version), may(6))
    papers.signed_certificate(reference=case.reference, holder_name="Warung Bu Sri", at=may(11))
    in_may(12)

    page = read(None, "/transparency/register/")

    assert "Warung Bu Sri" in page
    assert own_name.number in page
    assert citizen.person.name not in page


def test_the_register_of_papers_says_what_each_is_worth_today(
    office: Office, citizen: User, in_may: InMay, read: Read
) -> None:
    paper = issued(office, citizen)
    in_may(12)
    assert "Valid" in plain(read(None, "/transparency/register/")).rsplit(paper.number, 1)[1].split("Ask")[0]

    documents.revoke_certificate(paper, actor=SYSTEM, reason="Dipasang di tempat lain.", at=clock.now())

    said = plain(read(None, "/transparency/register/")).rsplit(paper.number, 1)[1]
    assert "Revoked" in said
    assert "Dipasang" not in said


def test_the_register_of_papers_is_narrowed_and_goes_on_page_by_page(
    office: Office, citizen: User, in_may: InMay, read: Read, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("oversight.views.public.PAGE_SIZE", 1)
    both = [issued(office, citizen), issued(office, citizen)]
    in_may(12)

    first = read(None, "/transparency/register/")
    following = first.split('rel="next"')[0].rsplit('href="', 1)[1].split('"')[0].replace("&amp;", "&")
    second = read(None, f"/transparency/register/{following}")

    assert [(paper.number in first) + (paper.number in second) for paper in both] == [1, 1]
    for asked in ("service=izin-uji", "service=nowhere&district=nowhere", "after=broken"):
        page = read(None, f"/transparency/register/?{asked}")
        assert any(paper.number in page for paper in both), asked


def test_a_paper_of_a_confidential_case_is_not_listed(
    office: Office, citizen: User, in_may: InMay, read: Read
) -> None:
    paper = issued(office, citizen)
    Case.objects.filter(reference=paper.reference).update(is_confidential=True)
    in_may(12)

    assert paper.number not in read(None, "/transparency/register/")


def test_how_many_were_asked_for_a_gift_stands_where_enough_have_answered(
    office: Office, citizen: User, in_may: InMay, client: Client
) -> None:
    client.cookies["django_language"] = "en"
    in_may(12)
    paper = issued(office, citizen)
    operations.refresh_figures(at=may(12))
    slug = Case.objects.get(reference=paper.reference).service_version.service.slug
    assert "Of no service have enough people answered yet." in client.get("/transparency/").content.decode()
    for number in range(20):
        integrity.answer_gift_question(
            reference=f"P-{number}",
            service=slug,
            agency="dpmptsp",
            answer="YES" if number < 3 else "NO",
            at=may(12),
        )
    page = client.get("/transparency/").content.decode()
    assert f'href="/services/{slug}/"' in page
    assert "15%" in page
