"""Verification codes: random, told from their slips, forgiving when typed."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from services.documents import codes
from services.foundation.crockford import ALPHABET


def test_a_new_code_reads_back_and_is_never_the_same() -> None:
    made = {codes.new() for _ in range(200)}
    assert len(made) == 200
    assert all(codes.parse(code) == code for code in made)


@given(st.data())
def test_however_it_is_typed_the_code_is_understood(data: st.DataObject) -> None:
    code = codes.new()
    typed = data.draw(
        st.sampled_from(
            [
                code.lower(),
                code.replace("-", ""),
                code.replace("-", " "),
                f"  {code} ",
                code.replace("-", "\u2013"),
                code.replace("0", "O").replace("1", "l"),
                f"https://layanan.example.go.id/verify/{code}/",
                f"HTTPS://LAYANAN.EXAMPLE.GO.ID/verify/{code.lower()}",
            ]
        )
    )
    assert codes.parse(typed) == code


@given(position=st.integers(0, 11), other=st.sampled_from(ALPHABET))
def test_one_wrong_character_is_always_noticed(position: int, other: str) -> None:
    compact = codes.new().replace("-", "")
    wrong = compact[:position] + other + compact[position + 1 :]
    if wrong == compact:
        assert codes.parse(wrong)
    else:
        with pytest.raises(codes.MangledCode):
            codes.parse(wrong)


@given(st.text(max_size=60))
def test_any_text_is_a_code_or_a_typing_error(text: str) -> None:
    try:
        understood = codes.parse(text)
    except codes.MangledCode as mangled:
        understood = mangled.code
    assert understood == "mangled_code" or codes.parse(understood) == understood
