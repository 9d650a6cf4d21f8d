"""Questions on the service's page that may answer "you need no permit" or "the national OSS does this"."""

from typing import Annotated, Literal, Self

from pydantic import Field, StringConstraints, model_validator

from services.catalogue.definition.keys import Key, refuse_doubled
from services.foundation.packs import Shape, Text


class TriageOutcome(Shape):
    """What an answer before the form may lead to."""

    kind: Literal["continue", "no_permit_needed", "national", "other_service"]
    message: Text | None = None
    link: Annotated[str, StringConstraints(pattern=r"^(https://\S+)?$")] = ""
    service: str = ""

    @model_validator(mode="after")
    def says_where_to_go(self) -> Self:
        """Whoever is sent away is told why, and where to go instead."""
        if self.kind != "continue" and not self.message:
            raise ValueError("message: say why, in both languages")
        if (self.kind == "national") != bool(self.link):
            raise ValueError("link: an https address for national, none for the other kinds")
        if (self.kind == "other_service") != bool(self.service):
            raise ValueError("service: its slug for other_service, none for the other kinds")
        return self


class TriageAnswer(Shape):
    """One answer of a question on the service's page; without an outcome the next question follows."""

    value: Key
    label: Text
    outcome: TriageOutcome = TriageOutcome(kind="continue")


class TriageQuestion(Shape):
    """A question on the service's page that may answer "you need no permit" or "the national OSS does this"."""

    key: Key
    label: Text
    help: Text | None = None
    answers: list[TriageAnswer] = Field(min_length=2)

    @model_validator(mode="after")
    def answers_differ(self) -> Self:
        """Every answer has a value of its own."""
        refuse_doubled("answer value", [answer.value for answer in self.answers])
        return self
