"""What the demo's people hold: about forty licences and applications for them, in every state, by the operations that people use."""

from collections.abc import Iterator
from datetime import datetime, timedelta
from random import Random
from typing import TYPE_CHECKING, Final

from licensing import operations as licensing
from licensing import workflow
from licensing.models import Business, LegalForm, Licence
from licensing.operations.businesses import Facts
from portal.demo.data.stories import Filer, Step, Story
from services.accounts import actors
from services.accounts.models import User
from services.casework import operations as casework
from services.casework.models import Case
from services.catalogue.models import Service, ServiceVersion
from services.documents import operations as documents

if TYPE_CHECKING:
    from portal.demo.data.office import Begun, Office

STALL, KITCHEN, LODGING = "tanda-daftar-usaha-pkl", "laik-higiene-rumah-makan", "standar-penginapan"
MIDWIFE, DOCTOR, SCHOOL = "sip-bidan", "sip-dokter", "izin-sekolah-dasar"
#: How each ends, what it is for, whose it is (a place among the citizens), and how many days ago it was begun.
PLAN: Final = (
    ("ENDING", MIDWIFE, 0, 80), ("ISSUED", STALL, 0, 60), ("SUSPENDED", KITCHEN, 1, 70), ("IN_REVIEW", MIDWIFE, 1, 4),
    ("ISSUED", STALL, 2, 75), ("ISSUED", STALL, 3, 66), ("ISSUED", STALL, 4, 41), ("ISSUED", STALL, 5, 33),
    ("ISSUED", STALL, 6, 12), ("ISSUED", STALL, 7, 5), ("ISSUED", STALL, 8, 2), ("REVOKED", STALL, 9, 68),
    ("SUSPENDED", STALL, 10, 50), ("DRAFT", STALL, 11, 1), ("ISSUED", KITCHEN, 2, 55), ("ISSUED", KITCHEN, 3, 47),
    ("ISSUED", KITCHEN, 4, 20), ("ISSUED", KITCHEN, 5, 8), ("SUBMITTED", LODGING, 2, 0.4), ("RETURNED", LODGING, 3, 6),
    ("IN_REVIEW", LODGING, 4, 7), ("READY", LODGING, 5, 9), ("ISSUED", LODGING, 6, 62), ("REFUSED", LODGING, 7, 58),
    ("WAITING", LODGING, 8, 8), ("EXPIRED", MIDWIFE, 2, 78), ("RENEWED", MIDWIFE, 3, 76), ("RENEWING", MIDWIFE, 4, 74),
    ("ENDING", MIDWIFE, 5, 72), ("ISSUED", MIDWIFE, 6, 40), ("SUBMITTED", MIDWIFE, 7, 0.3), ("MENDED", MIDWIFE, 8, 5),
    ("WITHDRAWN", MIDWIFE, 9, 30), ("ISSUED", DOCTOR, 10, 64), ("ISSUED", DOCTOR, 10, 61), ("ISSUED", DOCTOR, 10, 57),
    ("READY", DOCTOR, 11, 6), ("EXPIRED", DOCTOR, 11, 82), ("IN_REVIEW", SCHOOL, 9, 3), ("ISSUED", SCHOOL, 6, 70),
    ("LAPSED", SCHOOL, 7, 60),
)  # fmt: skip
#: What the story is until the licence is held.
UNTIL_HELD: Final = "ISSUED"
HELD: Final = ("ENDING", "SUSPENDED", "REVOKED", "EXPIRED", "RENEWED", "RENEWING")
#: How many days after the first draft the registration ends with which a practice licence ends; otherwise in years.
ENDS_AFTER: Final = {"ENDING": 135, "EXPIRED": 60, "RENEWED": 110, "RENEWING": 120}
YEARS: Final = 365 * 4
A_DAY = 24
NAMES: Final = {
    STALL: ("Bakso {owner}", "Es Degan {owner}", "Gorengan {owner}", "Angkringan {owner}"),
    KITCHEN: ("Warung {owner}", "Depot {owner}", "Soto {owner}"),
    LODGING: ("Wisma {owner}", "Homestay {owner}"),
    SCHOOL: ("Yayasan Pendidikan {owner}",),
}
NUMBERLESS: Final = (STALL,)


def begin_licences(office: "Office", *, citizens: list[User], today: datetime) -> Iterator["Begun"]:
    """The stories of all licences that this government gives, and at the end what beat does by itself."""
    offered = ServiceVersion.objects.filter(retired_at=None, service__kind=Service.Kind.LICENCE)
    versions = {each.service.slug: each for each in offered.select_related("service__agency")}
    chance = Random(7)  # noqa: S311 (invented data, no secret)
    for ending, slug, place, days in PLAN:
        if slug in versions:
            citizen = citizens[place % len(citizens)]
            steps = LicenceStory(office, ending, citizen, versions[slug], chance).steps()
            _pause, first = next(steps)
            yield today - timedelta(days=days, hours=chance.uniform(0, 3)), first, steps
    yield today, look_after_them, iter(())


def look_after_them(at: datetime) -> None:
    """What ends has ended, who is silent is waited for no longer, and who must know has been reminded."""
    casework.lapse_silent_cases(workflow.LAPSE, kind=workflow.KIND, at=at)
    documents.expire_certificates(at=at)
    licensing.remind_holders(at=at)


class LicenceStory(Story):
    """One licence from its draft to the state it is planned to reach, perhaps long after it was given."""

    def __init__(
        self, office: "Office", ending: str, citizen: User, version: ServiceVersion, chance: Random
    ) -> None:
        self.planned, self.slug = ending, version.service.slug
        first = UNTIL_HELD if ending in HELD else ending
        super().__init__(office, first, Filer(user=citizen, applicant=citizen), version, chance)

    def steps(self) -> Iterator[Step]:
        """The road of an application, and what becomes of the licence."""
        yield from super().steps()
        if self.planned in {"SUSPENDED", "REVOKED"}:
            yield 25 * A_DAY, self._suspend
        if self.planned == "REVOKED":
            yield 6 * A_DAY, self._revoke
        if self.planned == "RENEWED":
            yield 30 * A_DAY, self._renew
            yield from self._after_intake()
        if self.planned == "RENEWING":
            yield 66 * A_DAY, self._renew

    def _opened(self, at: datetime) -> Case:
        case = licensing.start_application(
            version=self.version, actor=self.citizen, applicant=self.citizen.person, at=at
        )
        if self.version.parsed.holder == "business":
            licensing.choose_business(case, actor=self.citizen, business=self._business(at), at=at)
        return case

    def _fill_in(self, at: datetime) -> None:
        super()._fill_in(at)
        until = self.version.parsed.validity.until_answer
        if until and until in self.case.answers:
            last = at.date() + timedelta(days=ENDS_AFTER.get(self.planned, YEARS))
            self._keep(
                casework.remember_answers(
                    self.case, actor=self.citizen, answers={until: last.isoformat()}, at=at
                )
            )

    def _business(self, at: datetime) -> Business:
        """A business of the citizen's own, whose name says what it does."""
        owner = self.citizen.person.name.split()[-1]
        has_number = self.slug not in NUMBERLESS
        facts = Facts(
            name=self.chance.choice(NAMES[self.slug]).format(owner=owner),
            legal_form=(LegalForm.YAYASAN if self.slug == SCHOOL else LegalForm.SOLE).value,
            address=f"Jalan Pemuda {self.chance.randint(1, 99)}",
            district=self.chance.choice(self.office.answerer.districts),
            nib=f"91202{self.chance.randint(10_000_000, 99_999_999)}" if has_number else "",
            kbli_scheme="2020" if has_number else "",
            kbli_code="56101" if has_number else "",
        )
        return licensing.register_business(
            facts, owner=self.citizen.person, actor=actors.acting(self.citizen), at=at
        )

    def _sent(self, key: str, at: datetime) -> Case:
        return licensing.submit_application(self.case, actor=self.citizen, submission_key=key, at=at)

    def _suspend(self, at: datetime) -> None:
        words = "Tempatnya tidak lagi seperti yang dinyatakan. Perbaiki, lalu beri tahu kami."
        if self._is_held():
            casework.suspend_certificate(self.case, actor=self.staff.approver, reason=words, at=at)

    def _revoke(self, at: datetime) -> None:
        words = "Setelah dua kali diperingatkan tempatnya tidak diperbaiki."
        if self._is_held():
            casework.revoke_certificate(self.case, actor=self.staff.approver, reason=words, at=at)

    def _renew(self, at: datetime) -> None:
        licence = Licence.objects.get(case=self.case)
        self._keep(licensing.renew_licence(licence, actor=self.citizen, at=at))
        until = self.version.parsed.validity.until_answer
        if until:
            last = (at.date() + timedelta(days=YEARS)).isoformat()
            self._keep(casework.remember_answers(self.case, actor=self.citizen, answers={until: last}, at=at))
        self._submit(at)

    def _is_held(self) -> bool:
        """Whether there is a paper: what the machine was not sure of may lie with an officer still."""
        return Licence.objects.filter(case=self.case, case__closed_at__isnull=False).exists()
