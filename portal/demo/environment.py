"""The environment of the demo: where the embedded services are, and the keys made at the first start."""

import os
from pathlib import Path

from portal.demo.postgresql import OWNER, WEB, Cluster
from portal.demo.redis import BROKER, CACHE, Server
from portal.demo.state import State

DIRECTORY = Path(__file__).resolve().parents[2] / "var"


def port() -> int:
    """The port of the portal's own pages."""
    return int(os.environ.get("PORT", "8000"))


def variables() -> dict[str, str]:
    """What the settings need, by the names of its variables."""
    state = State.of(DIRECTORY)
    return connections(
        Cluster(directory=DIRECTORY, state=state), Server(directory=DIRECTORY, state=state)
    ) | {
        "SECRET_KEY": state.secret_key,
        "ALLOWED_HOSTS": "localhost,127.0.0.1,[::1]",
        "SITE_URL": f"http://127.0.0.1:{port()}",
        "SEALING_KEYS": f"demo={state.sealing_key}",
        "SEALING_KEY_ID": "demo",
        "BLIND_INDEX_KEY": state.blind_index_key,
        "SEAL_PKCS12": str(DIRECTORY / "keys" / "seal.p12"),
        "SEAL_TRUST": str(DIRECTORY / "keys" / "seal-roots.pem"),
    }


def connections(cluster: Cluster, server: Server) -> dict[str, str]:
    """The addresses of the embedded services."""
    return {
        "DATABASE_URL": cluster.url(WEB, cluster.state.web_password),
        "DATABASE_OWNER_URL": cluster.url(OWNER, cluster.state.owner_password),
        "REDIS_URL": server.url(CACHE),
        "BROKER_URL": server.url(BROKER),
    }
