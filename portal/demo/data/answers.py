"""Answers that a person might give to a service's form, drawn by chance from the form's own definition."""

import re
from collections.abc import Callable, Mapping
from datetime import date, timedelta
from random import Random
from typing import Any

from portal.demo import people
from services.applications import bounds
from services.catalogue import answers as catalogue_answers
from services.catalogue import rules
from services.catalogue.definition import Question, QuestionGroup, QuestionKind, ServiceDefinition
from services.government import queries as government
from services.government.models import District

#: What people write under a question whose key ends so; {place} is a district of the pack. The first that fits counts.
WORDS: Mapping[str, tuple[str, ...]] = {
    "advertiser_name": ("CV Sinar Jaya", "PT Kopi Nusantara", "Toko Batik {place}", "Panitia Bazar Ramadan"),
    "event_name": ("Pasar Malam {place}", "Sedekah Bumi", "Jalan Sehat RW 05", "Resepsi Pernikahan"),
    "deceased_name": ("Slamet Riyadi", "Sumiati", "Bambang Hartono"),
    "institution_name": ("Universitas Terbuka", "Yayasan Anak Bangsa", "Universitas Muhammadiyah"),
    "business_name": ("Warung Bu Tini", "Toko Makmur", "Kedai Kopi {place}"),
    "vessel_name": ("Bintang Laut", "Harapan Baru", "Sinar Samudra"),
    "message": (
        "Warung Bu Tini, buka setiap hari",
        "Pasar Malam {place}, 1 sampai 7",
        "Cuci gudang batik {place}",
    ),
    "title": ("Pengelolaan sampah di {place}", "Kualitas layanan puskesmas", "Ruang bermain anak"),
    "name": ("Joko Susilo", "Ratna Dewi", "Slamet Widodo", "Fitri Handayani", "Made Wirawan"),
    "address": ("Jalan Sudirman 12, {place}", "Jalan Merdeka 45, {place}"),
}
PHRASES = ("Balai RW 05", "Kantor Kecamatan {place}", "Pasar {place}", "Lapangan {place}")
STREETS = (
    "Jalan Sudirman 12",
    "Jalan Ahmad Yani 45",
    "Gang Melati 3",
    "Jalan Diponegoro 88",
    "Jalan Kartini 7",
)
LONG = (
    "Kegiatan ini diadakan warga setiap tahun dan sudah dibicarakan dengan pengurus RT.",
    "Pemasangan dilakukan pada pagi hari agar tidak mengganggu lalu lintas.",
)
#: What a pattern may ask for, besides a number of so many digits.
SAMPLES = ("07.30", "BD 1234 AB", "AB123456", "A1", "XX.12/2026")
LONGEST_NUMBER = 25
DECLARED_SHARE = 0.9


class Answerer:
    """Fills in one form after another; the same seed gives the same answers."""

    def __init__(self, chance: Random) -> None:
        self.chance = chance
        self.districts: list[District] = list(government.smallest_districts())

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
        self.latest = today + timedelta(days=self.chance.randint(40, 120))
        columns: dict[str, list[Any]] = {question.key: [] for question in group.questions}
        for _time in range(times):
            known = dict(given)
            for question in group.questions:
                asked = rules.holds(question.when, known)
                known[question.key] = (
                    self._answer(question, known, reference=reference, today=today) if asked else None
                )
                columns[question.key].append(known[question.key])
        if group.repeated:
            return columns
        return {key: column[0] for key, column in columns.items() if column[0] is not None}

    def _answer(self, question: Question, known: dict[str, Any], *, reference: str, today: date) -> Any:
        if question.kind is QuestionKind.NIK:
            return catalogue_answers.seal_nik(self.nik(), reference=reference, key=question.key)
        if question.kind is QuestionKind.DATE:
            return self._date(question, known, today).isoformat()
        if question.not_more_than:
            return min(self._number(question), known[question.not_more_than])
        return self._plain[question.kind](question)

    @property
    def _plain(self) -> Mapping[QuestionKind, Callable[[Question], Any]]:
        return {
            QuestionKind.TEXT: self._text,
            QuestionKind.LONG_TEXT: lambda question: self._words(question, otherwise=LONG, longest=4000),
            QuestionKind.NUMBER: self._number,
            QuestionKind.MONEY: self._number,
            QuestionKind.YES_NO: self._yes_or_no,
            QuestionKind.CHOICE: lambda question: self.chance.choice(question.choices).value,
            QuestionKind.MANY: lambda question: [
                choice.value for choice in self.chance.sample(question.choices, 2)
            ],
            QuestionKind.PHONE: lambda _question: f"+62812{self.chance.randint(10_000_000, 99_999_999)}",
            QuestionKind.ADDRESS: self._address,
            QuestionKind.POINT: lambda _question: self._point(),
        }

    def _yes_or_no(self, question: Question) -> str:
        """Nearly everybody declares what they are asked to declare."""
        is_declaration = question.key.startswith("declares_")
        return "yes" if self.chance.random() < (DECLARED_SHARE if is_declaration else 0.5) else "no"

    def _number(self, question: Question) -> int:
        """A small number of things, a round sum of money."""
        unit, many = (1_000, 500) if question.kind is QuestionKind.MONEY else (1, 40)
        lowest = question.minimum or 1
        highest = lowest + many * unit if question.maximum is None else question.maximum
        return min(lowest + self.chance.randint(0, many) * unit, highest)

    def nik(self) -> str:
        """A number of the demo."""
        born = date(1960, 1, 1) + timedelta(days=self.chance.randint(0, 15_000))
        return people.invented_nik(self.chance.choice(self.districts), born, self.chance)

    def _text(self, question: Question) -> str:
        if question.pattern:
            return example_of(question.pattern, self.chance)
        return self._words(question, otherwise=PHRASES, longest=200)

    def _words(self, question: Question, *, otherwise: tuple[str, ...], longest: int) -> str:
        known = next((words for key, words in WORDS.items() if question.key.endswith(key)), otherwise)
        text = self.chance.choice(known).format(place=self.chance.choice(self.districts).name)
        return text[: question.max_length or longest]

    def _date(self, question: Question, known: dict[str, Any], today: date) -> date:
        """A birth is long ago and other past days are not; days to come follow each other as they are asked."""
        if question.latest in {"today", "yesterday"}:
            is_birth = "birth" in question.key
            return today - timedelta(days=self.chance.randint(*((7_000, 28_000) if is_birth else (2, 300))))
        self.latest += timedelta(days=self.chance.randint(0, 25))
        lasts = [bounds.last_day(limit, known, today=today) for limit in question.lasts_at_most]
        self.latest = min([self.latest, *(day for day in lasts if day)])
        return self.latest

    def _address(self, question: Question) -> dict[str, str]:
        district = self.chance.choice([one for one in self.districts if one.code.startswith(question.within)])
        return {
            "street": self.chance.choice(STREETS),
            "rt": f"{self.chance.randint(1, 12):03}",
            "rw": f"{self.chance.randint(1, 9):03}",
            "district": district.code,
            "district_name": district.full_name,
            "postcode": "",
        }

    def _point(self) -> dict[str, float]:
        district = self.chance.choice(self.districts)
        return {"latitude": round(district.latitude, 5), "longitude": round(district.longitude, 5)}


def example_of(pattern: str, chance: Random) -> str:
    """A text that a question's pattern takes; any text where the pattern asks for something unheard of."""
    digits = "".join(chance.choices("123456789", k=LONGEST_NUMBER))
    samples = [*SAMPLES, *(digits[:length] for length in range(1, LONGEST_NUMBER + 1))]
    return next((sample for sample in samples if re.fullmatch(pattern, sample)), samples[0])
