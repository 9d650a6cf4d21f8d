"""Reads of the register of interests, and of what a conflict kept somebody from."""

from datetime import datetime

from django.db.models import OuterRef, Q, QuerySet, Subquery

from services.accounts.models import Hat, Membership, Person, User
from services.foundation import clock
from services.integrity.models import Interest, Recusal, Refusal


def declared(user: User) -> list[Interest]:
    """Everything that an officer declared, the newest first."""
    return list(Interest.objects.filter(user=user).order_by("-declared_at", "-pk"))


def in_force(user: User, *, at: datetime) -> QuerySet[Interest]:
    """What of an officer's register counts on the day of this moment; its last day counts too."""
    today = clock.local_date(at)
    until = Q(valid_until=None) | Q(valid_until__gte=today)
    return Interest.objects.filter(until, user=user, valid_from__lte=today)


def recused_from(user: User) -> QuerySet[Recusal, str]:
    """The references of the cases from which this officer stepped back, for a condition of another query."""
    return Recusal.objects.filter(user=user).values_list("reference", flat=True)


def recusals_of(reference: str) -> list[Recusal]:
    """Who stepped back from a case and why, each with their name. For the eyes of superiors only."""
    name = Person.objects.filter(user=OuterRef("user"), is_own=True).values("name")[:1]
    return list(Recusal.objects.filter(reference=reference).annotate(officer=Subquery(name)).order_by("at"))


def refusals_seen_by(administrator: User, *, at: datetime) -> QuerySet[Refusal]:
    """What a conflict kept officers from in the agencies that this user administers, each with the officer's name."""
    mine = Membership.objects.in_force(at=at).filter(user=administrator, hat=Hat.ADMINISTRATOR)
    wearers = Membership.objects.filter(agency__in=mine.values("agency"))
    name = Person.objects.filter(user=OuterRef("user"), is_own=True).values("name")[:1]
    found = Refusal.objects.filter(user__in=wearers.values("user"))
    return found.defer("reference").annotate(officer=Subquery(name))
