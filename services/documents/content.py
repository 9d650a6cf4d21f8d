"""What a certificate says, as data: frozen when it is ordered, the same for paper and page."""

from datetime import date

from pydantic import BaseModel, ConfigDict
from pydantic import Field as Limited


class Shape(BaseModel):
    """Base of every shape: unknown keys are refused, nothing changes afterwards."""

    model_config = ConfigDict(extra="forbid", frozen=True)


class Text(Shape):
    """One text in both languages of the portal."""

    id: str
    en: str


class Field(Shape):
    """One fact on the paper: what it is and what it says, both in both languages."""

    label: Text
    value: Text


class Signatory(Shape):
    """Who decided, and in which office; printed above the seal. Without a name the role stands alone: the system decided.

    `in_person` where this very person signed this very paper, and their act is on record.
    """

    name: str = ""
    role: Text
    in_person: bool = False


class Issuer(Shape):
    """The government and the agency that issue the paper; filled in when it is ordered."""

    government: Text
    agency: Text
    address: Text


class Section(Shape):
    """A part of minutes: its title and its lines."""

    title: Text
    lines: list[Text]


class CertificateContent(Shape):
    """The wording of one certificate.

    `checks` are those after which the system decided, where no person did;
    `by_law` marks what nobody decided in time and the law therefore grants: it names no signatory.
    `minutes` marks what grants nothing and only says what was seen, in `sections`: whoever has its code and not the file
    learns that it is genuine, and not what it says.

    `issuer` is left out by who orders it.
    """

    body: Text
    conditions: list[Text] = []
    fields: list[Field] = []
    legal_basis: list[str] = Limited(min_length=1)
    signatory: Signatory
    checks: list[Text] = []
    by_law: bool = False
    minutes: bool = False
    sections: list[Section] = []
    decided_on: date
    issuer: Issuer | None = None
