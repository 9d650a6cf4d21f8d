"""The text of the integrity pact as a pack writes it: pact.yaml."""

from enum import StrEnum

from pydantic import Field

from services.foundation.packs import Shape, Text


class Origin(StrEnum):
    """Where a point of the pact comes from."""

    GOVERNMENT = "government"
    MINISTRY = "ministry"


class PactPoint(Shape):
    """One thing that is promised."""

    origin: Origin
    promise: Text


class PactDefinition(Shape):
    """One version of the pact. Once published it never changes; another text takes the next number."""

    number: int = Field(ge=1)
    opening: Text
    points: list[PactPoint] = Field(min_length=1)
    closing: Text
