"""The services of one pytest session: an embedded PostgreSQL and Redis of its own, shared by its xdist workers.

Any number of sessions may run on one machine, since each has its own directory, ports and passwords. What a killed
session left behind is ended and removed by the next one.
"""

import contextlib
import fcntl
import os
import shutil
import tempfile
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path

from portal.demo.postgresql import DATABASE, OWNER, WEB, Cluster
from portal.demo.processes import is_alive, write_mark
from portal.demo.redis import Server
from portal.demo.state import State

PREFIX = "bening-tests-"
DIRECTORY_VARIABLE = "BENING_TEST_SESSION"


@dataclass(frozen=True)
class Session:
    """The services in `directory`."""

    directory: Path

    @cached_property
    def cluster(self) -> Cluster:
        return Cluster(directory=self.directory, state=State.of(self.directory), is_throwaway=True)

    @cached_property
    def redis(self) -> Server:
        return Server(directory=self.directory, state=State.of(self.directory), is_throwaway=True)

    def start(self) -> None:
        self.cluster.start()
        self.redis.start()
        self.cluster.provision()

    def stop(self) -> None:
        self.redis.stop()
        self.cluster.stop()
        shutil.rmtree(self.cluster.data, ignore_errors=True)
        shutil.rmtree(self.directory, ignore_errors=True)

    @contextlib.contextmanager
    def lock(self) -> Iterator[None]:
        with (self.directory / "lock").open("w") as file:
            fcntl.flock(file, fcntl.LOCK_EX)
            yield

    def is_migrated(self) -> bool:
        return (self.directory / "migrated").exists()

    def note_migrated(self) -> None:
        (self.directory / "migrated").touch()


def start() -> Session:
    """Start the services and say where they are to the workers, which inherit the environment."""
    remove_leftovers()
    directory = Path(tempfile.mkdtemp(prefix=PREFIX))
    write_mark(directory / "session.mark", os.getpid())
    session = Session(directory)
    try:
        session.start()
    except BaseException:
        session.stop()
        raise
    os.environ[DIRECTORY_VARIABLE] = str(directory)
    return session


def joined() -> Session:
    """The session of the controller that started this worker."""
    return Session(Path(os.environ[DIRECTORY_VARIABLE]))


def remove_leftovers() -> None:
    for directory in Path(tempfile.gettempdir()).glob(f"{PREFIX}*"):
        mark = directory / "session.mark"
        if mark.exists() and os.access(directory, os.W_OK) and not is_alive(mark):
            Session(directory).stop()


def database_name(worker: str) -> str:
    return f"{DATABASE}_{worker}"


def environment(session: Session, worker: str) -> dict[str, str]:
    """The variables that point the settings at this worker's own database and Redis databases."""
    number = int(worker.removeprefix("gw")) + 1 if worker.startswith("gw") else 0
    state = session.cluster.state
    return {
        "DATABASE_URL": session.cluster.url(WEB, state.web_password, database_name(worker)),
        "DATABASE_OWNER_URL": session.cluster.url(OWNER, state.owner_password, database_name(worker)),
        "BROKER_URL": session.redis.url(2 * number),
        "REDIS_URL": session.redis.url(2 * number + 1),
        "MEDIA_ROOT": str(session.directory / f"media-{worker}"),
        "SEAL_PKCS12": str(session.directory / "keys" / "seal.p12"),
        "SEAL_TRUST": str(session.directory / "keys" / "seal-roots.pem"),
        "DJANGO_SETTINGS_MODULE": "portal.settings.test",
        # Playwright's driver keeps a loop running in the thread of the test, which Django takes for asynchronous code.
        "DJANGO_ALLOW_ASYNC_UNSAFE": "true",
    }
