"""Settings of the tests. `tests/conftest.py` starts the services and says in the environment where they are."""

import base64
import os

EXAMPLE_ENVIRONMENT = {
    "SECRET_KEY": "a key for tests, which nothing outside the tests ever sees",
    "ALLOWED_HOSTS": "testserver,localhost,127.0.0.1",
    "SITE_URL": "http://testserver",
    "DATABASE_URL": "postgres://bening_web@127.0.0.1:1/bening",
    "DATABASE_OWNER_URL": "postgres://bening_owner@127.0.0.1:1/bening",
    "REDIS_URL": "redis://127.0.0.1:1/1",
    "BROKER_URL": "redis://127.0.0.1:1/0",
    "SEALING_KEYS": f"k1={base64.b64encode(b'1' * 32).decode()};k2={base64.b64encode(b'2' * 32).decode()}",
    "SEALING_KEY_ID": "k2",
    "BLIND_INDEX_KEY": base64.b64encode(b"3" * 32).decode(),
    "METRICS_TOKEN": "the token of the tests",
    "SEAL_PKCS12": "var/test/keys/seal.p12",
    "SEAL_TRUST": "var/test/keys/seal-roots.pem",
}
for name, value in EXAMPLE_ENVIRONMENT.items():
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
