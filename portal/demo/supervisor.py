"""`make demo`: everything in one terminal. Starts in order, restarts what falls, and stops in the reverse order."""

import fcntl
import os
import queue
import signal
import subprocess
import sys
import threading
import time
import urllib.error
import urllib.request
from pathlib import Path
from types import FrameType
from typing import IO

from portal import governments
from portal.demo import environment, lines, reset
from portal.demo.postgresql import Cluster
from portal.demo.processes import Child, is_free
from portal.demo.redis import Server
from portal.demo.state import State

ROOT = Path(__file__).resolve().parents[2]
READY_SECONDS = 120
QUEUES = "default,documents,notifications"
WEB_WORKERS = 3
TASK_PROCESSES = 2


class CannotStart(Exception):
    """Why the demo does not start, in words for the person at the terminal."""


class Terminal:
    """One writer for the lines of all processes."""

    def __init__(self) -> None:
        self.lines: queue.SimpleQueue[str | None] = queue.SimpleQueue()
        self.thread = threading.Thread(target=self.write, daemon=True)
        self.thread.start()

    def write(self) -> None:
        """Write each line whole, one after the other."""
        while (line := self.lines.get()) is not None:
            sys.stdout.write(line)
            sys.stdout.flush()

    def say(self, text: str) -> None:
        """Write a line of the supervisor's own."""
        self.lines.put(f"{text}\n")

    def follow(self, child: Child) -> None:
        """Write what the child prints, each line after its name."""
        if child.process is None or child.process.stdout is None:
            return
        arguments = (child.name, child.process.stdout)
        threading.Thread(target=self.copy, args=arguments, daemon=True).start()

    def copy(self, name: str, output: IO[str]) -> None:
        """Put the lines of one process into the queue."""
        with output:
            for line in output:
                self.lines.put(f"{name:<7}| {line.rstrip()}\n")

    def close(self) -> None:
        """Write what is left."""
        self.lines.put(None)
        self.thread.join(timeout=5)


class Demo:
    """The processes of the demo, in the order in which they start."""

    def __init__(self, directory: Path) -> None:
        self.directory = directory
        self.terminal = Terminal()
        self.should_stop = threading.Event()
        self.services: list[Cluster | Server] = []
        self.children: list[Child] = []

    def ask_to_stop(self, number: int, frame: FrameType | None) -> None:
        """On Ctrl-C, on SIGTERM, and when the terminal is closed."""
        self.should_stop.set()

    def run(self) -> None:
        """Start, say that we are ready, watch, and stop."""
        for number in (signal.SIGINT, signal.SIGTERM, signal.SIGHUP):
            signal.signal(number, self.ask_to_stop)
        started = time.monotonic() - environment.seconds_of_make()
        try:
            self.start()
            if not self.should_stop.is_set():
                self.terminal.say(f"ready http://127.0.0.1:{environment.port()}")
                self.terminal.say(lines.after(time.monotonic() - started))
            while not self.should_stop.wait(1):
                self.restart_fallen()
        finally:
            self.stop()

    def start(self) -> None:
        """The services first, then the data, then our own processes."""
        self.children = [self.worker(), self.web(), self.beat()]
        for child in reversed(self.children):
            child.stop()
        if not is_free(environment.port()):
            raise CannotStart(
                f"Port {environment.port()} is taken. Give another one: make demo PORT={environment.port() + 1}"
            )
        self.start_services()
        self.step("Preparing the database", "-m", "portal.demo.prepare")
        for child in self.children:
            if self.should_stop.is_set():
                return
            self.launch(child)
        self.wait_until_ready()

    def start_services(self) -> None:
        """PostgreSQL and Redis, unless the environment says where others are."""
        cluster, server = self.embedded(State.of(self.directory))
        server.stop()
        cluster.stop()
        state = cluster.state.with_free_ports()
        state.keep(self.directory)
        cluster, server = self.embedded(state)
        if not os.environ.get("DATABASE_URL"):
            self.services.append(cluster)
            self.forget_unfinished(cluster)
            self.terminal.say("Starting PostgreSQL")
            cluster.start()
            cluster.provision()
        if not (os.environ.get("REDIS_URL") and os.environ.get("BROKER_URL")):
            self.services.append(server)
            self.terminal.say("Starting Redis")
            server.start()

    def embedded(self, state: State) -> tuple[Cluster, Server]:
        """Our own PostgreSQL and Redis."""
        return Cluster(directory=self.directory, state=state), Server(directory=self.directory, state=state)

    def forget_unfinished(self, cluster: Cluster) -> None:
        """Begin anew when an earlier start was killed while it made the demo's data."""
        mark = self.directory / "unfinished"
        if mark.exists():
            self.terminal.say("An earlier start did not finish the demo's data: beginning anew")
            reset.forget_data(self.directory, cluster)
            mark.unlink()

    def step(self, title: str, *arguments: str) -> None:
        """Run a Python program to its end."""
        if self.should_stop.is_set():
            return
        self.terminal.say(title)
        child = self.child("prepare", *arguments)
        self.children.append(child)
        self.launch(child)
        while child.is_running() and not self.should_stop.wait(0.1):
            pass
        code = child.process.poll() if child.process else None
        child.stop()
        self.children.remove(child)
        if code and not self.should_stop.is_set():
            raise CannotStart(f"{title} failed; the lines above say why.")

    def child(self, name: str, *arguments: str) -> Child:
        """A Python process of the portal with the demo's settings."""
        variables = os.environ | {
            "DJANGO_SETTINGS_MODULE": "portal.settings.demo",
            "PYTHONUNBUFFERED": "1",
            # Celery warns of root because of pickles, which our tasks never are.
            "PYTHONWARNINGS": "ignore:You're running the worker",
        }
        return Child(
            name=name,
            command=[sys.executable, *arguments],
            mark=self.directory / f"{name}.mark",
            environment=variables,
            options={"cwd": ROOT},
        )

    def web(self) -> Child:
        """The pages."""
        address = f"127.0.0.1:{environment.port()}"
        command = ("-m", "gunicorn", "portal.wsgi", "--bind", address, "--workers", str(WEB_WORKERS))
        return self.child("web", *command, "--log-level", "warning", "--no-control-socket")

    def worker(self) -> Child:
        """The background work, all queues."""
        command = (
            "-m",
            "celery",
            "--quiet",
            "-A",
            "portal",
            "worker",
            "--queues",
            QUEUES,
            "--loglevel",
            "INFO",
        )
        return self.child("worker", *command, "--concurrency", str(TASK_PROCESSES), "--without-gossip")

    def beat(self) -> Child:
        """The periodic work."""
        schedule = str(self.directory / "beat-schedule")
        return self.child("beat", "-m", "celery", "--quiet", "-A", "portal", "beat", "--schedule", schedule)

    def launch(self, child: Child) -> None:
        """Start a child and follow its lines."""
        child.start(output=subprocess.PIPE)
        self.terminal.follow(child)

    def wait_until_ready(self) -> None:
        """Until the pages answer and the parts behind them too."""
        deadline = time.monotonic() + READY_SECONDS
        web = next(child for child in self.children if child.name == "web")
        while not self.should_stop.wait(0.2):
            if answers(f"http://127.0.0.1:{environment.port()}/health/ready"):
                return
            if time.monotonic() > deadline or not web.is_running():
                raise CannotStart("The pages do not answer; the lines above say why.")

    def restart_fallen(self) -> None:
        """Start again what has ended by itself or was killed."""
        for service in self.services:
            if not service.child.is_running():
                self.terminal.say(f"{service.child.name} has ended: starting it again")
                service.start()
        for child in self.children:
            if not child.is_running():
                self.terminal.say(f"{child.name} has ended: starting it again")
                child.stop()
                self.launch(child)

    def stop(self) -> None:
        """Beat first, so that nothing new is asked for; PostgreSQL last, so that everyone can finish."""
        for child in reversed(self.children):
            if child.is_running():
                self.terminal.say(f"Stopping {child.name}")
            child.stop()
        for service in reversed(self.services):
            self.terminal.say(f"Stopping {service.child.name}")
            service.stop()
        self.terminal.close()


def answers(address: str) -> bool:
    """Whether the address answers with success."""
    try:
        with urllib.request.urlopen(address, timeout=5) as response:  # noqa: S310 (our own address)
            return bool(response.status == 200)  # noqa: PLR2004 (OK)
    except (urllib.error.URLError, OSError):
        return False


def main() -> int:
    """Run the only demo of this government in this clone."""
    name, directory = environment.pack_name(), environment.DIRECTORY
    if name not in governments.known():
        known = ", ".join(governments.known())
        sys.stderr.write(f"There is no government called {name}. Those in packs/ are: {known}.\n")
        return 1
    directory.mkdir(mode=0o700, parents=True, exist_ok=True)
    with (directory / "demo.lock").open("w") as lock:
        try:
            fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            sys.stderr.write(f"The demo of {name} is already running. Stop it there with Ctrl-C.\n")
            return 1
        environment.keep_choices()
        try:
            Demo(directory).run()
        except (CannotStart, RuntimeError) as error:
            sys.stderr.write(f"\n{error}\n")
            return 1
    return 0


if __name__ == "__main__":
    raise SystemExit(main())
