"""The register: who got what, who was refused and why, who helped, whose hands it went through; each look on record."""

import csv
import io
import json
import re
from collections.abc import Callable
from datetime import timedelta
from operator import itemgetter
from uuid import uuid4

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from oversight import entries
from oversight.queries import register, report
from oversight.queries.register import Filters
from permits import operations as permits
from services.accounts.models import User
from services.audit.models import Event
from services.casework import operations as casework
from services.casework.models import Case
from services.casework.openings import Why
from tests.factories import casework as made
from tests.factories import catalogue
from tests.oversight.test_dashboard import plain
from tests.oversight.world import Office, may, officer

Read = Callable[..., str]
InMay = Callable[[int], None]
REGISTER = "/oversight/register/"


def helped(helper: User, applicant: User, *, day: int) -> Case:
    """A case that somebody filed for somebody else."""
    case = permits.start_application(
        version=catalogue.published_version(),
        actor=helper,
        applicant=applicant.person,
        helper_relation="PROXY",
        at=may(day),
    )
    case = casework.remember_answers(case, actor=helper, answers=made.ANSWERS, at=may(day))
    for slot in ("ktp", "drawing"):
        casework.attach_document(
            case, actor=helper, slot=slot, document=made.document_of(helper), at=may(day)
        )
    case = casework.confirm_applicant(case, actor=helper, kind="CODE", at=may(day))
    return permits.submit_application(case, actor=helper, submission_key=uuid4().hex, at=may(day))


def entry_of(page: str, case: Case) -> str:
    """The words of one entry."""
    entries = re.findall(r'<li class="entry">.*?</dl></li>', page, flags=re.DOTALL)
    (found,) = [entry for entry in entries if case.reference in entry]
    return plain(f"<main{found}")


def rows_of(sheet: str) -> list[dict[str, str]]:
    return list(csv.DictReader(io.StringIO(sheet.removeprefix("\ufeff"))))


def test_who_got_what(office: Office, citizen: User, commissioner: User, in_may: InMay, read: Read) -> None:
    case = office.decided(citizen, days=(4, 6, 8, 11))
    in_may(12)

    said = entry_of(read(commissioner, REGISTER), case)

    for words in (
        "Test permit",
        "Granted",
        "Applicant Budi Santoso",
        "Came in 4 May 2026",
        "Decided 11 May 2026",
        "Helper none",
        "Intake officer, dpmptsp: Wulan Intake; Reviewer, dpmptsp: Agus Penelaah; Approver, dpmptsp: Sri Pejabat",
    ):
        assert words in said, (words, said)


def test_who_was_refused_and_why(
    office: Office, citizen: User, commissioner: User, in_may: InMay, read: Read
) -> None:
    case = office.decided(citizen, days=(4, 6, 8, 11), refused=True)
    in_may(12)

    said = entry_of(read(commissioner, REGISTER), case)

    assert "Why it was refused The place is forbidden. (Pasal 9) “Dekat sekolah.”" in said


def test_returns_with_their_reasons_and_what_went_beside_the_usual_road(
    office: Office, citizen: User, citizen2: User, commissioner: User, in_may: InMay, read: Read
) -> None:
    office.sent(citizen2, may(4))
    supervisor = officer("Hendra Atasan", "SUPERVISOR")
    case = office.returned(office.sent(citizen, may(5)), may(6))
    case = office.mended(case, citizen, may(7))
    casework.allow_late_defects(case, actor=supervisor, reason="Baru terlihat di lapangan.", at=may(8))
    in_may(12)

    said = entry_of(read(commissioner, REGISTER), case)
    (row,) = [
        row
        for row in rows_of(read(commissioner, f"{REGISTER}cases.csv"))
        if row["reference"] == case.reference
    ]

    assert "Returned 6 May 2026: Unreadable" in said
    assert "1 case was overtaken in the queue" in said
    assert (
        "6 May 2026, Taken before others (The applicant is at the counter): Wulan Intake, Intake officer"
        in said
    )
    assert "8 May 2026, Late return allowed (Baru terlihat di lapangan.): Hendra Atasan, Supervisor" in said
    assert (row["returns"], row["return_codes"], row["overtaken"]) == ("1", "UNREADABLE", "1")
    assert "casework.late_defects.allowed Baru terlihat di lapangan." in row["overrides"]
    assert "casework.case.taken COUNTER" in row["overrides"]
    assert row["hands"] == "INTAKE dpmptsp Wulan Intake; SUPERVISOR dpmptsp Hendra Atasan"


def test_who_helped(citizen: User, stranger: User, commissioner: User, in_may: InMay, read: Read) -> None:
    case = helped(stranger, citizen, day=4)
    in_may(12)

    said = entry_of(read(commissioner, REGISTER), case)

    assert "Helper Joko Susilo (Proxy or agent)" in said


def test_looking_alone_leaves_no_hand(
    office: Office, citizen: User, commissioner: User, in_may: InMay, read: Read
) -> None:
    case = office.sent(citizen, may(4))
    why = Why(code="SAMPLE")
    casework.record_opening(case, viewer=office.reviewer, hat="REVIEWER", at=may(5), why=why)
    in_may(12)

    assert "Hands" not in entry_of(read(commissioner, REGISTER), case)


def test_filters(
    office: Office,
    citizen: User,
    citizen2: User,
    stranger: User,
    commissioner: User,
    in_may: InMay,
    read: Read,
) -> None:
    granted = office.decided(citizen, days=(4, 6, 8, 11))
    refused = office.decided(citizen2, days=(5, 7, 12, 18), refused=True)
    opened = helped(stranger, citizen, day=19)
    everything = {granted, refused, opened}
    in_may(21)
    asked = {
        "": everything,
        "outcome=GRANTED": {granted},
        "outcome=REFUSED": {refused},
        "outcome=OPEN": {opened},
        "helper=with": {opened},
        "helper=without": {granted, refused},
        f"helper={stranger.pseudonym}": {opened},
        f"helper={citizen.pseudonym}": set(),
        "service=izin-uji": everything,
        "agency=dpmptsp": everything,
        "agency=kpk": set(),
        "since=2026-05-05": {refused, opened},
        "until=2026-05-05": {granted, refused},
        "since=2026-05-05&until=2026-05-05&outcome=REFUSED": {refused},
    }
    for query, cases in asked.items():
        page = read(commissioner, f"{REGISTER}?{query}")
        sheet = read(commissioner, f"{REGISTER}cases.csv?{query}")
        assert {case for case in everything if case.reference in page} == cases, query
        assert {row["reference"] for row in rows_of(sheet)} == {case.reference for case in cases}, query


def test_a_filter_that_cannot_be_read_says_what_to_do(commissioner: User, in_may: InMay, read: Read) -> None:
    in_may(21)
    for query, words in {
        "since=soon": "Give a day such as 2026-03-30.",
        "since=2020-01-01": "The register looks back three years: to 2023-05-21.",
        "since=2026-05-05&until=2026-05-01": "The last day lies before the first one.",
        "helper=nobody": "Select a valid choice",
    }.items():
        assert words in read(commissioner, f"{REGISTER}?{query}"), query


def test_three_years_back_and_no_further(
    citizen: User, office: Office, commissioner: User, in_may: InMay, read: Read
) -> None:
    in_may(21)
    young = office.sent(citizen, may(21) - timedelta(days=3 * 365))
    old = office.sent(citizen, may(20) - timedelta(days=3 * 365 + 2))

    page = read(commissioner, REGISTER)

    assert young.reference in page
    assert old.reference not in page


def test_the_list_goes_on_page_by_page(
    office: Office,
    citizen: User,
    commissioner: User,
    in_may: InMay,
    read: Read,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr("oversight.views.register.PAGE_SIZE", 2)
    cases = [office.sent(citizen, may(day)) for day in (4, 5, 6)]
    in_may(12)

    first = read(commissioner, f"{REGISTER}?outcome=OPEN")
    following = first.split('rel="next"')[0].rsplit('href="', 1)[1].split('"')[0].replace("&amp;", "&")

    assert "outcome=OPEN" in following
    assert cases[0].reference in read(commissioner, f"{REGISTER}{following}")


def test_every_look_is_on_record_with_its_filters(
    office: Office, citizen: User, commissioner: User, in_may: InMay, read: Read
) -> None:
    office.sent(citizen, may(4))
    in_may(12)
    for address in (
        f"{REGISTER}?outcome=OPEN",
        f"{REGISTER}cases.csv?helper=with",
        f"{REGISTER}helpers/",
        f"{REGISTER}helpers.csv?service=izin-uji",
    ):
        read(commissioner, address)

    looks = Event.objects.filter(action__startswith="oversight.").select_related("payload")

    period = {"since": "2023-05-12", "until": "2026-05-12"}
    said = [
        (look.action, look.subject_key, json.loads(look.payload.payload)["details"]["filters"])
        for look in looks
    ]
    # All in one transaction here, so the record tells no order among them.
    assert sorted(said, key=itemgetter(0, 1)) == [
        ("oversight.register.exported", "cases", period | {"helper": "with"}),
        ("oversight.register.exported", "helpers", period | {"service": "izin-uji"}),
        ("oversight.register.opened", "cases", period | {"outcome": "OPEN"}),
        ("oversight.register.opened", "helpers", period),
    ]
    assert {(look.actor, look.hat, look.agency) for look in looks} == {
        (commissioner.pseudonym, "AUDITOR", "kpk")
    }


def test_the_page_asks_a_fixed_number_of_queries(
    office: Office, citizen: User, citizen2: User, commissioner: User, in_may: InMay, client: Client
) -> None:
    def queries() -> int:
        client.get(REGISTER)
        with CaptureQueriesContext(connection) as asked:
            client.get(REGISTER)
        return len(asked)

    client.force_login(commissioner)
    in_may(21)
    office.sent(citizen2, may(4))
    office.returned(office.sent(citizen, may(5)), may(6))
    few = queries()
    for day in (6, 7, 8):
        office.returned(office.sent(citizen, may(day)), may(day))
    office.decided(citizen2, days=(5, 7, 12, 18))

    assert queries() == few == 14


def test_a_confidential_case_is_in_no_register(
    office: Office, citizen: User, stranger: User, commissioner: User, in_may: InMay, read: Read
) -> None:
    hidden = helped(stranger, citizen, day=4)
    Case.objects.filter(pk=hidden.pk).update(is_confidential=True)
    in_may(12)

    for address in (REGISTER, f"{REGISTER}cases.csv", f"{REGISTER}helpers/", f"{REGISTER}helpers.csv"):
        page = read(commissioner, address)
        assert hidden.reference not in page
        assert "Joko Susilo" not in page


def test_whoever_complains_is_not_named(office: Office, citizen: User, stranger: User) -> None:
    case = office.accepted(helped(stranger, citizen, day=4), may(5))
    office.granted(office.recommended(case, may(6)), may(7))
    (entry,) = register.entries(list(register.matching(Filters(since=may(1).date(), until=may(20).date()))))
    entry.case.kind = "COMPLAINT"

    shown = entries.shown(entry, report.names())
    cells = dict(zip(entries.HEAD, entries.cells(entry, report.names()), strict=True))

    assert (shown["applicant"], shown["helper"], shown["relation"]) == ("", "", "")
    assert (cells["applicant"], cells["helper"], cells["reason"]) == ("", "", "")
