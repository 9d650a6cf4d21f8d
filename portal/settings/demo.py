"""Settings of `make demo`: whatever the environment does not say comes from the embedded services in `var/<pack>/`."""

import os

import structlog

from portal.demo import environment, lines

for name, value in environment.variables().items():
    os.environ.setdefault(name, value)

from portal.settings.base import *  # noqa: E402, F403 (the gaps of the environment are filled first)
from portal.settings.logs import logging_with  # noqa: E402 (as above)

DEMO = True
STATIC_ROOT = environment.DIRECTORY / "static"
# People try the demo without a phone at hand; every page of staff says so.
STAFF_SECOND_FACTOR_REQUIRED = False
CLOCK_MOVABLE = True
ACCEPT_DEMO_NIK = True
KEEP_SENT_BODIES = True
UNDO_SECONDS_AT_MOST = 5
EMAIL_BACKEND = "django.core.mail.backends.dummy.EmailBackend"
SEAL_DEVELOPMENT = True
LOGGING = logging_with(
    structlog.processors.format_exc_info, lines.short, only="portal.demo.lines.WorthReading"
)
