"""The ladder over the clocks, as a pack gives it."""

from services.casework import operations
from services.foundation import clock

LADDER = [
    (50, "OFFICER"),
    (80, "SUPERVISOR"),
    (100, "HEAD"),
    (120, "HEAD_OF_GOVERNMENT"),
    (150, "INSPECTORATE"),
]


def ladder(**own: list[tuple[int, str]]) -> None:
    """The usual ladder for every service; `izin_uji=[…]` gives one of its own to izin-uji."""
    ladders = {slug.replace("_", "-"): rungs for slug, rungs in own.items()}
    operations.set_ladders(ladders={"": LADDER, **ladders}, at=clock.now())
