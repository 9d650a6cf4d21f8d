"""The register as one sheet that streams; and the helpers, by number of cases and share granted."""

from collections.abc import Callable, Iterator

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from oversight.queries import register
from services.accounts.models import User
from tests.factories import accounts
from tests.oversight.test_dashboard import plain
from tests.oversight.test_register import REGISTER, helped, rows_of
from tests.oversight.world import Office, may

Read = Callable[..., str]
InMay = Callable[[int], None]


def test_the_sheet_is_written_while_it_is_sent(
    office: Office,
    citizen: User,
    commissioner: User,
    in_may: InMay,
    client: Client,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """A portion at a time: what comes later is not even asked for while the first lines are on their way."""
    monkeypatch.setattr(register.every_entry, "__kwdefaults__", {"portion": 2})
    cases = [office.sent(citizen, may(day)) for day in (4, 5, 6, 7, 8)]
    in_may(12)
    client.force_login(commissioner)
    answer = client.get(f"{REGISTER}cases.csv")
    assert answer.streaming
    lines: Iterator[bytes] = iter(answer)

    with CaptureQueriesContext(connection) as first:
        head, one, two = next(lines), next(lines), next(lines)
    rest = list(lines)

    assert head.startswith(b"\xef\xbb\xbfreference,")
    assert [cases[0].reference.encode() in one, cases[1].reference.encode() in two] == [True, True]
    assert sum("audit_event" in query["sql"] for query in first) == 1
    assert len(rest) == 3


def test_no_cell_of_the_sheet_is_a_formula(
    office: Office, commissioner: User, in_may: InMay, read: Read
) -> None:
    sly = accounts.signed_up("=HYPERLINK(0)")
    case = office.sent(sly, may(4))
    in_may(12)

    (row,) = rows_of(read(commissioner, f"{REGISTER}cases.csv"))

    assert row["reference"] == case.reference
    assert row["applicant"] == "'=HYPERLINK(0)"


def test_helpers_by_number_of_cases_and_share_granted(
    office: Office,
    citizen: User,
    citizen2: User,
    stranger: User,
    commissioner: User,
    in_may: InMay,
    read: Read,
) -> None:
    for number, day in enumerate((4, 5, 6)):
        case = office.accepted(helped(stranger, citizen, day=day), may(day))
        case = office.recommended(case, may(day))
        if number:
            office.granted(case, may(7))
        else:
            office.refused(case, may(7))
    helped(citizen2, citizen, day=8)
    office.decided(citizen2, days=(4, 5, 6, 7))
    in_may(12)

    page = read(commissioner, f"{REGISTER}helpers/")
    rows = rows_of(read(commissioner, f"{REGISTER}helpers.csv"))

    assert "Joko Susilo 3 3 2 67%" in plain(page)
    assert "Of all decided cases, with or without a helper, 75% were granted." in plain(page)
    assert [
        (row["helper"], row["cases"], row["decided"], row["granted"], row["share_granted"]) for row in rows
    ] == [
        ("Joko Susilo", "3", "3", "2", "0.6667"),
        ("Ratna Dewi", "1", "0", "0", ""),
    ]
    assert f"helper={stranger.pseudonym}" in page


def test_nobody_filing_for_others_is_said(commissioner: User, in_may: InMay, read: Read) -> None:
    in_may(12)

    assert "Nobody filed for somebody else" in read(commissioner, f"{REGISTER}helpers/")
