"""The form as data: questions, the groups they are asked in, the documents that are asked for."""

from enum import StrEnum
from typing import Annotated, Literal, Self

from pydantic import Field, StringConstraints, model_validator

from services.catalogue.definition.keys import Key, refuse_doubled
from services.foundation.packs import Shape, Text


class QuestionKind(StrEnum):
    """How a question is asked and its answer checked."""

    TEXT = "text"
    LONG_TEXT = "long_text"
    NUMBER = "number"
    MONEY = "money"
    DATE = "date"
    YES_NO = "yes_no"
    CHOICE = "choice"
    MANY = "many"
    NIK = "nik"
    PHONE = "phone"
    ADDRESS = "address"
    POINT = "point"


class Choice(Shape):
    """One answer to choose: what is stored and what is read."""

    value: Key
    label: Text


class Condition(Shape):
    """Show something only when the answer to an earlier question is one of these (stored values; yes_no: "yes"/"no")."""

    question: Key
    one_of: list[str] = Field(min_length=1)


class Limit(Shape):
    """How long something may last: the last day is one of so many days or years, of which the first one counts too.

    They begin with the day in the earlier answer `since`, else on the day the answer is given. Where `when` does not hold
    there is no limit.
    """

    days: int | None = Field(default=None, ge=1, le=36_500)
    years: int | None = Field(default=None, ge=1, le=100)
    since: Key | None = None
    when: Condition | None = None

    @model_validator(mode="after")
    def says_one_length(self) -> Self:
        """Days or years."""
        if (self.days is None) == (self.years is None):
            raise ValueError("days: say how many days, or how many years")
        return self


class Question(Shape):
    """One question of the form. Lengths in characters, numbers in the unit named by the label, money in whole rupiah.

    `within` narrows an address to the districts of one regency or city by its code, where a province serves only that one.
    `not_before`, `lasts_at_most` and `not_more_than` bind a day or a number to an earlier answer; what they name is checked
    when the pack is read (`bounds`).
    """

    key: Key
    kind: QuestionKind
    label: Text
    help: Text | None = None
    required: bool = True
    choices: list[Choice] = []
    pattern: str = ""
    pattern_message: Text | None = None
    minimum: int | None = None
    maximum: int | None = None
    max_length: int | None = None
    earliest: Literal["any", "today", "tomorrow"] = "any"
    latest: Literal["any", "today", "yesterday"] = "any"
    not_before: Key | None = None
    lasts_at_most: list[Limit] = []
    not_more_than: Key | None = None
    within: Annotated[str, StringConstraints(pattern=r"^(\d{2}\.\d{2})?$")] = ""
    when: Condition | None = None

    @model_validator(mode="after")
    def only_an_address_lies_within(self) -> Self:
        """Nothing else has a district."""
        if self.within and self.kind is not QuestionKind.ADDRESS:
            raise ValueError("within: for an address only")
        return self

    @model_validator(mode="after")
    def choices_belong_to_choice_questions(self) -> Self:
        """A choice needs at least two answers; nothing else may list any."""
        is_choice = self.kind in {QuestionKind.CHOICE, QuestionKind.MANY}
        if is_choice != (len(self.choices) > 1):
            raise ValueError("choices: two or more for choice and many, none for the other kinds")
        refuse_doubled("choice value", [choice.value for choice in self.choices])
        if self.pattern and not self.pattern_message:
            raise ValueError("pattern_message: say what to type when the pattern does not match")
        return self


class QuestionGroup(Shape):
    """Questions asked on one page. A repeated group is answered several times (at most `maximum_times`)."""

    key: Key
    title: Text
    intro: Text | None = None
    questions: list[Question] = Field(min_length=1)
    repeated: bool = False
    item_name: Text | None = None
    maximum_times: int = Field(default=10, ge=1, le=50)
    when: Condition | None = None


class RequiredDocument(Shape):
    """A document the standard asks for. What is not listed here cannot be demanded."""

    key: Key
    title: Text
    help: Text | None = None
    required: bool = True
    maximum_pages: int = Field(default=10, ge=1, le=50)
    when: Condition | None = None
