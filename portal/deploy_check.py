"""Django's deployment checks under production settings, with an example environment and a seal made for it: `python -m portal.deploy_check`."""

import os
import tempfile
from pathlib import Path

import django
from django.core.management import call_command

from portal.settings.example import PRODUCTION
from services.documents import keys


def main() -> None:
    """Fail on a warning, as a person who deploys would have to."""
    with tempfile.TemporaryDirectory() as folder:
        seal, roots = Path(folder, "seal.p12"), Path(folder, "seal-roots.pem")
        os.environ.update(PRODUCTION, DJANGO_SETTINGS_MODULE="portal.settings.production")
        os.environ.update(SEAL_PKCS12=str(seal), SEAL_TRUST=str(roots))
        django.setup()
        keys.make_development_seal(seal, roots)
        call_command("check", deploy=True, fail_level="WARNING")


if __name__ == "__main__":
    main()
