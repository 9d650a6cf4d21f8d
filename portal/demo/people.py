"""The people of the demo: a cast with one hat each, and citizens of Surabaya. One password for all."""

from collections.abc import Mapping
from datetime import datetime, timedelta
from random import Random
from typing import Final

from allauth.account.models import EmailAddress

from services.accounts import operations as accounts
from services.accounts.models import Hat, Person, User
from services.audit.actors import SYSTEM
from services.foundation import clock
from services.government.models import Agency, District

PASSWORD: Final = "demo-Bening-2026"  # noqa: S105 (printed in the README)
#: The agencies whose queues the demo's officers work.
DESKS: Final = ("dpmptsp", "dishub", "dlh")

#: Who they are and which hats they wear where; `admin` and `admin2` come first, since they give the hats.
CAST: Final[Mapping[str, tuple[str, tuple[str, ...], tuple[str, ...]]]] = {
    "intake": ("Wulan Sari", (Hat.INTAKE,), DESKS),
    "reviewer": ("Agus Prasetyo", (Hat.REVIEWER,), DESKS),
    "reviewer2": ("Dian Lestari", (Hat.REVIEWER,), DESKS),
    "inspector": ("Tono Wijaya", (Hat.INSPECTOR,), DESKS),
    "approver": ("Sri Rahayu", (Hat.APPROVER,), DESKS),
    "supervisor": ("Hendra Gunawan", (Hat.SUPERVISOR,), DESKS),
    "executive": ("Maya Kusuma", (Hat.EXECUTIVE,), ("pemkot", *DESKS)),
    "inspectorate": ("Bagus Nugroho", (Hat.INTAKE, Hat.REVIEWER), ("inspektorat",)),
    "auditor": ("Rina Hartati", (Hat.AUDITOR,), ("kpk",)),
}
CITIZENS: Final = ("Budi Santoso", "Siti Aminah")
NEIGHBOURS: Final = (
    "Joko Susilo", "Ratna Dewi", "Slamet Widodo", "Fitri Handayani", "Yusuf Hidayat", "Made Wirawan", "Tan Mei Ling",
    "Maria Goretti", "Kartika Putri", "Sulastri",
)  # fmt: skip


def make_people(*, at: datetime) -> list[User]:
    """Make everybody who is not there yet; returns the citizens, the demo's own first."""
    chance = Random(35_78)  # noqa: S311 (invented data, no secret)
    admins = [
        _sign_up(f"{name}@demo.example", full, chance, at=at)
        for name, full in (("admin", "Ani Wibowo"), ("admin2", "Dedi Kurniawan"))
    ]
    accounts.make_first_administrators(admins, at=at)
    for name, (full, hats, agencies) in CAST.items():
        officer = _sign_up(f"{name}@demo.example", full, chance, at=at)
        for code in agencies:
            for hat in hats:
                _give(officer, hat, code, admins, at=at)
    citizens = [
        _sign_up(f"citizen{number}@demo.example", full, chance, at=at)
        for number, full in zip(("", 2), CITIZENS, strict=True)
    ]
    return citizens + [_sign_up("", full, chance, at=at) for full in NEIGHBOURS]


def _sign_up(email: str, name: str, chance: Random, *, at: datetime) -> User:
    user = User.objects.create_user(
        phone=f"+62812{chance.randint(10_000_000, 99_999_999)}",
        email=email or None,
        password=PASSWORD,
        language="id",
        phone_verified_at=at,
        created_at=at,
    )
    if email:
        EmailAddress.objects.create(user=user, email=email, primary=True, verified=True)
    district = chance.choice(District.objects.exclude(parent=None) or District.objects.all())
    person = Person.objects.create(
        user=user, name=name, district=district, phone=user.phone or "", created_at=at
    )
    born = at - timedelta(days=chance.randint(8_000, 22_000))
    nik = f"{district.code.replace('.', '')[:6]:0<6}{born.day + chance.choice((0, 40)):02}{born:%m%y}0000"
    accounts.keep_nik(person, nik, actor=SYSTEM, at=at)
    return user


def _give(user: User, hat: str, agency_code: str, admins: list[User], *, at: datetime) -> None:
    agency = Agency.objects.get(code=agency_code)
    membership = accounts.grant_hat(
        user=user, agency=agency, hat=hat, granted_by=admins[0], valid_from=clock.local_date(at), at=at
    )
    if membership.state == membership.State.PROPOSED:
        accounts.confirm_hat(membership, confirmed_by=admins[1], at=at)
