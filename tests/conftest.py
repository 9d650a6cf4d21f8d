"""What every test stands on: real PostgreSQL and Redis, the web role, a clock at rest and a closed network."""

import atexit
import os
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import django
import pytest
from django.conf import settings as django_settings

from tests import session as services

WORKER = os.environ.get("PYTEST_XDIST_WORKER", "main")
IS_CONTROLLER = WORKER == "main"

if django_settings.configured:
    pytest.exit("Unset DJANGO_SETTINGS_MODULE: the tests bring their own settings.", returncode=4)

SESSION = services.start() if IS_CONTROLLER else services.joined()
if IS_CONTROLLER:
    atexit.register(SESSION.stop)
os.environ.update(services.environment(SESSION, WORKER))
django.setup()

from celery import current_app  # noqa: E402 (Django is set up first)
from django.core.cache import cache  # noqa: E402
from django.db import transaction  # noqa: E402
from django.test import TransactionTestCase  # noqa: E402
from django.utils import translation  # noqa: E402
from pytest_django.plugin import DjangoDbBlocker  # noqa: E402

from services.foundation import clock  # noqa: E402
from tests import template  # noqa: E402
from tests.browser import CHROMIUM, CHROMIUM_FLAGS  # noqa: E402
from tests.emptying import empty_database  # noqa: E402


def is_there(module: str) -> bool:
    return Path(__file__).parents[1].joinpath(*module.split(".")).with_suffix(".py").exists()


pytest_plugins = [name for name in ("tests.cast", "tests.outbox.fixtures") if is_there(name)]

WORKER_START_SECONDS = 60
#: What waits most of its time, for a browser and a worker.
JOURNEYS = Path(__file__).parent / "journeys"
LONG = {"browser", "live_server", "transactional_db"}


def empty_after_a_test_that_committed(case: TransactionTestCase) -> None:
    empty_database()


TransactionTestCase._fixture_teardown = empty_after_a_test_that_committed  # type: ignore[attr-defined]


def pytest_xdist_setupnodes() -> None:
    """Let each worker find its own settings: one that inherits the name of ours would read them before its variables.

    While they collect their tests, the template of their databases is made.
    """
    os.environ.pop("DJANGO_SETTINGS_MODULE", None)
    making = subprocess.Popen([sys.executable, "-m", "tests.template"])
    atexit.register(making.kill)


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Begin with what takes long, after pytest-randomly has shuffled: the short tests fill every worker to the end."""
    items.sort(key=lambda item: (not item.path.is_relative_to(JOURNEYS), not takes_long(item)))


def takes_long(item: pytest.Item) -> bool:
    """Whether it waits for a browser, or commits and so has the database emptied after it."""
    mark = item.get_closest_marker("django_db")
    fixtures = getattr(item, "fixturenames", ())
    return bool(LONG & set(fixtures)) or bool(mark and mark.kwargs.get("transaction"))


@pytest.fixture(scope="session")
def django_db_setup(django_db_blocker: DjangoDbBlocker) -> None:
    """Migrate a template once as the owner, and give each worker a copy of it."""
    with django_db_blocker.unblock():
        template.make(SESSION)
    SESSION.cluster.clone(services.database_name(WORKER))


@pytest.fixture(scope="module")
def kept(django_db_setup: None, django_db_blocker: DjangoDbBlocker) -> Iterator[None]:
    """Open the database for what all tests of a module only read: made once, and undone at its end."""
    cache.clear()  # What comes once for a module comes before the cache is emptied for its first test.
    with django_db_blocker.unblock(), transaction.atomic():
        yield
        transaction.set_rollback(True)


@pytest.fixture(autouse=True)
def _nothing_left_of_the_test_before() -> None:
    """Empty the cache, which also puts the clock back, and forget the language of the last request."""
    cache.clear()
    clock.reset()
    translation.deactivate()


@pytest.fixture(scope="session")
def celery_application() -> Iterator[None]:
    """Close the connections to the broker at the very end: a closed application has forgotten its tasks."""
    yield
    current_app.close()


@pytest.fixture
def celery_worker_process(
    django_db_setup: None, celery_application: None
) -> Iterator[subprocess.Popen[bytes]]:
    """A real Celery worker with beat, for a journey; it ends with the test, lest it takes the messages of the next one."""
    log = Path(tempfile.gettempdir(), SESSION.directory, f"celery-{WORKER}.log")
    command = [
        *(
            sys.executable,
            "-m",
            "celery",
            "-A",
            "tests.worker",
            "worker",
            "--beat",
            "--pool=solo",
            "--loglevel=INFO",
        ),
        *("--queues", ",".join(django_settings.CELERY_TASK_QUEUES), "--hostname", f"{WORKER}@tests"),
        *("--schedule", str(log.with_suffix(".beat")), "--without-gossip", "--without-mingle"),
    ]
    with log.open("wb") as output:
        process = subprocess.Popen(command, stdout=output, stderr=subprocess.STDOUT)
    deadline = time.monotonic() + WORKER_START_SECONDS
    while b" ready." not in log.read_bytes():
        if process.poll() is not None or time.monotonic() > deadline:
            process.kill()
            pytest.fail(f"The Celery worker did not start:\n{log.read_text()}")
        time.sleep(0.1)
    yield process
    process.terminate()
    process.wait()


@pytest.fixture(scope="session")
def browser_type_launch_args() -> dict[str, Any]:
    """The machine's own Chromium, which calls nobody."""
    return {"executable_path": CHROMIUM, "args": CHROMIUM_FLAGS}


@pytest.fixture(scope="session")
def base_url(live_server: Any) -> str:
    """Pages are opened by their path: `page.goto("/services/")`."""
    return str(live_server.url)
