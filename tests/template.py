"""The template database of a session, migrated once by the owner: as a program, while the workers still collect their tests."""

import os

import django
from django.core.management import call_command
from django.db import connections

from portal.demo.postgresql import DATABASE
from tests import session as services


def make(session: services.Session) -> None:
    """Migrate it, unless somebody has; whoever else asks meanwhile waits. Django is set up by the caller."""
    with session.lock():
        if not session.is_migrated():
            migrate()
            session.note_migrated()


def migrate() -> None:
    """Migrate the database of the template as the owner."""
    owner = connections["owner"]
    own_name = owner.settings_dict["NAME"]
    owner.settings_dict["NAME"] = DATABASE
    try:
        call_command("migrate", verbosity=0)
    finally:
        owner.close()
        owner.settings_dict["NAME"] = own_name


if __name__ == "__main__":
    joined = services.joined()
    os.environ.update(services.environment(joined, "template"))
    django.setup()
    make(joined)
