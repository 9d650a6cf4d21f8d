"""What every pack must bring: a government with its map, its look, and offices that watch and are watched."""

import pytest

from portal import governments, packs
from services.audit.models import Event
from services.foundation import clock
from services.government import look
from services.government.models import Government
from services.government.pack import Section
from tests.packs.everything import NAMES, SECTIONS, each

each_pack = pytest.mark.parametrize("name", NAMES)
each_section = each("section", SECTIONS)
Ring = list[tuple[float, float]]


def is_inside(longitude: float, latitude: float, ring: Ring) -> bool:
    """Ray casting: an odd number of borders lies to the east."""
    inside = False
    for (x1, y1), (x2, y2) in zip(ring, [*ring[1:], ring[0]], strict=True):
        if (y1 > latitude) != (y2 > latitude) and longitude < x1 + (latitude - y1) * (x2 - x1) / (y2 - y1):
            inside = not inside
    return inside


def mixed(colour: str, other: str, share: float) -> str:
    """Two colours in oklab, as color-mix() of the style sheet does it; `share` is that of the first (0 to 1)."""
    pairs = zip(_oklab(colour), _oklab(other), strict=True)
    return _hex(*(first * share + second * (1 - share) for first, second in pairs))


def _oklab(colour: str) -> tuple[float, float, float]:
    parts = [int(colour[at : at + 2], 16) / 255 for at in (1, 3, 5)]
    red, green, blue = (
        part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in parts
    )
    long = (0.4122214708 * red + 0.5363325363 * green + 0.0514459929 * blue) ** (1 / 3)
    middle = (0.2119034982 * red + 0.6806995451 * green + 0.1073969566 * blue) ** (1 / 3)
    short = (0.0883024619 * red + 0.2817188376 * green + 0.6299787005 * blue) ** (1 / 3)
    return (
        0.2104542553 * long + 0.7936177850 * middle - 0.0040720468 * short,
        1.9779984951 * long - 2.4285922050 * middle + 0.4505937099 * short,
        0.0259040371 * long + 0.7827717662 * middle - 0.8086757660 * short,
    )


def _hex(light: float, a: float, b: float) -> str:
    long = (light + 0.3963377774 * a + 0.2158037573 * b) ** 3
    middle = (light - 0.1055613458 * a - 0.0638541728 * b) ** 3
    short = (light - 0.0894841775 * a - 1.2914855480 * b) ** 3
    linear = (
        4.0767416621 * long - 3.3077115913 * middle + 0.2309699292 * short,
        -1.2684380046 * long + 2.6097574011 * middle - 0.3413193965 * short,
        -0.0041960863 * long - 0.7034186147 * middle + 1.7076147010 * short,
    )
    parts = (part * 12.92 if part <= 0.0031308 else 1.055 * part ** (1 / 2.4) - 0.055 for part in linear)
    return "#" + "".join(f"{round(255 * min(max(part, 0), 1)):02x}" for part in parts)


def test_there_are_two_governments_or_more() -> None:
    assert {"bengkulu", "surabaya"} <= set(NAMES)


@each_pack
@pytest.mark.django_db
def test_a_pack_loads_and_a_second_time_changes_nothing(name: str) -> None:
    assert packs.load(governments.PACKS / name, at=clock.now())
    events = Event.objects.count()
    assert packs.load(governments.PACKS / name, at=clock.now()) == []
    assert Event.objects.count() == events
    assert Government.objects.get().code == name


@each_section
def test_every_district_lies_inside_the_border(section: Section) -> None:
    ring = section.government.map.outline.coordinates[0]
    assert ring[0] == ring[-1]
    assert [one.name for one in section.districts if not is_inside(one.longitude, one.latitude, ring)] == []
    assert is_inside(section.government.map.longitude, section.government.map.latitude, ring)


@each_section
def test_no_two_districts_share_a_centre(section: Section) -> None:
    assert len({(one.latitude, one.longitude) for one in section.districts}) == len(section.districts)


@each_section
def test_a_district_lies_in_the_regency_that_its_code_names(section: Section) -> None:
    assert [
        one.code for one in section.districts if one.parent and not one.code.startswith(f"{one.parent}.")
    ] == []


@each_section
def test_one_inspectorate_and_one_commission_watch(section: Section) -> None:
    roles = [agency.role for agency in section.agencies]
    assert roles.count("INSPECTORATE") == roles.count("COMMISSION") == 1


@each_section
def test_everybody_can_be_reached(section: Section) -> None:
    assert section.government.contact.phone
    assert section.government.contact.hours
    assert [agency.code for agency in section.agencies if not agency.contact.phone] == []


@each_section
def test_colours_can_be_read_by_day_and_by_night(section: Section) -> None:
    """The mixtures of static/css/tokens.css, which follow from the two colours of the pack."""
    light, dark = section.government.tokens.light.water, section.government.tokens.dark.water
    assert light
    assert dark
    pairs = {
        "a link on a tinted panel": (light, mixed(light, "#ffffff", 0.09)),
        "white on the hero": ("#ffffff", mixed(light, "#000812", 0.60)),
        "white on a button": ("#ffffff", light),
        "a link on a tinted panel at night": (dark, mixed(light, look.NIGHT, 0.42)),
        "white on the hero at night": ("#ffffff", mixed(light, "#000c14", 0.42)),
        "a button at night": (dark, mixed(light, "#000c14", 0.35)),
    }
    ratios = {name: look.contrast(*pair) for name, pair in pairs.items()}
    assert {name: ratio for name, ratio in ratios.items() if ratio < look.OTHER_CONTRAST} == {}
