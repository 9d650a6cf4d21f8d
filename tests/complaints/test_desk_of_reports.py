"""Reports at the desk: the queue, the file with its own part, and every form of it."""

from datetime import timedelta
from typing import Any

import pytest
from django.test import Client

from complaints.models import Complaint
from services.accounts.models import User
from services.casework import operations as casework
from services.casework.models import Case
from services.foundation import clock
from services.government.models import Government
from tests.casework.desk import explain
from tests.complaints.test_report_pages import SURABAYA
from tests.factories import complaints as reports
from tests.factories import documents as files


def body(answer: Any) -> str:
    return str(answer.content.decode())


def act(client: Client, case: Case, name: str, **said: Any) -> Any:
    fields = {f"{name}-{key}": value for key, value in said.items()}
    return client.post(f"/admin/casework/case/{case.reference}/act/{name}/", fields)


def page(client: Client, case: Case) -> str:
    return body(client.get(f"/admin/casework/case/{case.reference}/"))


def taken(client: Client, officer: User, case: Case) -> Case:
    client.force_login(officer)
    return casework.take_case(case, actor=officer, reason_code="COUNTER", at=clock.now())


def fresh(case: Case) -> Case:
    return Case.objects.select_related("agency").get(pk=case.pk)


def test_the_queue_shows_the_subject_and_no_person(client: Client, intake: User) -> None:
    case = reports.received_report()
    client.force_login(intake)
    listed = body(client.get("/admin/casework/case/"))
    assert case.reference in listed
    assert "Lampu jalan" in listed


def test_the_file_shows_what_was_reported_and_where(client: Client, intake: User) -> None:
    name = {"id": "Kota Uji", "en": "Test City"}
    Government.objects.create(code="kota-uji", name=name, short_name=name, map=SURABAYA)
    case = reports.received_report(latitude=-7.26, longitude=112.74, is_outside=True, photos=1)
    shown = page_of(client, intake, case)
    assert reports.WORDS in shown
    assert "Jalan Mawar 12, Gubeng" in shown
    assert 'class="file-place"' in shown
    assert "di luar wilayah kami" in shown
    assert "Pelapor tidak diketahui" in shown
    assert "Foto 1" in shown
    assert "Diperiksa mesin" not in shown


def page_of(client: Client, officer: User, case: Case) -> str:
    client.force_login(officer)
    explain(client, case)
    return page(client, case)


def test_intake_verifies_and_the_report_goes_where_subject_and_district_say(
    client: Client, intake: User
) -> None:
    case = taken(client, intake, reports.received_report())
    assert act(client, case, "verify", category="street-lights", agency="").status_code == 302
    assert (fresh(case).status, fresh(case).agency.code) == ("ASSIGNED", "dishub")


def test_intake_may_correct_the_subject_and_choose_the_office(client: Client, intake: User) -> None:
    case = taken(client, intake, reports.received_report())
    act(client, case, "verify", category="waste", agency="dishub")
    assert fresh(case).agency.code == "dishub"
    assert Complaint.objects.get(case=case).category.code == "waste"


@pytest.mark.parametrize(
    ("name", "said", "status"),
    [
        ("ask_data", {"words": "Nomor tiang?"}, "NEEDS_DATA"),
        ("archive", {"reason_code": "SPAM", "reason": ""}, "ARCHIVED"),
        ("not_ours", {"words": "PLN 123"}, "NOT_OURS"),
    ],
)
def test_intake_asks_archives_and_hands_over(
    client: Client, intake: User, name: str, said: dict[str, str], status: str
) -> None:
    case = taken(client, intake, reports.received_report())
    empty = act(client, case, name, **dict.fromkeys(said, ""))
    assert empty.status_code == 200
    assert fresh(case).status == "RECEIVED"
    assert act(client, case, name, **said).status_code == 302
    assert fresh(case).status == status


def test_intake_says_that_it_was_reported_before(client: Client, intake: User) -> None:
    earlier = reports.assigned_report(intake)
    case = taken(client, intake, reports.received_report())
    assert "Tidak ada laporan publik lain" in body(act(client, case, "duplicate", reference=case.reference))
    act(client, case, "duplicate", reference=earlier.reference)
    assert fresh(case).status == "DUPLICATE"


@pytest.mark.parametrize(
    ("name", "said", "status"),
    [
        ("respond", {"words": "Sudah diganti."}, "ANSWERED"),
        ("not_possible", {"words": "Lahan pribadi."}, "NOT_POSSIBLE"),
        ("hand_back", {"words": "Milik DLH."}, "VERIFIED"),
    ],
)
def test_the_office_answers_refuses_and_hands_back(
    client: Client, intake: User, foreign_reviewer: User, name: str, said: dict[str, str], status: str
) -> None:
    case = taken(client, foreign_reviewer, reports.assigned_report(intake))
    assert act(client, case, name, words="").status_code == 200
    assert act(client, case, name, **said).status_code == 302
    assert fresh(case).status == status


def test_the_office_plans_for_a_day_that_is_not_over(
    client: Client, intake: User, foreign_reviewer: User
) -> None:
    case = taken(client, foreign_reviewer, reports.assigned_report(intake))
    today = clock.local_date(clock.now())
    yesterday, tomorrow = (today + timedelta(days=days) for days in (-1, 1))
    assert act(client, case, "plan", words="Ganti", planned_date="besok").status_code == 200
    refused = act(client, case, "plan", words="Ganti", planned_date=yesterday.isoformat())
    assert "belum lewat" in body(refused)
    act(client, case, "plan", words="Ganti", planned_date=tomorrow.isoformat())
    assert fresh(case).status == "PLANNED"


def test_an_answer_carries_photos_and_a_file_that_is_none_is_told(
    client: Client, intake: User, foreign_reviewer: User
) -> None:
    case = taken(client, foreign_reviewer, reports.assigned_report(intake))
    assert 'enctype="multipart/form-data"' in page(client, case)
    bad = act(client, case, "respond", words="Sudah.", uploads=[files.upload(), files.upload(b"no")])
    assert bad.status_code == 200
    assert "Sudah." in body(bad)
    assert not case.documents.exists()
    act(client, case, "respond", words="Sudah.", uploads=[files.upload(), files.upload(name="b.jpg")])
    assert case.documents.count() == 2


def test_the_office_writes_to_the_reporter(client: Client, intake: User, foreign_reviewer: User) -> None:
    case = taken(client, foreign_reviewer, reports.assigned_report(intake))
    address = f"/admin/casework/case/{case.reference}/messages/"
    assert client.post(address, {"message-words": ""}).status_code == 200
    assert client.post(address, {"message-words": "Kami datang besok."}).status_code == 302
    assert case.messages.get().words == "Kami datang besok."
    assert "Kami datang besok." in page(client, case)


def test_nobody_writes_into_an_ended_report(client: Client, intake: User, foreign_reviewer: User) -> None:
    case = taken(client, foreign_reviewer, reports.assigned_report(intake))
    act(client, case, "not_possible", words="Tidak bisa.")
    assert "/messages/" not in page(client, case)


def test_only_an_escalated_report_is_taken_up_again(
    client: Client, intake: User, foreign_reviewer: User
) -> None:
    answered = reports.answered_report(intake, foreign_reviewer)
    client.force_login(foreign_reviewer)
    assert "act/take_up/" not in page(client, answered)
    escalated = reports.escalated_report(intake, foreign_reviewer)
    assert "act/take_up/" in page(client, escalated)
    assert "kedua kalinya" in page(client, escalated)
    act(client, escalated, "take_up", words="Kami cek lagi.")
    assert fresh(escalated).status == "REOPENED"


def test_a_file_waits_for_the_reporter_without_being_called_ended(
    client: Client, intake: User, foreign_reviewer: User
) -> None:
    case = reports.answered_report(intake, foreign_reviewer)
    assert "Waktu berhenti" in page_of(client, foreign_reviewer, case)


def test_the_history_says_what_happened(client: Client, intake: User, foreign_reviewer: User) -> None:
    case = reports.reopened_report(intake, foreign_reviewer)
    shown = page_of(client, foreign_reviewer, case)
    assert "Laporan diterima." in shown
    assert "Pelapor menyatakan belum selesai." in shown
    assert "Berkas dikerjakan." not in shown
