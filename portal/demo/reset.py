"""`make demo-reset`: forget the data of every demo (of one government with PACK=), so that the next start begins anew."""

import fcntl
import os
import shutil
import sys
from pathlib import Path

from portal.demo import environment
from portal.demo.postgresql import Cluster
from portal.demo.redis import Server
from portal.demo.state import State


def main() -> int:
    """Forget the government that was named, or all of them."""
    name = os.environ.get("PACK")
    if name:
        return 0 if forget(environment.VAR / name) else 1
    running = [path for path in sorted(environment.VAR.glob("*/demo.lock")) if not forget(path.parent)]
    if running:
        return 1
    shutil.rmtree(environment.VAR, ignore_errors=True)
    sys.stdout.write("The demo is empty.\n")
    return 0


def forget(directory: Path) -> bool:
    """Remove one demo's folder, after whatever a killed start left running was ended; says whether it was possible."""
    if not (directory / "demo.lock").exists():
        sys.stdout.write(f"There is no demo of {directory.name}.\n")
        return True
    with (directory / "demo.lock").open("w") as lock:
        try:
            fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            sys.stderr.write(f"The demo of {directory.name} is running. Stop it with Ctrl-C first.\n")
            return False
        state = State.of(directory)
        cluster = Cluster(directory=directory, state=state)
        Server(directory=directory, state=state).stop()
        cluster.stop()
        forget_data(directory, cluster)
        shutil.rmtree(directory)
    sys.stdout.write(f"The demo of {directory.name} is empty.\n")
    return True


def forget_data(directory: Path, cluster: Cluster) -> None:
    """Remove what the services keep: nothing may run."""
    for folder in (cluster.data, directory / "redis", directory / "media"):
        shutil.rmtree(folder, ignore_errors=True)


if __name__ == "__main__":
    raise SystemExit(main())
