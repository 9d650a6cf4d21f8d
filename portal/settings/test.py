"""Settings of the tests. `tests/conftest.py` starts the services and says in the environment where they are."""

import os

from portal.settings.example import COMMON

for name, value in COMMON.items():
    os.environ.setdefault(name, value)

from portal.settings.base import *  # noqa: E402, F403 (the gaps of the environment are filled first)
from portal.settings.base import INSTALLED_APPS, STORAGES  # noqa: E402 (as above)

CLOCK_MOVABLE = True
SEAL_DEVELOPMENT = True
ACCEPT_DEMO_NIK = True
KEEP_SENT_BODIES = True
PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
EMAIL_BACKEND = "django.core.mail.backends.locmem.EmailBackend"
STORAGES = STORAGES | {"staticfiles": {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"}}
# pytest-django's live server looks for this very name before it serves static files where they are written.
INSTALLED_APPS = [
    {"portal.storage.CollectedStaticFiles": "django.contrib.staticfiles"}.get(a, a) for a in INSTALLED_APPS
]
WHITENOISE_AUTOREFRESH = True
