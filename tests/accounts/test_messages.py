"""What the account sends by SMS fits into one message, in both languages, and warns of those who ask for money."""

from pathlib import Path

import pytest
from django.apps import apps
from django.conf import settings
from django.db import transaction

from services.accounts import operations, permissions
from services.accounts.models import Hat
from services.foundation import clock
from tests.accounts.messages import sent

PURPOSES = sorted(
    path.stem.upper() for path in Path(settings.BASE_DIR, "templates/accounts/sms").glob("*.txt")
)


@pytest.mark.django_db
@pytest.mark.parametrize("language", ["id", "en"])
@pytest.mark.parametrize("purpose", PURPOSES)
def test_each_is_one_message_with_the_warning(purpose: str, language: str) -> None:
    with transaction.atomic():
        operations.request_sms(
            phone="+6281234567890", purpose=purpose, language=language, at=clock.now(), code="123 456"
        )
    text = sent()[-1]["text"]
    assert len(text) <= 160
    assert text.isascii()
    warnings = {
        "id": "Petugas tidak pernah minta uang, kode, atau aplikasi.",
        "en": "No officer asks for money, a code or an app.",
    }
    assert text.endswith(warnings[language])


#: Permissions to see a page that belongs to no single model.
PAGES = {
    "oversight.view_dashboard",
    "oversight.view_register",
    "casework.view_team",
    "complaints.view_unanswered",
}


def test_every_hat_has_its_permissions_and_every_permission_its_model() -> None:
    assert set(permissions.PERMISSIONS) == set(Hat)
    for permission in permissions.of_hats(frozenset(Hat)):
        app, _, name = permission.partition(".")
        if name.startswith("view_") and permission not in PAGES:
            assert apps.get_model(app, name.removeprefix("view_"))
