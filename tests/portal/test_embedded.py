"""The embedded services survive what happens to a demo: kill -9, a foreign process under the old number, a taken port."""

import json
import os
import signal
import socket
import subprocess
import time
from collections.abc import Callable, Iterator
from contextlib import closing
from dataclasses import replace
from pathlib import Path

import psutil
import psycopg2
import pytest
import redis

from portal.demo.postgresql import DATABASE, OWNER, WEB, Cluster
from portal.demo.processes import Child, is_alive, write_mark, write_private
from portal.demo.redis import BROKER, Server
from portal.demo.state import State

NewStart = Callable[[], Cluster]


@pytest.fixture
def new_start(tmp_path: Path) -> Iterator[NewStart]:
    """The cluster as each start of the demo sees it: from what is on the disk alone."""
    starts: list[Cluster] = []

    def start() -> Cluster:
        starts.append(Cluster(directory=tmp_path, state=State.of(tmp_path)))
        return starts[-1]

    yield start
    start().stop()
    for known in starts:
        if known.child.process is not None:
            known.child.process.wait()


@pytest.fixture
def cluster(new_start: NewStart) -> Cluster:
    """One that runs, with its roles and its database."""
    cluster = new_start()
    cluster.start()
    cluster.provision()
    return cluster


def as_owner(cluster: Cluster, statement: str) -> None:
    with closing(cluster.connect(DATABASE, role=OWNER, password=cluster.state.owner_password)) as connection:
        connection.cursor().execute(statement)


def server_process(cluster: Cluster) -> psutil.Process:
    assert cluster.child.process is not None
    return psutil.Process(cluster.child.process.pid)


def test_the_web_role_signs_in_and_owns_nothing(cluster: Cluster) -> None:
    as_owner(cluster, "CREATE TABLE thing (id int)")
    with closing(cluster.connect(DATABASE, role=WEB, password=cluster.state.web_password)) as connection:
        with pytest.raises(psycopg2.errors.InsufficientPrivilege):
            connection.cursor().execute("SELECT * FROM thing")
        with pytest.raises(psycopg2.errors.InsufficientPrivilege):
            connection.cursor().execute("CREATE TABLE other (id int)")


def test_a_wrong_password_is_refused(cluster: Cluster) -> None:
    with pytest.raises(psycopg2.OperationalError, match="password authentication failed"):
        cluster.connect(DATABASE, role=WEB, password="guessed")


def test_a_server_that_outlived_its_parent_is_replaced(cluster: Cluster, new_start: NewStart) -> None:
    as_owner(cluster, "CREATE TABLE kept (id int)")
    old = server_process(cluster)

    later = new_start()
    later.start()

    assert not old.is_running() or old.status() == psutil.STATUS_ZOMBIE
    as_owner(later, "DROP TABLE kept")


def test_a_killed_server_starts_again_and_keeps_what_was_committed(
    cluster: Cluster, new_start: NewStart
) -> None:
    as_owner(cluster, "CREATE TABLE kept (id int)")
    server_process(cluster).kill()

    later = new_start()
    later.start()

    as_owner(later, "DROP TABLE kept")


def test_a_stranger_under_the_number_of_a_dead_server_is_left_alone(
    cluster: Cluster, new_start: NewStart
) -> None:
    cluster.stop()
    with subprocess.Popen(["sleep", "60"]) as stranger:
        (cluster.data / "postmaster.pid").write_text(f"{stranger.pid}\n{cluster.data}\n")
        (cluster.directory / "postgresql.mark").write_text(json.dumps({"pid": stranger.pid, "born": 1.0}))

        later = new_start()
        later.start()
        later.provision()

        assert stranger.poll() is None
        stranger.kill()


def test_a_taken_port_is_replaced_by_a_free_one(tmp_path: Path) -> None:
    state = State.of(tmp_path)
    with socket.socket() as stranger:
        stranger.bind(("127.0.0.1", state.postgresql_port))
        stranger.listen()

        moved = state.with_free_ports()

    assert moved == replace(state, postgresql_port=moved.postgresql_port)
    assert moved.postgresql_port != state.postgresql_port


def test_passwords_and_keys_are_for_their_owner_alone(tmp_path: Path) -> None:
    State.of(tmp_path)
    write_private(tmp_path / "secret", "x")

    assert {path.stat().st_mode & 0o777 for path in tmp_path.iterdir()} == {0o600}


def test_the_state_is_kept(tmp_path: Path) -> None:
    assert State.of(tmp_path) == State.of(tmp_path)


def test_redis_keeps_its_data_through_a_kill(tmp_path: Path) -> None:
    server = Server(directory=tmp_path, state=State.of(tmp_path))
    server.start()
    with closing(redis.Redis.from_url(server.url(BROKER))) as client:
        client.set("promise", "kept")
    time.sleep(1.5)  # appendfsync everysec
    assert server.child.process is not None
    server.child.process.kill()

    later = Server(directory=tmp_path, state=State.of(tmp_path))
    later.start()
    with closing(redis.Redis.from_url(later.url(BROKER))) as client:
        assert client.get("promise") == b"kept"
    later.stop()
    server.child.process.wait()


def test_redis_asks_for_its_password(tmp_path: Path) -> None:
    server = Server(directory=tmp_path, state=State.of(tmp_path), is_throwaway=True)
    server.start()
    with (
        closing(redis.Redis(port=server.state.redis_port)) as client,
        pytest.raises(redis.AuthenticationError),
    ):
        client.get("promise")
    server.stop()


def test_a_child_is_stopped_with_its_children(tmp_path: Path) -> None:
    child = Child(name="family", command=["sh", "-c", "sleep 60 & sleep 60"], mark=tmp_path / "family.mark")
    process = child.start(output=subprocess.DEVNULL)
    while len(family := psutil.Process(process.pid).children()) < 2:
        time.sleep(0.01)

    child.stop()

    assert not any(member.is_running() for member in family)


def test_the_children_of_a_killed_parent_are_found(tmp_path: Path) -> None:
    mark = tmp_path / "family.mark"
    child = Child(name="family", command=["sh", "-c", "sleep 60 & wait"], mark=mark)
    process = child.start(output=subprocess.DEVNULL)
    while not (family := psutil.Process(process.pid).children()):
        time.sleep(0.01)
    process.send_signal(signal.SIGKILL)
    process.wait()

    Child(name="family", command=[], mark=mark).stop()

    assert not any(member.is_running() and member.status() != psutil.STATUS_ZOMBIE for member in family)


def test_a_mark_is_of_one_process_and_not_of_its_number(tmp_path: Path) -> None:
    mark = tmp_path / "mine.mark"
    write_mark(mark, os.getpid())
    assert is_alive(mark)

    mark.write_text(json.dumps({"pid": os.getpid(), "born": 1.0}))
    assert not is_alive(mark)
