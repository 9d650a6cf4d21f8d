"""Filters for pages and mails: texts in the reader's language, money, dates, numbers shown masked, icons unheard."""

import re
from collections.abc import Iterable
from datetime import date, datetime, time
from zoneinfo import ZoneInfo

from babel.dates import format_date, format_datetime
from django import template
from django.conf import settings
from django.contrib.messages.storage.base import Message
from django.utils.safestring import SafeString, mark_safe

from services.foundation import clock, identity, texts

register = template.Library()

END_OF_DAY = time(23, 59, 59)
#: The opening tag of an icon of Unfold, which is a word in a font of pictures; those that are hidden already are left out.
ICON = re.compile(
    r"""<(?=(?:div|i|span)\s(?:[^<>"]|"[^"]*")*class="[^"]*\bmaterial-symbols-outlined\b)(?!\w+\s(?:[^<>"]|"[^"]*")*aria-hidden)(\w+)"""
)


@register.filter
def local(value: texts.LocalText | str | None) -> str:
    """Show a pack's text in the reader's language."""
    return texts.local(value)


@register.filter
def said_once(messages: Iterable[Message] | None) -> list[Message]:
    """Leave out of Django's messages what was said already in the same words; the page of an error has none."""
    return list({(message.level, str(message)): message for message in messages or ()}.values())


@register.filter
def rupiah(amount: int | None) -> str:
    """Show whole rupiah as Indonesians write them in either language: Rp7.900.000."""
    if amount is None:
        return ""
    digits = f"{abs(int(amount)):,}".replace(",", ".")
    return f"-Rp{digits}" if amount < 0 else f"Rp{digits}"


@register.filter
def masked_nik(number: str | None) -> str:
    """Show a NIK so that its owner recognises it and nobody else learns it."""
    return identity.mask_nik(number or "")


@register.filter
def masked_phone(number: str | None) -> str:
    """Show a phone number so that its owner recognises it."""
    return identity.mask_phone(number or "")


@register.filter
def day(value: date | datetime | str | None) -> str:
    """Show a long date with its weekday where the government is: Senin, 30 Maret 2026. ISO 8601 text is read too."""
    if not value:
        return ""
    value = datetime.fromisoformat(value) if isinstance(value, str) else value
    if isinstance(value, datetime):
        value = value.astimezone(ZoneInfo(settings.TIME_ZONE)).date()
    return format_date(value, format="EEEE, d MMMM y", locale=texts.reader_language())


@register.filter
def due(value: datetime | str | None) -> str:
    """Show by when something must have happened: the day, where it is the end of it; else the minute too."""
    if not value:
        return ""
    value = datetime.fromisoformat(value) if isinstance(value, str) else value
    local_time = value.astimezone(ZoneInfo(settings.TIME_ZONE)).time()
    return day(value) if local_time.replace(microsecond=0) == END_OF_DAY else moment(value)


@register.filter
def moment(value: datetime | str | None) -> str:
    """Show date and time where the government is: 30 Maret 2026, 14.05 WIB. ISO 8601 text is read too."""
    if not value:
        return ""
    value = datetime.fromisoformat(value) if isinstance(value, str) else value
    zone = ZoneInfo(settings.TIME_ZONE)
    clock_format = "HH.mm" if texts.reader_language() == "id" else "HH:mm"
    written = format_datetime(
        value.astimezone(zone),
        format=f"d MMMM y, {clock_format}",
        locale=texts.reader_language(),
        tzinfo=zone,
    )
    return f"{written} {zone_name(zone)}"


@register.filter
def is_over(value: datetime | str | None) -> bool:
    """Whether this moment lies behind us. ISO 8601 text is read too."""
    if not value:
        return False
    value = datetime.fromisoformat(value) if isinstance(value, str) else value
    return value < clock.now()


@register.filter
def icons_unheard(html: SafeString) -> SafeString:
    """Keep the words of which Unfold's icons are made ("dock_to_right") from being read aloud. `html` is a page, made."""
    return mark_safe(ICON.sub(r'<\1 aria-hidden="true"', html))  # noqa: S308 (a template's own output)


def zone_name(zone: ZoneInfo) -> str:
    """Return what Indonesians call the zone: WIB, WITA or WIT."""
    return {
        "Asia/Jakarta": "WIB",
        "Asia/Pontianak": "WIB",
        "Asia/Makassar": "WITA",
        "Asia/Jayapura": "WIT",
    }.get(zone.key, zone.key)
