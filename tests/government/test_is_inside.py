"""Whether a point lies in the region: in a square with a hole, and in the real outlines of the packs."""

import pytest

from services.government import outline, queries
from services.government.models import District
from tests.factories import government

SQUARE = [[112.0, -8.0], [113.0, -8.0], [113.0, -7.0], [112.0, -7.0], [112.0, -8.0]]
HOLE = [[112.4, -7.6], [112.6, -7.6], [112.6, -7.4], [112.4, -7.4], [112.4, -7.6]]


@pytest.mark.parametrize(
    ("latitude", "longitude", "is_held"),
    [
        (-7.2, 112.2, True),
        (-7.5, 112.5, False),
        (-7.5, 112.39, True),
        (-6.9, 112.5, False),
        (-8.1, 112.5, False),
        (-7.5, 113.1, False),
        (-7.5, 111.9, False),
        (0.0, 0.0, False),
    ],
)
def test_a_square_with_a_hole(latitude: float, longitude: float, *, is_held: bool) -> None:
    assert outline.holds([SQUARE, HOLE], latitude=latitude, longitude=longitude) is is_held


@pytest.mark.django_db
def test_every_district_lies_in_its_city_and_the_sea_does_not() -> None:
    government.surabaya()

    outside = [
        district.name
        for district in District.objects.all()
        if not queries.is_inside(district.latitude, district.longitude)
    ]
    assert outside == []
    assert not queries.is_inside(-6.9, 112.75)
    assert not queries.is_inside(0, 0)


@pytest.mark.django_db
def test_without_a_pack_no_point_is_outside() -> None:
    assert queries.is_inside(0, 0)
