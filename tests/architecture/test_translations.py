"""Every visible string is in both languages, and every translation can be formatted."""

from portal import translations


def test_nothing_is_missing_from_the_catalogues() -> None:
    assert translations.check() == []
