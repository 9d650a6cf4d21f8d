"""The environment of the demo: where the embedded services are, and the keys made at the first start."""

import os
from pathlib import Path

from portal.demo.postgresql import OWNER, WEB, Cluster
from portal.demo.redis import BROKER, CACHE, Server
from portal.demo.state import State

DIRECTORY = Path(__file__).resolve().parents[2] / "var"
DEFAULTS = {"PORT": "8000", "PACK": "surabaya"}


def choice(name: str) -> str:
    """What was chosen for this start (PORT, PACK), or for the last one: `manage.py` runs in another terminal."""
    kept = DIRECTORY / name.lower()
    return os.environ.get(name) or (kept.read_text() if kept.exists() else DEFAULTS[name])


def keep_choices() -> None:
    """Note what was chosen for this start."""
    for name, default in DEFAULTS.items():
        (DIRECTORY / name.lower()).write_text(os.environ.get(name) or default)


def port() -> int:
    """The port of the portal's own pages."""
    return int(choice("PORT"))


def pack() -> Path:
    """The folder of the government that the demo shows."""
    return DIRECTORY.parent / "packs" / choice("PACK")


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
        "CERTIFICATE_TEMPLATES": str(pack() / "templates"),
        "SEAL_PKCS12": str(DIRECTORY / "keys" / "seal.p12"),
        "SEAL_TRUST": str(DIRECTORY / "keys" / "seal-roots.pem"),
    }


def database_variables(cluster: Cluster) -> dict[str, str]:
    """Both accounts of the embedded database: never one of it and one of another."""
    return {
        "DATABASE_URL": cluster.url(WEB, cluster.state.web_password),
        "DATABASE_OWNER_URL": cluster.url(OWNER, cluster.state.owner_password),
    }
