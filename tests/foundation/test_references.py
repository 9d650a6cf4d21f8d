"""References."""

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from services.foundation import references
from services.foundation.crockford import ALPHABET

CANONICAL = references._written("P", "7K3F9QXM2E")


def a_reference() -> str:
    return references.new("P")


def test_a_new_reference_has_its_shape_and_reads_back() -> None:
    for letter in "PLC":
        reference = references.new(letter)
        assert re.fullmatch(references.PATTERN, reference)
        assert reference.startswith(letter)
        assert references.parse(reference) == reference


def test_new_references_are_not_sequential() -> None:
    assert len({a_reference() for _ in range(200)}) == 200


def test_no_kind_has_an_unknown_letter() -> None:
    with pytest.raises(ValueError, match="'X'"):
        references.new("X")


@pytest.mark.parametrize(
    "write",
    [
        str.lower,
        lambda text: text.replace("-", ""),
        lambda text: text.replace("-", " "),
        lambda text: f"  {text}\n",
        lambda text: text.replace("-", "\u2013"),
        lambda text: text.replace("0", "O").replace("1", "l"),
        lambda text: text.replace("0", "o").replace("1", "I"),
    ],
)
def test_a_reference_is_read_as_people_write_it(write: object) -> None:
    for _ in range(50):
        reference = a_reference()
        assert references.parse(write(reference)) == reference  # type: ignore[operator]


@given(st.integers(0, 9), st.integers(1, 31))
def test_one_wrong_character_is_noticed(place: int, shift: int) -> None:
    reference = a_reference()
    body = list(reference[2:].replace("-", ""))
    index = ALPHABET.index(body[place])
    body[place] = ALPHABET[(index + shift) % 32]
    with pytest.raises(references.MangledReference):
        references.parse("P" + "".join(body))


@pytest.mark.parametrize(
    "text", ["", "P", "P-7K3F9", "P-7K3F9-QXM2EE", "X-7K3F9-QXM2E", "P-UUUUU-UUUUU", "🙂", "P" * 500]
)
def test_what_is_no_reference_is_refused_in_plain_words(text: str) -> None:
    with pytest.raises(references.MangledReference) as refusal:
        references.parse(text)
    assert "P-7K3F9-QXM2E" in str(refusal.value)
    assert refusal.value.field == "reference"


def test_a_reference_is_looked_up_as_it_is_written() -> None:
    reference = a_reference()
    assert references.look_up(reference.lower(), lambda known: known) == reference


def test_a_mangled_reference_finds_nothing_and_asks_nobody() -> None:
    asked: list[str] = []
    assert references.look_up("P-UUUUU-UUUUU", asked.append) is None
    assert asked == []
