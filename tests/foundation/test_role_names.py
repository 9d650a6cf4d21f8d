"""The migrations of the ground hold where the roles have other names, and where there is no sequencer yet."""

import os
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import psycopg2
import pytest
from django.conf import settings
from psycopg2 import sql

from tests import session

OWNER, WEB = "kota owner", "kota-web"
DATABASE = "bening_other_names"
PASSWORD = "a password of the tests"


@pytest.fixture
def database() -> Iterator[str]:
    """An empty database whose roles are named in ways that need quotes."""
    cluster = session.joined().cluster
    link = cluster.connect("postgres")
    link.autocommit = True
    with link.cursor() as cursor:
        for role in (OWNER, WEB):
            cursor.execute(
                sql.SQL("CREATE ROLE {} LOGIN PASSWORD {}").format(
                    sql.Identifier(role), sql.Literal(PASSWORD)
                )
            )
        cursor.execute(
            sql.SQL("CREATE DATABASE {} OWNER {}").format(sql.Identifier(DATABASE), sql.Identifier(OWNER))
        )
    yield f"127.0.0.1:{cluster.state.postgresql_port}/{DATABASE}"
    with link.cursor() as cursor:
        cursor.execute(sql.SQL("DROP DATABASE {} WITH (FORCE)").format(sql.Identifier(DATABASE)))
        for role in (OWNER, WEB):
            cursor.execute(sql.SQL("DROP ROLE {}").format(sql.Identifier(role)))
    link.close()


def test_roles_of_any_name_get_the_same_rights(database: str) -> None:
    password = PASSWORD.replace(" ", "%20")
    environment = os.environ | {
        "DATABASE_URL": f"postgres://{WEB}:{password}@{database}",
        "DATABASE_OWNER_URL": f"postgres://{OWNER.replace(' ', '%20')}:{password}@{database}",
        "SEQUENCER_ROLE": "nobody-yet",
    }
    command = [sys.executable, "manage.py", "migrate", "audit"]
    done = subprocess.run(
        command, env=environment, cwd=Path(settings.BASE_DIR), capture_output=True, text=True, check=False
    )
    assert done.returncode == 0, done.stderr
    host, port = database.partition("/")[0].split(":")
    link = psycopg2.connect(host=host, port=port, dbname=DATABASE, user=WEB, password=PASSWORD)
    with link.cursor() as cursor:
        cursor.execute("SELECT audit_make_partitions('2031-01-01', 1)")
        assert cursor.fetchone() == (2,)
        for privilege, granted in (("SELECT", True), ("INSERT", True), ("UPDATE", False), ("DELETE", False)):
            cursor.execute("SELECT has_table_privilege('audit_event', %s)", [privilege])
            assert cursor.fetchone() == (granted,)
        cursor.execute("SELECT has_table_privilege('django_migrations', 'INSERT')")
        assert cursor.fetchone() == (False,)
    link.close()
