"""Whether a point lies inside a GeoJSON polygon: the ray to the east crosses its border an odd number of times."""

from collections.abc import Sequence
from itertools import pairwise

Ring = Sequence[Sequence[float]]


def holds(rings: Sequence[Ring], *, latitude: float, longitude: float) -> bool:
    """Whether the polygon (its border, then its holes; longitude first) holds the point."""
    return sum(_crossings(ring, latitude, longitude) for ring in rings) % 2 == 1


def _crossings(ring: Ring, latitude: float, longitude: float) -> int:
    """How many edges of a closed ring a ray crosses that goes east from the point. An end of an edge counts once."""
    crossed = 0
    for (x1, y1), (x2, y2) in pairwise(ring):
        if (y1 > latitude) != (y2 > latitude) and longitude < x1 + (latitude - y1) * (x2 - x1) / (y2 - y1):
            crossed += 1
    return crossed
