"""The reviews of a service: what different offices look at in a complete file, all at the same time."""

from typing import Literal

from pydantic import Field, model_validator

from services.catalogue.definition.keys import Code, Key, refuse_doubled
from services.foundation.packs import Shape, Text


class ChecklistItem(Shape):
    """One thing that whoever reviews looks at and answers for."""

    key: Key
    label: Text


class Finding(Shape):
    """Something that a review may find, by its code in the record."""

    code: Code
    label: Text


class ReviewDefinition(Shape):
    """One review of a complete file. It begins when the file is complete and waits for none of the others.

    `agency` is the office whose officers do it, "" for the one that offers the service. `days` counts in the unit of the
    standard's time. An inspection is a review at the place itself.
    """

    key: Key
    title: Text
    kind: Literal["review", "inspection"] = "review"
    agency: str = ""
    hat: Literal["REVIEWER", "INSPECTOR"] = "REVIEWER"
    days: int = Field(ge=1)
    checklist: list[ChecklistItem] = Field(min_length=1, max_length=30)
    findings: list[Finding] = Field(default=[], max_length=30)

    @model_validator(mode="after")
    def names_are_used_once(self) -> "ReviewDefinition":
        """A key names one item, a code one finding."""
        refuse_doubled("checklist key", [item.key for item in self.checklist])
        refuse_doubled("finding code", [finding.code for finding in self.findings])
        return self
