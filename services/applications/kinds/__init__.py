"""Each kind of question as form fields, and its answer on the way from the fields to what is stored and back."""

from collections.abc import Mapping
from typing import Final

from services.applications.kinds.base import ELSEWHERE, Kind, Surroundings
from services.applications.kinds.several import Address, Point
from services.applications.kinds.single import Choice, Date, Many, Money, Nik, Number, Phone, Words, YesNo
from services.catalogue.definition import QuestionKind

KINDS: Final[Mapping[QuestionKind, Kind]] = {
    QuestionKind.TEXT: Words(),
    QuestionKind.LONG_TEXT: Words(),
    QuestionKind.NUMBER: Number(),
    QuestionKind.MONEY: Money(),
    QuestionKind.DATE: Date(),
    QuestionKind.YES_NO: YesNo(),
    QuestionKind.CHOICE: Choice(),
    QuestionKind.MANY: Many(),
    QuestionKind.NIK: Nik(),
    QuestionKind.PHONE: Phone(),
    QuestionKind.ADDRESS: Address(),
    QuestionKind.POINT: Point(),
}

__all__ = ["ELSEWHERE", "KINDS", "Kind", "Surroundings"]
