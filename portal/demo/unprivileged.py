"""PostgreSQL refuses to run as root: how root runs it all the same, without giving it any right."""

import hashlib
import os
import pwd
import shutil
import subprocess
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

NAMESPACE = ("unshare", "--user", "--map-user=1000", "--map-group=1000")
SYSTEM_USER = "bening-demo"
SYSTEM_HOME = Path("/var/lib/bening-demo")


@dataclass(frozen=True, kw_only=True)
class Ground:
    """Where and as whom PostgreSQL runs."""

    directory: Path
    binaries: Path
    prefix: tuple[str, ...] = ()
    options: dict[str, Any] = field(default_factory=dict)


def ground_for(directory: Path, binaries: Path) -> Ground:
    """As ourselves; root in a namespace where it is a user like others, and where that is forbidden as a system user."""
    if os.geteuid() != 0:
        return Ground(directory=directory, binaries=binaries)
    if namespaces_are_allowed():
        return Ground(directory=directory, binaries=binaries, prefix=NAMESPACE)
    return system_ground(directory, binaries)


def namespaces_are_allowed() -> bool:
    """Whether this machine lets root open a user namespace (containers often do not)."""
    if shutil.which(NAMESPACE[0]) is None:
        return False
    trial = subprocess.run([*NAMESPACE, "true"], capture_output=True, check=False)  # noqa: S603 (ours)
    return trial.returncode == 0


def system_ground(directory: Path, binaries: Path) -> Ground:
    """A system user reads neither root's home nor its clone, so data and binaries stand outside of them."""
    try:
        user = pwd.getpwnam(SYSTEM_USER)
    except KeyError:
        command = ["useradd", "--system", "--no-create-home", "--home-dir", str(SYSTEM_HOME), SYSTEM_USER]
        subprocess.run(command, check=True)  # noqa: S603 (ours)
        user = pwd.getpwnam(SYSTEM_USER)
    SYSTEM_HOME.mkdir(mode=0o755, exist_ok=True)
    copied = copy_of_package(binaries.parents[1])
    home = SYSTEM_HOME / f"data-{hashlib.sha256(str(directory).encode()).hexdigest()[:12]}"
    home.mkdir(mode=0o700, exist_ok=True)
    os.chown(home, user.pw_uid, user.pw_gid)
    return Ground(
        directory=home,
        binaries=copied / binaries.relative_to(binaries.parents[1]),
        options={"user": user.pw_uid, "group": user.pw_gid, "extra_groups": []},
    )


def copy_of_package(package: Path) -> Path:
    """A copy of the package where everyone can read it, beside its libraries, which the programs find from there."""
    place = SYSTEM_HOME / f"programs-{hashlib.sha256(str(package).encode()).hexdigest()[:12]}"
    if not place.exists():
        scratch = place.with_suffix(".new")
        shutil.rmtree(scratch, ignore_errors=True)
        for source in package.parent.glob(f"{package.name}*"):
            if source.suffix in {"", ".libs"}:
                shutil.copytree(source, scratch / source.name, symlinks=True)
        scratch.rename(place)
    return place / package.name
