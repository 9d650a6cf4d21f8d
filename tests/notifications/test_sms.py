"""What fits into one SMS."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from services.notifications import sms

ENDING = "No officer asks for money, a code or an app."


def test_signs_of_the_second_table_count_twice() -> None:
    assert sms.length("abc") == 3
    assert sms.length("[€]") == 6
    assert sms.length("é@£") == 3


def test_signs_that_sms_lacks_are_named() -> None:
    with pytest.raises(ValueError, match="“ ”"):
        sms.length("“a”")


def test_typographic_signs_are_written_plainly() -> None:
    assert sms.plain("“Izin\n  Reklame” \u2013 Rp1…") == '"Izin Reklame" - Rp1...'
    assert sms.plain("Ā ß 🙂 ñ") == "A ß ? ñ"


def test_the_warning_stands_at_the_end() -> None:
    assert sms.compose("P-7K3F9-QXM2E has ended.", ending=ENDING) == f"P-7K3F9-QXM2E has ended. {ENDING}"


@given(st.text(max_size=500))
def test_whatever_is_said_fits_and_keeps_the_warning_whole(text: str) -> None:
    composed = sms.compose(text, ending=ENDING)
    assert sms.length(composed) <= sms.LIMIT
    assert composed.endswith(f" {ENDING}")
