"""The addresses for the machines that watch the portal."""

from datetime import timedelta

import pytest
from django.db import connection, transaction
from django.test import Client
from pytest_django import DjangoAssertNumQueries, Settings

from services.foundation import clock
from services.outbox import operations as outbox
from services.outbox import registry

CLOSED_PORT = "redis://127.0.0.1:1/0"


def test_a_living_process_says_so_without_touching_anything(client: Client) -> None:
    assert client.get("/health/live").json() == {"status": "live"}


@pytest.mark.django_db
def test_a_ready_portal_names_each_part(client: Client) -> None:
    answer = client.get("/health/ready")

    assert answer.status_code == 200
    assert answer.json()["checks"] == {"database": "ok", "cache": "ok", "broker": "ok", "outbox": "ok"}


@pytest.mark.django_db
def test_readiness_costs_two_queries(
    client: Client, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    with django_assert_num_queries(2):
        client.get("/health/ready")


@pytest.mark.django_db
def test_a_message_that_waits_for_long_makes_the_portal_unready(client: Client) -> None:
    heard = registry.subscribe("tests.thing.happened")(hear)
    with transaction.atomic():
        outbox.publish("tests.thing.happened", {}, dedupe_key="1", at=clock.now())
    clock.move(timedelta(minutes=16))

    answer = client.get("/health/ready")
    registry.unsubscribe("tests.thing.happened", heard)

    assert answer.status_code == 503
    assert answer.json()["checks"]["outbox"] == "failed"


@pytest.mark.django_db
def test_without_its_cache_the_portal_is_not_ready(client: Client, settings: Settings) -> None:
    settings.CACHES = {"default": settings.CACHES["default"] | {"LOCATION": CLOSED_PORT}}
    settings.CLOCK_MOVABLE = False

    answer = client.get("/health/ready")

    assert answer.status_code == 503
    assert answer.json()["checks"]["cache"] == "failed"


@pytest.mark.parametrize("authorization", ["", "Bearer ", "Bearer guessed", "Basic dXNlcjpwYXNz"])
def test_figures_are_not_public(client: Client, authorization: str) -> None:
    assert client.get("/metrics", headers={"Authorization": authorization}).status_code == 404


def test_figures_are_given_to_whoever_brings_the_token(client: Client, settings: Settings) -> None:
    answer = client.get("/metrics", headers={"Authorization": f"Bearer {settings.METRICS_TOKEN}"})

    assert "django_http_requests" in answer.text


def test_without_a_token_figures_are_given_to_nobody(client: Client, settings: Settings) -> None:
    settings.METRICS_TOKEN = ""

    assert client.get("/metrics", headers={"Authorization": "Bearer "}).status_code == 404


@pytest.mark.django_db
def test_the_web_role_owns_no_table() -> None:
    with connection.cursor() as cursor:
        cursor.execute("SELECT current_user, count(*) FROM pg_tables WHERE tableowner = current_user")
        assert cursor.fetchone() == ("bening_web", 0)


def hear(payload: dict[str, object], *, secret: str | None, message_id: int) -> None:
    """Hear of something."""
