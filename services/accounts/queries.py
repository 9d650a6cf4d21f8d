"""What may be asked about people: whose login, which hats, who wears them, who saw a NIK."""

from collections.abc import Iterable
from datetime import date, datetime
from uuid import UUID

from allauth.account.models import EmailAddress
from django.db.models import Exists, OuterRef, Q, QuerySet, Subquery

from services.accounts.models import Absence, Hat, Membership, Person, SavedView, User
from services.accounts.models.membership import HATS_OF_TWO, in_force
from services.foundation import clock
from services.government.models import Agency


def memberships_of(user: User, *, at: datetime) -> QuerySet[Membership]:
    """The memberships of a user that count at this moment, with their agencies."""
    return Membership.objects.in_force(at=at).filter(user=user).select_related("agency", "mandate")


def hats_of(user: User, *, agency: Agency, service: str = "", at: datetime) -> frozenset[str]:
    """The hats a user wears in one agency; asked afresh each time, since a policy asks after the lock.

    With a `service` (its slug) only those that count for it, by whatever a mandate says.
    """
    if not user.is_active:
        return frozenset()
    worn = memberships_of(user, at=at).filter(covering(service), agency=agency)
    return frozenset(worn.values_list("hat", flat=True))


def covering(service: str) -> Q:
    """The condition on memberships that they count for a service (its slug; "" for whatever it is)."""
    limited = Q(mandate__isnull=False) & ~Q(mandate__services=[])
    return ~limited | Q(mandate__services__contains=[service]) if service else Q()


def lacks_scope(user: User, agency: Agency, hats: Iterable[str], *, service: str, at: datetime) -> bool:
    """Whether this user wears one of these hats here by a mandate that does not reach the service (by slug). One query."""
    worn = memberships_of(user, at=at).filter(agency=agency, hat__in=list(hats))
    return worn.exclude(covering(service)).exists()


def scope_of(user: User, *, agency: Agency, hat: str, at: datetime) -> list[str]:
    """The services (by slug) to which a mandate limits this hat; none where it counts for all."""
    worn = memberships_of(user, at=at).filter(agency=agency, hat=hat).first()
    return worn.scope if worn else []


def locked_membership(pk: int) -> Membership:
    """One membership with its row locked until the commit, its wearer and its agency."""
    return Membership.objects.select_for_update(of=("self",)).select_related("user", "agency").get(pk=pk)


def mandates_of(agencies: Iterable[int], *, at: datetime) -> QuerySet[Membership]:
    """What is worn by mandate in these agencies (by id), today or from a day to come, and what waits; the newest first."""
    worn = Membership.objects.filter(origin=Membership.Origin.MANDATE, agency__in=list(agencies))
    open_ones = worn.exclude(state=Membership.State.ENDED).filter(valid_until__gte=clock.local_date(at))
    return open_ones.select_related("user", "agency", "granted_by", "mandate__holder").order_by("-pk")


def mandates_for(holder: User, first: date, last: date) -> QuerySet[Membership]:
    """Mandates by which somebody acts for this holder, within these days, and that have not ended."""
    acting = Membership.objects.filter(mandate__holder=holder, valid_from__gte=first, valid_until__lte=last)
    return acting.exclude(state=Membership.State.ENDED).order_by("pk")


def holders_of(agency: Agency, hat: str, *, at: datetime) -> QuerySet[Membership]:
    """Who wears a hat in an agency in a post of their own, not by mandate; with the wearer's `name`."""
    return on_duty([agency.pk], hats=[hat], at=at).exclude(origin=Membership.Origin.MANDATE)


def holds_post(user: User, *, agency: Agency, hat: str, at: datetime) -> bool:
    """Whether this user wears a hat in an agency in a post of their own, not by mandate."""
    return holders_of(agency, hat, at=at).filter(user=user).exists()


def is_away_throughout(user: User, first: date, last: date) -> bool:
    """Whether one absence of this user covers all of these days."""
    absences = Absence.objects.filter(officer=user, ended_at=None)
    return absences.filter(first_date__lte=first, last_date__gte=last).exists()


def mandates_past(*, at: datetime) -> QuerySet[Membership]:
    """Mandates whose last day is over and that are not noted as ended."""
    worn = Membership.objects.filter(origin=Membership.Origin.MANDATE, valid_until__lt=clock.local_date(at))
    return worn.exclude(state=Membership.State.ENDED).order_by("pk")


def worn_then(user: User, *, agency: Agency, moment: datetime) -> QuerySet[Membership]:
    """What a user wore in an agency at a moment of the past, also what has ended since."""
    day = clock.local_date(moment)
    alone = ~Q(hat__in=HATS_OF_TWO) | ~Q(origin__in=["GRANTED", "MANDATE"])
    began = Q(created_at__lte=moment, valid_from__lte=day) & (alone | Q(confirmed_at__lte=moment))
    lasted = (Q(valid_until=None) | Q(valid_until__gte=day)) & (Q(ended_at=None) | Q(ended_at__gt=moment))
    worn = Membership.objects.filter(began, lasted, user=user, agency=agency)
    return worn.exclude(state=Membership.State.PROPOSED).select_related("mandate")


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


def on_duty(agencies: Iterable[int], *, hats: Iterable[str], at: datetime) -> QuerySet[Membership]:
    """Who wears one of these hats in one of these agencies (by id) and can sign in, each row with its wearer's `name`."""
    name = Person.objects.filter(user=OuterRef("user"), is_own=True).values("name")[:1]
    worn = Membership.objects.in_force(at=at).filter(agency__in=list(agencies), hat__in=list(hats))
    return (
        worn.filter(user__is_active=True).select_related("user").annotate(name=Subquery(name)).order_by("pk")
    )


def is_away(*, at: datetime) -> Exists:
    """The condition on memberships that whoever wears them is away today."""
    return Exists(Absence.objects.running(at=at).filter(officer=OuterRef("user")))


def away_until(*, at: datetime) -> Subquery:
    """Of memberships: the last day of the absence of whoever wears them; None for whoever is here today."""
    return Subquery(Absence.objects.running(at=at).filter(officer=OuterRef("user")).values("last_date")[:1])


def absence_of(user: User, *, at: datetime) -> Absence | None:
    """The absence of this user that runs today, if any."""
    return Absence.objects.running(at=at).filter(officer=user).first()


def absences_to_come(user: User, *, at: datetime) -> QuerySet[Absence]:
    """What runs today or is still to come for this user, the first one first."""
    return Absence.objects.open(at=at).filter(officer=user).order_by("first_date")


def absences_to_begin(*, at: datetime) -> QuerySet[Absence]:
    """Absences whose days have come and that have not taken effect, locked and without those in other hands."""
    due = (
        Absence.objects.running(at=at).filter(begun_at=None).select_for_update(of=("self",), skip_locked=True)
    )
    return due.select_related("officer").order_by("pk")


def locked_absence(pk: int) -> Absence:
    """One absence with its row locked until the commit, and its officer."""
    return Absence.objects.select_for_update(of=("self",)).select_related("officer").get(pk=pk)


def shared_agency(leader: User, *, hat: str, member: User, at: datetime) -> Agency | None:
    """An agency in which one wears this hat and the other any; None if there is none."""
    theirs = agencies_of(member, at=at).values("pk")
    return agencies_of(leader, hat=hat, at=at).filter(pk__in=theirs).order_by("pk").first()


def views_of(user: User) -> QuerySet[SavedView]:
    """The views of the queue that a person keeps, by name."""
    return SavedView.objects.filter(user=user).order_by("name")


def auditors(*, at: datetime) -> QuerySet[User]:
    """Everyone who wears the auditor's hat anywhere."""
    return User.objects.filter(
        in_force(at=at, prefix="memberships__"), memberships__hat=Hat.AUDITOR, is_active=True
    ).distinct()


def heads(*, at: datetime) -> QuerySet[Membership]:
    """Who wears the hat of an executive, with user and agency: the heads of offices, and of the government."""
    worn = Membership.objects.in_force(at=at).filter(hat=Hat.EXECUTIVE, user__is_active=True)
    return worn.select_related("user", "agency").order_by("pk")


def memberships_as_old_as(moment: datetime, *, at: datetime) -> QuerySet[Membership]:
    """What counts at `at` and has counted since `moment` or longer, with wearers and agencies."""
    return (
        Membership.objects.in_force(at=at)
        .filter(created_at__lte=moment, valid_from__lte=clock.local_date(moment))
        .filter(Q(confirmed_at__isnull=True) | Q(confirmed_at__lte=moment))
        .select_related("user", "agency")
        .order_by("pk")
    )


def hats_worn_by(users: Iterable[int], *, at: datetime) -> list[tuple[UUID, str, str]]:
    """Whose pseudonym wears which hat in which agency (its code), by one query."""
    worn = Membership.objects.in_force(at=at).filter(user__in=list(users))
    return list(worn.values_list("user__pseudonym", "hat", "agency__code"))


def root_administrators(*, at: datetime) -> QuerySet[Membership]:
    """The administrators above all agencies, who can sign in: without two of them nobody gives an administrator's hat."""
    worn = Membership.objects.in_force(at=at)
    return worn.filter(hat=Hat.ADMINISTRATOR, agency__is_root=True, user__is_active=True)


def person_of(user: User) -> Person:
    """The user's own person."""
    return user.person


def persons_of(user: User) -> frozenset[UUID]:
    """The ids of every person this user is: their own and those claimed by code."""
    return frozenset(Person.objects.filter(user=user).values_list("id", flat=True))


def user_by_pseudonym(pseudonym: UUID) -> User | None:
    """The user behind a pseudonym of the record, if they still exist."""
    return User.objects.filter(pseudonym=pseudonym).first()


def agencies_administered_by(user: User, *, at: datetime) -> QuerySet[Agency]:
    """Where a user may change hats: in the agencies they administer, and everywhere if that is the root agency."""
    own = agencies_of(user, hat=Hat.ADMINISTRATOR, at=at)
    return Agency.objects.all() if own.filter(is_root=True).exists() else own


def holder_of_phone(phone: str) -> User | None:
    """The login, active or not, that confirmed this number (E.164)."""
    return User.objects.filter(phone=phone, phone_verified_at__isnull=False).first() if phone else None


def holder_of_email(email: str) -> User | None:
    """The login, active or not, that confirmed this address."""
    if not email:
        return None
    return User.objects.filter(emailaddress__email=email.lower(), emailaddress__verified=True).first()


def holder_of(*, phone: str = "", email: str = "") -> User | None:
    """The login, active or not, that confirmed this number or this address."""
    return holder_of_phone(phone) or holder_of_email(email)


def verified_email_of(user: User) -> str:
    """The address to which mails for this user go; "" if they confirmed none."""
    address = EmailAddress.objects.filter(user=user, verified=True).order_by("-primary", "pk").first()
    return address.email if address else ""
