"""Whether the portal is alive and ready, for the machines that watch it."""

from collections.abc import Callable

import structlog
from django.contrib.auth.decorators import login_not_required
from django.core.cache import cache
from django.db import connection
from django.http import HttpRequest, JsonResponse
from django.urls import path
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from portal.celery import app as celery_app

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
        broker.ensure_connection(max_retries=1, timeout=2)


CHECKS: dict[str, Callable[[], None]] = {
    "database": database_answers,
    "cache": cache_answers,
    "broker": broker_answers,
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


urlpatterns = [
    path("live", live, name="health_live"),
    path("ready", ready, name="health_ready"),
]
