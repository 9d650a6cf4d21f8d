"""Quiet pages: whoever visits them leaves no address, browser or name in logs, figures, sessions, cache or database."""

import io
import logging
import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from django.contrib.sessions.models import Session
from django.core.cache import cache
from django.db import connection
from django.http import HttpRequest, HttpResponse
from django.test import Client, RequestFactory
from django.urls import path
from prometheus_client import REGISTRY
from pytest_django import Settings

from portal import quiet
from services.accounts.models import User

ADDRESS, BROWSER = "203.0.113.77", "TellTale/1.0 (Redmi 9A)"
VISITOR: dict[str, str] = {
    "REMOTE_ADDR": ADDRESS,
    "REMOTE_PORT": "51515",
    "HTTP_X_FORWARDED_FOR": ADDRESS,
    "HTTP_X_REAL_IP": ADDRESS,
    "HTTP_USER_AGENT": BROWSER,
    "HTTP_SEC_CH_UA_MODEL": "Redmi 9A",
}
QUIET = [
    "/gift/P-7K3F9-QXM2E/aaaaaaaaaaaa/",
    "/gift/x/y/",
    "/gift",
    "/complaints/integrity/nowhere/",
    "/complaints/integrity/new/",
    "/complaints/integrity/new/what/",
    "/complaints/integrity/about/",
    "/complaints/integrity/open/",
    "/complaints/integrity/dialogue/",
]
NAMES = (ADDRESS, BROWSER, "Redmi", "51515")

pytestmark = pytest.mark.django_db


@pytest.fixture
def log() -> Iterator[io.StringIO]:
    """What the portal writes, as it writes it."""
    root, kept = logging.root, io.StringIO()
    handler = logging.StreamHandler(kept)
    drawn = [known.formatter for known in root.handlers if known.formatter and known.filters]
    handler.setFormatter(drawn[0])
    root.addHandler(handler)
    yield kept
    root.removeHandler(handler)


def traces(text: str) -> list[str]:
    return [name for name in NAMES if name in text]


def everything_cached() -> str:
    client = cache._cache.get_client()  # type: ignore[attr-defined]
    keys = client.keys("*")
    return repr(keys) + repr([client.get(key) for key in keys if client.type(key) == b"string"])


def everything_stored() -> str:
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT relname FROM pg_class WHERE relkind IN ('r', 'p') AND NOT relispartition"
            " AND relnamespace = 'public'::regnamespace"
        )
        tables = [name for (name,) in cursor.fetchall()]
        rows = []
        for table in tables:
            cursor.execute(f'SELECT * FROM "{table}"')  # noqa: S608 (names of our own tables)
            rows.append(repr(cursor.fetchall()))
    return "".join(rows)


def test_the_log_of_other_pages_has_the_address_so_that_this_test_can_fail(
    client: Client, log: io.StringIO
) -> None:
    client.get("/track/", **VISITOR)  # type: ignore[arg-type]
    assert {ADDRESS, BROWSER} <= set(traces(log.getvalue()))


@pytest.mark.parametrize("address", QUIET)
@pytest.mark.parametrize("method", ["get", "post"])
def test_the_log_has_neither_address_nor_browser(
    client: Client, log: io.StringIO, address: str, method: str
) -> None:
    getattr(client, method)(address, **VISITOR)
    assert traces(log.getvalue()) == []
    assert "request_started" not in log.getvalue()


def test_an_error_is_logged_without_its_visitor(log: io.StringIO, settings: Settings) -> None:
    settings.ROOT_URLCONF = __name__
    client = Client(raise_request_exception=False)
    answer = client.post("/gift/break/", {"story": "Uang diminta di loket tiga"}, **VISITOR)  # type: ignore[arg-type]
    assert answer.status_code == 500
    assert "the story cannot be kept" in log.getvalue()
    assert "loket tiga" not in log.getvalue()
    assert traces(log.getvalue()) == []


def test_an_error_elsewhere_is_logged_without_the_values_of_its_moment(
    log: io.StringIO, settings: Settings
) -> None:
    settings.ROOT_URLCONF = __name__
    Client(raise_request_exception=False).post("/break/", {"story": "Uang diminta di loket tiga"})
    assert "the story cannot be kept" in log.getvalue()
    assert "loket tiga" not in log.getvalue()


def test_nothing_of_the_visitor_is_cached_or_stored(client: Client, citizen: User) -> None:
    client.force_login(citizen)
    for address in QUIET:
        client.get(address, **VISITOR)  # type: ignore[arg-type]
        client.post(address, **VISITOR)  # type: ignore[arg-type]
    assert traces(everything_cached()) == []
    assert traces(everything_stored()) == []
    assert Session.objects.count() == 1


def test_the_page_does_not_know_who_is_signed_in(settings: Settings, citizen: User) -> None:
    settings.ROOT_URLCONF = __name__
    client = Client()
    client.force_login(citizen)
    seen = client.get("/gift/see/", **VISITOR).content.decode()  # type: ignore[arg-type]
    assert "user=AnonymousUser" in seen
    assert traces(seen) == []
    assert str(client.cookies["sessionid"].value) not in seen


def test_no_figure_counts_these_visits_by_page(client: Client) -> None:
    client.get("/track/")
    for address in QUIET:
        client.get(address)
    views = {
        sample.labels["view"]
        for metric in REGISTRY.collect()
        for sample in metric.samples
        if "view" in sample.labels
    }
    assert "casework:track" in views
    assert "casework:gift" not in views


def test_limits_count_by_a_pseudonym_of_the_day() -> None:
    today = quiet.pseudonym(ADDRESS)
    assert re.fullmatch(r"fd[0-9a-f:]+::", today)
    assert quiet.pseudonym(ADDRESS) == today
    assert quiet.pseudonym("203.0.113.78") != today
    assert quiet.pseudonym("2001:db8::1") == quiet.pseudonym("2001:db8::2")
    assert quiet.pseudonym("2001:db8::1") != quiet.pseudonym("2001:db8:0:1::1")
    cache.delete(quiet.SALT_KEY)
    assert quiet.pseudonym(ADDRESS) != today


def test_one_visitor_is_slowed_down_and_another_is_not(client: Client) -> None:
    codes = [client.get("/gift/x/y/", REMOTE_ADDR=ADDRESS).status_code for _time in range(31)]
    assert codes[-1] == 429
    assert client.get("/gift/x/y/", REMOTE_ADDR="203.0.113.78").status_code == 404


def test_behind_a_proxy_the_address_it_saw_counts(settings: Settings) -> None:
    settings.ALLAUTH_TRUSTED_PROXY_COUNT = 1
    met: list[str] = []

    def view(request: HttpRequest) -> HttpResponse:
        met.append(request.META["REMOTE_ADDR"])
        return HttpResponse()

    for address in (ADDRESS, ADDRESS, "203.0.113.78"):
        request = RequestFactory().get("/gift/x/y/", REMOTE_ADDR="10.0.0.2", HTTP_X_FORWARDED_FOR=address)
        quiet.DoorMiddleware(view)(request)
        assert request.META["REMOTE_ADDR"] == "-"
    assert met[0] == met[1] != met[2]


def test_the_browser_tells_no_other_page_where_it_was(client: Client) -> None:
    answer = client.get(QUIET[0])
    assert answer["Referrer-Policy"] == "strict-origin"
    assert answer["Cache-Control"] == "no-store"
    assert client.get("/track/")["Referrer-Policy"] == "same-origin"


def test_a_page_beside_them_is_not_quiet() -> None:
    assert quiet.is_quiet("/gift/x/")
    assert not quiet.is_quiet("/gifts/")
    assert not quiet.is_quiet("/complaints/new/")


def test_the_example_of_the_proxy_writes_no_line_for_them() -> None:
    text = Path(__file__).parents[2].joinpath("deploy", "nginx", "bening.conf").read_text()
    places = re.findall(r"location ~ \^([^{]+)\{([^}]*)\}", text)
    quietly = {where.strip(): what for where, what in places if "access_log off;" in what}
    (pattern, what), *others = quietly.items()
    assert not others
    assert "error_log /dev/null" in what
    for address in QUIET:
        assert re.match(pattern, address)
    assert not re.match(pattern, "/gifts/")


def breaks(request: HttpRequest) -> HttpResponse:
    story = request.POST["story"]
    assert story
    raise RuntimeError("the story cannot be kept")


def sees(request: HttpRequest) -> HttpResponse:
    told: dict[str, Any] = {key: value for key, value in request.META.items() if key.isupper()}
    return HttpResponse(f"user={request.user} {told} {request.headers} {request.COOKIES}")


breaks.login_required = sees.login_required = False  # type: ignore[attr-defined]
breaks.csrf_exempt = True  # type: ignore[attr-defined]
urlpatterns = [path("gift/break/", breaks), path("break/", breaks), path("gift/see/", sees)]
handler500 = "portal.pages.errors.server_error"
