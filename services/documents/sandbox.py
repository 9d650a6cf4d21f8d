"""Runs the programs of `children/` on what strangers sent: apart, with no secret in reach and with limits."""

import json
import subprocess
import sys
from dataclasses import dataclass
from pathlib import Path
from typing import Any

CHILDREN = Path(__file__).parent / "children"
MEGABYTE = 1024 * 1024


@dataclass(frozen=True)
class Limits:
    """What a child may use: seconds of computing (and three times as many by the clock), memory, one written file."""

    seconds: int = 20
    megabytes: int = 1024
    written_megabytes: int = 200


class ChildRefused(Exception):
    """The child looked at the file and refuses it, or did not survive the look."""

    def __init__(self, code: str) -> None:
        super().__init__(code)
        self.code = code


def run(child: str, *arguments: str | int | Path, limits: Limits | None = None) -> dict[str, Any]:
    """Run `children/<child>.py` and return its answer; raises ChildRefused.

    A child that runs out of time or memory, or crashes in a decoder, refuses the file as TOO_HEAVY or DAMAGED. It is given an
    empty environment: whatever takes over a decoder finds no password there.
    """
    limits = limits or Limits()
    command = [sys.executable, "-I", str(CHILDREN / f"{child}.py"), *map(str, arguments)]
    try:
        done = subprocess.run(  # noqa: S603 - the program is ours, the arguments are paths made by us
            ["/bin/sh", "-c", _limited(limits), "child", *command],
            capture_output=True,
            check=False,
            env={"LC_ALL": "C.UTF-8"},
            timeout=limits.seconds * 3,
        )
    except subprocess.TimeoutExpired:
        raise ChildRefused("TOO_HEAVY") from None
    return _answer(done)


def _limited(limits: Limits) -> str:
    """The limits as a line of POSIX shell that then becomes the child (no code of ours between fork and exec)."""
    kilobytes, blocks = limits.megabytes * 1024, limits.written_megabytes * 2048
    return f'ulimit -t {limits.seconds} -v {kilobytes}; ulimit -f {blocks}; ulimit -c 0; exec "$@"'


def _answer(done: subprocess.CompletedProcess[bytes]) -> dict[str, Any]:
    try:
        answer = json.loads(done.stdout)
    except ValueError:
        raise ChildRefused("TOO_HEAVY" if _ran_out(done) else "DAMAGED") from None
    if "refused" in answer:
        raise ChildRefused(answer["refused"])
    ok: dict[str, Any] = answer["ok"]
    return ok


def _ran_out(done: subprocess.CompletedProcess[bytes]) -> bool:
    """Whether time (SIGKILL, SIGXCPU) or memory ended the child."""
    return done.returncode in {-9, -24, 137, 152} or b"MemoryError" in done.stderr
