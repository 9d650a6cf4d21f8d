"""What a government is, as data: the shapes its section of a pack is validated against."""

import datetime as dt
from typing import Annotated, Literal

from pydantic import AfterValidator, Field, StringConstraints

from services.foundation.packs import Shape, Text
from services.government import look

Code = Annotated[str, StringConstraints(pattern=r"^[a-z0-9]+(-[a-z0-9]+)*$", max_length=60)]
Colour = Annotated[str, StringConstraints(pattern=r"^#[0-9a-f]{6}$")]
Clock = Annotated[str, StringConstraints(pattern=r"^([01]\d|2[0-3]):[0-5]\d$")]
DistrictCode = Annotated[str, StringConstraints(pattern=r"^\d{2}(\.\d{2}){1,2}$")]
Latitude = Annotated[float, Field(ge=-11, le=6)]
Longitude = Annotated[float, Field(ge=95, le=141)]
Span = Annotated[list[Clock], Field(min_length=2, max_length=2)]
Ring = Annotated[list[tuple[Longitude, Latitude]], Field(min_length=4)]


class OpeningHours(Shape):
    """When a counter is open, by weekday; a day that is missing is closed."""

    mon: Span | None = None
    tue: Span | None = None
    wed: Span | None = None
    thu: Span | None = None
    fri: Span | None = None
    sat: Span | None = None
    sun: Span | None = None


class Contact(Shape):
    """How to reach a person."""

    phone: str = ""
    whatsapp: str = ""
    email: str = ""
    address: Text | None = None
    hours: OpeningHours | None = None


Accent = Annotated[Colour, AfterValidator(look.carries_ink)]


class ColoursByDay(Shape):
    """The two colours that a government brings: for what can be done, and for what needs attention."""

    water: Annotated[Colour, AfterValidator(look.readable_by_day)] | None = None
    accent: Accent | None = None


class ColoursByNight(Shape):
    """The same two on a dark page."""

    water: Annotated[Colour, AfterValidator(look.readable_by_night)] | None = None
    accent: Accent | None = None


class Tokens(Shape):
    """The look of a government; its band and its pattern are drawings in the folder look/."""

    light: ColoursByDay
    dark: ColoursByNight


class Outline(Shape):
    """The border as a GeoJSON polygon, longitude first."""

    type: Literal["Polygon"]
    coordinates: Annotated[list[Ring], Field(min_length=1)]


class Map(Shape):
    """Where the map opens, and the outline it draws."""

    latitude: Latitude
    longitude: Longitude
    zoom: int = Field(ge=5, le=18)
    outline: Outline


class GovernmentDefinition(Shape):
    """The government itself."""

    code: Code
    name: Text
    short_name: Text
    tokens: Tokens
    contact: Contact
    map: Map


class AgencyDefinition(Shape):
    """One agency."""

    code: Code
    name: Text
    short_name: Text
    role: Literal["OFFICE", "INSPECTORATE", "COMMISSION"] = "OFFICE"
    parent: Code | None = None
    is_root: bool = False
    contact: Contact = Contact()


class DistrictDefinition(Shape):
    """One district."""

    code: DistrictCode
    name: str = Field(min_length=1, max_length=80)
    parent: DistrictCode | None = None
    latitude: Latitude
    longitude: Longitude


class HolidayDefinition(Shape):
    """One day on which this government differs from the national calendar."""

    date: dt.date
    works: bool
    name: Text
