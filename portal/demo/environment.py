"""The environment of the demo: where the embedded services are, and the keys made at the first start."""

import os
import time
from pathlib import Path

from portal import governments
from portal.demo.postgresql import OWNER, WEB, Cluster
from portal.demo.redis import BROKER, CACHE, Server
from portal.demo.state import State

#: Everything that demos keep: a folder for each government, and the name of the one that was started last.
VAR = governments.PACKS.parent / "var"
DEFAULT_PORT = "8000"


def pack_name() -> str:
    """The government chosen for this start (PACK), or for the last one: `manage.py` runs in another terminal."""
    return os.environ.get("PACK") or kept(VAR / "pack") or governments.DEFAULT


def kept(path: Path) -> str:
    """What an earlier start noted in this file, or nothing."""
    return path.read_text() if path.exists() else ""


#: Where this one keeps what it has; the bench, which is filled like a demo, has a folder of its own.
DIRECTORY = Path(os.environ.get("DEMO_DIRECTORY") or VAR / pack_name())


def keep_choices() -> None:
    """Note what was chosen for this start."""
    (VAR / "pack").write_text(pack_name())
    (DIRECTORY / "port").write_text(os.environ.get("PORT") or DEFAULT_PORT)


def port() -> int:
    """The port of the portal's own pages."""
    return int(os.environ.get("PORT") or kept(DIRECTORY / "port") or DEFAULT_PORT)


def seconds_of_make() -> float:
    """How long ago make was called, which installs first; without make, no time at all."""
    now = time.time()  # noqa: TID251 (compared with the shell's clock, which nobody moves)
    return max(0, now - float(os.environ.get("DEMO_BEGAN_AT") or now))


def pack() -> Path:
    """The folder of the government that the demo shows."""
    return governments.PACKS / pack_name()


def variables() -> dict[str, str]:
    """What the settings need, by the names of its variables."""
    state = State.of(DIRECTORY)
    cluster = Cluster(directory=DIRECTORY, state=state)
    server = Server(directory=DIRECTORY, state=state)
    return {
        "SECRET_KEY": state.secret_key,
        "ALLOWED_HOSTS": "localhost,127.0.0.1,[::1]",
        "PACK": pack_name(),
        "SITE_URL": f"http://127.0.0.1:{port()}",
        **({} if os.environ.get("DATABASE_URL") else database_variables(cluster)),
        "REDIS_URL": server.url(CACHE),
        "BROKER_URL": server.url(BROKER),
        "SEALING_KEYS": f"demo={state.sealing_key}",
        "SEALING_KEY_ID": "demo",
        "BLIND_INDEX_KEY": state.blind_index_key,
        "MEDIA_ROOT": str(DIRECTORY / "media"),
        "SEAL_PKCS12": str(DIRECTORY / "keys" / "seal.p12"),
        "SEAL_TRUST": str(DIRECTORY / "keys" / "seal-roots.pem"),
    }


def database_variables(cluster: Cluster) -> dict[str, str]:
    """Both accounts of the embedded database: never one of it and one of another."""
    return {
        "DATABASE_URL": cluster.url(WEB, cluster.state.web_password),
        "DATABASE_OWNER_URL": cluster.url(OWNER, cluster.state.owner_password),
    }
