"""The questions on a service's page: where someone stands after the answers given so far."""

from collections.abc import Mapping
from dataclasses import dataclass

from services.catalogue.definition import ServiceDefinition, TriageAnswer, TriageOutcome, TriageQuestion


@dataclass(frozen=True)
class Standing:
    """What was answered, and either the next question or how it ends. With neither, the permit is needed."""

    answered: list[tuple[TriageQuestion, TriageAnswer]]
    question: TriageQuestion | None = None
    outcome: TriageOutcome | None = None

    @property
    def number(self) -> int:
        """The number of the question that is asked now, from 1."""
        return len(self.answered) + 1


def after(definition: ServiceDefinition, given: Mapping[str, str]) -> Standing:
    """Follow the questions in order through the answers given; an unknown answer counts as none."""
    answered: list[tuple[TriageQuestion, TriageAnswer]] = []
    for question in definition.triage:
        answer = next((one for one in question.answers if one.value == given.get(question.key)), None)
        if answer is None:
            return Standing(answered, question=question)
        answered.append((question, answer))
        if answer.outcome.kind != "continue":
            return Standing(answered, outcome=answer.outcome)
    return Standing(answered)
