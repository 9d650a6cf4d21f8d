"""What django-allauth asks us: where codes and mails go (the outbox), who holds which number, what is recorded."""

import base64
from typing import Any

from allauth.account.adapter import DefaultAccountAdapter
from allauth.account.models import EmailAddress
from allauth.core import ratelimit
from allauth.mfa.adapter import DefaultMFAAdapter
from allauth.mfa.models import Authenticator
from django import forms
from django.conf import settings
from django.db import transaction
from django.http import HttpRequest
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from services.accounts import operations, queries
from services.accounts.models import Person, User
from services.foundation import clock, locks, sealing, texts
from services.foundation.forms import PhoneField
from services.government import queries as government

SECOND_FACTOR_BINDING = "allauth.mfa.authenticator"


def site_name() -> str:
    """What the government calls itself in a line of text."""
    row = government.government()
    return texts.local(row.short_name) if row else "Bening"


def now_reading() -> str:
    """The language of the page that is being answered."""
    return (get_language() or settings.LANGUAGE_CODE).split("-")[0]


class AccountAdapter(DefaultAccountAdapter):
    """Our side of allauth: one phone or one e-mail address suffices, and nothing is sent but through the outbox."""

    error_messages = {
        **DefaultAccountAdapter.error_messages,
        "account_inactive": _("This account is closed. Ask the office if that is a mistake."),
        "email_password_mismatch": _("E-mail or password is not right. Try again, or sign in with a code."),
        "phone_password_mismatch": _(
            "Phone number or password is not right. Try again, or sign in with a code."
        ),
        "username_password_mismatch": _(
            "Phone number or password is not right. Try again, or sign in with a code."
        ),
        "duplicate_email": _("This is the e-mail address of your account already."),
        "email_taken": _("This e-mail address belongs to another account."),
        "phone_taken": _("This number belongs to another account."),
        "enter_current_password": _("That is not your password until now."),
        "incorrect_password": _("That is not your password."),
        "incorrect_code": _("That is not the code we sent. Check the digits in the last message."),
        "same_as_current": _("This is what your account has already."),
        "too_many_login_attempts": _("Too many tries. Wait ten minutes, or ask for a new code."),
        "too_many_codes": _(
            "Five codes were sent within the hour. Look for the last one, or try again later."
        ),
        "rate_limited": _("A code is on its way. Wait half a minute before you ask for another."),
    }

    # Signing up

    def save_user(self, request: HttpRequest, user: User, form: Any, commit: bool = True) -> User:  # noqa: FBT001, FBT002
        """Make login and person together. A sign-up that nobody confirmed is begun anew in the same row."""
        phone, email = form.cleaned_data["phone"], form.cleaned_data["email"]
        with transaction.atomic():
            locks.transaction_lock(f"accounts.signup:{phone or email}")
            user = operations.restart_signup(phone=phone, email=email) or user
            user.created_at, user.language = clock.now(), now_reading()
            super().save_user(request, user, form, commit=commit)
            Person.objects.get_or_create(user=user, is_own=True, defaults={"created_at": clock.now()})
            operations.record_of_user("accounts.user.signed_up", user, at=clock.now())
        return user

    def get_signup_redirect_url(self, request: HttpRequest) -> str:
        """First the person says who they are."""
        return reverse("accounts:details")

    def get_login_redirect_url(self, request: HttpRequest) -> str:
        """Whoever works here goes to their desk, unless they were on their way to another page."""
        if getattr(request.user, "is_staff", False):
            return reverse("admin:index")
        return str(super().get_login_redirect_url(request))

    def login(self, request: HttpRequest, user: User) -> None:
        """Whoever works here signs in on record, and for the day only."""
        super().login(request, user)
        if user.is_staff:
            request.session.set_expiry(settings.STAFF_SESSION_SECONDS)
            operations.record_of_user("accounts.user.signed_in", user, at=clock.now())

    def get_login_stages(self) -> list[str]:
        """The stages of allauth, with ours where an e-mail address would be demanded."""
        ours = "services.accounts.stages.ContactVerificationStage"
        return [
            ours if stage.endswith(".EmailVerificationStage") else stage
            for stage in super().get_login_stages()
        ]

    # Phones

    def phone_form_field(self, **kwargs: Any) -> forms.Field:
        """The field that reads Indonesian numbers as people write them."""
        return PhoneField(**kwargs)

    def get_phone(self, user: User) -> tuple[str, bool] | None:
        """The number of a login, and whether it was confirmed."""
        return (user.phone, bool(user.phone_verified_at)) if user.phone else None

    def get_user_by_phone(self, phone: str) -> User | None:
        """Whoever confirmed this number; an unconfirmed one is nobody's."""
        return queries.holder_of_phone(phone)

    def set_phone(self, user: User, phone: str, verified: bool) -> None:  # noqa: FBT001
        """Note the number of a new sign-up; a change of number comes by `set_phone_verified` only."""
        user.phone, user.phone_verified_at = phone, clock.now() if verified else None
        user.save(update_fields=["phone", "phone_verified_at"])

    def set_phone_verified(self, user: User, phone: str) -> None:
        """The code came back."""
        operations.confirm_phone(user, phone=phone, at=clock.now())

    def send_verification_code_sms(self, user: User, phone: str, code: str, **kwargs: Any) -> None:
        """Send a code by SMS, in the reader's language."""
        self._sms(phone, "SIGN_IN_CODE", code=code)

    def send_unknown_account_sms(self, phone: str, **kwargs: Any) -> None:
        """Tell the holder of a number that there is no account; the page tells nobody."""
        self._sms(phone, "NO_ACCOUNT")

    def send_account_already_exists_sms(self, phone: str) -> None:
        """Tell the holder of a number that there is an account; the page tells nobody."""
        self._sms(phone, "ACCOUNT_EXISTS")

    def _sms(self, phone: str, purpose: str, code: str = "") -> None:
        spaced = f"{code[:3]} {code[3:]}".strip()
        with transaction.atomic():
            operations.request_sms(
                phone=phone, purpose=purpose, language=now_reading(), at=clock.now(), code=spaced
            )

    # E-mail

    def confirm_email(self, request: HttpRequest, email_address: EmailAddress) -> bool:
        """The code came back: nobody else's unconfirmed claim stands in the way."""
        with transaction.atomic():
            operations.confirm_email(email_address.user, email=email_address.email, at=clock.now())
            confirmed: bool = super().confirm_email(request, email_address)
        return confirmed

    def can_delete_email(self, email_address: EmailAddress) -> bool:
        """An address may go where a confirmed phone remains to come in by."""
        return bool(email_address.user.phone_verified_at)

    def send_mail(self, template_prefix: str, email: str, context: dict[str, Any]) -> None:
        """Promise a mail, or an SMS where the process that resets passwords carries a number (see ResetPasswordForm)."""
        if email.startswith("+"):
            purpose = "SIGN_IN_CODE" if "code" in context else "NO_ACCOUNT"
            self._sms(email, purpose, code=context.get("code", ""))
            return
        values = {"email": email, "site": site_name(), "host": settings.SITE_URL, **context}
        subject = " ".join(render_to_string(f"{template_prefix}_subject.txt", values).split())
        text = render_to_string(f"{template_prefix}_message.txt", values).strip()
        html = render_to_string("account/email/shell.html", {**values, "subject": subject, "text": text})
        with transaction.atomic():
            operations.request_mail(
                template=template_prefix,
                to=email,
                subject=f"{site_name()}: {subject}",
                text=text,
                html=html,
                language=now_reading(),
                at=clock.now(),
            )

    def send_notification_mail(
        self,
        template_prefix: str,
        user: User,
        context: dict[str, Any] | None = None,
        email: str | None = None,
    ) -> None:
        """Tell somebody of a change to the security of their account; by SMS if they have no e-mail."""
        if template_prefix.startswith("mfa/"):
            change = template_prefix.rpartition("/")[2]
            operations.record_of_user(f"accounts.{change.replace('_', '.', 1)}", user, at=clock.now())
        if email or queries.verified_email_of(user):
            values = {"timestamp": clock.now(), **(context or {})}
            super().send_notification_mail(template_prefix, user, values, email)
        elif user.phone and user.phone_verified_at:
            self._sms(user.phone, "ACCOUNT_CHANGED")

    # Passwords and limits

    def set_password(self, user: User, password: str) -> None:
        """A new password is an event; it ends every other session by itself."""
        with transaction.atomic():
            super().set_password(user, password)
            operations.record_of_user("accounts.password.changed", user, at=clock.now())
        if user.phone:
            self._forget_failures(self.request, user.phone)

    def _get_login_attempts_cache_key(self, request: HttpRequest, **credentials: Any) -> str:
        """Count failed sign-ins by the number too: allauth counts all numbers as one."""
        login = credentials.get("email") or credentials.get("phone") or ""
        return f"accounts:{login.lower()}"

    def _forget_failures(self, request: HttpRequest, login: str) -> None:
        key = self._get_login_attempts_cache_key(request, phone=login)
        ratelimit.clear(request, action="login_failed", key=key)


class SecondFactorAdapter(DefaultMFAAdapter):
    """The second factor: its secrets are sealed, and staff may not take theirs off."""

    error_messages = {
        **DefaultMFAAdapter.error_messages,
        "cannot_delete_authenticator": _(
            "Staff keep their second factor. To change phones, set up the new one first."
        ),
        "incorrect_code": _(
            "That is not the code of this moment. Check the clock of your phone, and try the next code."
        ),
    }

    def get_totp_issuer(self) -> str:
        """What the authenticator app calls us."""
        return site_name()

    def get_totp_label(self, user: User) -> str:
        """What the authenticator app calls the account."""
        return user.email or user.phone or str(user.pseudonym)

    def encrypt(self, text: str) -> str:
        """Seal a secret before it is stored. allauth does not say whose it is, so it is bound to its table alone."""
        return base64.b64encode(sealing.seal(text, bound_to=SECOND_FACTOR_BINDING)).decode()

    def decrypt(self, encrypted_text: str) -> str:
        """Open a sealed secret."""
        return sealing.unseal(base64.b64decode(encrypted_text), bound_to=SECOND_FACTOR_BINDING)

    def can_delete_authenticator(self, authenticator: Authenticator) -> bool:
        """Whoever wears a hat keeps the second factor, where it is required."""
        return not (settings.STAFF_SECOND_FACTOR_REQUIRED and authenticator.user.wears_a_hat)
