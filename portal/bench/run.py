"""`make bench`: a database of its own, filled and measured at two sizes, and the table at the end. It ends by itself."""

import fcntl
import json
import os
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any, Final

from portal import governments
from portal.bench import table
from portal.demo import environment, reset
from portal.demo.postgresql import Cluster
from portal.demo.redis import Server
from portal.demo.state import State

ROOT: Final = Path(__file__).resolve().parents[2]
DIRECTORY: Final = environment.VAR / "bench"
SMALL: Final = 10_000
#: As a database server of a city would have it, in small; nothing of a bench is kept.
SETTINGS: Final = (
    "shared_buffers=1GB",
    "max_wal_size=8GB",
    "checkpoint_timeout=30min",
    "maintenance_work_mem=256MB",
)


def main() -> int:
    """Run the only bench of this clone; says by its end whether every bound was kept."""
    large = int(os.environ.get("CASES") or 1_000_000)
    DIRECTORY.mkdir(mode=0o700, parents=True, exist_ok=True)
    with (DIRECTORY / "demo.lock").open("w") as lock:
        try:
            fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            sys.stderr.write("A bench is running already.\n")
            return 1
        with services():
            small_found, large_found = measured(large)
    sys.stdout.write("\n" + table.drawn(small_found, large_found))
    return 0 if all(line[4] is not False for line in table.lines(small_found, large_found)) else 1


@contextmanager
def services() -> Iterator[None]:
    """PostgreSQL and Redis, empty, for as long as the block lasts."""
    old = State.of(DIRECTORY)
    Server(directory=DIRECTORY, state=old).stop()
    Cluster(directory=DIRECTORY, state=old).stop()
    state = old.with_free_ports()
    state.keep(DIRECTORY)
    cluster = Cluster(directory=DIRECTORY, state=state, is_throwaway=True, settings=SETTINGS)
    server = Server(directory=DIRECTORY, state=state)
    reset.forget_data(DIRECTORY, cluster)
    try:
        cluster.start()
        cluster.provision()
        server.start()
        yield
    finally:
        server.stop()
        cluster.stop()


def measured(large: int) -> tuple[dict[str, Any], dict[str, Any]]:
    """Fill and measure, first at the small size, then at the large one."""
    manage("migrate", "--verbosity", "0", "--no-input")
    manage("collectstatic", "--verbosity", "0", "--no-input", "--clear")
    manage("load_pack", str(environment.pack()))
    manage("make_bench")
    manage("load_demo")
    found = []
    for size in (SMALL, large):
        manage("make_cases", str(size))
        result = DIRECTORY / f"measured-{size}.json"
        manage("measure_bench", "--into", str(result))
        found.append(json.loads(result.read_text()))
    return found[0], found[1]


def manage(*arguments: str) -> None:
    """Run a command of manage.py to its end, with the demo's settings in the bench's own folder."""
    sys.stdout.write(f"{' '.join(arguments[:2])}\n")
    sys.stdout.flush()
    variables = {"DJANGO_SETTINGS_MODULE": "portal.settings.demo", "DEMO_DIRECTORY": str(DIRECTORY)}
    known = {name: value for name, value in os.environ.items() if not name.startswith("DATABASE_")}
    command = [sys.executable, "manage.py", *arguments]
    subprocess.run(  # noqa: S603 (ours)
        command,
        check=True,
        cwd=ROOT,
        env=known | variables | {"PACK": os.environ.get("PACK") or governments.DEFAULT},
    )


if __name__ == "__main__":
    raise SystemExit(main())
