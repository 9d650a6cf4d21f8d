"""Filters of the pages about oneself."""

from django import template
from django.utils.translation import gettext as _

register = template.Library()

# The order matters: most browsers claim to be Chrome and Safari too.
BROWSERS = (
    ("Edg", "Edge"),
    ("OPR", "Opera"),
    ("SamsungBrowser", "Samsung Internet"),
    ("Firefox", "Firefox"),
    ("Chrome", "Chrome"),
    ("Safari", "Safari"),
)
SYSTEMS = (
    ("Android", "Android"),
    ("iPhone", "iPhone"),
    ("iPad", "iPad"),
    ("Windows", "Windows"),
    ("Mac OS", "macOS"),
    ("Linux", "Linux"),
)


@register.filter
def in_groups(secret: str) -> str:
    """A key in groups of four, so that it can be typed, and broken where a line ends. Apps take it with its spaces."""
    return " ".join(secret[start : start + 4] for start in range(0, len(secret), 4))


@register.filter
def device(user_agent: str) -> str:
    """A browser's own description in words that its owner knows: "Chrome on Android"."""
    browser = next((name for mark, name in BROWSERS if mark in user_agent), "")
    system = next((name for mark, name in SYSTEMS if mark in user_agent), "")
    if browser and system:
        return _("%(browser)s on %(system)s") % {"browser": browser, "system": system}
    return browser or system or _("Unknown device")
