"""Django's command of this name, refused."""

from typing import Any, NoReturn

from django.core.management.base import BaseCommand, CommandError


class Command(BaseCommand):
    """Refuses: nobody is a superuser here."""

    help = "Refused. Rights come from hats; the first administrators from make_first_administrators."
    requires_system_checks: list[str] = []

    def handle(self, *args: Any, **options: Any) -> NoReturn:
        """Refuse."""
        raise CommandError(
            "Nobody is a superuser here. Two people sign up on the site; then: "
            "manage.py make_first_administrators FIRST SECOND"
        )
