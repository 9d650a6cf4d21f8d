"""Answers that a person might give to a service's form, drawn by chance from the form's own definition."""

from collections.abc import Callable, Mapping
from datetime import date, timedelta
from random import Random
from typing import Any

from services.catalogue import answers as catalogue_answers
from services.catalogue import rules
from services.catalogue.definition import Question, QuestionGroup, QuestionKind, ServiceDefinition
from services.government.models import District

#: Words for questions whose label alone does not say what people write there.
WORDS: Mapping[str, tuple[str, ...]] = {
    "advertiser_name": ("CV Sinar Jaya", "PT Kopi Tugu", "Toko Batik Ampel", "Panitia Bazar Ramadan"),
    "billboard_text": ("Promo Kopi Susu Rp12.000", "Grand Opening Toko Batik Ampel", "Bazar Ramadan Rungkut"),
    "shown_text": ("Promo Kopi Susu Rp12.000", "Grand Opening Toko Batik Ampel", "Bazar Ramadan Rungkut"),
    "research_title": (
        "Pengelolaan sampah di kampung tepi sungai",
        "Kualitas layanan puskesmas",
        "Ruang bermain anak",
    ),
    "university": ("Universitas Airlangga", "ITS", "Universitas Negeri Surabaya"),
    "event_name": ("Pasar Malam Kampung", "Sedekah Bumi", "Jalan Sehat RW 05", "Resepsi Pernikahan"),
    "deceased_name": ("Almarhum Slamet Riyadi", "Almarhumah Sumiati", "Almarhum Bambang Hartono"),
}
PHRASES = (
    "Jalan Kertajaya",
    "Kampung Ketandan",
    "Taman Bungkul",
    "Pasar Genteng",
    "Balai RW 05",
    "Gang Dolly Lama",
)
STREETS = (
    "Jalan Raya Rungkut 12",
    "Jalan Kertajaya 45",
    "Gang Ampel Suci 3",
    "Jalan Tunjungan 88",
    "Jalan Darmo 7",
)
LONG = (
    "Kegiatan ini diadakan warga setiap tahun dan sudah dibicarakan dengan pengurus RT.",
    "Pemasangan dilakukan pada pagi hari agar tidak mengganggu lalu lintas.",
)


class Answerer:
    """Fills in one form after another; the same seed gives the same answers."""

    def __init__(self, chance: Random) -> None:
        self.chance = chance
        self.districts = list(District.objects.exclude(parent=None)) or list(District.objects.all())

    def answers(self, definition: ServiceDefinition, *, reference: str, today: date) -> dict[str, Any]:
        """Stored answers to every asked question, in the order of the form so that conditions hold."""
        given: dict[str, Any] = {}
        for group in definition.groups:
            if rules.holds(group.when, given):
                given |= self._group(group, given, reference=reference, today=today)
        return given

    def _group(
        self, group: QuestionGroup, given: dict[str, Any], *, reference: str, today: date
    ) -> dict[str, Any]:
        times = self.chance.randint(1, 2) if group.repeated else 1
        columns: dict[str, list[Any]] = {question.key: [] for question in group.questions}
        for _time in range(times):
            known = dict(given)
            for question in group.questions:
                asked = rules.holds(question.when, known)
                known[question.key] = (
                    self._answer(question, reference=reference, today=today) if asked else None
                )
                columns[question.key].append(known[question.key])
        if group.repeated:
            return columns
        return {key: column[0] for key, column in columns.items() if column[0] is not None}

    def _answer(self, question: Question, *, reference: str, today: date) -> Any:
        if question.kind is QuestionKind.NIK:
            return catalogue_answers.seal_nik(self.nik(), reference=reference, key=question.key)
        if question.kind is QuestionKind.DATE:
            return self._date(question, today).isoformat()
        return self._plain[question.kind](question)

    @property
    def _plain(self) -> Mapping[QuestionKind, Callable[[Question], Any]]:
        return {
            QuestionKind.TEXT: self._text,
            QuestionKind.LONG_TEXT: lambda question: self.chance.choice(LONG)[: question.max_length or 4000],
            QuestionKind.NUMBER: self._number,
            QuestionKind.MONEY: self._number,
            QuestionKind.YES_NO: lambda _question: self.chance.choice(("yes", "no")),
            QuestionKind.CHOICE: lambda question: self.chance.choice(question.choices).value,
            QuestionKind.MANY: lambda question: [
                choice.value for choice in self.chance.sample(question.choices, 2)
            ],
            QuestionKind.PHONE: lambda _question: f"+62812{self.chance.randint(10_000_000, 99_999_999)}",
            QuestionKind.ADDRESS: lambda _question: self._address(),
            QuestionKind.POINT: lambda _question: self._point(),
        }

    def _number(self, question: Question) -> int:
        lowest = question.minimum or 1
        return self.chance.randint(lowest, min(question.maximum or lowest + 20, lowest + 20))

    def nik(self) -> str:
        """A number of the demo: its serial is 0000, which is never issued."""
        kecamatan = self.chance.randint(1, 31)
        born = date(1960, 1, 1) + timedelta(days=self.chance.randint(0, 15_000))
        day = born.day + self.chance.choice((0, 40))
        return f"3578{kecamatan:02}{day:02}{born:%m%y}0000"

    def _text(self, question: Question) -> str:
        if question.pattern == "[0-9]{13}":
            return f"{self.chance.randint(10**12, 10**13 - 1)}"
        text = self.chance.choice(WORDS.get(question.key, PHRASES))
        return text[: question.max_length or 200]

    def _date(self, question: Question, today: date) -> date:
        if question.latest in {"today", "yesterday"}:
            return today - timedelta(days=self.chance.randint(2, 300))
        return today + timedelta(days=self.chance.randint(40, 200))

    def _address(self) -> dict[str, str]:
        district = self.chance.choice(self.districts)
        return {
            "street": self.chance.choice(STREETS),
            "rt": f"{self.chance.randint(1, 12):03}",
            "rw": f"{self.chance.randint(1, 9):03}",
            "district": district.code,
            "district_name": district.name,
            "postcode": f"60{self.chance.randint(111, 299)}",
        }

    def _point(self) -> dict[str, float]:
        district = self.chance.choice(self.districts)
        return {"latitude": round(district.latitude, 5), "longitude": round(district.longitude, 5)}
