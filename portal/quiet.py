"""Pages whose visitors leave no address behind (`QUIET_PATHS`): neither in a log, nor in a session, nor in the figures.

At the door the address is replaced by a pseudonym of the day, from which rate limits can count and nobody can go back:
it is made with a salt that only the cache holds, and that is thrown away within a day. What names the browser and
whoever is signed in is left at the door too, so that nothing behind it could write them down even by mistake.
"""

import hmac
import os
from collections.abc import Callable
from hashlib import sha256
from ipaddress import IPv6Address, IPv6Network, ip_address
from typing import Any, Final

import structlog
from allauth.core.internal.httpkit import get_client_ip
from django.conf import settings
from django.core.cache import cache
from django.http import HttpRequest, HttpResponse, parse_cookie
from django_prometheus.middleware import PrometheusAfterMiddleware
from django_structlog.middlewares import RequestMiddleware

Answer = Callable[[HttpRequest], HttpResponse]

SALT_KEY: Final = "portal.quiet.salt"
SALT_SECONDS: Final = 24 * 60 * 60
#: What a page needs of what the browser says; everything else stays outside.
KEPT_HEADERS: Final = frozenset(
    {
        "HTTP_ACCEPT",
        "HTTP_ACCEPT_ENCODING",
        "HTTP_ACCEPT_LANGUAGE",
        "HTTP_CACHE_CONTROL",
        "HTTP_COOKIE",
        "HTTP_HOST",
        "HTTP_ORIGIN",
        "HTTP_REFERER",
        "HTTP_X_CSRFTOKEN",
        "HTTP_X_FORWARDED_PROTO",
    }
)
#: An address as long as one of IPv6, in the range that is nobody's: what limits count is the first half of it.
NOBODYS_NETWORK: Final = 0xFD
#: Those who use one connection of IPv6 share its first 64 bits.
PREFIX: Final = 64


def is_quiet(path: str) -> bool:
    """Whether visits to this page leave no address."""
    return any(path == quiet or path.startswith(f"{quiet}/") for quiet in settings.QUIET_PATHS)


class DoorMiddleware:
    """Stands before every other: whoever goes to a quiet page leaves address, browser and session here."""

    def __init__(self, get_response: Answer) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        """Forget the visitor, and tell the browser to tell nobody which page it was on."""
        if not is_quiet(request.path_info):
            return self.get_response(request)
        _forget(request)
        response = self.get_response(request)
        response["Referrer-Policy"] = "strict-origin"
        response["Cache-Control"] = "no-store"
        # The server's own log, if there is one, reads the address from here once the answer is made.
        request.META["REMOTE_ADDR"] = "-"
        return response


class LogMiddleware(RequestMiddleware):
    """Two lines for each request, with the address; none for a quiet page. An error there is written without its visitor."""

    def __call__(self, request: HttpRequest) -> Any:
        """Pass a quiet page on without a word."""
        if not is_quiet(request.path_info):
            return super().__call__(request)
        try:
            return self.get_response(request)
        finally:
            structlog.contextvars.clear_contextvars()

    @staticmethod
    def format_request(request: HttpRequest) -> str:
        """The request as the log names it; of a quiet page no more than its path."""
        path = request.path if is_quiet(request.path_info) else request.get_full_path()
        return f"{request.method} {path}"


class FiguresMiddleware(PrometheusAfterMiddleware):  # type: ignore[misc]  # its package has no types
    """Counts requests by page and method, and quiet pages by nothing: how many report something is nobody's figure."""

    def process_request(self, request: HttpRequest) -> Any:
        """Count."""
        return None if is_quiet(request.path_info) else super().process_request(request)

    def process_view(self, request: HttpRequest, view_func: Any, *args: Any, **kwargs: Any) -> Any:
        """Count."""
        return (
            None if is_quiet(request.path_info) else super().process_view(request, view_func, *args, **kwargs)
        )

    def process_template_response(self, request: HttpRequest, response: Any) -> Any:
        """Count."""
        return (
            response if is_quiet(request.path_info) else super().process_template_response(request, response)
        )

    def process_response(self, request: HttpRequest, response: HttpResponse) -> Any:
        """Count."""
        return response if is_quiet(request.path_info) else super().process_response(request, response)

    def process_exception(self, request: HttpRequest, exception: Exception) -> Any:
        """Count."""
        return None if is_quiet(request.path_info) else super().process_exception(request, exception)


def _forget(request: HttpRequest) -> None:
    request.META["REMOTE_ADDR"] = pseudonym(get_client_ip(request) or "")
    for name in [*request.META]:
        if (name.startswith("HTTP_") and name not in KEPT_HEADERS) or name in {"REMOTE_HOST", "REMOTE_PORT"}:
            del request.META[name]
    cookies = parse_cookie(request.META.get("HTTP_COOKIE", ""))
    kept = {name: value for name, value in cookies.items() if name != settings.SESSION_COOKIE_NAME}
    request.META["HTTP_COOKIE"] = "; ".join(f"{name}={value}" for name, value in kept.items())
    for read_before in ("headers", "COOKIES"):
        request.__dict__.pop(read_before, None)


def pseudonym(address: str) -> str:
    """What stands for an address today: the same for the same one, and by tomorrow nobody's."""
    digest = hmac.digest(_salt(), _without_device(address).encode(), sha256)
    return str(IPv6Address(bytes([NOBODYS_NETWORK]) + digest[: PREFIX // 8 - 1] + bytes(8)))


def _without_device(address: str) -> str:
    """The address without the half that a device chooses for itself and changes at will."""
    try:
        known = ip_address(address)
    except ValueError:
        return address
    if isinstance(known, IPv6Address):
        return str(IPv6Network(f"{known}/{PREFIX}", strict=False).network_address)
    return str(known)


def _salt() -> bytes:
    """The salt of the day; whoever comes first makes it."""
    salt: bytes | None = cache.get(SALT_KEY)
    if salt is None:
        cache.add(SALT_KEY, os.urandom(32), SALT_SECONDS)
        salt = cache.get(SALT_KEY)
    return salt or os.urandom(32)
