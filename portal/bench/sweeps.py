"""The sweep over every open clock, in a process of its own: how long it takes, and how much memory at most."""

import json
import subprocess
import sys
from datetime import datetime, timedelta
from pathlib import Path
from time import perf_counter
from typing import Any, Final

from services.casework import ladder
from services.casework import operations as casework

#: Beat comes so often: what is due in between is what a sweep has to do beside looking.
BETWEEN: Final = timedelta(minutes=10)


def measured() -> dict[str, Any]:
    """What `swept` finds in a fresh process."""
    command = [sys.executable, "manage.py", "measure_bench", "--sweep"]
    done = subprocess.run(command, check=True, capture_output=True, text=True)  # noqa: S603 (ours)
    return dict(json.loads(done.stdout.splitlines()[-1]))


def swept(*, at: datetime) -> dict[str, Any]:
    """Sweep twice and say what the second time took: the first notes what came due while the bench was filled."""
    casework.escalate_clocks(at=at)
    casework.expire_clocks(at=at)
    began = perf_counter()
    noted = casework.escalate_clocks(at=at + BETWEEN)
    expired = casework.expire_clocks(at=at + BETWEEN)
    return {
        "seconds": round(perf_counter() - began, 1),
        "clocks": ladder.running_cases().count(),
        "noted": noted,
        "expired": expired,
        "megabytes": peak_megabytes(),
    }


def peak_megabytes() -> int:
    """The most memory that this process has held so far."""
    lines = Path("/proc/self/status").read_text().splitlines()
    (line,) = (line for line in lines if line.startswith("VmHWM:"))
    return int(line.split()[1]) // 1024
