"""What citizens of the demo report, and what becomes of it: about eighty reports, in every state, by the operations that people use."""

from collections import Counter
from collections.abc import Callable, Iterator
from datetime import datetime, timedelta
from random import Random
from typing import Final

from django.core.files.uploadedfile import SimpleUploadedFile

from complaints import operations as complaints
from complaints import queries
from complaints.models import Category
from complaints.operations import Report
from portal.demo.data.answers import STREETS
from portal.demo.data.papers import picture
from portal.demo.data.stories import Staff, Step
from services.accounts.models import User
from services.casework import operations as casework
from services.casework.models import Case
from services.casework.operations import UnableToHandle
from services.casework.policies import Bearer
from services.documents.models import Document
from services.foundation import clock, texts
from services.government import queries as government
from services.government.models import Agency

#: Opens every report of the demo that was sent without an account.
PASSPHRASE: Final = "gajah makan pisang sore tadi"  # noqa: S105 (printed in the README)

PLAN: Final = Counter(
    RECEIVED=9,
    NEEDS_DATA=4,
    VERIFIED=3,
    ASSIGNED=8,
    UNANSWERED=5,
    PLANNED=6,
    ANSWERED=9,
    REOPENED=4,
    ESCALATED=2,
    SOLVED=18,
    NOT_POSSIBLE=3,
    NOT_OURS=2,
    DUPLICATE=2,
    ARCHIVED=2,
    LAPSED=1,
    CLOSED=4,
)
#: How many days ago one that ends in this state was sent: at most, at least.
SENT: Final = {
    "RECEIVED": (2, 0),
    "NEEDS_DATA": (5, 1),
    "VERIFIED": (3, 1),
    "ASSIGNED": (1, 0.4),
    "UNANSWERED": (6, 4),
    "PLANNED": (12, 5),
    "ANSWERED": (9, 4),
    "REOPENED": (14, 7),
    "ESCALATED": (18, 12),
    "SOLVED": (70, 6),
    "NOT_POSSIBLE": (60, 8),
    "NOT_OURS": (50, 4),
    "DUPLICATE": (20, 5),
    "ARCHIVED": (40, 5),
    "LAPSED": (40, 30),
    "CLOSED": (75, 40),
}
#: How often a subject is reported, as WargaKu counted in 2021; what is not named here, seldom.
WEIGHTS: Final = {
    "vaccination": 1505,
    "health-services": 600,
    "social-aid": 743,
    "poverty-data": 429,
    "street-lights": 421,
    "trees": 401,
    "damaged-roads": 357,
    "civil-registry-papers": 304,
    "water-supply": 278,
    "identity-cards": 277,
    "disturbance": 244,
}
SELDOM: Final = 80
#: What people write, by subject; {place} is a district of the pack.
WORDS: Final = {
    "street-lights": "Lampu jalan di dekat pos ronda mati sejak lima hari. Malam gelap sekali dan anak-anak takut lewat.",
    "damaged-roads": "Jalan berlubang cukup dalam di depan pasar {place}. Dua motor sudah jatuh minggu ini.",
    "drains-floods": "Selokan mampet, setiap hujan air masuk ke rumah warga di {place}.",
    "trees": "Dahan pohon besar menjuntai ke kabel dan menutup rambu. Mohon dirapikan.",
    "waste": "Sampah di TPS {place} tidak diangkut empat hari, baunya sampai ke sekolah.",
    "vaccination": "Kapan jadwal imunisasi balita bulan ini di {place}? Tidak ada pengumuman.",
    "health-services": "Antre di puskesmas dari jam enam, loket baru buka jam delapan.",
    "social-aid": "Ibu saya lansia tinggal sendiri di {place} dan belum pernah menerima bantuan permakanan.",
    "poverty-data": "Tetangga saya buruh harian, anak tiga, tetapi tidak masuk data keluarga miskin.",
    "civil-registry-papers": "Akta kelahiran anak saya diajukan tiga minggu lalu dan belum jadi.",
    "identity-cards": "Sudah rekam KTP dua bulan lalu di {place}, cetaknya belum ada kabar.",
    "water-supply": "Air PDAM mati setiap sore sejak Senin di {place}.",
    "disturbance": "Balap liar setiap malam Minggu di depan perumahan, suaranya sampai jam dua.",
    "illegal-levy": "Saya diminta membayar seratus ribu supaya berkas cepat diproses.",
    "unprofessional": "Petugas loket meninggalkan meja selama satu jam tanpa penjelasan.",
}
ANSWERS: Final = (
    "Terima kasih atas laporannya. Petugas kami sudah menindaklanjuti dan pekerjaan selesai.",
    "Laporan Anda sudah kami tangani. Bila masih ada kendala, mohon kabari kami lewat halaman ini.",
    "Sudah kami tindak lanjuti tadi siang bersama ketua RT setempat.",
)
PLANS: Final = ("Masuk jadwal petugas kami.", "Sedang disiapkan, dikerjakan sesuai jadwal.")
ACCOUNT_SHARE, PHOTO_SHARE, POINT_SHARE = 0.4, 0.5, 0.4
VISIBILITIES: Final = {"PUBLIC": 6, "ANONYMOUS": 3, "CONFIDENTIAL": 1}
AFTER_ASSIGNMENT: Final = (
    *("PLANNED", "ANSWERED", "REOPENED", "ESCALATED", "SOLVED", "NOT_POSSIBLE", "CLOSED"),
    "DUPLICATE",
)

#: When a report is sent, how, and the steps that follow.
Begun = tuple[datetime, Callable[[datetime], None], Iterator[Step]]


class ReportStory:
    """One report, from its sending to the state it is planned to reach."""

    def __init__(
        self, ending: str, reporter: User | None, staff: Staff, examiner: User, chance: Random
    ) -> None:
        self.ending, self.reporter, self.chance = ending, reporter, chance
        self.staff, self.examiner = staff, examiner
        self.case: Case

    def steps(self) -> Iterator[Step]:
        """The road of this report: hours after the step before, and what is done then."""
        yield 0, self._send
        if self.ending == "RECEIVED":
            return
        yield self._hours(3), self._at_intake
        if self.ending in AFTER_ASSIGNMENT:
            yield self._hours(20), self._at_office
        if self.ending in {"SOLVED", "REOPENED", "ESCALATED"}:
            yield self._hours(30), self._judged
        if self.ending == "ESCALATED":
            yield self._hours(20), self._answer
            yield self._hours(10), self._judged

    def _hours(self, mean: float) -> float:
        return self.chance.uniform(mean * 0.4, mean * 1.6)

    @property
    def _actor(self) -> User | Bearer:
        return self.reporter if self.case.applicant_id and self.reporter else Bearer(self.case.reference)

    @property
    def _officer(self) -> User:
        """Who works on it: the inspectorate has people of its own."""
        is_examined = self.case.agency.role == Agency.Role.INSPECTORATE
        return self.examiner if is_examined else self.staff.reviewer

    def _send(self, at: datetime) -> None:
        listed = list(queries.listed_categories())
        category = self.chance.choices(listed, [WEIGHTS.get(row.code, SELDOM) for row in listed])[0]
        self.case = complaints.receive_report(
            self._report(category),
            actor=self.reporter,
            photos=[self._photo(category, at)] if self.chance.random() < PHOTO_SHARE else [],
            submission_key=f"demo-{self.ending}-{self.chance.random()}",
            passphrase=PASSPHRASE,
            language="id",
            at=at,
        )

    def _report(self, category: Category) -> Report:
        district = self.chance.choice(government.smallest_districts())
        words = WORDS.get(
            category.code, f"Mohon ditindaklanjuti: {texts.local(category.name, 'id').lower()}."
        )
        has_point = self.chance.random() < POINT_SHARE
        return Report(
            category=category,
            words=words.format(place=district.name),
            place=f"{self.chance.choice(STREETS)}, dekat balai RW",
            district=district,
            latitude=round(district.latitude + self.chance.uniform(-0.004, 0.004), 6) if has_point else None,
            longitude=round(district.longitude + self.chance.uniform(-0.004, 0.004), 6)
            if has_point
            else None,
            visibility=self.chance.choices(list(VISIBILITIES), list(VISIBILITIES.values()))[0],
            with_account=self.reporter is not None,
        )

    def _photo(self, category: Category, at: datetime) -> Document:
        content = picture(texts.local(category.name, "id"), "Foto warga")
        upload = SimpleUploadedFile("foto.jpg", content, content_type="image/jpeg")
        return complaints.take_photo(upload, at=at)

    def _take(self, officer: User, at: datetime) -> None:
        try:
            casework.take_case(self.case, actor=officer, at=at)
        except UnableToHandle:
            casework.take_case(self.case, actor=officer, reason_code="SAME_MATTER", at=at)

    def _at_intake(self, at: datetime) -> None:
        intake = self.staff.intake
        self._take(intake, at)
        if self.ending in {"NEEDS_DATA", "LAPSED"}:
            words = "Mohon sebutkan patokan lokasinya, dan sejak kapan."
            self.case = complaints.ask_for_data(self.case, actor=intake, words=words, at=at)
        elif self.ending == "ARCHIVED":
            self.case = complaints.archive_report(self.case, actor=intake, reason_code="NOT_A_REPORT", at=at)
        elif self.ending == "NOT_OURS":
            words = "Jaringan listrik rumah adalah wewenang PLN. Hubungi PLN 123 atau aplikasi PLN Mobile."
            self.case = complaints.hand_over_report(self.case, actor=intake, words=words, at=at)
        else:
            category = queries.complaint_of(self.case).category
            agency = queries.agency_for(category, self.case.district)
            self.case = complaints.verify_report(
                self.case,
                actor=intake,
                category=category,
                agency=None if self.ending == "VERIFIED" else agency,
                at=at,
            )

    def _at_office(self, at: datetime) -> None:
        if self.ending == "PLANNED":
            self._take(self._officer, at)
            day = clock.local_date(at) + timedelta(days=self.chance.randint(2, 12))
            words = self.chance.choice(PLANS)
            self.case = complaints.plan_work(
                self.case, actor=self._officer, words=words, planned_date=day, at=at
            )
        elif self.ending == "NOT_POSSIBLE":
            self._take(self._officer, at)
            words = "Lokasi ini lahan pribadi, sehingga pemerintah tidak dapat mengerjakannya."
            self.case = complaints.refuse_report(self.case, actor=self._officer, words=words, at=at)
        elif self.ending == "DUPLICATE" and (earlier := self._earlier()):
            self._take(self._officer, at)
            self.case = complaints.mark_duplicate(self.case, actor=self._officer, reference=earlier, at=at)
        else:
            self._answer(at)

    def _answer(self, at: datetime) -> None:
        self._take(self._officer, at)
        category = queries.complaint_of(self.case).category
        shown = [self._photo(category, at)] if self.chance.random() < PHOTO_SHARE else []
        words = self.chance.choice(ANSWERS)
        self.case = complaints.answer_report(self.case, actor=self._officer, words=words, photos=shown, at=at)

    def _judged(self, at: datetime) -> None:
        if self.ending == "SOLVED":
            words = self.chance.choice(("Terima kasih, sudah beres.", ""))
            self.case = complaints.solve_report(self.case, actor=self._actor, words=words, at=at)
        else:
            words = "Belum selesai, keadaannya masih sama."
            self.case = complaints.reopen_report(self.case, actor=self._actor, words=words, at=at)

    def _earlier(self) -> str:
        """The reference of another report that everybody may read; "" where there is none yet."""
        found = queries.published().exclude(case=self.case).order_by("-published_at").first()
        return found.case.reference if found else ""


def begin_reports(
    *,
    citizens: list[User],
    staff: Staff,
    examiner: User,
    today: datetime,
    plan: Counter[str] = PLAN,
    seed: int = 311,
) -> list[Begun]:
    """The beginnings of all planned reports, for the calendar of the office."""
    chance = Random(seed)  # noqa: S311 (invented data, no secret)
    begun = []
    for ending in sorted(plan.elements()):
        most, least = SENT[ending]
        reporter = chance.choice(citizens) if chance.random() < ACCOUNT_SHARE else None
        steps = ReportStory(ending, reporter, staff, examiner, chance).steps()
        _pause, first = next(steps)
        begun.append((today - timedelta(days=chance.uniform(least, most)), first, steps))
    return begun
