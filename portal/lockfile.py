"""Takes the appeals for money, which name hosts, out of the lock of the front end: `python -m portal.lockfile`."""

import json
from pathlib import Path

LOCK = Path(__file__).resolve().parent.parent / "package-lock.json"


def without_funding(text: str) -> str:
    """The lock in npm's own manner of writing, without what is not needed to install."""
    lock = json.loads(text)
    for package in lock["packages"].values():
        package.pop("funding", None)
    return json.dumps(lock, indent=2, ensure_ascii=False) + "\n"


if __name__ == "__main__":
    LOCK.write_text(without_funding(LOCK.read_text()))
