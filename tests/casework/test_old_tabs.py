"""Whoever acts on an old page is told what happened since, and loses nothing that was typed."""

import re
from collections.abc import Callable
from datetime import timedelta

import pytest
from django.test import Client

from permits import operations as permits
from services.accounts.models import User
from services.casework import operations as casework
from services.casework.models import Case
from services.foundation import clock
from tests.casework.desk import Desk, file
from tests.factories import casework as cases

ADVICE = {"recommend-recommendation": "GRANT", "recommend-reason": "Ukuran papan sesuai dengan gambar."}


@pytest.fixture
def reviewed(citizen: User, intake: User, reviewer: User) -> Case:
    """An accepted application on the desk of the reviewer."""
    accepted = cases.accepted_application(citizen, intake, at=clock.now() - timedelta(hours=3))
    return casework.take_case(accepted, actor=reviewer, at=clock.now())


def asked_and_answered(case: Case, *, reviewer: User, citizen: User) -> Case:
    """What another tab and the citizen do while the first tab stays open."""
    asked = permits.ask_applicant(case, actor=reviewer, things=cases.a_fact("Berapa?"), at=clock.now())
    return cases.answered(asked, citizen, "Tiga meter.", at=clock.now())


def test_the_refusal_names_what_happened_since_the_page_was_drawn(
    desk: Desk, reviewed: Case, reviewer: User, citizen: User
) -> None:
    asked_and_answered(reviewed, reviewer=reviewer, citizen=citizen)
    sent = {**ADVICE, "recommend-version": reviewed.row_version}
    page = desk.sit(reviewer).press(reviewed, "act/recommend/", **sent).content.decode()
    since = page[page.index("Since you opened this page:") :].partition("</")[0]
    assert "The office asked the applicant: An extra fact." in since
    assert "was answered: An extra fact. Its clock goes on." in since
    assert "The file was taken from the queue" not in since


def test_what_was_typed_stays_and_is_sent_after_reading_what_changed(
    desk: Desk, reviewed: Case, reviewer: User, citizen: User
) -> None:
    now = asked_and_answered(reviewed, reviewer=reviewer, citizen=citizen)
    sent = {**ADVICE, "recommend-version": reviewed.row_version}
    page = desk.sit(reviewer).press(reviewed, "act/recommend/", **sent).content.decode()
    assert ADVICE["recommend-reason"] in page
    versions = re.findall(r'name="recommend-version" value="(\d+)"', page)
    assert versions == [str(now.row_version)]
    desk.press(reviewed, "act/recommend/", **{**ADVICE, "recommend-version": versions[0]})
    assert Case.objects.get(pk=reviewed.pk).status == "READY_FOR_DECISION"


def test_an_action_that_is_gone_says_what_took_it_away(
    desk: Desk, reviewed: Case, reviewer: User, citizen: User
) -> None:
    permits.withdraw_application(reviewed, actor=citizen, at=clock.now())
    sent = {**ADVICE, "recommend-version": reviewed.row_version}
    page = desk.sit(reviewer).press(reviewed, "act/recommend/", **sent).content.decode()
    assert "This cannot be done with the case now." in page
    assert "The application was withdrawn." in page.partition("Since you opened this page:")[2][:300]
    assert ADVICE["recommend-reason"] in page.partition("What you typed was not sent.")[2][:400]


def test_a_message_that_can_no_longer_be_written_is_shown_with_the_refusal(
    desk: Desk, reviewed: Case, reviewer: User, citizen: User
) -> None:
    words = "Ketua RT ikut hadir."
    permits.withdraw_application(reviewed, actor=citizen, at=clock.now())
    answer = desk.sit(reviewer).press(reviewed, "recuse/", **{"recuse-reason": words})
    assert words in answer.content.decode().partition("What you typed was not sent.")[2][:400]


def test_whoever_is_asked_why_first_has_what_was_typed_at_once_and_reads_nothing_of_the_file(
    desk: Desk, reviewed: Case, reviewer: User, citizen: User
) -> None:
    permits.withdraw_application(reviewed, actor=citizen, at=clock.now())
    desk.sit(reviewer)
    for place, words in (("act/recommend/", ADVICE), ("recuse/", {"recuse-reason": "Ketua RT ikut hadir."})):
        answer = desk.client.post(file(reviewed, place), words)
        page = answer.content.decode()
        assert answer.status_code == 409
        assert list(words.values())[-1] in page
        assert "Why do you open this file?" in page
        assert "withdrawn" not in page


def test_what_happened_since_is_told_to_nobody_before_they_say_why(
    desk: Desk, reviewed: Case, reviewer: User, citizen: User
) -> None:
    permits.withdraw_application(reviewed, actor=citizen, at=clock.now())
    sent = {"accept-version": reviewed.row_version}
    answer = desk.sit(reviewer).client.post(file(reviewed, "act/accept/"), sent)
    assert answer["Location"] == file(reviewed, "opening/")
    assert "withdrawn" not in desk.client.get(answer["Location"]).content.decode()


def test_what_is_gone_and_had_no_words_leads_to_the_case(
    desk: Desk, reviewed: Case, reviewer: User, citizen: User
) -> None:
    permits.withdraw_application(reviewed, actor=citizen, at=clock.now())
    desk.sit(reviewer)
    answer = desk.press(reviewed, "act/accept/", **{"accept-version": reviewed.row_version})
    assert answer.status_code == 302
    assert "This cannot be done with the case now." in desk.open(reviewed)


def test_a_citizen_loses_no_words_where_the_page_is_not_open_any_more(
    page_of: Callable[..., str], client: Client, reviewed: Case, citizen: User
) -> None:
    page_of(citizen, f"/cases/{reviewed.reference}/withdraw/")
    permits.withdraw_application(reviewed, actor=citizen, at=clock.now())
    sent = {"reason": "Pindah toko.", "version": reviewed.row_version}
    answer = client.post(f"/cases/{reviewed.reference}/withdraw/", sent)
    assert answer.status_code == 409
    page = answer.content.decode()
    assert "Pindah toko." in page
    assert "Since you opened this page:" in page


def test_a_version_that_is_no_number_is_answered_in_words(
    desk: Desk, reviewed: Case, reviewer: User, citizen: User
) -> None:
    permits.withdraw_application(reviewed, actor=citizen, at=clock.now())
    desk.sit(reviewer).press(reviewed, "act/recommend/", **{"recommend-version": "x"})
    page = desk.open(reviewed)
    assert "This cannot be done with the case now." in page
    assert "Since you opened this page" not in page


def test_the_citizen_is_told_too_and_never_of_a_note_for_the_office(
    page_of: Callable[..., str], client: Client, reviewed: Case, reviewer: User, citizen: User
) -> None:
    asked = asked_and_answered(reviewed, reviewer=reviewer, citizen=citizen)
    again = permits.ask_applicant(asked, actor=reviewer, things=cases.a_fact("Di mana?"), at=clock.now())
    casework.add_office_note(again, actor=reviewer, words="Periksa denah.", at=clock.now())
    page_of(citizen, f"/cases/{reviewed.reference}/withdraw/")
    sent = {"reason": "Di depan toko.", "version": reviewed.row_version}
    page = client.post(f"/cases/{reviewed.reference}/withdraw/", sent).content.decode()
    assert "Since you opened this page:" in page
    assert "Di depan toko." in page
    assert "A note for the office" not in page
    assert "Periksa denah." not in page
