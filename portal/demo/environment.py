"""The environment of the demo: where the embedded services are, and the keys made at the first start."""

import os
from pathlib import Path

from portal.demo.postgresql import OWNER, WEB, Cluster
from portal.demo.redis import BROKER, CACHE, Server
from portal.demo.state import State

DIRECTORY = Path(__file__).resolve().parents[2] / "var"
PORT_FILE = DIRECTORY / "port"
DEFAULT_PORT = 8000


def port() -> int:
    """The port of the portal's own pages: what PORT says, or what it said when the demo was started."""
    if os.environ.get("PORT"):
        return int(os.environ["PORT"])
    return int(PORT_FILE.read_text()) if PORT_FILE.exists() else DEFAULT_PORT


def keep_port() -> None:
    """Note the port of this start, for `manage.py` in another terminal."""
    PORT_FILE.write_text(os.environ.get("PORT") or str(DEFAULT_PORT))


def variables() -> dict[str, str]:
    """What the settings need, by the names of its variables."""
    state = State.of(DIRECTORY)
    cluster = Cluster(directory=DIRECTORY, state=state)
    server = Server(directory=DIRECTORY, state=state)
    return {
        "SECRET_KEY": state.secret_key,
        "ALLOWED_HOSTS": "localhost,127.0.0.1,[::1]",
        "SITE_URL": f"http://127.0.0.1:{port()}",
        **({} if os.environ.get("DATABASE_URL") else database_variables(cluster)),
        "REDIS_URL": server.url(CACHE),
        "BROKER_URL": server.url(BROKER),
        "SEALING_KEYS": f"demo={state.sealing_key}",
        "SEALING_KEY_ID": "demo",
        "BLIND_INDEX_KEY": state.blind_index_key,
        "SEAL_PKCS12": str(DIRECTORY / "keys" / "seal.p12"),
        "SEAL_TRUST": str(DIRECTORY / "keys" / "seal-roots.pem"),
    }


def database_variables(cluster: Cluster) -> dict[str, str]:
    """Both accounts of the embedded database: never one of it and one of another."""
    return {
        "DATABASE_URL": cluster.url(WEB, cluster.state.web_password),
        "DATABASE_OWNER_URL": cluster.url(OWNER, cluster.state.owner_password),
    }
