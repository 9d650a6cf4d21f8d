"""Who else may act for a business: invited by a code that goes to their phone or e-mail, and ended with a date."""

from datetime import datetime, timedelta
from typing import Final

from django.db import transaction
from django.template.loader import render_to_string
from django.utils.translation import gettext as _
from django.utils.translation import override

from licensing import policies
from licensing.models import Business, BusinessMember, Invitation
from licensing.operations.businesses import subject_of
from services.accounts import actors
from services.accounts import operations as accounts
from services.accounts.models import User
from services.audit import operations as audit
from services.foundation import clock, identity, onetime, sealing
from services.foundation.errors import UnableTo

LIFETIME: Final = timedelta(days=7)
A_DAY: Final = 10


class UnableToJoin(UnableTo):
    """Somebody cannot be invited, join or leave. `code`: member, too_many, unknown, expired, used, last, foreign."""


def invite_member(
    business: Business, *, actor: User, phone: str = "", email: str = "", at: datetime
) -> Invitation:
    """Send a code by which whoever gets it may act for the business too. Exactly one of `phone` (E.164) and `email`.

    Raises UnableToJoin for who may not act for it, and beyond ten codes a day.
    """
    code = onetime.new()
    with transaction.atomic():
        locked = Business.objects.select_for_update().get(pk=business.pk)
        _require_member(actor, locked, at=at)
        recent = locked.invitations.filter(created_at__gt=at - timedelta(days=1)).count()
        if recent >= A_DAY:
            raise UnableToJoin(_("Ten codes were sent today. Go on tomorrow."), code="too_many")
        invitation = Invitation.objects.create(
            business=locked,
            sent_to=identity.mask_phone(phone) if phone else identity.mask_email(email),
            code_hash=_hash(code),
            invited_by=actor,
            created_at=at,
            expires_at=at + LIFETIME,
        )
        audit.record(
            "licensing.member.invited", actor=actors.acting(actor), subject=subject_of(locked), at=at
        )
        _send(onetime.spelled(code), locked, actor=actor, phone=phone, email=email, at=at)
    return invitation


def withdraw_invitation(invitation: Invitation, *, actor: User, at: datetime) -> Invitation:
    """Make a code that was sent void. One that was used, or is void already, stays as it is."""
    with transaction.atomic():
        locked = Invitation.objects.select_for_update().select_related("business").get(pk=invitation.pk)
        _require_member(actor, locked.business, at=at)
        if locked.used_at is None and locked.withdrawn_at is None:
            locked.withdrawn_at = at
            locked.save(update_fields=["withdrawn_at"])
            audit.record(
                "licensing.invitation.withdrawn",
                actor=actors.acting(actor),
                subject=subject_of(locked.business),
                at=at,
            )
    return locked


def join_business(user: User, *, code: str, at: datetime) -> Business:
    """Act for the business whose code this is, from today. Raises UnableToJoin; the caller limits how often one tries."""
    with transaction.atomic():
        found = Invitation.objects.select_for_update(of=("self",)).select_related("business")
        invitation = found.filter(code_hash=_hash(onetime.read(code))).first()
        if invitation is None or invitation.withdrawn_at is not None:
            raise UnableToJoin(
                _("We do not know this code. Check it against the message; it has 12 letters and digits."),
                code="unknown",
                field="code",
            )
        _refuse(invitation, user, at=at)
        invitation.used_at, invitation.used_by = at, user
        invitation.save(update_fields=["used_at", "used_by"])
        BusinessMember.objects.create(
            business=invitation.business, person=user.person, valid_from=clock.local_date(at)
        )
        audit.record(
            "licensing.member.joined",
            actor=actors.acting(user),
            subject=subject_of(invitation.business),
            at=at,
        )
    return invitation.business


def end_membership(member: BusinessMember, *, actor: User, at: datetime) -> BusinessMember:
    """End somebody's right to act for a business at once. The last one stays: a business without anybody is lost."""
    with transaction.atomic():
        business = Business.objects.select_for_update().get(pk=member.business_id)
        _require_member(actor, business, at=at)
        locked = BusinessMember.objects.select_for_update().get(pk=member.pk)
        others = business.members.filter(policies.in_force(at), valid_until=None).exclude(pk=locked.pk)
        if not others.exists():
            raise UnableToJoin(
                _("Nobody else may act for this business. Invite somebody first."), code="last"
            )
        if locked.valid_until is None:
            locked.valid_until = clock.local_date(at)
            locked.save(update_fields=["valid_until"])
            audit.record(
                "licensing.member.ended",
                actor=actors.acting(actor),
                subject=subject_of(business),
                at=at,
                details={"person": str(locked.person_id)},
            )
    return locked


def _require_member(actor: User, business: Business, *, at: datetime) -> None:
    if not policies.may_act_for(actor, business, at=at):
        raise UnableToJoin(_("You may not act for this business."), code="foreign")


def _refuse(invitation: Invitation, user: User, *, at: datetime) -> None:
    if invitation.used_at is not None:
        raise UnableToJoin(_("This code was used before."), code="used", field="code")
    if invitation.expires_at <= at:
        raise UnableToJoin(
            _("This code has expired. Ask for a new one, from whoever invited you."),
            code="expired",
            field="code",
        )
    if policies.may_act_for(user, invitation.business, at=at):
        raise UnableToJoin(_("You may act for this business already."), code="member", field="code")


def _send(code: str, business: Business, *, actor: User, phone: str, email: str, at: datetime) -> None:
    """The code leaves sealed, by the outbox; the language is that of whoever invites, since nobody knows the other's."""
    language = actor.language
    if phone:
        accounts.request_sms(phone=phone, purpose="INVITATION", language=language, at=at, code=code)
        return
    with override(language):
        subject = _("Act for %(business)s") % {"business": business.name}
        values = {"business": business.name, "code": code, "days": LIFETIME.days}
        text = render_to_string("licensing/invitation.txt", values)
    accounts.request_mail(
        template="licensing/invitation", to=email, subject=subject, text=text, language=language, at=at
    )


def _hash(code: str) -> bytes:
    return sealing.blind_index(code, purpose="licensing.invitation")
