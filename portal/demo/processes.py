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
        born = psutil.Process(self.process.pid).create_time()
        self.mark.write_text(json.dumps({"pid": self.process.pid, "born": born}))
        return self.process

    def stop(self) -> None:
        """Ask the program to end, wait, and end it with everything it started when it does not."""
        if self.process is None:
            self.end_leftover()
            return
        end(psutil_of(self.process), self.stop_signal)
        self.process.wait()
        self.process = None
        self.mark.unlink(missing_ok=True)

    def end_leftover(self) -> None:
        """End the program of an earlier start that was killed before it could stop it."""
        leftover = marked(self.mark)
        if leftover is not None:
            end(leftover, self.stop_signal)
        self.mark.unlink(missing_ok=True)


def psutil_of(process: subprocess.Popen[str]) -> psutil.Process | None:
    """The process as psutil sees it, or None when it has ended."""
    if process.poll() is not None:
        return None
    return psutil.Process(process.pid)


def marked(mark: Path) -> psutil.Process | None:
    """The living process that the mark is of."""
    try:
        content = json.loads(mark.read_text())
        process = psutil.Process(content["pid"])
        return process if process.create_time() == content["born"] else None
    except (OSError, ValueError, KeyError, psutil.NoSuchProcess):
        return None


def end(process: psutil.Process | None, stop_signal: signal.Signals) -> None:
    """Signal the process, and kill what is left of it and of its children when the grace is over."""
    if process is None:
        return
    try:
        family = [process, *process.children(recursive=True)]
        process.send_signal(stop_signal)
    except psutil.NoSuchProcess:
        return
    _, stubborn = psutil.wait_procs(family, timeout=GRACE_SECONDS)
    for member in stubborn:
        try:
            member.kill()
        except psutil.NoSuchProcess:
            continue
    psutil.wait_procs(stubborn, timeout=GRACE_SECONDS)


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
