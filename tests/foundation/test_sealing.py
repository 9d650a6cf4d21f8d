"""Sealed values and blind indexes."""

import pytest
from hypothesis import given
from hypothesis import strategies as st
from pytest_django import Settings

from services.foundation import sealing

PLACE = "person:1:nik"


@given(st.text())
def test_a_sealed_text_opens_in_its_place(text: str) -> None:
    assert sealing.unseal(sealing.seal(text, bound_to=PLACE), bound_to=PLACE) == text


def test_the_text_does_not_stand_in_the_sealed_value() -> None:
    assert b"3578015502900000" not in sealing.seal("3578015502900000", bound_to=PLACE)


def test_the_same_text_is_sealed_differently_each_time() -> None:
    assert sealing.seal("a", bound_to=PLACE) != sealing.seal("a", bound_to=PLACE)


def test_a_value_moved_to_another_row_does_not_open() -> None:
    token = sealing.seal("3578015502900000", bound_to=PLACE)
    with pytest.raises(sealing.CannotUnseal):
        sealing.unseal(token, bound_to="person:2:nik")


@pytest.mark.parametrize("place", [0, 1, 2, 10, -1])
def test_a_changed_value_does_not_open(place: int) -> None:
    token = bytearray(sealing.seal("3578015502900000", bound_to=PLACE))
    token[place] ^= 1
    with pytest.raises(sealing.CannotUnseal):
        sealing.unseal(bytes(token), bound_to=PLACE)


@pytest.mark.parametrize("token", [b"", b"\x01", b"not sealed at all", bytes(range(64))])
def test_what_was_never_sealed_does_not_open(token: bytes) -> None:
    with pytest.raises(sealing.CannotUnseal):
        sealing.unseal(token, bound_to=PLACE)


def test_after_a_change_of_keys_old_values_open_until_their_key_is_gone(settings: Settings) -> None:
    old = sealing.seal("a", bound_to=PLACE)
    settings.SEALING_KEYS = settings.SEALING_KEYS | {"new": b"n" * 32}
    settings.SEALING_KEY_ID = "new"
    assert sealing.unseal(old, bound_to=PLACE) == "a"
    assert sealing.unseal(sealing.seal("b", bound_to=PLACE), bound_to=PLACE) == "b"
    settings.SEALING_KEYS = {"new": b"n" * 32}
    with pytest.raises(sealing.CannotUnseal, match="key"):
        sealing.unseal(old, bound_to=PLACE)


def test_equal_values_have_equal_blind_indexes_for_one_purpose_only(settings: Settings) -> None:
    index = sealing.blind_index("3578015502900000", purpose="nik")
    assert len(index) == 32
    assert index == sealing.blind_index("3578015502900000", purpose="nik")
    assert index != sealing.blind_index("3578015502900000", purpose="family_card")
    settings.BLIND_INDEX_KEY = b"x" * 32
    assert index != sealing.blind_index("3578015502900000", purpose="nik")
