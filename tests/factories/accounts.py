"""Named people: whoever a test needs, with a confirmed phone, an e-mail address and hats."""

from datetime import timedelta
from itertools import count

from allauth.account.models import EmailAddress
from allauth.mfa.totp.internal.auth import (
    TOTP,
    format_hotp_value,
    hotp_value,
    yield_hotp_counters_from_time,
)

from services.accounts.models import Membership, Person, User
from services.foundation import clock
from services.government.models import Agency
from tests.factories import pact

PASSWORD = "demo-Bening-2026"
SECRET = "JBSWY3DPEHPK3PXPJBSWY3DPEHPK3PXP"
_numbers = count(1)


def agency(code: str = "dpmptsp", *, is_root: bool = False) -> Agency:
    """The agency with this code, made if it is not there."""
    names = {"id": f"Dinas {code}", "en": f"Office {code}"}
    found, _made = Agency.objects.get_or_create(
        code=code, defaults={"name": names, "short_name": {"id": code, "en": code}, "is_root": is_root}
    )
    return found


def person(name: str = "Siti Aminah", *, phone: str = "", user: User | None = None) -> Person:
    """Somebody; without a login unless one is given."""
    return Person.objects.create(name=name, phone=phone, user=user, created_at=clock.now())


def signed_up(name: str, *, email: str = "", phone: str = "") -> User:
    """A citizen who signed up and confirmed phone and e-mail, both unless only one is given."""
    number = next(_numbers)
    at = clock.now()
    if not phone and not email:
        email = f"{name.split(maxsplit=1)[0].lower()}{number}@warga.example"
        phone = f"+62811{number:08}"
    user = User.objects.create_user(
        phone=phone, email=email, password=PASSWORD, language="id", phone_verified_at=at if phone else None
    )
    person(name, user=user)
    if email:
        EmailAddress.objects.create(user=user, email=email, primary=True, verified=True)
    return user


def wearing(user: User, hat: str, *, agency_code: str = "dpmptsp", giver: User | None = None) -> Membership:
    """A hat on this user, given and confirmed by two administrators who exist for that purpose, and signed for."""
    worn = unsigned(user, hat, agency_code=agency_code, giver=giver)
    pact.signature(worn)
    return worn


def unsigned(user: User, hat: str, *, agency_code: str = "dpmptsp", giver: User | None = None) -> Membership:
    """A hat on this user, for which the integrity pact is not signed yet."""
    at = clock.now()
    giver = giver or signed_up("Pemberi Topi")
    return Membership.objects.create(
        user=user,
        agency=agency(agency_code),
        hat=hat,
        state=Membership.State.ACTIVE,
        valid_from=clock.local_date(at) - timedelta(days=30),
        granted_by=giver,
        confirmed_by=signed_up("Penegas Topi"),
        created_at=at,
        confirmed_at=at,
    )


def officer(name: str, hat: str, *, agency_code: str = "dpmptsp") -> User:
    """A civil servant with one hat and a second factor, without which they see no page."""
    user = signed_up(name)
    wearing(user, hat, agency_code=agency_code)
    second_factor(user)
    return user


def second_factor(user: User) -> None:
    """An authenticator app, whose codes `code_of_app` tells."""
    TOTP.activate(user, SECRET)


def code_of_app(secret: str = SECRET) -> str:
    """What an authenticator app shows now; every officer's has the same secret, for a sign-in in a browser."""
    _before, counter, _after = yield_hotp_counters_from_time()
    return str(format_hotp_value(hotp_value(secret, counter)))
