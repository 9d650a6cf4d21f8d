"""Identity numbers (NIK) and phone numbers: read as people type them, checked, masked.

A NIK is 16 digits PPKKCC DDMMYY SSSS: region of first registration, birth date (women DD + 40), serial from 0001.
"""

import re
from dataclasses import dataclass
from datetime import date

import phonenumbers
from django.conf import settings
from django.utils.translation import gettext as _
from stdnum import exceptions as stdnum_exceptions
from stdnum.id import nik as stdnum_nik

from services.foundation import clock
from services.foundation.errors import UnableTo

DEMO_SERIAL = "0000"
NIK_LENGTH = 16
SHORTEST_PHONE = 7
MASK = "•"
_FEMALE_OFFSET = 40
_SEPARATORS = re.compile(r"[\s.\-]+")


class NotANik(UnableTo):
    """What was typed is not a NIK; the message says which part to look at."""


class NotAPhone(UnableTo):
    """What was typed is not a phone number that can be reached."""


@dataclass(frozen=True, slots=True)
class Nik:
    """A checked NIK. `region` is the Kemendagri code of the district of first registration, e.g. "35.78.01"."""

    number: str
    region: str
    birth_date: date
    is_female: bool


def parse_nik(text: str) -> Nik:
    """Read a NIK as typed (spaces, dots and dashes forgiven); raise NotANik with the reason in plain words."""
    number = _SEPARATORS.sub("", text)
    if not (number.isascii() and number.isdigit()):
        raise NotANik(
            _("A NIK has only digits. Type the 16 digits on your identity card."), code="digits", field="nik"
        )
    if len(number) != NIK_LENGTH:
        raise NotANik(
            _("A NIK has 16 digits. Check it against your identity card."), code="length", field="nik"
        )
    birth_date = _birth_date(number)
    _check_region(number)
    _check_serial(number)
    region = f"{number[:2]}.{number[2:4]}.{number[4:6]}"
    return Nik(
        number=number, region=region, birth_date=birth_date, is_female=int(number[6:8]) > _FEMALE_OFFSET
    )


def _birth_date(number: str) -> date:
    """Read digits 7 to 12. Two digits do not say the century: the latest that is not in the future is the plausible one."""
    day, month, year = int(number[6:8]), int(number[8:10]), int(number[10:12])
    day -= _FEMALE_OFFSET if day > _FEMALE_OFFSET else 0
    for century in (2000, 1900):
        try:
            born = date(century + year, month, day)
        except ValueError:
            continue
        if born <= clock.today():
            return born
    raise NotANik(
        _(
            "Digits 7 to 12 of a NIK are a birth date, and these are not one. Check them against your identity card."
        ),
        code="birth_date",
        field="nik",
    )


def _check_region(number: str) -> None:
    try:
        stdnum_nik.validate(number)
    except stdnum_exceptions.ValidationError as problem:
        raise NotANik(
            _(
                "The first four digits of this NIK name no regency or city. Check them against your identity card."
            ),
            code="region",
            field="nik",
        ) from problem
    if number[4:6] == "00":
        raise NotANik(
            _("Digits 5 and 6 of this NIK name no district. Check them against your identity card."),
            code="region",
            field="nik",
        )


def _check_serial(number: str) -> None:
    """Serials are issued from 0001; 0000 is kept for people who do not exist."""
    if number.endswith(DEMO_SERIAL) and not settings.ACCEPT_DEMO_NIK:
        raise NotANik(
            _("A NIK never ends in 0000. Check the last four digits against your identity card."),
            code="serial",
            field="nik",
        )


def mask_nik(number: str) -> str:
    """Show the province and city and the last two digits, which suffice to recognise one's own."""
    return f"{number[:4]}{MASK * 10}{number[-2:]}" if len(number) == NIK_LENGTH else MASK * len(number)


def parse_phone(text: str) -> str:
    """Return E.164 ("+62…") for 08…, 62…, +62… or a full foreign number; raise NotAPhone with the reason."""
    typed = text.strip()
    if typed.startswith("62"):
        typed = f"+{typed}"
    try:
        number = phonenumbers.parse(typed, "ID")
    except phonenumbers.NumberParseException as problem:
        raise _not_a_phone() from problem
    if not phonenumbers.is_valid_number(number):
        raise _not_a_phone()
    return phonenumbers.format_number(number, phonenumbers.PhoneNumberFormat.E164)


def _not_a_phone() -> NotAPhone:
    message = _(
        "This phone number cannot be reached. Type it as 0812 3456 7890 or with + and the country code."
    )
    return NotAPhone(message, code="phone", field="phone")


def mask_phone(number: str) -> str:
    """Show the country and the last three digits: +62••••••890."""
    return (
        f"{number[:3]}{MASK * max(len(number) - 6, 0)}{number[-3:]}"
        if len(number) >= SHORTEST_PHONE
        else MASK * len(number)
    )


def mask_email(address: str) -> str:
    """Show the first letter and the domain: s•••@example.com."""
    name, at, domain = address.partition("@")
    return f"{name[:1]}{MASK * 3}{at}{domain}"
