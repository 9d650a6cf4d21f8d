"""Invented people who bring the cases of a bench, each with a login, a phone and a sealed NIK; some come again."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from random import Random
from typing import Final
from uuid import UUID, uuid4

from portal.demo.people import invented_nik
from services.accounts.models import Person
from services.accounts.operations.nik import index_of
from services.foundation import identity, sealing
from services.government.models import District

FIRST: Final = [
    "Adi",
    "Agus",
    "Ahmad",
    "Aisyah",
    "Andi",
    "Anisa",
    "Arif",
    "Ayu",
    "Bambang",
    "Bayu",
    "Budi",
    "Cahya",
    "Citra",
    "Dewi",
    "Dian",
    "Dwi",
    "Eka",
    "Endang",
    "Fajar",
    "Fitri",
    "Galih",
    "Gita",
    "Hadi",
    "Hasan",
    "Hendra",
    "Ika",
    "Indah",
    "Irfan",
    "Joko",
    "Kartika",
    "Lestari",
    "Lia",
    "Made",
    "Maya",
    "Muhammad",
    "Nanda",
    "Nur",
    "Nyoman",
    "Putri",
    "Rahmat",
    "Ratna",
    "Rina",
    "Rizki",
    "Siti",
    "Slamet",
    "Sri",
    "Sulastri",
    "Tri",
    "Umi",
    "Wahyu",
    "Wawan",
    "Wulan",
    "Yanti",
    "Yudi",
    "Yusuf",
    "Zainal",
]
LAST: Final = [
    "Anggraini",
    "Arifin",
    "Aryanti",
    "Baskoro",
    "Cahyono",
    "Damayanti",
    "Effendi",
    "Fauzi",
    "Firmansyah",
    "Gunawan",
    "Hakim",
    "Halim",
    "Handayani",
    "Hartono",
    "Hidayat",
    "Irawan",
    "Iskandar",
    "Jatmiko",
    "Kurniawan",
    "Kusuma",
    "Lubis",
    "Mahendra",
    "Maulana",
    "Mulyadi",
    "Nasution",
    "Nugroho",
    "Oktaviani",
    "Permata",
    "Pranoto",
    "Prasetyo",
    "Purnomo",
    "Rahayu",
    "Ramadhan",
    "Saputra",
    "Santoso",
    "Sari",
    "Setiawan",
    "Siregar",
    "Sitorus",
    "Subagyo",
    "Suharto",
    "Supriyadi",
    "Susanti",
    "Sutrisno",
    "Syahputra",
    "Tanjung",
    "Utami",
    "Wibowo",
    "Widodo",
    "Wijaya",
    "Wulandari",
    "Yulianto",
]
#: How many cases of ten are brought by somebody who brought one before.
AGAIN: Final = 0.6
KNOWN: Final = 5_000


@dataclass(frozen=True, slots=True)
class Neighbour:
    """Somebody as the rows of a case name them."""

    user: int
    pseudonym: str
    person: UUID
    name: str


class Neighbours:
    """Makes people as lines for COPY. `user` is the last key that was given."""

    def __init__(self, *, chance: Random, last_user: int, districts: list[District], at: datetime) -> None:
        self.chance, self.user, self.districts = chance, last_user, districts
        self.at = at
        self.known: list[Neighbour] = []
        self.users: list[str] = []
        self.persons: list[str] = []

    def somebody(self) -> Neighbour:
        """Somebody who comes again, or for the first time."""
        if self.known and self.chance.random() < AGAIN:
            return self.chance.choice(self.known)
        found = self._new()
        if len(self.known) < KNOWN:
            self.known.append(found)
        else:
            self.known[self.chance.randrange(KNOWN)] = found
        return found

    def _new(self) -> Neighbour:
        self.user += 1
        name = f"{self.chance.choice(FIRST)} {self.chance.choice(LAST)}"
        one = Neighbour(user=self.user, pseudonym=str(uuid4()), person=uuid4(), name=name)
        district, at = self.chance.choice(self.districts), self.at.isoformat()
        phone = f"+62813{self.user:08}"
        nik = invented_nik(
            district, (self.at - timedelta(days=self.chance.randint(8_000, 25_000))).date(), self.chance
        )
        binding = Person(id=one.person).seal_binding
        sealed, index = sealing.seal(nik, bound_to=binding), index_of(nik)
        self.users.append(f"{one.user}\t!\t{one.pseudonym}\t{phone}\t{at}\tid\tt\t{at}\n")
        self.persons.append(
            f"{one.person}\t{one.user}\tt\t{name}\t\\\\x{sealed.hex()}\t\\\\x{index.hex()}\t{identity.mask_nik(nik)}\t"
            f"{phone}\t{district.pk}\t{at}\n"
        )
        return one

    def taken(self) -> tuple[str, str]:
        """The lines of users and of persons since the last time."""
        users, persons = "".join(self.users), "".join(self.persons)
        self.users.clear()
        self.persons.clear()
        return users, persons
