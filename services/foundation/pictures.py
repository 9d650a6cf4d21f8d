"""Pictures that we draw ourselves for a page or a paper."""

import segno
from django.utils.safestring import SafeString, mark_safe

INK = "#0b2e36"


def code_of(address: str) -> SafeString:
    """An address of ours as a square code for a phone, as SVG; drawn here, from nothing that was typed."""
    return mark_safe(segno.make(address, error="m").svg_inline(scale=3, border=2, dark=INK))  # noqa: S308
