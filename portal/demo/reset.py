"""`make demo-reset`: forget the demo's data, so that the next start begins anew."""

import fcntl
import shutil
import sys
from pathlib import Path

from portal.demo import environment
from portal.demo.postgresql import Cluster
from portal.demo.redis import Server
from portal.demo.state import State


def main() -> int:
    """Remove `var/`, after whatever a killed demo left running was ended."""
    directory = environment.DIRECTORY
    directory.mkdir(mode=0o700, exist_ok=True)
    with (directory / "demo.lock").open("w") as lock:
        try:
            fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            sys.stderr.write("The demo is running. Stop it with Ctrl-C first.\n")
            return 1
        state = State.of(directory)
        cluster = Cluster(directory=directory, state=state)
        Server(directory=directory, state=state).stop()
        cluster.stop()
        forget_data(directory, cluster)
        shutil.rmtree(directory)
    sys.stdout.write("The demo is empty.\n")
    return 0


def forget_data(directory: Path, cluster: Cluster) -> None:
    """Remove what the services keep: nothing may run."""
    for folder in (cluster.data, directory / "redis", directory / "media"):
        shutil.rmtree(folder, ignore_errors=True)


if __name__ == "__main__":
    raise SystemExit(main())
