"""The people of the demo: a cast with one hat each, and citizens of whichever government. One password for all."""

from collections.abc import Mapping
from datetime import date, datetime, timedelta
from random import Random
from typing import Final

from allauth.account.models import EmailAddress
from django.db.models import QuerySet

from services.accounts import operations as accounts
from services.accounts.models import Absence, Hat, Person, User
from services.audit.actors import SYSTEM
from services.casework import operations as casework
from services.catalogue.models import ServiceVersion
from services.foundation import clock
from services.government import queries as government
from services.government.models import Agency, District
from services.integrity.pact import operations as pact
from services.integrity.pact import queries as integrity

REGION_DIGITS: Final = 6
PASSWORD: Final = "demo-Bening-2026"  # noqa: S105 (printed in the README)

#: Who they are and which hats they wear; `admin` and `admin2` come first, since they give the hats.
CAST: Final[Mapping[str, tuple[str, tuple[str, ...]]]] = {
    "intake": ("Wulan Sari", (Hat.INTAKE,)),
    "reviewer": ("Agus Prasetyo", (Hat.REVIEWER,)),
    "reviewer2": ("Dian Lestari", (Hat.REVIEWER,)),
    "reviewer3": ("Rudi Hartono", (Hat.REVIEWER,)),
    "inspector": ("Tono Wijaya", (Hat.INSPECTOR,)),
    "approver": ("Sri Rahayu", (Hat.APPROVER,)),
    "supervisor": ("Hendra Gunawan", (Hat.SUPERVISOR,)),
    "executive": ("Maya Kusuma", (Hat.EXECUTIVE,)),
    "inspectorate": ("Bagus Nugroho", (Hat.INTAKE, Hat.REVIEWER)),
    "commission": ("Yohanes Manurung", (Hat.INTAKE, Hat.REVIEWER)),
    "auditor": ("Rina Hartati", (Hat.AUDITOR,)),
    "intake2": ("Rini Puspita", (Hat.INTAKE,)),
}
#: Who has not signed the integrity pact yet, so that one sees what it looks like.
UNSIGNED: Final = frozenset({"reviewer2"})
CITIZENS: Final = ("Budi Santoso", "Siti Aminah")
NEIGHBOURS: Final = (
    "Joko Susilo", "Ratna Dewi", "Slamet Widodo", "Fitri Handayani", "Yusuf Hidayat", "Made Wirawan", "Tan Mei Ling",
    "Maria Goretti", "Kartika Putri", "Sulastri",
)  # fmt: skip


#: Who reviews for another office, what its services ask of theirs.
PARTNER: Final = "reviewer3"
#: Who is on leave, so that one sees what that looks like.
AWAY: Final = "intake2"


def desks() -> QuerySet[Agency]:
    """The agencies whose queues the demo's officers work: every office below the head of government."""
    return government.agencies().filter(role=Agency.Role.OFFICE, is_root=False)


def partners() -> list[Agency]:
    """The agencies that review for others, by what the services declare and never by their codes."""
    definitions = [row.parsed for row in ServiceVersion.objects.filter(retired_at=None)]
    asked = {review.agency for definition in definitions for review in definition.reviews}
    return list(desks().filter(code__in=asked))


def make_people(*, at: datetime) -> list[User]:
    """Make everybody who is not there yet; returns the citizens, the demo's own first."""
    chance = Random(35_78)  # noqa: S311 (invented data, no secret)
    admins = [
        sign_up(f"{name}@demo.example", full, chance, at=at)
        for name, full in (("admin", "Ani Wibowo"), ("admin2", "Dedi Kurniawan"))
    ]
    accounts.make_first_administrators(admins, at=at)
    for name, (full, hats) in CAST.items():
        officer = sign_up(f"{name}@demo.example", full, chance, at=at)
        places = _places_of(name)
        for agency in places:
            for hat in hats:
                give(officer, hat, agency, admins, at=at)
        if places and name not in UNSIGNED:
            sign_pact(officer, at=at)
    for admin in admins:
        sign_pact(admin, at=at)
    citizens = [
        sign_up(f"citizen{number}@demo.example", full, chance, at=at)
        for number, full in zip(("", 2), CITIZENS, strict=True)
    ]
    return citizens + [sign_up("", full, chance, at=at) for full in NEIGHBOURS]


def send_away(*, at: datetime) -> None:
    """Somebody of the cast is on leave for a week, by the word of the supervisor."""
    officer, supervisor = (User.objects.get(email=f"{name}@demo.example") for name in (AWAY, "supervisor"))
    today = clock.local_date(at)
    casework.declare_absence(
        officer=officer,
        kind=Absence.Kind.LEAVE,
        first_date=today,
        last_date=today + timedelta(days=6),
        actor=supervisor,
        at=at,
    )


def _places_of(name: str) -> list[Agency]:
    """Where somebody of the cast works, by what an agency is and never by its code."""
    role = {
        "inspectorate": Agency.Role.INSPECTORATE,
        "commission": Agency.Role.COMMISSION,
        "auditor": Agency.Role.COMMISSION,
    }.get(name)
    if role:
        return list(government.agencies().filter(role=role))
    if name == PARTNER:
        return partners()
    return [*([government.root_agency()] if name == "executive" else []), *desks()]


def sign_up(email: str, name: str, chance: Random, *, at: datetime, password: str | None = PASSWORD) -> User:
    """Somebody with a login, a verified phone and a person of their own; without a password nobody signs in as them."""
    user = User.objects.create_user(
        phone=f"+62812{chance.randint(10_000_000, 99_999_999)}",
        email=email or None,
        password=password,
        language="id",
        phone_verified_at=at,
        created_at=at,
    )
    if email:
        EmailAddress.objects.create(user=user, email=email, primary=True, verified=True)
    district = chance.choice(government.smallest_districts())
    person = Person.objects.create(
        user=user, name=name, district=district, phone=user.phone or "", created_at=at
    )
    born = at - timedelta(days=chance.randint(8_000, 22_000))
    accounts.keep_nik(person, invented_nik(district, born.date(), chance), actor=SYSTEM, at=at)
    return user


def invented_nik(district: District, born: date, chance: Random) -> str:
    """A number of the demo: its serial is 0000, which is never issued. A regency alone counts as its first district."""
    region = f"{district.code.replace('.', '')}01"[:REGION_DIGITS]
    return f"{region}{born.day + chance.choice((0, 40)):02}{born:%m%y}0000"


def sign_pact(user: User, *, at: datetime) -> None:
    """What every official does on their first day."""
    text = integrity.current_version()
    if text:
        pact.sign_pact(user=user, version=text.number, at=at)


def give(user: User, hat: str, agency: Agency, admins: list[User], *, at: datetime) -> None:
    """Give a hat, and confirm it where that takes a second administrator."""
    membership = accounts.grant_hat(
        user=user, agency=agency, hat=hat, granted_by=admins[0], valid_from=clock.local_date(at), at=at
    )
    if membership.state == membership.State.PROPOSED:
        accounts.confirm_hat(membership, confirmed_by=admins[1], at=at)
