"""Where the packs of the governments lie, which there are, and which one is shown when nobody chose."""

from pathlib import Path
from typing import Final

PACKS: Final = Path(__file__).resolve().parents[1] / "packs"
DEFAULT: Final = "surabaya"


def known() -> list[str]:
    """The names of all packs."""
    return sorted(path.parent.name for path in PACKS.glob("*/government.yaml"))
