"""How a case ends: coded reasons with the words of the letter, the certificate, how long it is good."""

from typing import Annotated, Literal

from pydantic import Field, StringConstraints

from services.catalogue.definition.keys import Code, Key
from services.foundation.packs import Shape, Text


class ReasonCode(Shape):
    """A coded reason with the words of the letter: for a defect of the file, or for a refusal with its article.

    `concerns` says of a defect what can have it: a document, an answer, or either.
    """

    code: Code
    label: Text
    letter: Text
    article: str = ""
    concerns: Literal["any", "document", "answer"] = "any"


class UrgentClass(Shape):
    """A class of cases that may go before others once a supervisor says so, and what shows that a case is one of them."""

    code: Code
    label: Text
    evidence: Text


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
    """How long the certificate is good: days from issue (or from the date in an answer), or until the date in an answer.

    Where both are given the earlier end counts: a midwife's licence ends with her registration, and after five years at
    the latest. Without either it has no end.
    """

    days: int | None = Field(default=None, ge=1)
    from_answer: Key | None = None
    until_answer: Key | None = None
