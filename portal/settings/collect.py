"""Settings of a build: static files under hashed names, an example environment, no services."""

import os

from portal.settings.example import COMMON

for name, value in COMMON.items():
    os.environ.setdefault(name, value)

from portal.settings.base import *  # noqa: E402, F403 (the gaps of the environment are filled first)
