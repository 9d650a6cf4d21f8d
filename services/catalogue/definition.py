"""What a public service is, as data: the shapes a pack is validated against and a published version is read back into.

The fourteen components follow UU 25/2009 article 21 and PermenPANRB 15/2014: six are published, eight are internal.
"""

from datetime import date
from enum import StrEnum
from typing import Annotated, Literal, Self

from pydantic import BaseModel, ConfigDict, Field, StringConstraints, model_validator

Slug = Annotated[str, StringConstraints(pattern=r"^[a-z0-9]+(-[a-z0-9]+)*$", max_length=60)]
Key = Annotated[str, StringConstraints(pattern=r"^[a-z][a-z0-9_]*$", max_length=60)]


class Shape(BaseModel):
    """Base of every shape: unknown keys are refused, so that a misspelt key in a pack is found at load."""

    model_config = ConfigDict(extra="forbid", frozen=True)


class Text(Shape):
    """One text in both languages of the portal."""

    id: str = Field(min_length=1)
    en: str = Field(min_length=1)


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


class Question(Shape):
    """One question of the form. Lengths in characters, numbers in the unit named by the label, money in whole rupiah."""

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
    when: Condition | None = None

    @model_validator(mode="after")
    def choices_belong_to_choice_questions(self) -> Self:
        """A choice needs at least two answers; nothing else may list any."""
        is_choice = self.kind in {QuestionKind.CHOICE, QuestionKind.MANY}
        if is_choice != (len(self.choices) >= 2):
            raise ValueError("choices: two or more for choice and many, none for the other kinds")
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


class Duration(Shape):
    """A time with its unit, since the law mixes them (PP 28/2025)."""

    amount: int = Field(ge=0)
    unit: Literal["WORKING_DAY", "CALENDAR_DAY", "HOUR"] = "WORKING_DAY"


class Step(Shape):
    """One step of the procedure after the file is complete; the days of all steps sum to the standard."""

    key: Key
    title: Text
    hat: Literal["INTAKE", "REVIEWER", "INSPECTOR", "APPROVER", "SYSTEM"]
    days: int = Field(ge=0)


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


class TriageOutcome(Shape):
    """What an answer before the form may lead to."""

    kind: Literal["continue", "no_permit_needed", "national", "other_service"]
    message: Text | None = None
    link: str = ""
    service: str = ""


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


class ReasonCode(Shape):
    """A coded reason with the words of the letter: for a defect of the file, or for a refusal with its article."""

    code: Annotated[str, StringConstraints(pattern=r"^[A-Z][A-Z0-9_]*$", max_length=60)]
    label: Text
    letter: Text
    article: str = ""


class CertificateWording(Shape):
    """What the certificate says. Texts may use {answer_key} of scalar answers; `fields` lists answers to print."""

    title: Text
    body: Text
    conditions: list[Text] = []
    fields: list[Key] = []
    number_prefix: Annotated[str, StringConstraints(pattern=r"^[A-Z0-9/.-]{1,20}$")]
    legal_basis: list[str] = Field(min_length=1)
    template: str = "certificate"


class Validity(Shape):
    """How long the certificate is good: a duration in days from issue, or until the date given in an answer."""

    days: int | None = Field(default=None, ge=1)
    from_answer: Key | None = None
    until_answer: Key | None = None


class ServiceDefinition(Shape):
    """One version of one public service."""

    slug: Slug
    kind: Literal["PERMIT"]
    agency: str
    name: Text
    summary: Text
    search_words: list[str] = Field(min_length=1)
    example_from: str = ""
    published: date
    standard: PublicStandard | None = None
    internal: InternalStandard
    time: Duration
    intake_time: Duration = Duration(amount=1)
    fee: Fee
    steps: list[Step] = Field(min_length=1)
    triage: list[TriageQuestion] = []
    groups: list[QuestionGroup] = Field(min_length=1)
    documents: list[RequiredDocument] = []
    defect_reasons: list[ReasonCode] = Field(min_length=1)
    refusal_reasons: list[ReasonCode] = Field(min_length=1)
    certificate: CertificateWording
    validity: Validity
    undo_seconds: int = 600

    @model_validator(mode="after")
    def steps_sum_to_the_standard(self) -> Self:
        """Step times sum to the promised time, so that no office can hide a day."""
        total = sum(step.days for step in self.steps)
        if total != self.time.amount:
            raise ValueError(f"steps: their days sum to {total}, the standard promises {self.time.amount}")
        return self

    @model_validator(mode="after")
    def keys_are_unique_and_known(self) -> Self:
        """Every key is used once, and every condition, field and validity names a question that exists."""
        questions = [question.key for group in self.groups for question in group.questions]
        documents = [document.key for document in self.documents]
        for name, keys in (("question", questions), ("document", documents)):
            doubled = sorted({key for key in keys if keys.count(key) > 1})
            if doubled:
                raise ValueError(f"{name} keys used twice: {', '.join(doubled)}")
        unknown = sorted(self._named_questions() - set(questions))
        if unknown:
            raise ValueError(f"no such question: {', '.join(unknown)}")
        return self

    def _named_questions(self) -> set[str]:
        conditions = [group.when for group in self.groups]
        conditions += [question.when for group in self.groups for question in group.questions]
        conditions += [document.when for document in self.documents]
        named = {condition.question for condition in conditions if condition}
        named |= set(self.certificate.fields)
        return named | {key for key in (self.validity.from_answer, self.validity.until_answer) if key}
