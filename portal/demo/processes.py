"""Processes that we start, and find again after a start that was killed: by their number and the moment they began."""

import json
import os
import signal
import socket
import subprocess
from collections.abc import Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import IO, Any

import psutil

GRACE_SECONDS = 20


@dataclass(kw_only=True)
class Child:
    """A program that runs in a session of its own, so that Ctrl-C reaches it only through us.

    Its mark (process number and moment of birth) is kept in a file, since the number alone may belong to
    another process when the file is read.
    """

    name: str
    command: Sequence[str]
    mark: Path
    environment: dict[str, str] | None = None
    options: dict[str, Any] = field(default_factory=dict)
    stop_signal: signal.Signals = signal.SIGTERM
    process: subprocess.Popen[str] | None = None

    def start(self, *, output: int | IO[Any]) -> subprocess.Popen[str]:
        """Start the program; its output goes to a file, or to a pipe with `subprocess.PIPE`."""
        self.process = subprocess.Popen(  # noqa: S603 (the command is ours)
            self.command,
            env=self.environment,
            stdin=subprocess.DEVNULL,
            stdout=output,
            stderr=subprocess.STDOUT,
            start_new_session=True,
            text=True,
            **self.options,
        )
        write_mark(self.mark, self.process.pid)
        return self.process

    def is_running(self) -> bool:
        """Whether the program that we started still runs."""
        return self.process is not None and self.process.poll() is None

    def stop(self) -> None:
        """Ask the program to end, wait, and end what it started when it does not; also that of an earlier start."""
        end(family_of(self.mark), self.stop_signal)
        if self.process is not None:
            self.process.wait()
            self.process = None
        self.mark.unlink(missing_ok=True)


def read_mark(mark: Path) -> tuple[int, float] | None:
    """The number and the birth of the process that the mark is of."""
    try:
        content = json.loads(mark.read_text())
        return int(content["pid"]), float(content["born"])
    except (OSError, ValueError, KeyError):
        return None


def write_mark(mark: Path, pid: int) -> None:
    """Note the process."""
    mark.write_text(json.dumps({"pid": pid, "born": psutil.Process(pid).create_time()}))


def is_alive(mark: Path) -> bool:
    """Whether the marked process still runs."""
    noted = read_mark(mark)
    if noted is None:
        return False
    try:
        return psutil.Process(noted[0]).create_time() == noted[1]
    except psutil.NoSuchProcess:
        return False


def family_of(mark: Path) -> list[psutil.Process]:
    """The living processes of the session that the marked process leads or led, the leader first."""
    noted = read_mark(mark)
    if noted is None:
        return []
    leader, born = noted
    members = [process for process in psutil.process_iter() if is_member(process, leader, born)]
    if any(process.pid == leader for process in members) and not is_alive(mark):
        return []  # The number is another's today.
    return sorted(members, key=lambda process: process.pid != leader)


def is_member(process: psutil.Process, leader: int, born: float) -> bool:
    """Whether the process belongs to the session of the leader."""
    try:
        return os.getsid(process.pid) == leader and process.create_time() >= born
    except (OSError, psutil.Error):
        return False


def end(family: list[psutil.Process], stop_signal: signal.Signals) -> None:
    """Signal the first, which ends the others; kill those that are left when the grace is over or the first is gone."""
    if not family:
        return
    send(family[0], stop_signal)
    psutil.wait_procs(family[:1], timeout=GRACE_SECONDS)
    _, stubborn = psutil.wait_procs(family, timeout=1)
    for process in stubborn:
        send(process, signal.SIGKILL)
    psutil.wait_procs(stubborn, timeout=GRACE_SECONDS)


def send(process: psutil.Process, stop_signal: signal.Signals) -> None:
    """Signal a process that may meanwhile have ended."""
    try:
        process.send_signal(stop_signal)
    except psutil.NoSuchProcess:
        return


def free_port() -> int:
    """A port on which nobody listens at this moment."""
    with socket.socket() as listener:
        listener.bind(("127.0.0.1", 0))
        return int(listener.getsockname()[1])


def is_free(port: int) -> bool:
    """Whether we may listen on the port."""
    with socket.socket() as listener:
        listener.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            listener.bind(("127.0.0.1", port))
        except OSError:
            return False
        return True


def write_private(path: Path, text: str) -> None:
    """Write a file that its owner alone can read, whole or not at all."""
    scratch = path.with_name(f"{path.name}.new")
    scratch.unlink(missing_ok=True)
    with os.fdopen(os.open(scratch, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "w") as file:
        file.write(text)
    scratch.replace(path)
