"""One version of one public service, and the rules that hold between its parts."""

import hashlib
import json
import re
from collections.abc import Iterator
from datetime import date
from typing import Annotated, Literal, Self

from pydantic import Field, StringConstraints, model_validator

from services.catalogue.definition.form import (
    Condition,
    Question,
    QuestionGroup,
    QuestionKind,
    RequiredDocument,
)
from services.catalogue.definition.keys import Key, Slug, refuse_doubled
from services.catalogue.definition.outcome import CertificateWording, ReasonCode, UrgentClass, Validity
from services.catalogue.definition.review import ReviewDefinition
from services.catalogue.definition.standard import Duration, Fee, InternalStandard, PublicStandard, Step
from services.catalogue.definition.triage import TriageQuestion
from services.foundation.packs import Shape, Text

PLACEHOLDER = re.compile(r"\{([a-z][a-z0-9_]*)\}")


class ServiceDefinition(Shape):
    """One version of one public service.

    `published` is the date of the decree that sets the standard. `deemed_approval` says what happens when the office lets the
    time run out (UU 30/2014 article 53): nothing, a flag to the inspectorate, or a grant by the system;
    what `protects` safety, health or the environment is never granted by silence. `intake_silence` says whether a file that
    nobody has checked within `intake_time` counts as complete.

    `authority` national means that the national system issues it: it is explained and linked here, never issued. `risk` is
    the class of PP 28/2025 for licences. `checks` names what the machine looks at after each sending; where
    `decided_by` is the machine and all of them pass, it grants. `time_by_people` is what the office promises then, where a
    person has to look; without it, the same `time`. Of the machine's decisions one in `human_looks_at_one_in` is looked at again. A licence may be renewed from `renewal_days` before its
    end to `grace_days` after it; `held_at_most` is how many of them one holder may have at a time.

    `assignment` says how a file comes to an officer: whoever is free takes the next one, or the machine draws by lot.
    `urgent` are the classes of cases that may go before others, each time by the word of a supervisor.

    `reviews` run at the same time from the moment the file is complete; `steps` follow one another after the last of them.
    """

    slug: Slug
    kind: Literal["PERMIT", "LICENCE", "COMPLAINT"]
    authority: Literal["local", "national"] = "local"
    national_link: Annotated[str, StringConstraints(pattern=r"^(https://\S+)?$")] = ""
    agency: str
    name: Text
    summary: Text
    icon: Literal["files", "sign", "road", "book", "leaf"] = "files"
    search_words: list[Annotated[str, StringConstraints(min_length=2, max_length=60)]] = Field(min_length=1)
    example_from: str = ""
    published: date
    standard: PublicStandard | None = None
    internal: InternalStandard
    time: Duration
    intake_time: Duration = Duration(amount=1)
    intake_silence: Literal["none", "complete"] = "none"
    time_by_people: Duration | None = None
    deemed_approval: Literal["none", "flag_only", "auto_issue"] = "flag_only"
    protects: list[Literal["safety", "health", "environment"]] = []
    fee: Fee
    steps: list[Step] = Field(min_length=1)
    reviews: list[ReviewDefinition] = Field(default=[], max_length=8)
    triage: list[TriageQuestion] = []
    risk: Literal["low", "medium_low", "medium_high", "high"] | None = None
    holder: Literal["person", "business"] = "person"
    checks: list[Key] = []
    decided_by: Literal["people", "machine"] = "people"
    assignment: Literal["take_next", "machine"] = "take_next"
    human_looks_at_one_in: int | None = Field(default=None, ge=1, le=1000)
    renewal_days: int = Field(default=90, ge=1)
    grace_days: int = Field(default=0, ge=0)
    held_at_most: int | None = Field(default=None, ge=1)
    groups: list[QuestionGroup] = []
    documents: list[RequiredDocument] = []
    defect_reasons: list[ReasonCode] = []
    refusal_reasons: list[ReasonCode] = []
    urgent: list[UrgentClass] = []
    certificate: CertificateWording | None = None
    validity: Validity = Validity()
    undo_seconds: int = Field(default=600, ge=0, le=3600)

    @property
    def digest(self) -> str:
        """SHA-256 of what the pack says, in hexadecimal; a key that is left at its default does not count."""
        said = self.model_dump(mode="json", exclude_defaults=True)
        return hashlib.sha256(json.dumps(said, sort_keys=True, ensure_ascii=False).encode()).hexdigest()

    @property
    def is_applied_for(self) -> bool:
        """Whether people fill in a form here and get a paper."""
        return self.kind != "COMPLAINT" and self.authority == "local"

    @property
    def paper(self) -> CertificateWording:
        """The wording of the certificate. Raises ValueError for a service that gives none."""
        if self.certificate is None:
            raise ValueError(f"{self.slug} gives no certificate")
        return self.certificate

    def review(self, key: str) -> ReviewDefinition:
        """The review of this key. Raises KeyError."""
        return {review.key: review for review in self.reviews}[key]

    @property
    def signature(self) -> Step | None:
        """The step in which the paper is signed by a person; None where the machine seals it."""
        return next((step for step in self.steps if step.signs), None)

    @property
    def questions(self) -> dict[str, Question]:
        """All questions by key, in the order of the form."""
        return {question.key: question for group in self.groups for question in group.questions}

    @model_validator(mode="after")
    def what_is_applied_for_has_a_form_and_a_paper(self) -> Self:
        """An application needs its questions, its reasons and its certificate; what others issue needs the way there."""
        needed = {
            "groups": self.groups,
            "defect_reasons": self.defect_reasons,
            "refusal_reasons": self.refusal_reasons,
            "certificate": self.certificate,
        }
        missing = [name for name, value in needed.items() if not value]
        if self.is_applied_for and missing:
            raise ValueError(f"{missing[0]}: an application cannot do without")
        if (self.authority == "national") != bool(self.national_link):
            raise ValueError("national_link: an https address where the national system issues it, else none")
        return self

    @model_validator(mode="after")
    def the_machine_decides_only_what_the_law_lets_it(self) -> Self:
        """Without checks there is nothing to decide by; a licence of higher risk is granted by people (PP 28/2025)."""
        if (self.kind == "LICENCE") != bool(self.risk):
            raise ValueError("risk: its class for a licence, none for the other kinds")
        if self.decided_by == "machine" and not self.checks:
            raise ValueError("checks: name what the machine looks at before it decides")
        if self.assignment == "machine" and not self.is_applied_for:
            raise ValueError("assignment: by the machine only of what people apply for here")
        if self.decided_by == "people" and self.human_looks_at_one_in is not None:
            raise ValueError("human_looks_at_one_in: only where the machine decides")
        if self.decided_by == "machine" and self.risk in {"medium_high", "high"}:
            raise ValueError(f"decided_by: people decide where the risk is {self.risk}")
        return self

    @property
    def bars_deemed_grant(self) -> bool:
        """Whether silence never grants it: it protects somebody, its risk is high, or a fee is to be paid first."""
        return bool(self.protects) or self.risk in {"medium_high", "high"} or self.fee.amount > 0

    @model_validator(mode="after")
    def silence_grants_only_what_endangers_nobody(self) -> Self:
        """Safety, health and the environment are excluded (UU 30/2014 article 53), as is what must be paid for first."""
        if self.deemed_approval == "auto_issue" and (self.bars_deemed_grant or not self.is_applied_for):
            raise ValueError(
                "deemed_approval: auto_issue is not open to what protects somebody, has a higher risk, a fee or no paper"
            )
        return self

    @model_validator(mode="after")
    def steps_sum_to_the_standard(self) -> Self:
        """The longest path, the longest review and then the steps, takes the promised time: no office can hide a day."""
        reviewing = max((review.days for review in self.reviews), default=0)
        total = reviewing + sum(step.days for step in self.steps)
        if total != self.time.amount:
            path = f"with the longest review of {reviewing} " if reviewing else ""
            raise ValueError(
                f"steps: their days {path}sum to {total}, the standard promises {self.time.amount}"
            )
        if self.reviews and not self.is_applied_for:
            raise ValueError("reviews: only of what people apply for here")
        if self.time_by_people and self.decided_by != "machine":
            raise ValueError("time_by_people: only where the machine decides; otherwise it is the time")
        return self

    @model_validator(mode="after")
    def a_person_signs_what_people_decided(self) -> Self:
        """One step at most signs, after the decision, by whoever decides or heads the office; nobody signs for the machine."""
        hats = [step.hat for step in self.steps]
        signing = [number for number, step in enumerate(self.steps) if step.signs]
        if any(hat == "EXECUTIVE" for number, hat in enumerate(hats) if number not in signing):
            raise ValueError("steps: a head has no step but the signature")
        if not signing:
            return self
        if len(signing) > 1 or hats[signing[0]] not in {"APPROVER", "EXECUTIVE"}:
            raise ValueError("steps: one step signs, by whoever decides or heads the office")
        if "APPROVER" not in hats[: signing[0]]:
            raise ValueError("steps: the signature follows the decision")
        if not self.is_applied_for or self.decided_by == "machine":
            raise ValueError("steps: a person signs only what people decided here")
        return self

    @model_validator(mode="after")
    def refusals_cite_the_law(self) -> Self:
        """A refusal without an article cannot be objected to."""
        silent = [reason.code for reason in self.refusal_reasons if not reason.article]
        if silent:
            raise ValueError(f"refusal_reasons: without an article: {', '.join(silent)}")
        return self

    @model_validator(mode="after")
    def keys_are_used_once(self) -> Self:
        """A key names one thing."""
        refuse_doubled(
            "question key", [question.key for group in self.groups for question in group.questions]
        )
        refuse_doubled("group key", [group.key for group in self.groups])
        refuse_doubled("document key", [document.key for document in self.documents])
        refuse_doubled("step key", [row.key for row in self.reviews] + [row.key for row in self.steps])
        refuse_doubled("triage key", [question.key for question in self.triage])
        refuse_doubled("defect code", [reason.code for reason in self.defect_reasons])
        refuse_doubled("urgent code", [row.code for row in self.urgent])
        refuse_doubled("refusal code", [reason.code for reason in self.refusal_reasons])
        return self

    @model_validator(mode="after")
    def named_questions_exist(self) -> Self:
        """Conditions, certificate and validity name questions that the form asks, in a manner that can be read."""
        named = [condition.question for condition, _seen in self._conditions()]
        named += [*(self.certificate.fields if self.certificate else ()), *self._placeholders()]
        named += [key for key in (self.validity.from_answer, self.validity.until_answer) if key]
        unknown = sorted(set(named) - set(self.questions))
        if unknown:
            raise ValueError(f"no such question: {', '.join(unknown)}")
        unreadable = sorted(set(self._placeholders()) - self._scalar_questions())
        if unreadable:
            raise ValueError(f"certificate: the text cannot hold the answer to {', '.join(unreadable)}")
        for key in (self.validity.from_answer, self.validity.until_answer):
            if key and self.questions[key].kind is not QuestionKind.DATE:
                raise ValueError(f"validity: {key} does not ask for a date")
        return self

    @model_validator(mode="after")
    def conditions_can_be_met(self) -> Self:
        """A condition looks at an earlier question, and at answers that can be given to it."""
        for condition, earlier in self._conditions():
            if condition.question not in earlier:
                raise ValueError(f"when: {condition.question} is asked later, or in another repeated group")
            impossible = sorted(set(condition.one_of) - _possible_answers(self.questions[condition.question]))
            if impossible:
                raise ValueError(f"when: {condition.question} is never answered with {', '.join(impossible)}")
        return self

    def _conditions(self) -> Iterator[tuple[Condition, set[str]]]:
        """Each condition with the questions whose answers it may look at."""
        asked: set[str] = set()
        for group in self.groups:
            inside = set(asked)
            if group.when:
                yield group.when, set(asked)
            for question in group.questions:
                if question.when:
                    yield question.when, set(inside)
                yield from ((limit.when, set(inside)) for limit in question.lasts_at_most if limit.when)
                inside.add(question.key)
            if not group.repeated:
                asked = inside
        for document in self.documents:
            if document.when:
                yield document.when, asked

    def _placeholders(self) -> list[str]:
        if self.certificate is None:
            return []
        wording = [self.certificate.title, self.certificate.body, *self.certificate.conditions]
        return [key for text in wording for key in PLACEHOLDER.findall(text.id + text.en)]

    def _scalar_questions(self) -> set[str]:
        return {
            question.key
            for group in self.groups
            if not group.repeated
            for question in group.questions
            if question.kind not in {QuestionKind.MANY, QuestionKind.ADDRESS, QuestionKind.POINT}
        }


def _possible_answers(question: Question) -> set[str]:
    if question.kind is QuestionKind.YES_NO:
        return {"yes", "no"}
    return {choice.value for choice in question.choices}
