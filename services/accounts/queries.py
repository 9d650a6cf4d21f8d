"""What may be asked about people: whose login, which hats, who wears them, who saw a NIK."""

from datetime import datetime
from uuid import UUID

from allauth.account.models import EmailAddress
from django.db.models import Q, QuerySet

from services.accounts.models import Hat, Membership, Person, User
from services.foundation import clock
from services.government.models import Agency


def in_force(*, at: datetime, prefix: str = "") -> Q:
    """The condition under which a membership counts on the day of `at`."""
    day = clock.local_date(at)
    return Q(**{f"{prefix}state": Membership.State.ACTIVE, f"{prefix}valid_from__lte": day}) & (
        Q(**{f"{prefix}valid_until__isnull": True}) | Q(**{f"{prefix}valid_until__gte": day})
    )


def memberships_of(user: User, *, at: datetime) -> QuerySet[Membership]:
    """The memberships of a user that count at this moment, with their agencies."""
    return Membership.objects.filter(in_force(at=at), user=user).select_related("agency")


def hats_of(user: User, *, agency: Agency, at: datetime) -> frozenset[str]:
    """The hats a user wears in one agency; asked afresh each time, since a policy asks after the lock."""
    if not user.is_active:
        return frozenset()
    return frozenset(memberships_of(user, at=at).filter(agency=agency).values_list("hat", flat=True))


def wears_a_hat(user: User, *, at: datetime) -> bool:
    """Whether a user is staff: any hat in any agency."""
    return memberships_of(user, at=at).exists()


def agencies_of(user: User, *, hat: str | None = None, at: datetime) -> QuerySet[Agency]:
    """The agencies in which a user wears a hat, or this hat."""
    condition = in_force(at=at, prefix="memberships__") & Q(memberships__user=user)
    if hat:
        condition &= Q(memberships__hat=hat)
    return Agency.objects.filter(condition).distinct()


def users_with(hat: str, agency: Agency, at: datetime) -> QuerySet[User]:
    """Active users who wear this hat in this agency."""
    return User.objects.filter(
        in_force(at=at, prefix="memberships__"),
        memberships__agency=agency,
        memberships__hat=hat,
        is_active=True,
    ).distinct()


def auditors(*, at: datetime) -> QuerySet[User]:
    """Everyone who wears the auditor's hat anywhere."""
    return User.objects.filter(
        in_force(at=at, prefix="memberships__"), memberships__hat=Hat.AUDITOR, is_active=True
    ).distinct()


def person_of(user: User) -> Person:
    """The user's own person."""
    return user.person


def verified_email_of(user: User) -> str | None:
    """The address that the user confirmed, to which mail may go; None if there is none."""
    return (
        EmailAddress.objects.filter(user=user, verified=True)
        .order_by("-primary")
        .values_list("email", flat=True)
        .first()
    )


def persons_of(user: User) -> frozenset[UUID]:
    """The ids of every person this user is: their own and those claimed by code."""
    return frozenset(Person.objects.filter(user=user).values_list("id", flat=True))


def user_by_pseudonym(pseudonym: UUID) -> User | None:
    """The user behind a pseudonym of the record, if they still exist."""
    return User.objects.filter(pseudonym=pseudonym).first()
