"""The reporter's own pages: the dialogue, solved or not, the link in the notice."""

import re
from datetime import timedelta
from typing import Any

import pytest
from django.core import mail
from django.test import Client

from complaints import links, queries
from complaints.models import Complaint
from services.accounts.models import User
from services.casework import operations as casework
from services.casework.models import Case, Message
from services.documents.models import Document
from services.foundation import clock
from tests.factories import complaints as reports
from tests.factories import documents as files


def body(answer: Any) -> str:
    return str(answer.content.decode())


def address(case: Case, page: str = "") -> str:
    return f"/complaints/{case.reference}/dialogue/{page}"


def opened(client: Client, case: Case, passphrase: str = reports.PASSPHRASE) -> Any:
    return client.post(address(case), {"passphrase": passphrase})


def test_the_passphrase_opens_the_dialogue_however_it_is_typed(client: Client) -> None:
    case = reports.received_report()
    assert 'name="passphrase"' in body(client.get(address(case)))

    assert opened(client, case, "  Gajah, MAKAN pisang-sore tadi ")["Location"] == address(case)

    shown = body(client.get(address(case)))
    assert reports.WORDS in shown
    assert "Jalan Mawar 12" in shown


def test_reference_and_passphrase_on_one_page(client: Client) -> None:
    case = reports.received_report()
    said = {"reference": case.reference.lower(), "passphrase": reports.PASSPHRASE}
    assert client.post("/complaints/open/", said)["Location"] == address(case)
    wrong = client.post("/complaints/open/", {"reference": "C-1", "passphrase": "x"})
    assert 'id="id_reference_error"' in body(wrong)


def test_another_browser_stays_outside_and_an_opened_report_closes(client: Client) -> None:
    case = reports.received_report()
    opened(client, case)
    assert reports.WORDS not in body(Client().get(address(case)))

    client.post("/complaints/close/")
    assert reports.WORDS not in body(client.get(address(case)))


def test_an_opened_report_closes_by_itself(client: Client) -> None:
    case = reports.received_report()
    opened(client, case)
    clock.move(timedelta(hours=3))
    assert reports.WORDS not in body(client.get(address(case)))


def test_a_wrong_passphrase_and_a_report_that_never_was_are_told_in_the_same_words(client: Client) -> None:
    case = reports.received_report()
    wrong = body(opened(client, case, "satu dua tiga empat lima"))
    nobody = client.post("/complaints/C-00000-00000/dialogue/", {"passphrase": "satu dua tiga empat lima"})

    told = "tidak membuka laporan ini"
    assert told in wrong
    assert told in body(nobody)
    assert nobody.status_code == 200


def test_a_passphrase_guessed_a_thousand_times_gets_a_clear_answer(client: Client) -> None:
    case = reports.received_report()
    answers = [opened(client, case, f"kata {number} salah lagi terus").status_code for number in range(40)]
    assert answers[:20] == [200] * 20
    assert set(answers[20:]) == {429}
    refused = opened(client, case)
    assert refused.status_code == 429
    assert "Tunggu satu jam" in body(refused)


def test_guesses_at_one_report_are_counted_from_wherever_they_come(client: Client) -> None:
    case, other = reports.received_report(), reports.received_report()
    for number in range(20):
        client.post(address(case), {"passphrase": "salah"}, REMOTE_ADDR=f"10.0.0.{number}")
    refused = client.post(address(case), {"passphrase": reports.PASSPHRASE}, REMOTE_ADDR="10.0.1.1")
    assert refused.status_code == 429
    fine = client.post(address(other), {"passphrase": reports.PASSPHRASE}, REMOTE_ADDR="10.0.1.1")
    assert fine.status_code == 302


def test_a_report_of_an_account_opens_for_its_account_and_by_no_passphrase(
    client: Client, citizen: User, stranger: User
) -> None:
    case = reports.received_report(citizen)
    assert "tidak membuka" in body(opened(client, case, "a b c d e"))
    client.force_login(stranger)
    assert reports.WORDS not in body(client.get(address(case)))
    client.force_login(citizen)
    assert reports.WORDS in body(client.get(address(case)))


def test_both_sides_write_with_photos(client: Client, intake: User, foreign_reviewer: User) -> None:
    case = reports.taken_report(intake, foreign_reviewer)
    casework.write_message(case, actor=foreign_reviewer, words="Kami datang besok.", at=clock.now())
    opened(client, case)
    sent = client.post(address(case, "message/"), {"words": "Baik, terima kasih.", "upload": files.upload()})
    assert sent["Location"] == address(case)

    shown = body(client.get(address(case)))
    assert "Kami datang besok." in shown
    assert "Baik, terima kasih." in shown
    [picture] = re.findall(r'src="(/complaints/[^"]+/dialogue/photos/[^"]+)"', shown)
    answer = client.get(picture)
    assert answer["Content-Type"] == "image/jpeg"
    assert answer.getvalue()
    assert Client().get(picture)["Content-Type"].startswith("text/html")


def test_what_was_asked_for_is_sent_and_the_report_goes_on(client: Client, intake: User) -> None:
    case = reports.asked_report(intake)
    opened(client, case)
    assert "Nomor tiang berapa?" in body(client.get(address(case)))
    client.post(address(case, "message/"), {"words": "Tiang 14"})
    case.refresh_from_db()
    assert case.status == "RECEIVED"


def test_a_message_with_a_photo_that_is_not_one_is_shown_again_whole(client: Client) -> None:
    case = reports.received_report()
    opened(client, case)
    bad = files.upload(b"nothing", name="foto.jpg")
    answer = client.post(address(case, "message/"), {"words": "Lihat ini", "upload": [files.upload(), bad]})
    assert answer.status_code == 200
    assert "Lihat ini" in body(answer)
    assert 'id="id_upload_error"' in body(answer)
    assert not Message.objects.exists()
    assert not Document.objects.exists()


@pytest.mark.parametrize("words", ["", "   ", "x" * 2001])
def test_an_empty_or_endless_message_is_told(client: Client, words: str) -> None:
    case = reports.received_report()
    opened(client, case)
    answer = client.post(address(case, "message/"), {"words": words})
    assert 'id="id_words_error"' in body(answer)
    assert not Message.objects.exists()


def test_solved_and_not_solved_from_the_dialogue(
    client: Client, intake: User, foreign_reviewer: User
) -> None:
    first = reports.answered_report(intake, foreign_reviewer)
    opened(client, first)
    refused = client.post(address(first, "not-solved/"), {"not_solved-words": ""})
    assert 'id="id_not_solved-words_error"' in body(refused)
    client.post(address(first, "not-solved/"), {"not_solved-words": "Masih mati"})
    first.refresh_from_db()
    assert first.status == "REOPENED"

    second = reports.answered_report(intake, foreign_reviewer)
    opened(client, second)
    client.post(address(second, "solved/"), {"solved-words": ""})
    second.refresh_from_db()
    assert second.status == "SOLVED"
    again = client.post(address(second, "not-solved/"), {"not_solved-words": "Lagi"})
    assert again.status_code == 200
    second.refresh_from_db()
    assert second.status == "SOLVED"


def test_a_second_dissatisfaction_is_said_to_be_with_the_head(
    client: Client, intake: User, foreign_reviewer: User
) -> None:
    case = reports.escalated_report(intake, foreign_reviewer)
    opened(client, case)
    shown = body(client.get(address(case)))
    assert "Kepala dinas memeriksanya" in shown
    assert "not-solved/" not in shown
    assert "solved/" in shown


def link_of(case: Case) -> str:
    answer = queries.last_answer(case)
    assert answer is not None
    return links.path_to_say(case, answer)


def test_the_link_in_the_mail_says_solved_without_a_sign_in(
    client: Client, intake: User, foreign_reviewer: User, deliver_outbox: Any
) -> None:
    case = reports.answered_report(
        intake, foreign_reviewer, contact_channel="EMAIL", contact_address="warga@example.com"
    )
    deliver_outbox()
    [sent] = [message for message in mail.outbox if "dijawab" in message.subject]
    assert sent.to == ["warga@example.com"]
    [path] = set(re.findall(r"(/complaints/[^/]+/a/[^/]+/)", str(sent.body)))
    assert path == link_of(case)

    assert "Sudah diganti." in body(client.get(path))
    done = client.post(path, {"say": "solved", "solved-words": "Sip"}, follow=True)
    assert "Kabar Anda sudah disampaikan" in body(done)
    case.refresh_from_db()
    assert case.status == "SOLVED"
    assert case.messages.get().words == "Sip"
    assert client.post(path, {"say": "solved", "solved-words": ""}).status_code == 200


def test_the_link_says_not_solved_with_words(client: Client, intake: User, foreign_reviewer: User) -> None:
    case = reports.answered_report(intake, foreign_reviewer)
    path = link_of(case)
    assert client.post(path, {"say": "not_solved", "not_solved-words": ""}).status_code == 200
    client.post(path, {"say": "not_solved", "not_solved-words": "Masih mati"})
    case.refresh_from_db()
    assert case.status == "REOPENED"


def test_a_link_of_another_answer_a_forged_and_an_old_one_are_worthless(
    client: Client, intake: User, foreign_reviewer: User
) -> None:
    case = reports.answered_report(intake, foreign_reviewer)
    other = reports.answered_report(intake, foreign_reviewer)
    path = link_of(case)
    token = path.rstrip("/").rsplit("/", 1)[-1]
    forged = path.replace(token, "A" * 12)
    borrowed = link_of(other).replace(other.reference, case.reference)
    assert {client.get(wrong).status_code for wrong in (forged, borrowed)} == {404}
    clock.move(timedelta(days=61))
    assert client.get(path).status_code == 404
    assert "tidak berlaku lagi" in body(client.get(path))


def test_a_confidential_report_has_no_link(client: Client, intake: User, foreign_reviewer: User) -> None:
    case = reports.answered_report(intake, foreign_reviewer, visibility="CONFIDENTIAL")
    assert client.get(link_of(case)).status_code == 404


def test_a_report_is_followed_on_the_case_page_of_the_account(
    client: Client, citizen: User, intake: User, foreign_reviewer: User
) -> None:
    case = reports.answered_report(intake, foreign_reviewer, citizen, photos=1)
    client.force_login(citizen)
    shown = body(client.get(f"/cases/{case.reference}/"))
    assert "Lampu jalan" in shown
    assert "Sudah diganti." in shown
    assert address(case) in shown


def test_scripts_in_words_are_words_everywhere(client: Client, intake: User, foreign_reviewer: User) -> None:
    script = "<script>alert(1)</script>"
    case = reports.taken_report(intake, foreign_reviewer, words=script, place=script)
    casework.write_message(case, actor=foreign_reviewer, words=script, at=clock.now())
    opened(client, case)
    pages = (address(case), f"/complaints/{case.reference}/", "/complaints/")
    assert Complaint.objects.get(case=case).words == script
    assert all(script not in body(client.get(page)) for page in pages)
