"""Phones and e-mail addresses: whose they are once confirmed, and what happens to sign-ups that nobody confirmed.

An unconfirmed sign-up owns nothing. Whoever signs up with the same number or address begins it anew, with their own
password, so that nobody can lie in wait in an account that somebody else will confirm.
"""

from datetime import datetime, timedelta

from allauth.account.models import EmailAddress
from django.db import transaction
from django.db.models import Exists, OuterRef, Q, QuerySet
from django.utils.translation import gettext as _

from services.accounts.models import Person, User
from services.accounts.operations.messages import request_sms
from services.accounts.operations.people import record_of_user
from services.foundation import identity
from services.foundation.errors import UnableTo

STALE_AFTER = timedelta(days=7)


class UnableToTakeContact(UnableTo):
    """The number or address is confirmed by another login. `code`: taken."""


def confirm_phone(user: User, *, phone: str, at: datetime) -> User:
    """Note that a code sent to this number came back. Raises UnableToTakeContact when another login confirmed it before."""
    with transaction.atomic():
        locked = User.objects.select_for_update().get(pk=user.pk)
        if User.objects.exclude(pk=user.pk).filter(phone=phone, phone_verified_at__isnull=False).exists():
            raise UnableToTakeContact(
                _("This number belongs to another account."), code="taken", field="phone"
            )
        if locked.phone == phone and locked.phone_verified_at:
            return locked
        before = locked.phone if locked.phone_verified_at else None
        release_unconfirmed(keep=user, phone=phone)
        locked.phone, locked.phone_verified_at = phone, at
        locked.save(update_fields=["phone", "phone_verified_at"])
        record_of_user(
            "accounts.phone.confirmed", locked, at=at, details={"phone": identity.mask_phone(phone)}
        )
        if before and before != phone:
            request_sms(phone=before, purpose="PHONE_CHANGED", language=locked.language, at=at)
    user.phone, user.phone_verified_at = locked.phone, locked.phone_verified_at
    return locked


def confirm_email(user: User, *, email: str, at: datetime) -> None:
    """Note that a code sent to this address came back; the adapter then marks the address itself."""
    with transaction.atomic():
        release_unconfirmed(keep=user, email=email)
        record_of_user("accounts.email.confirmed", user, at=at, details={"email": identity.mask_email(email)})


def release_unconfirmed(*, keep: User, phone: str = "", email: str = "") -> None:
    """Take a number or address from every other login that never confirmed it."""
    others = User.objects.exclude(pk=keep.pk)
    if phone:
        others.filter(phone=phone, phone_verified_at__isnull=True).update(phone=None)
    if email:
        claims = EmailAddress.objects.exclude(user_id=keep.pk).filter(email=email, verified=False)
        others.filter(email=email, emailaddress__in=claims).update(email=None)
        claims.delete()


def unconfirmed_signups() -> QuerySet[User]:
    """Logins that confirmed neither a phone nor an address and never signed in."""
    confirmed = EmailAddress.objects.filter(user=OuterRef("pk"), verified=True)
    return User.objects.filter(~Exists(confirmed), phone_verified_at__isnull=True, last_login__isnull=True)


def restart_signup(*, phone: str = "", email: str = "") -> User | None:
    """The unconfirmed login that a new sign-up with this number or address begins anew, its address claims removed."""
    if not phone and not email:
        return None
    wanted = Q(phone=phone) if phone else Q(email=email)
    found = unconfirmed_signups().filter(wanted).first()
    if found:
        EmailAddress.objects.filter(user=found).delete()
    return found


def discard_stale_signups(*, at: datetime) -> int:
    """Delete logins that nobody confirmed within a week, with their empty persons. Returns how many."""
    stale = unconfirmed_signups().filter(created_at__lt=at - STALE_AFTER, memberships__isnull=True)
    with transaction.atomic():
        ids = list(stale.select_for_update(of=("self",)).values_list("pk", flat=True))
        Person.objects.filter(user__in=ids).delete()
        User.objects.filter(pk__in=ids).delete()
    return len(ids)
