"""What the embedded services keep between starts: their ports, passwords and keys, in one private file."""

import base64
import json
import secrets
from dataclasses import asdict, dataclass, replace
from pathlib import Path
from typing import Self

from portal.demo.processes import free_port, is_free, write_private

FILE_NAME = "embedded.json"


@dataclass(frozen=True, kw_only=True)
class State:
    """Ports on 127.0.0.1, passwords, and keys (32 bytes in base 64)."""

    postgresql_port: int
    redis_port: int
    superuser_password: str
    owner_password: str
    web_password: str
    sequencer_password: str
    redis_password: str
    secret_key: str
    sealing_key: str
    blind_index_key: str

    @classmethod
    def of(cls, directory: Path) -> Self:
        """The state kept in the directory, made there when there is none."""
        path = directory / FILE_NAME
        if path.exists():
            return cls(**json.loads(path.read_text()))
        directory.mkdir(parents=True, exist_ok=True, mode=0o700)
        state = cls.fresh()
        state.keep(directory)
        return state

    @classmethod
    def fresh(cls) -> Self:
        """A state of random values."""
        return cls(
            postgresql_port=free_port(),
            redis_port=free_port(),
            superuser_password=secrets.token_urlsafe(24),
            owner_password=secrets.token_urlsafe(24),
            web_password=secrets.token_urlsafe(24),
            sequencer_password=secrets.token_urlsafe(24),
            redis_password=secrets.token_urlsafe(24),
            secret_key=secrets.token_urlsafe(48),
            sealing_key=base64.b64encode(secrets.token_bytes(32)).decode(),
            blind_index_key=base64.b64encode(secrets.token_bytes(32)).decode(),
        )

    def keep(self, directory: Path) -> None:
        """Write the state into the directory."""
        write_private(directory / FILE_NAME, json.dumps(asdict(self), indent=2))

    def with_free_ports(self) -> Self:
        """The same state, with another port where a stranger now listens on ours."""
        return replace(
            self,
            postgresql_port=self.postgresql_port if is_free(self.postgresql_port) else free_port(),
            redis_port=self.redis_port if is_free(self.redis_port) else free_port(),
        )
