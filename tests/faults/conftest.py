"""Real Celery workers that a test may kill, on an emptied broker."""

import os
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
import redis
from django.conf import settings

from tests.faults import probes

START_SECONDS = 60
WAIT_SECONDS = 60


class Worker:
    """A Celery worker in a process group of its own."""

    def __init__(self, log: Path) -> None:
        self.log = log
        command = [
            sys.executable,
            "-m",
            "celery",
            "-A",
            "portal",
            "worker",
            "--include",
            "tests.faults.probes",
        ]
        options = ["--concurrency", "1", "--loglevel", "INFO", "--without-gossip", "--without-mingle"]
        queues = ["--queues", ",".join(settings.CELERY_TASK_QUEUES), "--hostname", f"{log.stem}@faults"]
        with log.open("wb") as output:
            self.process = subprocess.Popen(
                command + options + queues, stdout=output, stderr=subprocess.STDOUT, start_new_session=True
            )

    def wait_for_start(self) -> None:
        wait_until(lambda: b" ready." in self.log.read_bytes(), self.log.read_text, seconds=START_SECONDS)

    def kill(self) -> None:
        """Kill the worker and its children at once, as a power cut would."""
        if self.process.poll() is None:
            os.killpg(self.process.pid, signal.SIGKILL)
        self.process.wait()


def wait_until(
    happened: Callable[[], bool], explain: Callable[[], str] = str, *, seconds: float = WAIT_SECONDS
) -> None:
    """Wait for something that another process does."""
    deadline = time.monotonic() + seconds
    while not happened():
        if time.monotonic() > deadline:
            pytest.fail(f"It did not happen within {seconds} s.\n{explain()}")
        time.sleep(0.05)


@pytest.fixture
def broker() -> Iterator[redis.Redis]:
    """The broker, empty before and after."""
    link = redis.Redis.from_url(settings.CELERY_BROKER_URL)
    link.flushdb()
    yield link
    link.flushdb()
    link.close()


@pytest.fixture
def start_worker(
    transactional_db: None, broker: redis.Redis, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> Iterator[Callable[[], Worker]]:
    """Start as many workers as a test wants; none outlives it."""
    monkeypatch.setenv("FAULTS_DIRECTORY", str(tmp_path))
    probes.listen()
    workers: list[Worker] = []

    def start() -> Worker:
        workers.append(Worker(tmp_path / f"worker{len(workers)}.log"))
        workers[-1].wait_for_start()
        return workers[-1]

    yield start
    for worker in workers:
        worker.kill()
    probes.stop_listening()
