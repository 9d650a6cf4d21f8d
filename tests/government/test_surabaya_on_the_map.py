"""The hand-made map of Surabaya is right enough: every district's centre lies inside the border."""

from services.foundation.packs import read
from services.government import pack
from services.government.definition import GovernmentDefinition
from tests.factories.government import SURABAYA


def is_inside(longitude: float, latitude: float, ring: list[tuple[float, float]]) -> bool:
    """Ray casting: an odd number of borders lies to the east."""
    inside = False
    for (x1, y1), (x2, y2) in zip(ring, [*ring[1:], ring[0]], strict=True):
        if (y1 > latitude) != (y2 > latitude) and longitude < x1 + (latitude - y1) * (x2 - x1) / (y2 - y1):
            inside = not inside
    return inside


def test_every_district_centre_lies_inside_the_outline() -> None:
    ring = read(SURABAYA, "government.yaml", GovernmentDefinition).value.map.outline.coordinates[0]
    districts = pack.read_section(SURABAYA).districts
    assert [one.name for one in districts if not is_inside(one.longitude, one.latitude, ring)] == []


def test_the_outline_is_closed_as_geojson_wants_it() -> None:
    (ring,) = read(SURABAYA, "government.yaml", GovernmentDefinition).value.map.outline.coordinates
    assert ring[0] == ring[-1]


def test_no_two_districts_share_a_centre() -> None:
    districts = pack.read_section(SURABAYA).districts
    assert len({(one.latitude, one.longitude) for one in districts}) == len(districts) == 31
