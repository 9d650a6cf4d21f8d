"""What tests of licences share: the officers of a decision, and a browser in English."""

import pytest
from django.test import Client

from services.accounts.models import User
from services.accounts.operations import choose_language


@pytest.fixture
def officers(intake: User, reviewer: User, approver: User) -> tuple[User, User, User]:
    """Who accepts, who recommends and who grants."""
    return intake, reviewer, approver


@pytest.fixture
def reader(client: Client, citizen: User) -> Client:
    """The citizen's browser, in English."""
    choose_language(citizen, language="en")
    client.force_login(citizen)
    return client
