"""Django's deployment checks under production settings, with an example environment: `python -m portal.deploy_check`."""

import os

import django
from django.core.management import call_command

from portal.settings.example import PRODUCTION


def main() -> None:
    """Fail on a warning, as a person who deploys would have to."""
    os.environ.update(PRODUCTION, DJANGO_SETTINGS_MODULE="portal.settings.production")
    django.setup()
    call_command("check", deploy=True, fail_level="WARNING")


if __name__ == "__main__":
    main()
