"""The officers of a bench: enough desks for a city, the same at every size, so that only the number of cases differs."""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from datetime import datetime
from random import Random
from typing import Final, NamedTuple

from django.db import transaction
from django.db.models import Count

from portal.demo import people
from services.accounts.models import Hat, Membership, User
from services.casework.models import Case
from services.foundation import clock
from services.government.models import Agency

HATS: Final = (Hat.INTAKE, Hat.REVIEWER, Hat.APPROVER)
#: How many wear each hat of an office; in the office with the most cases so many take in applications at once.
EACH: Final = 2
AT_ONCE: Final = 16
DOMAIN: Final = "bench.example"


class Colleague(NamedTuple):
    """An officer of the bench as the rows of a case name them."""

    user: int
    pseudonym: str


Desks = Mapping[tuple[int, str], Sequence[Colleague]]


def busiest() -> Agency:
    """The office with the most cases."""
    found = Case.objects.values("agency").annotate(cases=Count("pk")).order_by("-cases", "agency")
    return Agency.objects.get(pk=found[0]["agency"])


def hire(*, at: datetime) -> bool:
    """Let everybody of the bench sign up, be given their hat and sign the pact; says whether that was not done before."""
    if User.objects.filter(email__endswith=f"@{DOMAIN}").exists():
        return False
    chance = Random(16)  # noqa: S311 (invented data, no secret)
    admins = list(User.objects.filter(memberships__hat=Hat.ADMINISTRATOR).order_by("pk")[:2])
    most = busiest()
    posts = [(agency, hat) for agency in people.desks() for hat in HATS]
    for agency, hat in [*posts, (most, Hat.SUPERVISOR)]:
        many = AT_ONCE if (agency, hat) == (most, Hat.INTAKE) else EACH
        for number in range(many):
            email = f"{hat.lower()}{number}.{agency.code}@{DOMAIN}"
            name = f"{chance.choice(people.NEIGHBOURS)} {number + 1}"
            with transaction.atomic():
                officer = people.sign_up(email, name, chance, at=at, password=None)
                people.give(officer, hat, agency, admins, at=at)
                people.sign_pact(officer, at=at)
    return True


def desks() -> Desks:
    """Who wears which hat in which office (by its id), of the officers of the bench. One query."""
    worn = Membership.objects.in_force(at=clock.now()).filter(user__email__endswith=f"@{DOMAIN}")
    found: dict[tuple[int, str], list[Colleague]] = defaultdict(list)
    for row in worn.select_related("user").order_by("pk"):
        found[row.agency_id, row.hat].append(Colleague(row.user_id, str(row.user.pseudonym)))
    return found


def supervisor(agency: Agency) -> User:
    """Who supervises an office, and no other."""
    return User.objects.get(email=f"supervisor0.{agency.code}@{DOMAIN}")


def at_once(agency: Agency) -> list[User]:
    """The officers of an office who take in applications at once."""
    ids = [officer.user for officer in desks().get((agency.pk, Hat.INTAKE), ())]
    return list(User.objects.filter(pk__in=ids).order_by("pk"))
