"""What stands between running services and ready pages: tables, static files, the pack, demo people and cases."""

import hashlib
from pathlib import Path

import django
from django.conf import settings
from django.contrib.auth import get_user_model
from django.contrib.staticfiles.finders import get_finders
from django.core.management import call_command

from portal.demo import environment

FIRST_PERSON = "citizen@demo.example"
UNFINISHED = environment.DIRECTORY / "unfinished"


def prepare() -> None:
    """Do each step that has not been done."""
    call_command("migrate", verbosity=1, interactive=False)
    collect_static_files()
    call_command("load_pack", str(environment.pack()))
    if not get_user_model().objects.filter(email=FIRST_PERSON).exists():
        load_demo()


def load_demo() -> None:
    """Make demo people and cases; a mark stands until all are made, and the next start finds it when we are killed."""
    UNFINISHED.touch()
    call_command("load_demo")
    UNFINISHED.unlink()


def collect_static_files() -> None:
    """Collect, hash and compress the static files, unless none has changed since the last time."""
    stamp = environment.DIRECTORY / "static.stamp"
    fingerprint = fingerprint_of_static_files()
    if stamp.exists() and stamp.read_text() == fingerprint and Path(settings.STATIC_ROOT).is_dir():
        return
    call_command("collectstatic", verbosity=0, interactive=False, clear=True)
    stamp.write_text(fingerprint)


def fingerprint_of_static_files() -> str:
    """A digest of names, sizes and dates of all static files."""
    digest = hashlib.sha256()
    for finder in get_finders():
        for name, storage in sorted(finder.list([]), key=lambda found: found[0]):
            digest.update(f"{name} {storage.size(name)} {storage.get_modified_time(name)}\n".encode())
    return digest.hexdigest()


if __name__ == "__main__":
    django.setup()
    prepare()
