"""Views of the queue that an officer keeps: filters under a name, never words, never somebody else's."""

from services.accounts import operations as accounts
from services.accounts import queries
from services.accounts.models import User
from services.foundation import clock
from tests.casework.desk import QUEUE, Desk

SAVE, FORGET = f"{QUEUE}views/", f"{QUEUE}views/forget/"
CHOSEN = {"show": "open", "due": "late", "step": "SUBMITTED"}


def test_a_view_is_kept_and_opens_the_same_choice(desk: Desk, intake: User) -> None:
    answer = desk.sit(intake).client.post(SAVE, {**CHOSEN, "name": " Terlambat  sekali "})
    assert answer["Location"] == f"{QUEUE}?show=open&due=late&step=SUBMITTED"
    (view,) = queries.views_of(intake)
    assert (view.name, view.filters) == ("Terlambat sekali", CHOSEN)
    page = desk.read(QUEUE)
    assert 'href="?show=open&amp;due=late&amp;step=SUBMITTED"' in page
    assert "Terlambat sekali" in page


def test_the_same_name_means_the_new_choice_and_a_view_can_be_forgotten(desk: Desk, intake: User) -> None:
    desk.sit(intake).client.post(SAVE, {**CHOSEN, "name": "Pagi"})
    desk.client.post(SAVE, {"show": "mine", "name": "Pagi"})
    (view,) = queries.views_of(intake)
    assert view.filters == {"show": "mine"}
    desk.client.post(FORGET, {"name": "Pagi"})
    assert not queries.views_of(intake)
    assert desk.client.post(FORGET, {"name": "Pagi"})["Location"] == QUEUE


def test_neither_words_nor_nonsense_are_kept(desk: Desk, intake: User) -> None:
    desk.sit(intake).client.post(SAVE, {"q": "budi", "due": "never", "find": "00", "name": "Kata"})
    (view,) = queries.views_of(intake)
    assert view.filters == {"show": "queue"}


def test_a_view_without_a_name_or_one_too_many_is_refused_in_words(desk: Desk, intake: User) -> None:
    desk.sit(intake)
    for name in ("", "x" * 41):
        answer = desk.client.post(SAVE, {**CHOSEN, "name": name}, follow=True)
        assert "Give the view a name of 40 letters at most." in answer.content.decode()
    for number in range(12):
        accounts.save_view(intake, name=str(number), filters=CHOSEN, at=clock.now())
    answer = desk.client.post(SAVE, {**CHOSEN, "name": "thirteenth"}, follow=True)
    assert "You keep 12 views already." in answer.content.decode()
    assert queries.views_of(intake).count() == 12


def test_views_are_a_persons_own(desk: Desk, intake: User, reviewer: User) -> None:
    accounts.save_view(intake, name="Punya saya", filters=CHOSEN, at=clock.now())
    assert "Punya saya" not in desk.sit(reviewer).read(QUEUE)
    desk.client.post(FORGET, {"name": "Punya saya"})
    assert queries.views_of(intake).count() == 1
