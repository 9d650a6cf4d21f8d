"""A gateway, and something to tell."""

from collections.abc import Iterator

import pytest
from pytest_django import Settings

from tests.notifications import gateway as gateways
from tests.notifications.gateway import Gateway


@pytest.fixture
def gateway(settings: Settings) -> Iterator[Gateway]:
    """SMS go out through a server on this machine, as in production."""
    with gateways.running() as server:
        settings.SMS_GATEWAY_URL, settings.SMS_GATEWAY_TOKEN = server.url, "the token"
        settings.KEEP_SENT_BODIES = False
        yield server
