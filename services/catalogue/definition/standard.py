"""The service standard: times, steps, fee, and the fourteen components of UU 25/2009 article 21."""

from typing import Literal

from pydantic import Field

from services.catalogue.definition.keys import Key
from services.foundation.packs import Shape, Text


class Duration(Shape):
    """A time with its unit, since the law mixes them (PP 28/2025)."""

    amount: int = Field(ge=0)
    unit: Literal["WORKING_DAY", "CALENDAR_DAY", "HOUR", "MINUTE"] = "WORKING_DAY"


class Step(Shape):
    """One step of the procedure after the file is complete. `days` counts in the unit of the standard's time; all sum to it.

    Where a step `signs`, the paper bears the personal signature of whoever wears its hat in the agency of the case; without
    such a step the agency's seal is put on it by the machine.
    """

    key: Key
    title: Text
    hat: Literal["INTAKE", "REVIEWER", "INSPECTOR", "APPROVER", "EXECUTIVE", "SYSTEM"]
    days: int = Field(ge=0)
    signs: bool = False


class Fee(Shape):
    """What it costs. Zero rupiah means free; `note` names a tax or retribution paid elsewhere."""

    amount: int = Field(ge=0)
    note: Text | None = None


class PublicStandard(Shape):
    """The six published components: without them a service is not published."""

    requirements: Text
    procedure: Text
    time: Text
    fee: Text
    product: Text
    complaints: Text


class InternalStandard(Shape):
    """The eight internal components."""

    legal_basis: Text
    facilities: Text
    competence: Text
    supervision: Text
    staff: Text
    guarantee: Text
    safety: Text
    evaluation: Text
