"""The doors: sign up, sign in by password or by code, choose a new password after a code."""

from typing import Any

from allauth.account import forms as allauth
from allauth.account.adapter import get_adapter
from allauth.account.internal.flows.password_reset_by_code import PasswordResetVerificationProcess
from allauth.core import context, ratelimit
from django import forms
from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext_lazy as _

from services.accounts import queries
from services.accounts.forms.contacts import Contact, ContactField
from services.accounts.forms.passwords import CurrentPasswordField, FirstPasswordField
from services.accounts.models import User


class SignupForm(allauth.SignupForm):
    """A phone number or an e-mail address, and a password. Nothing else is needed to begin."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        contact = ContactField(
            help_text=_("We send a code there. One of the two is enough; you can add the other later.")
        )
        self.fields = {"contact": contact, "password1": FirstPasswordField()}

    def clean_contact(self) -> Contact:
        """Fill in the one of allauth's two fields that this is; note without a word whether somebody has it."""
        contact: Contact = self.cleaned_data["contact"]
        self.cleaned_data["phone"], self.cleaned_data["email"] = contact.phone, contact.email
        self.account_already_exists = queries.holder_of(phone=contact.phone, email=contact.email) is not None
        return contact

    def try_save(self, request: HttpRequest) -> tuple[User | None, HttpResponse | None]:
        """Make the login, or pretend to: the pretence takes as long, since it hashes a password too."""
        if self.account_already_exists:
            User().set_password(self.cleaned_data["password1"])
        saved: tuple[User | None, HttpResponse | None] = super().try_save(request)
        return saved


class LoginForm(allauth.LoginForm):
    """Phone or e-mail, and password."""

    password = CurrentPasswordField()

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["login"] = ContactField()

    def clean_login(self) -> str:
        """The number or address in the form in which it is kept."""
        contact: Contact = self.cleaned_data["login"]
        return contact.value


class RequestLoginCodeForm(forms.Form):
    """Where to send the code by which somebody signs in."""

    contact = ContactField(help_text=_("We send a code to the number or address of your account."))

    _user: User | None = None

    def clean_contact(self) -> Contact:
        """Count the request, and find the login without telling whether there is one."""
        contact: Contact = self.cleaned_data["contact"]
        if not ratelimit.consume(context.request, action="request_login_code", key=contact.value):
            raise get_adapter().validation_error("too_many_codes")
        self._user = queries.holder_of(phone=contact.phone, email=contact.email)
        self.cleaned_data["phone"], self.cleaned_data["email"] = contact.phone, contact.email
        return contact


class ResetPasswordForm(forms.Form):
    """Where to send the code after which a new password is chosen.

    allauth's process knows e-mail only and carries one string, `email`; it carries a phone number as well, and
    `AccountAdapter.send_mail` sends the code by SMS then.
    """

    contact = ContactField(help_text=_("We send a code to the number or address of your account."))

    def clean(self) -> dict[str, Any]:
        """Put the contact where allauth's view looks for it."""
        cleaned: dict[str, Any] = super().clean() or self.cleaned_data
        if contact := cleaned.get("contact"):
            cleaned["email"] = contact.value
        return cleaned

    def save(self, request: HttpRequest, **kwargs: Any) -> str:
        """Send the code, or word that there is no account, to whoever holds the number or address."""
        contact: Contact = self.cleaned_data["contact"]
        user = queries.holder_of(phone=contact.phone, email=contact.email)
        PasswordResetVerificationProcess.initiate(request=request, user=user, email=contact.value)
        return contact.value
