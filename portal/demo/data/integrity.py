"""What is told in confidence in the demo: a dozen integrity reports at both receivers, and the answers about gifts."""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from functools import partial
from random import Random
from typing import Any, Final

from complaints.integrity import operations as integrity
from complaints.integrity.values import Reach, Told
from portal.demo.data.reports import PASSPHRASE, Begun
from portal.demo.data.stories import Step
from services.accounts.models import User
from services.casework import operations as casework
from services.casework.models import Case
from services.casework.operations import UnableToHandle
from services.catalogue import queries as catalogue
from services.government.models import Agency
from services.integrity import operations as gifts

INSIDE, OUTSIDE = Agency.Role.INSPECTORATE.value, Agency.Role.COMMISSION.value
EXAMINED: Final = frozenset({"EXAMINED", "ASKED", "ANSWERED", "TRUE", "UNPROVED"})
#: Of a hundred who were asked after their case: who said yes, and who would rather not say; most services have few.
SAID_YES, SAID_NOTHING = 4, 6
ASKED_BEFORE: Final = 46
#: How long ago these answers were given: at most, in days.
GIVEN: Final = 300


@dataclass(frozen=True, slots=True)
class Planned:
    """One report: how many days ago, where it ends, what is told, to whom."""

    days: float
    ending: str
    matter: str
    what: str
    receiver: str = INSIDE
    more: Mapping[str, Any] = field(default_factory=dict)
    may_be_handed_over: bool = False


PLAN: Final = (
    Planned(0.4, "RECEIVED", "REWARD_DEMANDED", "Di loket saya diminta dua ratus ribu supaya berkas tidak dikembalikan.",
            more={"amount": 200_000, "when": "Kemarin pagi", "place": "Loket pelayanan", "concerned": "OFFICER",
                  "who": "Laki-laki sekitar 40 tahun, kemeja putih"}),
    Planned(1.2, "RECEIVED", "PRESSED", "Atasan menyuruh saya memundurkan tanggal terima tiga berkas dan mengancam mutasi.",
            receiver=OUTSIDE, more={"works_here": True, "concerned": "OFFICER"}),
    Planned(2.1, "RECEIVED", "BUSINESS_INTEREST", "Pengadaan spanduk kantor selalu ke percetakan milik keluarga pejabat.",
            receiver=OUTSIDE, more={"concerned": "HEAD"}),
    Planned(4, "EXAMINED", "REWARD_DEMANDED", "Petugas lapangan minta uang bensin lima ratus ribu sebelum mau datang.",
            more={"amount": 500_000, "when": "Dua minggu lalu", "concerned": "OFFICER"}),
    Planned(6, "EXAMINED", "CORRUPTION", "Retribusi dipungut tunai tanpa karcis setiap Jumat di pasar.", receiver=OUTSIDE,
            more={"place": "Pasar", "when": "Setiap Jumat", "concerned": "OFFICER"}),
    Planned(8, "ASKED", "REWARD_DEMANDED", "Calo di halaman menawarkan jalur cepat dan masuk ke ruang belakang kantor.",
            more={"amount": 1_500_000, "concerned": "BROKER", "who": "Memakai rompi hitam, dipanggil Cak Man"}),
    Planned(12, "ANSWERED", "PRESSED", "Saya dipaksa menandatangani berita acara kunjungan yang tidak pernah ada.",
            receiver=OUTSIDE, more={"works_here": True, "concerned": "OFFICER"}),
    Planned(15, "HANDED_OVER", "CORRUPTION", "Ada setoran bulanan dari loket kepada kepala bidang.",
            more={"concerned": "OFFICER", "works_here": True}, may_be_handed_over=True),
    Planned(25, "TRUE", "REWARD_DEMANDED", "Diminta tiga ratus ribu untuk mempercepat surat yang mestinya gratis.",
            more={"amount": 300_000, "concerned": "OFFICER"}),
    Planned(34, "UNPROVED", "OTHER", "Petugas mendahulukan kenalannya di antrean.",
            more={"axis": "PARTIALITY", "concerned": "OFFICER"}),
    Planned(41, "TRUE", "DRUGS", "Dua pegawai memakai sabu di gudang arsip pada malam piket.", receiver=OUTSIDE,
            more={"concerned": "OFFICER", "works_here": True}),
    Planned(50, "ARCHIVED", "OTHER", "Pelayanan buruk sekali.", more={"axis": "IMPROPRIETY"}),
)  # fmt: skip


class ConfidentialStory:
    """One integrity report, from its sending to the state it is planned to reach."""

    def __init__(self, planned: Planned, examiners: Mapping[str, User], office: str, chance: Random) -> None:
        self.planned, self.examiners, self.office, self.chance = planned, examiners, office, chance
        self.case: Case

    def steps(self) -> Iterator[Step]:
        """The road of this report: hours after the step before, and what is done then."""
        yield 0, self._send
        ending = self.planned.ending
        if ending in EXAMINED:
            yield 20, self._act(partial(integrity.begin_examination))
        if ending in {"ASKED", "ANSWERED"}:
            yield (
                30,
                self._act(partial(integrity.ask_reporter, words="Hari apa, dan siapa lagi yang melihatnya?")),
            )
        if ending == "ANSWERED":
            yield 40, self._answer
        if ending == "HANDED_OVER":
            words = "Menyangkut pejabat di dalam; lebih tepat diperiksa dari luar."
            yield 30, self._act(partial(integrity.hand_over, words=words))
        if ending in {"TRUE", "UNPROVED", "ARCHIVED"}:
            yield 60, self._act(self._finding())

    @property
    def _examiner(self) -> User:
        return self.examiners[self.case.agency.role]

    def _send(self, at: datetime) -> None:
        self.case = integrity.send_report(
            Told(matter=self.planned.matter, what=self.planned.what, office=self.office, **self.planned.more),
            receiver=self.planned.receiver,
            may_be_handed_over=self.planned.may_be_handed_over,
            reach=Reach(passphrase=PASSPHRASE),
            submission_key=f"demo-integrity-{self.planned.days}",
            language="id",
            at=at,
        )

    def _act(self, deed: Callable[..., Case]) -> Callable[[datetime], None]:
        def do(at: datetime) -> None:
            try:
                casework.take_case(self.case, actor=self._examiner, at=at)
            except UnableToHandle:
                casework.take_case(self.case, actor=self._examiner, reason_code="SAME_MATTER", at=at)
            hat = self.case.current.queue_hat
            casework.record_opening(self.case, viewer=self._examiner, hat=hat, at=at)
            self.case = deed(self.case, actor=self._examiner, at=at)

        return do

    def _answer(self, at: datetime) -> None:
        words = "Hari Selasa. Rekan saya di meja sebelah juga melihatnya."
        self.case = integrity.write_to_receiver(self.case, words=words, at=at)

    def _finding(self) -> Callable[..., Case]:
        return {
            "TRUE": partial(
                integrity.find_true, words="Terbukti. Yang bersangkutan diperiksa dan dipindahkan dari loket."
            ),
            "UNPROVED": partial(integrity.leave_unproved, words="Rekaman antrean tidak menunjukkan hal itu."),
            "ARCHIVED": partial(
                integrity.archive_report,
                reason_code="NOTHING_TO_GO_ON",
                words="Tidak ada kantor, waktu, atau orang yang dapat diperiksa.",
            ),
        }[self.planned.ending]


def begin_integrity_reports(
    *, examiners: Mapping[str, User], office: str, today: datetime, seed: int = 1917
) -> list[Begun]:
    """The beginnings of all planned reports about this office, for its calendar; `examiners` by the role of the receiver."""
    chance = Random(seed)  # noqa: S311 (invented data, no secret)
    begun = []
    for planned in PLAN:
        steps = ConfidentialStory(planned, examiners, office, chance).steps()
        _pause, first = next(steps)
        begun.append((today - timedelta(days=planned.days), first, steps))
    return begun


def answer_about_gifts(*, today: datetime, seed: int = 31) -> int:
    """What people said after the cases of the last year, for the services they need most; returns how many answers."""
    chance = Random(seed)  # noqa: S311 (as above)
    given = 0
    for service in catalogue.most_needed_services():
        for number in range(chance.randint(ASKED_BEFORE // 3, ASKED_BEFORE)):
            drawn = chance.uniform(0, 100)
            said = "YES" if drawn < SAID_YES else "DECLINED" if drawn < SAID_YES + SAID_NOTHING else "NO"
            gifts.answer_gift_question(
                reference=f"demo-{service.slug}-{number}",
                service=service.slug,
                agency=service.agency.code,
                answer=said,
                at=today - timedelta(days=chance.uniform(1, GIVEN)),
            )
            given += 1
    return given
