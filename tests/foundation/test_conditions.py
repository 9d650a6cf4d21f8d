"""Conditions that an index serves: taken apart, and asked as one."""

from django.db.models import Q

from services.accounts.models import Person, User
from services.foundation import conditions
from services.foundation.once import asked_once, once


def test_a_condition_is_taken_apart_into_what_is_enough_for_it() -> None:
    whole = Q(name="a") & (Q(phone="1") | (Q(phone="2") & (Q(is_own=True) | ~Q(name="b", phone="3"))))
    assert conditions.alternatives(whole) == [
        Q(name="a") & Q(phone="1"),
        Q(name="a") & Q(phone="2") & Q(is_own=True),
        Q(name="a") & Q(phone="2") & ~Q(name="b", phone="3"),
    ]


def test_as_one_and_unless_part_the_rows_and_lose_none(citizen: User, citizen2: User) -> None:
    condition = Q(user=citizen) | Q(user__phone="+62000000")
    people = Person.objects.all()
    assert [person.user for person in people.filter(conditions.as_one(condition))] == [citizen]
    assert [person.user for person in people.filter(conditions.unless(condition))] == [citizen2]


def test_what_is_asked_once_is_asked_again_after_the_block() -> None:
    answers = iter(range(9))

    def ask() -> int:
        return once("how many", lambda: next(answers))

    assert (ask(), ask()) == (0, 1)
    with asked_once():
        assert (ask(), ask()) == (2, 2)
    assert ask() == 3
