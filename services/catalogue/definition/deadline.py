"""A time that the law gives, as data."""

from datetime import date
from typing import Literal

from pydantic import Field

from services.catalogue.definition.keys import Slug
from services.foundation.packs import Shape, Text


class DeadlineDefinition(Shape):
    """Amount and unit, the events that start and pause it, its legal basis, and since when it holds."""

    code: Slug
    label: Text
    amount: int = Field(ge=1)
    unit: Literal["WORKING_DAY", "CALENDAR_DAY", "HOUR"]
    starts_with: str = Field(min_length=1, max_length=100)
    paused_by: list[str] = []
    legal_basis: str = Field(min_length=1, max_length=300)
    valid_from: date
