"""What people can report, as data: the shapes that complaints.yaml of a pack is validated against."""

from collections import Counter
from typing import Annotated, Self

from pydantic import Field, StringConstraints, model_validator

from services.catalogue.definition import Slug
from services.foundation.packs import Shape, Text
from services.government.definition import DistrictCode

Word = Annotated[str, StringConstraints(min_length=2, max_length=60)]


class CategoryDefinition(Shape):
    """One kind of matter. `districts` names the agency where it is not the category's own in a district.

    `settlement` is the code of a time in deadlines.yaml. `confidential` reports are read by nobody but their receiver,
    whatever the reporter chooses.
    """

    code: Slug
    name: Text
    search_words: list[Word] = Field(min_length=1)
    agency: Slug
    districts: dict[DistrictCode, Slug] = {}
    settlement: Slug
    confidential: bool = False


class GroupDefinition(Shape):
    """Categories that stand together in the list."""

    code: Slug
    name: Text
    categories: list[CategoryDefinition] = Field(min_length=1)


class Danger(Shape):
    """The words that tell of danger to life, and the number that is answered to them."""

    number: Annotated[str, StringConstraints(pattern=r"^[0-9]{2,15}$")]
    words: list[Word] = Field(min_length=1)


class ComplaintsDefinition(Shape):
    """complaints.yaml: who receives reports, under which service, and what they can be about."""

    office: Slug
    service: Slug
    danger: Danger
    groups: list[GroupDefinition] = Field(min_length=1)

    @property
    def categories(self) -> list[tuple[GroupDefinition, CategoryDefinition]]:
        """Every category with its group, in the order of the file."""
        return [(group, category) for group in self.groups for category in group.categories]

    @model_validator(mode="after")
    def codes_are_used_once(self) -> Self:
        """A code names one thing."""
        for what, codes in (
            ("group", [group.code for group in self.groups]),
            ("category", [category.code for _group, category in self.categories]),
        ):
            doubled = sorted(code for code, times in Counter(codes).items() if times > 1)
            if doubled:
                raise ValueError(f"{what} listed twice: {', '.join(doubled)}")
        return self
