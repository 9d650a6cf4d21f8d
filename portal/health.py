"""Whether the portal is alive and ready, for the machines that watch it."""

import hmac
from collections.abc import Callable
from datetime import timedelta

import structlog
from django.conf import settings
from django.contrib.auth.decorators import login_not_required
from django.core.cache import cache
from django.db import connection
from django.http import HttpRequest, HttpResponse, HttpResponseNotFound, JsonResponse
from django.urls import path
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe
from django_prometheus.exports import ExportToDjangoView

from portal.celery import app as celery_app
from services.outbox import queries as outbox

OLDEST_PROMISE = timedelta(minutes=15)

logger = structlog.get_logger(__name__)


def database_answers() -> None:
    """Raise unless the database answers."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT 1")


def cache_answers() -> None:
    """Raise unless the cache keeps what it is given."""
    cache.set("health", "kept", timeout=10)
    if cache.get("health") != "kept":
        raise RuntimeError("the cache forgot what it was given")


def broker_answers() -> None:
    """Raise unless the broker takes a connection."""
    with celery_app.connection_for_write() as broker:
        broker.ensure_connection(max_retries=0)


def promises_are_kept() -> None:
    """Raise when the oldest due message of the outbox has waited for too long: no worker works."""
    age = outbox.oldest_waiting_age()
    if age > OLDEST_PROMISE:
        raise RuntimeError(f"the oldest due message has waited for {age}")


CHECKS: dict[str, Callable[[], None]] = {
    "database": database_answers,
    "cache": cache_answers,
    "broker": broker_answers,
    "outbox": promises_are_kept,
}


@require_safe
@never_cache
@login_not_required
def live(request: HttpRequest) -> JsonResponse:
    """The process answers."""
    return JsonResponse({"status": "live"})


@require_safe
@never_cache
@login_not_required
def ready(request: HttpRequest) -> JsonResponse:
    """Every part that a request needs answers; 503 with the names of those that do not."""
    results = {name: outcome(name, check) for name, check in CHECKS.items()}
    is_ready = all(result == "ok" for result in results.values())
    return JsonResponse({"ready": is_ready, "checks": results}, status=200 if is_ready else 503)


def outcome(name: str, check: Callable[[], None]) -> str:
    """Say "ok", or "failed" with the reason in the log, since an answer to strangers names no cause."""
    try:
        check()
    except Exception:
        logger.exception("health.check_failed", check=name)
        return "failed"
    return "ok"


@require_safe
@never_cache
@login_not_required
def metrics(request: HttpRequest) -> HttpResponse:
    """Prometheus's figures, for whoever brings the token as a bearer; nobody else learns that they are here."""
    given = request.headers.get("Authorization", "").removeprefix("Bearer ")
    if not settings.METRICS_TOKEN or not hmac.compare_digest(given.encode(), settings.METRICS_TOKEN.encode()):
        return HttpResponseNotFound()
    answer: HttpResponse = ExportToDjangoView(request)
    return answer


urlpatterns = [
    path("health/live", live, name="health_live"),
    path("health/ready", ready, name="health_ready"),
    path("metrics", metrics, name="metrics"),
]
